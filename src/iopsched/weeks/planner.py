"""A participant's cheapest weeks, given what is open to them.

What the program leaves out about days, order and spacing, can be had by keeping services to some days; this
module says which choices of days are worth trying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np

from iopsched.options import Options
from iopsched.options.calendar import BoolArray, IntArray
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.weeks.batches import SCALE, Batch, batches
from iopsched.weeks.clock import DayClock
from iopsched.weeks.days import DAYS, NEVER, Costs
from iopsched.weeks.decoding import Weeks
from iopsched.weeks.program import cheapest_weeks
from iopsched.weeks.tariff import Tariff

__all__ = ["Openings", "WeekPlanner"]

MISSING = 100
"""Points of burden that a unit of ``unmet`` weighs while one participant's week is decided."""


@dataclass(frozen=True)
class Openings:
    """What a participant may choose from.

    Attributes
    ----------
    led : mapping of int to array of bool, shape (m, staff)
        For each one-to-one need who could lead from each of its starts.
    roomy : mapping of int to array of bool, shape (m,)
        Whether there is a room then.
    meetings : mapping of int to collection of int
        For each group need the meetings that have a seat.
    """

    led: Mapping[int, BoolArray]
    roomy: Mapping[int, BoolArray]
    meetings: Mapping[int, list[int]]


class WeekPlanner:
    """Poses and solves the program of one participant's week.

    Parameters
    ----------
    options : Options
        Without frozen sessions.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = DayClock.of(options)
        self._batches: dict[int, Batch | None] = {}

    def batch(self, participant: int) -> Batch | None:
        """Return a participant's week as a batch of one; ``None`` if the program cannot do it."""
        if participant not in self._batches:
            options = self.options
            pinned = any(options.sessions[n].pinned for n in options.sessions_of[participant]) or any(
                options.attendances[n].pinned for n in options.attendances_of[participant]
            )
            found = [] if pinned else batches(options, self.clock, [participant], burden=True)
            self._batches[participant] = found[0] if found else None
        return self._batches[participant]

    def solve(
        self,
        batch: Batch,
        openings: Openings,
        days: Mapping[str, frozenset[int]],
        tariff: Tariff | None = None,
    ) -> Weeks:
        """Return the cheapest week.

        Parameters
        ----------
        batch : Batch
            Of one participant.
        openings : Openings
        days : mapping of str to set of int
            Days that some services' sessions keep to.
        tariff : Tariff, optional
            What the time of staff and rooms costs.
        """
        starts = np.full_like(batch.starts, NEVER)
        for n, item in enumerate(batch.items[0]):
            asked = item.asked
            if isinstance(asked, SessionOptions):
                free = openings.led[asked.index]
                able = free.any(axis=1) & openings.roomy[asked.index]
                times = asked.times[able]
                costs = self._session_costs(asked, free[able], times)
                if tariff is not None:
                    charged = tariff.of_session(asked)[able] * (MISSING * SCALE)
                    costs = np.minimum(costs + charged, NEVER).astype(np.int32)
            else:
                open_starts = {self.options.meetings[k].start for k in openings.meetings[asked.index]}
                times = np.array(sorted(open_starts), np.int32)
                costs = self._outside(asked, times)
            starts[n, 0, *self.clock.position(times)] = costs
            if asked.need.service in days:
                starts[n, 0, sorted(set(range(DAYS)) - days[asked.need.service])] = NEVER
        block_costs = self._block_costs(batch, openings, days)
        missing = batch.missing(MISSING * SCALE)
        return cheapest_weeks(batch.shape, starts, batch.days, missing, batch.blocks, block_costs)

    def _block_costs(self, batch: Batch, openings: Openings, days: Mapping[str, frozenset[int]]) -> Costs:
        if not len(batch.block_costs):
            return batch.block_costs
        block = self.block(batch)
        kept = days.get(block.need.service, range(DAYS))
        open_now = [k for k in openings.meetings[block.index] if self.options.meetings[k].day in kept]
        costs: Costs = np.where(np.isin(batch.blocks.option, open_now), batch.block_costs, NEVER)
        return costs

    def block(self, batch: Batch) -> AttendanceOptions:
        """Return the group need that is the block of a batch that has one."""
        meeting = self.options.meetings[int(batch.blocks.option[0])]
        service = self.options.instance.groups[meeting.group].service
        found = self.options.need_index[int(batch.people[0]), service]
        assert isinstance(found, AttendanceOptions)
        return found

    def _outside(self, asked: SessionOptions | AttendanceOptions, times: IntArray) -> Costs:
        prefers = self.options.facts.preferences[asked.participant]
        costs = np.zeros(len(times), np.int32)
        if prefers is not None and len(times):
            costs += self.options.instance.weights.off_preference * ~prefers.fits(
                times, asked.service.minutes
            )
        return costs * SCALE

    def _session_costs(self, asked: SessionOptions, free: BoolArray, times: IntArray) -> Costs:
        costs = self._outside(asked, times)
        if asked.need.prefer_staff:
            preferred = [self.options.facts.staff_index[one] for one in asked.need.prefer_staff]
            costs += self.options.instance.weights.other_staff * SCALE * ~free[:, preferred].any(axis=1)
        return costs

    def day_choices(self, participant: int) -> Iterator[Mapping[str, frozenset[int]]]:
        """Yield days to keep to, by service, where a need waits for another or its sessions lie apart."""
        person = self.options.instance.participants[participant]
        sessions = {need.service: need.sessions for need in person.needs}
        waits = [
            (need.service, need.after)
            for need in person.needs
            if need.after is not None and need.sessions and sessions.get(need.after)
        ]
        apart = [need for need in person.needs if need.min_days_apart > 1 and need.sessions > 1]
        orders: list[dict[str, frozenset[int]]] = [{}]
        if waits:
            parted = [(frozenset(range(last)), frozenset(range(last, DAYS))) for last in range(1, DAYS)]
            orders = [
                {**{first: early for _, first in waits}, **{service: late for service, _ in waits}}
                for early, late in parted
            ]
        spaced = _spaced(max(need.min_days_apart for need in apart)) if apart else ()
        for order in orders:
            for days in spaced:
                yield {**order, **{one.service: days & order.get(one.service, days) for one in apart}}
            if waits and not spaced:
                yield order


@lru_cache
def _spaced(apart: int) -> tuple[frozenset[int], ...]:
    """Return the largest sets of days in which any two are so many days apart."""
    found: list[frozenset[int]] = []
    for size in range(DAYS, 0, -1):
        for days in combinations(range(DAYS), size):
            wide = all(two - one >= apart for one, two in pairwise(days))
            if wide and not any(set(days) <= larger for larger in found):
                found.append(frozenset(days))
    return tuple(found)
