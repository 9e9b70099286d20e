"""Who and what a plan already takes, asked for many starts at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from iopsched.model.scope import Scope
from iopsched.model.standing import Attended, Standing, standing
from iopsched.options.build import Options
from iopsched.options.calendar import BoolArray, Calendar, IntArray
from iopsched.options.frozen import Lead
from iopsched.options.plan import Plan
from iopsched.options.sessions import SessionOptions

__all__ = ["Occupancy", "occupancy_of", "pinned_occupancy"]


@dataclass(frozen=True)
class Occupancy:
    """What stands, and look-ups on it that are worked out once."""

    options: Options
    standing: Standing
    _staff: dict[int, tuple[IntArray, IntArray]] = field(default_factory=dict)
    _rooms: dict[int, Calendar] = field(default_factory=dict)

    def attended(self, participant: int) -> list[Attended]:
        """Return what a participant attends."""
        return self.standing.attended.get(participant, [])

    def led(self, member: int) -> list[Lead]:
        """Return what a member of staff leads."""
        return self.standing.led.get(member, [])

    @cached_property
    def caseload(self) -> dict[int, set[int | str]]:
        """For each member of staff, whom they meet in one-to-one and family sessions, by index or id."""
        met: dict[int, set[int | str]] = defaultdict(set)
        for participant, member in self.standing.counselled:
            met[member].add(participant)
        return met

    def participant_taken(self, participant: int, starts: IntArray, minutes: int) -> BoolArray:
        """Tell for each start whether the participant is in a session within ``minutes`` of it."""
        attended = self.attended(participant)
        begins = np.array([item.start for item in attended], np.int32)
        ends = np.array([item.end for item in attended], np.int32)
        return _meets(starts, minutes, begins, ends)

    def staff_taken(self, member: int, starts: IntArray, minutes: int) -> BoolArray:
        """Tell for each start whether someone leads or writes notes within ``minutes`` of it."""
        if member not in self._staff:
            led = self.led(member)
            self._staff[member] = (
                np.array([lead.start for lead in led], np.int32),
                np.array([lead.occupied_until for lead in led], np.int32),
            )
        return _meets(starts, minutes, *self._staff[member])

    def room_left(self, room_class: int, starts: IntArray, minutes: int) -> BoolArray:
        """Tell for each start whether a class of rooms has a place for ``minutes``."""
        if room_class not in self._rooms:
            places = self.options.facts.classes[room_class].places
            self._rooms[room_class] = self.standing.room_calendar(room_class, places)
        return self._rooms[room_class].fits(starts, minutes)


def _meets(starts: IntArray, minutes: int, begins: IntArray, ends: IntArray) -> BoolArray:
    overlap = (starts[:, None] < ends[None, :]) & (starts[:, None] + minutes > begins[None, :])
    meets: BoolArray = np.logical_or.reduce(overlap, axis=1)
    return meets


def occupancy_of(
    options: Options, plan: Plan, *, session: int | None = None, attendance: int | None = None
) -> Occupancy:
    """Collect what a plan takes, less the sessions of one need.

    Parameters
    ----------
    options, plan
        The plan is one of these options.
    session, attendance : int, optional
        Index of a one-to-one or family need, or of a group need, whose own sessions are left out.
    """
    nothing: frozenset[int] = frozenset()
    left_out = Scope(
        nothing if session is None else frozenset({session}),
        nothing if attendance is None else frozenset({attendance}),
        nothing,
        nothing,
    )
    return Occupancy(options, standing(options, plan, left_out))


def pinned_occupancy(options: Options, plan: Plan) -> Occupancy:
    """Collect what the pins alone take; staff and rooms only where a pin leaves no choice of them."""
    stands = Standing()
    for need, placements in plan.placements.items():
        asked = options.sessions[need]
        for placed in placements:
            if placed.start in asked.pinned:
                _pin_session(stands, asked, placed.start)
    for attendance in options.attendances:
        for index in attendance.pinned:
            option = options.meetings[index]
            stands.attended[attendance.participant].append(
                Attended(option.start, option.end, attendance.need.service)
            )
    for option in options.meetings:
        if option.pin is None:
            continue
        for part in option.parts:
            if len(part.staff) == part.leaders:
                for member in part.staff:
                    stands.led[member].append(Lead(member, part.start, part.end, part.end))
        if len(option.rooms) == 1:
            stands.used[option.rooms[0]].append((option.start, option.end))
    return Occupancy(options, stands)


def _pin_session(stands: Standing, asked: SessionOptions, start: int) -> None:
    end = start + asked.minutes
    stands.attended[asked.participant].append(Attended(start, end, asked.need.service))
    row = int(np.flatnonzero(asked.times == start)[0])
    leaders = np.flatnonzero(asked.led[row])
    if len(leaders) == 1:
        stands.led[int(leaders[0])].append(Lead(int(leaders[0]), start, end, end + asked.note))
    rooms = np.flatnonzero(asked.rooms[row])
    if len(rooms) == 1:
        stands.used[int(rooms[0])].append((start, end))
