"""The instance's words for time as stretches of real time on the clinic's wall clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from iopsched.instance.models import Instance, Participant
from iopsched.instance.windows import spans

__all__ = [
    "Calendar",
    "Span",
    "common",
    "first_overlap",
    "hourly",
    "lies_within",
    "minutes_between",
    "without",
]

Span = tuple[datetime, datetime]
"""A half-open stretch of time."""

_HOUR = timedelta(hours=1)


class Calendar:
    """Turns windows into stretches of time in one week; the same windows are turned once."""

    def __init__(self, week: date) -> None:
        self._midnight = datetime.combine(week, time.min)
        self._known: dict[tuple[str, ...], tuple[Span, ...]] = {}

    def moment(self, minute: int) -> datetime:
        """Return a minute of the week as a moment."""
        return self._midnight + timedelta(minutes=minute)

    def stretches(self, windows: tuple[str, ...]) -> tuple[Span, ...]:
        """Return united windows, ascending; joined within a day, never over midnight."""
        known = self._known.get(windows)
        if known is None:
            known = tuple((self.moment(start), self.moment(end)) for start, end in spans(windows))
            self._known[windows] = known
        return known

    def open_hours(self, instance: Instance) -> tuple[Span, ...]:
        """Return the clinic's hours without its closed days."""
        return tuple(
            span for span in self.stretches(instance.hours) if span[0].date() not in set(instance.closed)
        )

    def commitments(self, participant: Participant) -> tuple[Span, ...]:
        """Return a participant's busy windows, each grown by its travel at both ends."""
        return tuple(
            (start - timedelta(minutes=busy.travel_minutes), end + timedelta(minutes=busy.travel_minutes))
            for busy in participant.busy
            for start, end in self.stretches(busy.when)
        )


def minutes_between(start: datetime, end: datetime) -> int:
    """Return the whole minutes from one moment to a later one."""
    return int((end - start).total_seconds() // 60)


def lies_within(stretches: Iterable[Span], start: datetime, end: datetime) -> bool:
    """Tell whether one of the stretches holds all of ``start`` to ``end``."""
    return any(first <= start and end <= last for first, last in stretches)


def first_overlap(stretches: Iterable[Span], start: datetime, end: datetime) -> Span | None:
    """Return the first of the stretches that has time in common with ``start`` to ``end``."""
    return next(((first, last) for first, last in stretches if first < end and start < last), None)


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return each stretch of time that one of the first list shares with one of the second, ascending."""
    shared = [
        (max(start, first), min(end, last))
        for start, end in one
        for first, last in other
        if start < last and first < end
    ]
    return sorted(shared)


def without(stretches: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """Return what is left of disjoint stretches when ``taken`` is cut out, ascending."""
    left = sorted(stretches)
    for first, last in taken:
        cut: list[Span] = []
        for start, end in left:
            if first < end and start < last:
                cut += [(a, b) for a, b in ((start, first), (last, end)) if a < b]
            else:
                cut.append((start, end))
        left = cut
    return left


def hourly(start: datetime, end: datetime) -> Iterator[tuple[date, int, int]]:
    """Cut a stretch at full hours: yields day, hour of the day, and the minutes in that hour."""
    while start < end:
        hour = start.replace(minute=0, second=0, microsecond=0)
        until = min(end, hour + _HOUR)
        yield start.date(), start.hour, minutes_between(start, until)
        start = until
