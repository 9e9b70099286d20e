"""Facts about a clinic's week that every option is judged by, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from iopsched.instance.models import Instance, Need, Participant, Program, Service
from iopsched.instance.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK
from iopsched.options.calendar import (
    Calendar,
    IntArray,
    clinic_calendar,
    participant_calendar,
    preference_calendar,
    staff_calendar,
)
from iopsched.options.frozen import FrozenSession, frozen_sessions, minute_of_week
from iopsched.options.rooms import RoomClass, room_classes
from iopsched.roster.models import Roster

__all__ = ["Facts", "facts_of"]


@dataclass(frozen=True)
class Facts:
    """Calendars, room classes and what is frozen, indexed as in the instance's lists.

    Attributes
    ----------
    open : Calendar
        The clinic's hours less its closed days, from the first moment that may still be planned.
    participants, staff : tuple of Calendar
        When each is free; time taken by frozen sessions is not.
    unoccupied : tuple of Calendar
        For each member of staff, time not taken by frozen sessions and their notes: notes may run into
        ``busy``, but not into these.
    preferences : tuple of (Calendar or None)
        Where each participant would rather come.
    """

    instance: Instance
    first_minute: int
    open: Calendar
    participants: tuple[Calendar, ...]
    staff: tuple[Calendar, ...]
    unoccupied: tuple[Calendar, ...]
    preferences: tuple[Calendar | None, ...]
    classes: tuple[RoomClass, ...]
    frozen: tuple[FrozenSession, ...]
    staff_index: dict[str, int] = field(repr=False)
    participant_index: dict[str, int] = field(repr=False)
    group_index: dict[str, int] = field(repr=False)
    class_of_room: dict[str, int] = field(repr=False)

    def grid(self, service: Service) -> IntArray:
        """Return every start that rule ``grid`` and rule ``hours`` allow a session outside groups."""
        starts = np.arange(0, MINUTES_PER_WEEK, self.instance.slot_minutes, dtype=np.int32)
        starts = starts[(starts % MINUTES_PER_DAY) % service.start_every == 0]
        return self.within_hours(starts, service.minutes)

    def within_hours(self, starts: IntArray, minutes: int) -> IntArray:
        """Keep the starts from which a session lies in one stretch of the hours (rule ``hours``)."""
        same_day = starts % MINUTES_PER_DAY + minutes <= MINUTES_PER_DAY
        kept: IntArray = starts[same_day & (starts >= self.first_minute) & self.open.fits(starts, minutes)]
        return kept

    def program(self, participant: Participant) -> Program:
        """Return a participant's level of care."""
        return self.instance.program_by_id[participant.program]

    def frozen_of(self, participant: int, need: Need) -> tuple[FrozenSession, ...]:
        """Return the frozen sessions that count for a need."""
        if not self.frozen:
            return ()
        return tuple(
            frozen
            for frozen in self.frozen
            if frozen.session.service == need.service and participant in frozen.participants
        )

    def day_fits(self, participant: Participant, minutes: int) -> bool:
        """Tell whether the program lets a session of this length happen at all (rule ``day-limit``)."""
        program = self.program(participant)
        longest = program.max_minutes_per_day
        return (longest is None or minutes <= longest) and program.max_days_per_week != 0

    def lead_fits(self, member: int, minutes: int, note: int) -> bool:
        """Tell whether someone may lead one stretch this long at all (rules ``staff-load``, ``staff-break``).

        Parameters
        ----------
        member : int
            Index of the member of staff.
        minutes, note : int
            Length led; length of the notes that always follow it.
        """
        staff = self.instance.staff[member]
        limits = (staff.max_minutes_per_day, staff.max_minutes_per_week)
        if any(limit is not None and minutes > limit for limit in limits):
            return False
        # Where no break is too short, a part and its notes are runs of their own.
        run = minutes + note if staff.break_minutes else max(minutes, note)
        return staff.max_minutes_without_break is None or run <= staff.max_minutes_without_break


def _without(calendar: Calendar, taken: Iterable[tuple[int, int]]) -> Calendar:
    spans = [(max(0, start), min(MINUTES_PER_WEEK, end)) for start, end in taken]
    if not spans:
        return calendar
    free = calendar.mask()
    for start, end in spans:
        free[start:end] = False
    return Calendar(free)


def facts_of(
    instance: Instance, baseline: Roster | None = None, frozen_from: datetime | None = None
) -> Facts:
    """Work out the facts of an instance; with a baseline every room is a class of its own."""
    classes = room_classes(instance, singletons=baseline is not None)
    frozen = frozen_sessions(instance, baseline, frozen_from, classes)
    attended: dict[int, list[tuple[int, int]]] = defaultdict(list)
    occupied: dict[int, list[tuple[int, int]]] = defaultdict(list)
    used: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for session in frozen:
        for participant in session.participants:
            attended[participant].append((session.start, session.end))
        for lead in session.leads:
            occupied[lead.staff].append((lead.start, lead.occupied_until))
        if session.room_class is not None:
            used[session.room_class].append((session.start, session.end))
    always = Calendar(np.ones(MINUTES_PER_WEEK, np.bool_))
    return Facts(
        instance,
        0 if frozen_from is None else max(0, minute_of_week(instance, frozen_from, up=True)),
        clinic_calendar(instance),
        tuple(_without(participant_calendar(p), attended[k]) for k, p in enumerate(instance.participants)),
        tuple(_without(staff_calendar(member), occupied[k]) for k, member in enumerate(instance.staff)),
        tuple(_without(always, occupied[k]) for k in range(len(instance.staff))),
        tuple(preference_calendar(participant) for participant in instance.participants),
        tuple(
            RoomClass(c.index, c.rooms, c.kind, c.capacity, _without(c.calendar, used[c.index]))
            for c in classes
        ),
        frozen,
        {member.id: k for k, member in enumerate(instance.staff)},
        {participant.id: k for k, participant in enumerate(instance.participants)},
        {group.id: k for k, group in enumerate(instance.groups)},
        {room: room_class.index for room_class in classes for room in room_class.rooms},
    )
