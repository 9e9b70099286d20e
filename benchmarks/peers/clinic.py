"""The decisions of a clinic's week, as 0/1 variables for each place that a session or meeting could take.

==========================  =====================================================================
``lead[need, start, staff]``  a one-to-one or family session begins then, led by this person
``at[need, start]``           it begins then; Σ over staff of ``lead``
``run[meeting]``              a group meets
``part[meeting, k, staff]``   this person leads its k-th part; Σ over staff = leaders × ``run``
``attend[need, meeting]``     the participant with this need is there
``room``, ``seated``          rooms that are alike are counted, not named
==========================  =====================================================================

Rooms of one kind that are the same to every session are one class with a number of places: a session goes
into a class and is given a name when the roster is written (interval graphs are perfect, so it fits). Where
several classes would serve, sessions of the same start and length are counted together by class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from benchmarks.peers.builder import Builder, Item, Terms
from iopsched.instance.models import Need, Program
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options import Options
from iopsched.options.meetings import MeetingOption
from iopsched.options.sessions import SessionOptions

__all__ = ["Asked", "Clinic", "Held", "Lead", "Like", "Visit", "build_clinic", "once_a_day"]

Like = tuple[int, int, tuple[int, ...]]
"""Sessions alike to rooms: start, minutes, classes that serve."""


class Visit(NamedTuple):
    """A session that a participant may come to, for one of their needs."""

    start: int
    end: int
    var: int
    need: tuple[int, str]


class Lead(NamedTuple):
    """A stretch that somebody may lead, and be busy with until the notes are written."""

    start: int
    end: int
    until: int
    var: int

    @property
    def day(self) -> int:
        """Monday = 0; notes that begin at midnight belong to the day before."""
        return (self.start - int(self.start == self.end)) // MINUTES_PER_DAY


@dataclass(frozen=True)
class Asked:
    """The variables of one one-to-one or family need."""

    options: SessionOptions
    at: dict[int, int]
    lead: dict[tuple[int, int], int]
    rooms: dict[int, tuple[int, ...]]

    @property
    def by_staff(self) -> dict[int, list[tuple[int, int]]]:
        """For each member of staff, starts and variables."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (start, member), var in self.lead.items():
            found[member].append((start, var))
        return found


@dataclass(frozen=True)
class Held:
    """The variables of one meeting."""

    option: MeetingOption
    run: int
    parts: tuple[dict[int, int], ...]
    rooms: dict[int, int]
    attend: dict[int, int] = field(default_factory=dict)


@dataclass
class Clinic:
    """All decisions, and by whom they matter.

    Attributes
    ----------
    visits : dict of (participant, day) to list of Visit
    leads : dict of (staff, day) to list of Lead
    used : dict of room class to list of Item
    day : dict of (participant, day) to variable
        Whether they come on that day.
    """

    options: Options
    builder: Builder
    asked: dict[int, Asked] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    visits: dict[tuple[int, int], list[Visit]] = field(default_factory=lambda: defaultdict(list))
    leads: dict[tuple[int, int], list[Lead]] = field(default_factory=lambda: defaultdict(list))
    used: dict[int, list[Item]] = field(default_factory=lambda: defaultdict(list))
    seated: dict[Like, dict[int, int]] = field(default_factory=dict)
    day: dict[tuple[int, int], int] = field(default_factory=dict)

    @cached_property
    def of_need(self) -> dict[tuple[int, str], list[Visit]]:
        """The places of each need, by participant and service."""
        found: dict[tuple[int, str], list[Visit]] = defaultdict(list)
        for visits in self.visits.values():
            for visit in visits:
                found[visit.need].append(visit)
        return found

    def program(self, participant: int) -> Program:
        """Return a participant's level of care."""
        return self.options.facts.program(self.options.instance.participants[participant])


def build_clinic(options: Options, builder: Builder) -> Clinic:
    """Create all decisions of a week that has not begun."""
    clinic = Clinic(options, builder)
    for asked in options.sessions:
        if asked.wanted:
            clinic.asked[asked.index] = _asked(clinic, asked)
    for option in options.meetings:
        clinic.held[option.index] = _held(clinic, option)
    for attendance in options.attendances:
        for index in attendance.meetings:
            var = builder.bool()
            held = clinic.held[index]
            held.attend[attendance.index] = var
            key = (attendance.participant, attendance.need.service)
            visit = Visit(held.option.start, held.option.end, var, key)
            clinic.visits[attendance.participant, held.option.day].append(visit)
    _book_staff(clinic)
    _seat_sessions(clinic)
    clinic.day = {key: builder.bool() for key in clinic.visits}
    return clinic


def _asked(clinic: Clinic, options: SessionOptions) -> Asked:
    builder = clinic.builder
    at, lead, rooms = {}, {}, {}
    key = (options.participant, options.need.service)
    for k, start in enumerate(map(int, options.times)):
        able = [int(member) for member in np.flatnonzero(options.led[k])]
        for member in able:
            lead[start, member] = builder.bool()
        if len(able) == 1:
            at[start] = lead[start, able[0]]
        else:
            at[start] = builder.bool()
            builder.row([*((1, lead[start, member]) for member in able), (-1, at[start])], 0, 0)
        rooms[start] = tuple(map(int, np.flatnonzero(options.rooms[k])))
        visit = Visit(start, start + options.minutes, at[start], key)
        clinic.visits[options.participant, start // MINUTES_PER_DAY].append(visit)
    return Asked(options, at, lead, rooms)


def _held(clinic: Clinic, option: MeetingOption) -> Held:
    builder = clinic.builder
    run = builder.bool()
    parts = []
    for part in option.parts:
        leads = {member: run if len(part.staff) == part.leaders else builder.bool() for member in part.staff}
        if len(part.staff) > part.leaders:
            builder.row([*((1, var) for var in leads.values()), (-part.leaders, run)], 0, 0)
        parts.append(leads)
    rooms = {room: run if len(option.rooms) == 1 else builder.bool() for room in option.rooms}
    if len(rooms) > 1:
        builder.row([*((1, var) for var in rooms.values()), (-1, run)], 0, 0)
    for room, var in rooms.items():
        clinic.used[room].append(Item(option.start, option.end, var))
    return Held(option, run, tuple(parts), rooms)


def _book_staff(clinic: Clinic) -> None:
    """Gather who may lead what; sessions of one length that somebody may lead at one time are one stretch."""
    booked: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    for asked in clinic.asked.values():
        minutes, note = asked.options.minutes, asked.options.note
        for (start, member), var in asked.lead.items():
            booked[member, start, minutes, note].append(var)
    for (member, start, minutes, note), variables in booked.items():
        var = variables[0]
        if len(variables) > 1:
            var = clinic.builder.bool()
            clinic.builder.row([*((1, one) for one in variables), (-1, var)], 0, 0)
        lead = Lead(start, start + minutes, start + minutes + note, var)
        clinic.leads[member, lead.day].append(lead)
    for held in clinic.held.values():
        _book_parts(clinic, held)


def _book_parts(clinic: Clinic, held: Held) -> None:
    """Notes follow each part unless the same person leads the next one."""
    option = held.option
    for k, (part, leads) in enumerate(zip(option.parts, held.parts, strict=True)):
        following = held.parts[k + 1] if k + 1 < len(held.parts) else {}
        for member, var in leads.items():
            every = clinic.leads[member, option.day]
            if not option.note or member not in following:
                every.append(Lead(part.start, part.end, part.end + option.note, var))
                continue
            every.append(Lead(part.start, part.end, part.end, var))
            writes, then = clinic.builder.bool(), following[member]
            clinic.builder.row([(1, var), (-1, then), (-1, writes)], None, 0)
            clinic.builder.at_most_one([writes, then])
            clinic.builder.row([(1, writes), (-1, var)], None, 0)
            every.append(Lead(part.end, part.end, part.end + option.note, writes))


def _seat_sessions(clinic: Clinic) -> None:
    """Put sessions into classes of rooms: at once where one class serves, else counted with those alike."""
    alike: dict[Like, list[int]] = defaultdict(list)
    for asked in clinic.asked.values():
        if not asked.options.remote:
            for start, var in asked.at.items():
                alike[start, asked.options.minutes, asked.rooms[start]].append(var)
    for (start, minutes, classes), variables in alike.items():
        if len(classes) == 1:
            clinic.used[classes[0]] += [Item(start, start + minutes, var) for var in variables]
            continue
        counts = {}
        terms: Terms = [(1, var) for var in variables]
        for room_class in classes:
            places = clinic.options.facts.classes[room_class].places
            counts[room_class] = clinic.builder.count(min(places, len(variables)))
            clinic.used[room_class].append(Item(start, start + minutes, counts[room_class]))
            terms.append((-1, counts[room_class]))
        clinic.builder.row(terms, 0, 0)
        clinic.seated[start, minutes, classes] = counts


def once_a_day(need: Need, places: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield variables of which at most one is 1: those of a day, or each alone where two a day are allowed.

    Parameters
    ----------
    need : Need
    places : iterable of (start, variable)
    """
    found: dict[int, list[int]] = defaultdict(list)
    for start, var in places:
        spaced = need.sessions == 1 or need.min_days_apart > 0
        found[start // MINUTES_PER_DAY if spaced else start].append(var)
    yield from found.values()
