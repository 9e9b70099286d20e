"""The week at a glance: for each day the hours from left to right, and in lanes what is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.own_rows import people, what_of, where_of
from iopsched.report.page.boards import Frame, frame_around, minute_of
from iopsched.report.page.lanes import lanes_of
from iopsched.report.views import ViewKind
from iopsched.report.week import kind_of, open_days, seats, shown_days
from iopsched.report.words import clock, day, listed, span
from iopsched.roster.calendar import minutes_between
from iopsched.roster.models import Roster, Session
from iopsched.roster.presence import by_day

__all__ = ["DayTable", "day_tables"]

Anchor = Callable[[ViewKind, str], str]


@dataclass(frozen=True, slots=True)
class Item:
    """A session on the timetable, in minutes from the frame's beginning; ``line`` is where its lane begins.

    Attributes
    ----------
    kind : str
        Of its service.
    remote : bool
        Whether it takes no room.
    head, text, title : str
        Who or which group; what, where and led by whom; all of it in one line.
    link : str
        The board it leads to; empty for a session of nobody.
    ids : str
        What it is found by.
    """

    start: int
    minutes: int
    line: int
    kind: str
    remote: bool
    clock: str
    head: str
    text: str
    title: str
    link: str
    ids: str


@dataclass(frozen=True, slots=True)
class DayTable:
    """One day: its sessions in as many lanes as it needs, of ``lines`` together."""

    date: date
    head: str
    note: str
    frame: Frame
    lines: int
    items: tuple[Item, ...]


def day_tables(instance: Instance, roster: Roster, names: Names, anchor: Anchor) -> list[DayTable]:
    """Return a table for each day on which the clinic is open or has sessions, and for each weekday."""
    frame = frame_around((session.start, session.end) for session in roster.sessions)
    sessions = by_day(sorted(roster.sessions, key=lambda one: (one.start, one.end, one.id)))
    open_on = open_days(instance)
    return [
        _day(instance, when, sessions.get(when, []), frame, names, anchor, closed=when not in open_on)
        for when in shown_days(instance, roster)
    ]


def _day(
    instance: Instance,
    when: date,
    sessions: Sequence[Session],
    frame: Frame,
    names: Names,
    anchor: Anchor,
    *,
    closed: bool,
) -> DayTable:
    """Return a day's table: meetings in the upper lanes, a line each, all else in two lines below."""
    meetings = [session for session in sessions if session.group is not None]
    others = [session for session in sessions if session.group is None]
    items: list[Item] = []
    lines = 0
    for some, height in ((meetings, 1), (others, 2)):
        lanes = lanes_of([(session.start, session.end) for session in some])
        for session, lane in zip(some, lanes, strict=True):
            start = minute_of(session.start, when) - frame.first * 60
            items.append(_item(instance, session, start, lines + lane * height, names, anchor))
        lines += (max(lanes, default=-1) + 1) * height
    coming = len({name for session in sessions if session.room is not None for name in session.participants})
    note = "closed" if closed else ""
    if sessions:
        note = f"{len(meetings)} group meetings · {len(others)} other sessions · {coming} participants come"
    return DayTable(when, day(when), note, frame, lines, tuple(items))


def _item(instance: Instance, session: Session, start: int, line: int, names: Names, anchor: Anchor) -> Item:
    staff = [names.of("staff", name) for name in session.staff]
    where, what = where_of(session, names), what_of(session, names)
    if session.group is not None:
        head, words = what, [seats(instance, session), where, listed(staff)]
        link = anchor("group", session.group)
    else:
        head, words = listed(people(session, names)), [what, where, listed(staff)]
        link = anchor("participant", session.participants[0]) if session.participants else ""
    text = " · ".join(word for word in words if word)
    ids = [*session.participants, *session.staff, session.group or "", session.room or "", session.service]
    found = " ".join(dict.fromkeys([*ids, head, *words, *people(session, names)])).lower()
    return Item(
        start,
        minutes_between(session.start, session.end),
        line,
        kind_of(instance, session),
        session.room is None,
        clock(session.start),
        head,
        text,
        f"{span(session.start, session.end)} {head} · {text}",
        link,
        found,
    )
