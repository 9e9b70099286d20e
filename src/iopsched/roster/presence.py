"""What a participant's sessions add up to: days, minutes, waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from iopsched.roster.calendar import minutes_between
from iopsched.roster.placed import Placed

__all__ = ["by_day", "days_of", "minutes_by_day", "minutes_of", "waiting_minutes"]


class _Started(Protocol):
    @property
    def start(self) -> datetime: ...


_Item = TypeVar("_Item", bound=_Started)


def by_day(items: Iterable[_Item]) -> dict[date, list[_Item]]:
    """Sort sessions or led parts by the day on which they start, keeping their order."""
    days: dict[date, list[_Item]] = {}
    for item in items:
        days.setdefault(item.start.date(), []).append(item)
    return days


def days_of(sessions: Iterable[Placed]) -> frozenset[date]:
    """Return the days with a session; remote ones count too."""
    return frozenset(placed.start.date() for placed in sessions)


def minutes_of(sessions: Iterable[Placed]) -> int:
    """Return all session minutes."""
    return sum(placed.minutes for placed in sessions)


def minutes_by_day(sessions: Iterable[Placed]) -> Counter[date]:
    """Return the session minutes of each day that has a session."""
    minutes: Counter[date] = Counter()
    for placed in sessions:
        minutes[placed.start.date()] += placed.minutes
    return minutes


def waiting_minutes(sessions: Sequence[Placed]) -> int:
    """Return the minutes between one session's end and the next's start on one day.

    Parameters
    ----------
    sessions : sequence of Placed
        One participant's, ascending by start.
    """
    return sum(gap for day in by_day(sessions).values() for gap in _gaps(day))


def _gaps(day: Sequence[Placed]) -> Iterator[int]:
    until = day[0].end
    for placed in day[1:]:
        yield max(0, minutes_between(until, placed.start))
        until = max(until, placed.end)
