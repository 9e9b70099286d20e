"""What a clinic has of everything that sessions compete for, in the aggregate.

Whoever may be led by few kinds of staff competes with all who may be led by those only. For a *pool* of staff
it holds at every moment that the sessions whose staff must come from the pool are no more than its members
who are there (Hall's condition, of which these are some of the cases). The same for kinds of rooms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from iopsched.instance.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK
from iopsched.options import Options
from iopsched.options.meetings import MeetingOption
from iopsched.options.sessions import SessionOptions
from iopsched.weeks.clock import DayClock
from iopsched.weeks.days import DAYS

__all__ = ["Resources", "SessionUse"]

Vector = npt.NDArray[np.float64]

MOST_POOLS = 24
"""Pools of staff that are told apart; the smallest first."""


@dataclass(frozen=True)
class SessionUse:
    """What a one-to-one session takes besides the participant, the same for all whom the same pools serve.

    Attributes
    ----------
    pools, rooms : tuple of int
        Pools of staff and room kinds that hold all that could serve.
    length, occupied : int
        Slots that it lasts, and that whoever leads it is occupied: notes come after it.
    minutes : int
        Minutes led.
    """

    pools: tuple[int, ...]
    rooms: tuple[int, ...]
    length: int
    occupied: int
    minutes: int


class Resources:
    """Resources in one row: pools by moment, by day and by week, room kinds by moment.

    Attributes
    ----------
    pools : list of frozenset of int
        Members of staff.
    kinds : list of frozenset of str
        Kinds of rooms.
    edges : tuple of int
        Where the sections begin: pools × moments, pools × days (minutes), pools (minutes of the week),
        room kinds × moments; last, the number of resources.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = DayClock.of(options)
        self.pools = _staff_pools(options)
        self.kinds = _room_pools(options)
        self.shape = (DAYS, self.clock.slots)
        moments = DAYS * self.clock.slots
        sections = [
            len(self.pools) * moments,
            len(self.pools) * DAYS,
            len(self.pools),
            len(self.kinds) * moments,
        ]
        self.edges = tuple(int(edge) for edge in np.cumsum([0, *sections]))

    def pools_of(self, able: Iterable[int]) -> tuple[int, ...]:
        """Return the pools that all of some staff belong to."""
        staff = frozenset(able)
        return tuple(k for k, pool in enumerate(self.pools) if staff and staff <= pool)

    def rooms_of(self, kinds: Iterable[str]) -> tuple[int, ...]:
        """Return the groups of room kinds that all of some kinds belong to."""
        asked = set(kinds)
        return tuple(k for k, pool in enumerate(self.kinds) if asked <= pool)

    def use_of(self, asked: SessionOptions) -> SessionUse:
        """Return what a session of a need takes."""
        return SessionUse(
            self.pools_of(np.flatnonzero(asked.led.any(axis=0)).tolist()),
            () if asked.remote else self.rooms_of(asked.service.room_kinds),
            asked.minutes // self.clock.slot,
            self.clock.length(asked.minutes + asked.note),
            asked.minutes,
        )

    @cached_property
    def capacity(self) -> Vector:
        """How much there is of each resource: people, minutes, rooms."""
        there = self._staff_there()
        days, weeks = self._staff_minutes()
        return np.concatenate([there.ravel(), days.ravel(), weeks, self._rooms_there().ravel()])

    @cached_property
    def taken_by(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """What each meeting option takes at least: pairs of resource and amount."""
        return tuple(tuple(self._taken(option)) for option in self.options.meetings)

    def seats(self, option: MeetingOption) -> int:
        """Return how many participants a meeting can have, in the largest room that would serve."""
        most = self.options.instance.groups[option.group].max_size
        if option.remote:
            return most
        room = max(self.options.facts.classes[k].capacity for k in option.rooms)
        return min(most, room - option.most_leaders)

    def _taken(self, option: MeetingOption) -> Iterable[tuple[int, int]]:
        moments, slots, slot = DAYS * self.clock.slots, self.clock.slots, self.clock.slot
        for n, part in enumerate(option.parts):
            # Notes follow at least the last part.
            end = part.end + (option.note if n == len(option.parts) - 1 else 0)
            first = part.start % MINUTES_PER_DAY - self.clock.first
            within = range(-(-first // slot), min(slots, -(-(first + end - part.start) // slot)))
            minutes = (part.end - part.start) * part.leaders
            for k in self.pools_of(part.staff):
                for t in within:
                    yield k * moments + option.day * slots + t, part.leaders
                yield self.edges[1] + k * DAYS + option.day, minutes
                yield self.edges[2] + k, minutes
        if not option.remote:
            first = (option.time_of_day - self.clock.first) // slot
            for k in self.rooms_of(self.options.facts.classes[one].kind for one in option.rooms):
                for t in range(first, first + (option.end - option.start) // slot):
                    yield self.edges[3] + k * moments + option.day * slots + t, 1

    def _moments(self) -> npt.NDArray[np.intp]:
        of_day = self.clock.first + np.arange(self.clock.slots) * self.clock.slot
        moments = (np.arange(DAYS)[:, None] * MINUTES_PER_DAY + of_day).ravel()
        within: npt.NDArray[np.intp] = np.minimum(moments, MINUTES_PER_WEEK - 1)
        return within

    def _staff_there(self) -> Vector:
        """Count who of each pool is at work, or may still be writing notes, at each moment."""
        times = self._moments()
        longest = max((service.note_minutes for service in self.options.instance.services), default=0)
        free = []
        for calendar in self.options.facts.staff:
            before = np.concatenate([[0], calendar.mask().cumsum()])
            free.append(before[times + 1] > before[np.maximum(times - longest, 0)])
        table = np.array(free).reshape(len(free), *self.shape)
        return np.array([table[sorted(pool)].sum(axis=0) for pool in self.pools], float).reshape(
            -1, *self.shape
        )

    def _staff_minutes(self) -> tuple[Vector, Vector]:
        staff = self.options.instance.staff
        days, weeks = np.zeros((len(staff), DAYS)), np.zeros(len(staff))
        for k, member in enumerate(staff):
            there = self.options.facts.staff[k].mask().reshape(DAYS, MINUTES_PER_DAY).sum(axis=1)
            day, week = member.max_minutes_per_day, member.max_minutes_per_week
            days[k] = there if day is None else np.minimum(there, day)
            weeks[k] = days[k].sum() if week is None else min(days[k].sum(), week)
        pools = [sorted(pool) for pool in self.pools]
        by_day = np.array([days[pool].sum(axis=0) for pool in pools], float).reshape(-1, DAYS)
        return by_day, np.array([weeks[pool].sum() for pool in pools], float)

    def _rooms_there(self) -> Vector:
        times = self._moments()
        found = np.zeros((len(self.kinds), len(times)))
        for k, kinds in enumerate(self.kinds):
            for room_class in self.options.facts.classes:
                if room_class.kind in kinds:
                    found[k] += room_class.calendar.mask()[times] * room_class.places
        return found.reshape(-1, *self.shape)


def _staff_pools(options: Options) -> list[frozenset[int]]:
    """Return all staff of a skill, for each skill, and the unions of two of those."""
    staff = options.instance.staff
    skills = sorted({skill for member in staff for skill in member.skills})
    single = {frozenset(k for k, member in enumerate(staff) if skill in member.skills) for skill in skills}
    found = {one | two for one in single for two in single}
    return sorted(found, key=lambda pool: (len(pool), sorted(pool)))[:MOST_POOLS]


def _room_pools(options: Options) -> list[frozenset[str]]:
    """Return the kinds of rooms that services ask for, and the unions of those that overlap."""
    single = {frozenset(service.room_kinds) for service in options.instance.services if service.room_kinds}
    found = {one | two for one in single for two in single if one & two}
    return sorted(found, key=lambda kinds: (len(kinds), sorted(kinds)))
