"""When sessions may be: ``grid`` and ``hours``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from iopsched.instance.models import Instance, Service
from iopsched.instance.windows import start_minutes
from iopsched.roster.calendar import lies_within
from iopsched.roster.placed import Placed
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable
from iopsched.roster.words import moment, stretch

__all__ = ["grid", "hours"]


def grid(table: Timetable) -> Iterator[Violation]:
    """Check ``grid``: a session starts on the grid and, outside groups, on the service's ``start_every``.

    A group meets at one of its ``starts`` only; a session's length is the service's, and so are the
    lengths and the order of its parts.
    """
    instance = table.instance
    starts_of = {
        group.id: {table.calendar.moment(minute) for minute in start_minutes(group.starts)}
        for group in instance.groups
    }
    for placed in table.judged:
        if not _on_multiple(placed.start, instance.slot_minutes):
            yield _broken(placed, f"doesn't start on the grid of {instance.slot_minutes} minutes")
        elif placed.group is not None and placed.start not in starts_of[placed.group.id]:
            yield _broken(placed, f"{moment(placed.start)} is no start of group {placed.group.id}")
        if placed.service is not None:
            yield from _of_service(instance, placed, placed.service)


def _of_service(instance: Instance, placed: Placed, service: Service) -> Iterator[Violation]:
    off_start = _on_multiple(placed.start, instance.slot_minutes) and not _on_multiple(
        placed.start, service.start_every
    )
    if not placed.is_meeting and off_start:
        yield _broken(placed, f"{service.id} starts every {service.start_every} minutes from midnight")
    if placed.end - placed.start != timedelta(minutes=service.minutes):
        yield _broken(placed, f"{service.id} lasts {service.minutes} minutes")
    elif placed.parts_known and not _parts_fit(placed, service):
        lengths = ", ".join(str(part.minutes) for part in service.parts)
        yield _broken(placed, f"the parts of {service.id} last {lengths} minutes, in this order")


def _parts_fit(placed: Placed, service: Service) -> bool:
    expected = []
    start = placed.start
    for part in service.parts:
        end = start + timedelta(minutes=part.minutes)
        expected.append((start, end))
        start = end
    return [(part.start, part.end) for part in placed.parts] == expected


def _on_multiple(start: datetime, minutes: int) -> bool:
    exact = start.second == 0 and start.microsecond == 0
    return exact and (start.hour * 60 + start.minute) % minutes == 0


def _broken(placed: Placed, what: str) -> Violation:
    return concerning("grid", placed, what, placed.participants, placed.staff)


def hours(table: Timetable) -> Iterator[Violation]:
    """Check ``hours``: every session lies within one stretch of the clinic's hours, on no closed day."""
    stretches = table.calendar.stretches(table.instance.hours)
    closed = set(table.instance.closed)
    for placed in table.judged:
        if placed.start.date() in closed:
            what = f"the clinic is closed on {placed.start.date()}"
        elif not lies_within(stretches, placed.start, placed.end):
            what = f"the clinic isn't open throughout {stretch(placed.start, placed.end)}"
        else:
            continue
        yield concerning("hours", placed, what, placed.participants, placed.staff)
