"""Figures of a roster: what it delivers and uses. Reported, not scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from iopsched.roster.calendar import Span, common, hourly, without
from iopsched.roster.presence import days_of, minutes_of, waiting_minutes
from iopsched.roster.timetable import Timetable

__all__ = ["Attendance", "Figures", "Use", "figures"]


@dataclass(frozen=True, slots=True)
class Use:
    """One hour of one day: minutes in use of minutes there to be used, over all staff or all rooms.

    Staff are in use while they lead or write notes, which may run past the time they are available.
    """

    day: date
    hour: int
    minutes: int
    available: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """One participant's week: days with a session, session minutes, minutes of waiting between sessions."""

    participant: str
    days: int
    minutes: int
    waiting_minutes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a roster delivers and uses.

    Attributes
    ----------
    sessions_needed, minutes_needed : int
        Over all needs; a need's session lasts as long as its service.
    sessions_delivered, minutes_delivered : int
        Of those needed; sessions beyond a need don't count.
    seats_filled, seats : int
        Participants at the group meetings that run, and the most that their groups take.
    staff_use, room_use : tuple of Use
        By day and hour, ascending; hours without use or availability are left out.
    participants : tuple of Attendance
        In the instance's order.
    """

    sessions_needed: int
    sessions_delivered: int
    minutes_needed: int
    minutes_delivered: int
    seats_filled: int
    seats: int
    staff_use: tuple[Use, ...]
    room_use: tuple[Use, ...]
    participants: tuple[Attendance, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON values; days as ISO dates."""
        return {
            **asdict(self),
            "staff_use": [_use_dict(use) for use in self.staff_use],
            "room_use": [_use_dict(use) for use in self.room_use],
            "participants": [asdict(attendance) for attendance in self.participants],
        }


def _use_dict(use: Use) -> dict[str, Any]:
    return {**asdict(use), "day": use.day.isoformat()}


def figures(table: Timetable) -> Figures:
    """Work out a roster's figures from its sessions."""
    minutes = {service.id: service.minutes for service in table.instance.services}
    needs = [
        (need.sessions, min(need.sessions, len(placed)), minutes[need.service])
        for _, need, placed in table.needs()
    ]
    meetings = [placed for placed in table.placed if placed.is_meeting and placed.group is not None]
    return Figures(
        sessions_needed=sum(needed for needed, _, _ in needs),
        sessions_delivered=sum(delivered for _, delivered, _ in needs),
        minutes_needed=sum(needed * length for needed, _, length in needs),
        minutes_delivered=sum(delivered * length for _, delivered, length in needs),
        seats_filled=sum(len(meeting.participants) for meeting in meetings),
        seats=sum(meeting.group.max_size for meeting in meetings if meeting.group),
        staff_use=_staff_use(table),
        room_use=_room_use(table),
        participants=tuple(
            Attendance(
                participant.id,
                len(days_of(placed)),
                minutes_of(placed),
                waiting_minutes(placed),
            )
            for participant in table.instance.participants
            for placed in (table.of_participant.get(participant.id, []),)
        ),
    )


def _staff_use(table: Timetable) -> tuple[Use, ...]:
    used = [
        (part.start, part.notes_end)
        for member in table.instance.staff
        for part in table.led_by.get(member.id, [])
    ]
    opening = table.calendar.open_hours(table.instance)
    there: list[Span] = []
    for member in table.instance.staff:
        at_work = common(table.calendar.stretches(member.available), opening)
        there += without(at_work, table.calendar.stretches(member.busy))
    return _by_hour(table, used, there)


def _room_use(table: Timetable) -> tuple[Use, ...]:
    used = [
        (placed.start, placed.end)
        for room in table.instance.rooms
        for placed in table.in_room.get(room.id, [])
    ]
    opening = table.calendar.open_hours(table.instance)
    there: list[Span] = []
    for room in table.instance.rooms:
        windows = opening
        if room.available is not None:
            windows = tuple(common(table.calendar.stretches(room.available), opening))
        there += without(windows, table.calendar.stretches(room.busy))
    return _by_hour(table, used, there)


def _by_hour(table: Timetable, used: Sequence[Span], there: Sequence[Span]) -> tuple[Use, ...]:
    monday = table.calendar.moment(0)
    week = [(monday, monday + timedelta(weeks=1))]
    in_use = _minutes_by_hour(common(used, week))
    available = _minutes_by_hour(common(there, week))
    return tuple(
        Use(day, hour, in_use[day, hour], available[day, hour])
        for day, hour in sorted(in_use.keys() | available.keys())
    )


def _minutes_by_hour(stretches: Iterable[Span]) -> Counter[tuple[date, int]]:
    minutes: Counter[tuple[date, int]] = Counter()
    for start, end in stretches:
        for day, hour, length in hourly(start, end):
            minutes[day, hour] += length
    return minutes
