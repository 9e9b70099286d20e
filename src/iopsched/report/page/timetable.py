"""The week at a glance: for each day the hours from left to right, and in lanes what is on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

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

__all__ = ["DayTable", "Piece", "day_tables"]

Anchor = Callable[[ViewKind, str], str]

_LINES: Final = 16
"""Lines of a piece: two pieces fit on a printed page, and the hours are in view on any screen."""


@dataclass(frozen=True, slots=True)
class Item:
    """A session on the timetable, in minutes from the frame's beginning.

    Attributes
    ----------
    line : int
        Where its lane begins in its piece.
    kind : str
        Of its service.
    remote : bool
        Whether it takes no room.
    head, text, title : str
        Who or which group; where, led by whom and what, the last for want of room; all of it in one line.
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
class Piece:
    """Lanes of a day that stay together under a line of hours, when printed too: ``lines`` of them."""

    lines: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class DayTable:
    """One day: its sessions in as many lanes as it needs, and these in pieces."""

    date: date
    head: str
    note: str
    frame: Frame
    pieces: tuple[Piece, ...]


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
    lanes: list[tuple[int, list[Session]]] = []
    for some, height in ((meetings, 1), (others, 2)):
        by_lane: dict[int, list[Session]] = defaultdict(list)
        for session, lane in zip(some, lanes_of([(one.start, one.end) for one in some]), strict=True):
            by_lane[lane].append(session)
        lanes += [(height, by_lane[lane]) for lane in sorted(by_lane)]
    pieces = []
    for piece in _pieces([height for height, _ in lanes]):
        items = [
            _item(instance, session, minute_of(session.start, when) - frame.first * 60, line, names, anchor)
            for line, number in piece
            for session in lanes[number][1]
        ]
        last, number = piece[-1]
        pieces.append(Piece(last + lanes[number][0], tuple(sorted(items, key=lambda item: item.start))))
    coming = len({name for session in sessions if session.room is not None for name in session.participants})
    note = "closed" if closed else ""
    if sessions:
        note = f"{len(meetings)} group meetings · {len(others)} other sessions · {coming} participants come"
    return DayTable(when, day(when), note, frame, tuple(pieces))


def _pieces(heights: Sequence[int]) -> list[list[tuple[int, int]]]:
    """Cut lanes into pieces of about equal height: each lane's line, where it begins, and number."""
    most = -(-sum(heights) // max(1, -(-sum(heights) // _LINES)))
    pieces: list[list[tuple[int, int]]] = []
    line = most
    for number, height in enumerate(heights):
        if line >= most:
            pieces.append([])
            line = 0
        pieces[-1].append((line, number))
        line += height
    return pieces


def _item(instance: Instance, session: Session, start: int, line: int, names: Names, anchor: Anchor) -> Item:
    staff = [names.of("staff", name) for name in session.staff]
    where, what = where_of(session, names), what_of(session, names)
    if session.group is not None:
        head, words = what, [seats(instance, session), where, listed(staff)]
        link = anchor("group", session.group)
    else:
        head, words = listed(people(session, names)), [where, listed(staff), what]
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
