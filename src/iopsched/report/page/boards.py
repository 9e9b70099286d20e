"""Boards: one's own week as a calendar and, below it, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.own_rows import OwnRow, own_rows
from iopsched.report.page.lanes import clusters
from iopsched.report.views import View, free_time, own_minutes
from iopsched.report.week import open_days, shown_days
from iopsched.report.words import counted, day, hours, plain
from iopsched.roster.calendar import Span, minutes_between, without
from iopsched.roster.models import Roster, Session, Unmet

__all__ = ["Block", "Board", "Frame", "Setting", "board_of", "frame_around", "minute_of", "setting_of"]

_HOUR = 60
_SHORTEST = 4
"""Hours that a calendar shows at least."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The hours of the day that a calendar shows."""

    first: int
    last: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return (self.last - self.first) * _HOUR

    @property
    def marks(self) -> range:
        """The full hours in it, its end left out."""
        return range(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a calendar, in minutes from its frame's beginning; ``lanes`` share its width."""

    start: int
    minutes: int
    lane: int
    lanes: int
    row: OwnRow


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day of a calendar: its blocks, and when its owner is not available, from the frame's beginning."""

    head: str
    blocks: tuple[Block, ...]
    away: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all boards of a page share; calendars show ``days``, and the clinic is open on some of them."""

    instance: Instance
    names: Names
    days: tuple[date, ...]
    open_on: frozenset[date]


def setting_of(instance: Instance, roster: Roster, names: Names) -> Setting:
    """Return what all boards of a roster share."""
    return Setting(instance, names, tuple(shown_days(instance, roster)), open_days(instance))


@dataclass(frozen=True, slots=True)
class Board:
    """One's own week.

    Attributes
    ----------
    view : View
        Whose.
    name : str
        What its owner is called.
    facts : str
        Sessions, hours and days in words.
    frame : Frame
        The hours that the calendar shows.
    columns : tuple of DayColumn
        The calendar; empty where there is no session.
    days : tuple of (str, list of OwnRow)
        The rows of each day with any.
    missing : tuple of str
        A participant's needs that are short, in words.
    """

    view: View
    name: str
    facts: str
    frame: Frame
    columns: tuple[DayColumn, ...]
    days: tuple[tuple[str, list[OwnRow]], ...]
    missing: tuple[str, ...]


def board_of(setting: Setting, view: View, sessions: Sequence[Session], unmet: Iterable[Unmet] = ()) -> Board:
    """Return a view's board.

    Parameters
    ----------
    setting : Setting
        What all boards share.
    view : View
        Whose.
    sessions : sequence of Session
        The view's own, by start.
    unmet : iterable of Unmet
        What is unmet of the participant's needs.
    """
    instance, names = setting.instance, setting.names
    rows = sorted(own_rows(instance, view, sessions, names), key=lambda row: (row.start, row.end))
    frame = frame_around((row.start, row.end) for row in rows)
    return Board(
        view,
        plain(names.of(view.kind, view.id)),
        _facts(view, sessions),
        frame,
        _columns(setting, view, rows, frame) if rows else (),
        tuple((day(when), list(of_day)) for when, of_day in groupby(rows, lambda row: row.start.date())),
        tuple(
            f"{counted(one.sessions, 'session')} of {plain(names.of('service', one.service))}"
            for one in unmet
        ),
    )


def _facts(view: View, sessions: Sequence[Session]) -> str:
    if not sessions:
        return "No sessions this week"
    days = len({session.start.date() for session in sessions})
    led = "h led" if view.kind == "staff" else "h"
    return " · ".join(
        [
            counted(len(sessions), "session"),
            f"{hours(own_minutes(view, sessions))} {led}",
            f"on {counted(days, 'day')}",
        ]
    )


def minute_of(moment: datetime, when: date) -> int:
    """Return the minutes since a day's midnight; 1440 and more on the days after."""
    return minutes_between(datetime.combine(when, time.min), moment)


def frame_around(spans: Iterable[Span]) -> Frame:
    """Return the full hours around stretches of time, of whatever day."""
    spans = list(spans)
    if not spans:
        return Frame(8, 8 + _SHORTEST)
    first = min(start.hour for start, _ in spans)
    last = max(-(-minute_of(end, start.date()) // _HOUR) for start, end in spans)
    if last - first < _SHORTEST:
        first = max(0, last - _SHORTEST)
    return Frame(first, max(last, first + _SHORTEST))


def _columns(setting: Setting, view: View, rows: Sequence[OwnRow], frame: Frame) -> tuple[DayColumn, ...]:
    free = free_time(view, setting.instance)
    columns = []
    for when in setting.days:
        today = [row for row in rows if row.start.date() == when]
        placed = clusters([(row.start, row.end) for row in today])
        blocks = tuple(
            Block(
                minute_of(row.start, when) - frame.first * _HOUR,
                minutes_between(row.start, row.end),
                lane,
                lanes,
                row,
            )
            for row, (lane, lanes) in zip(today, placed, strict=True)
        )
        head = day(when) if when in setting.open_on else f"{day(when)}, closed"
        columns.append(DayColumn(head, blocks, _away(free, when, frame)))
    return tuple(columns)


def _away(free: Sequence[Span], when: date, frame: Frame) -> tuple[tuple[int, int], ...]:
    """Return start and length of what is not free in a day's frame."""
    midnight = datetime.combine(when, time.min)
    begin = midnight + timedelta(hours=frame.first)
    today = [span for span in free if span[0].date() == when]
    return tuple(
        (minutes_between(begin, start), minutes_between(start, end))
        for start, end in without([(begin, midnight + timedelta(hours=frame.last))], today)
    )
