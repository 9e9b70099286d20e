"""Bounds from prices: what everybody's weeks cost at least when staff, rooms and seats have a price.

Take any prices that are not negative: of the staff of a pool at a moment, of their minutes of a day and of
the week, of the rooms of some kinds at a moment, of a seat in a meeting. Let every participant choose the
week that is cheapest for them alone, prices included; let every group choose the meetings whose seats bring
in more than their staff and room cost. Then ``Σ weeks − Σ groups' gains − Σ price × capacity`` is a lower
limit of what any roster costs: a roster pays no more for what it takes than its capacity is worth (Lagrangian
relaxation; Geoffrion, *Mathematical Programming Study* 2, 1974). Good prices
are looked for in :mod:`iopsched.weeks.ascent`.

Prices and costs are whole numbers of 1/``SCALE`` points, so that a bound is exact.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from iopsched.options import Options
from iopsched.options.sessions import SessionOptions
from iopsched.weeks.batches import SCALE, Batch, Item, batches
from iopsched.weeks.days import DAYS, NEVER
from iopsched.weeks.program import cheapest_weeks
from iopsched.weeks.resources import Resources, SessionUse

__all__ = ["Market", "Offer"]

Vector = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.float64)


_Demand = SessionUse | tuple[int, ...]
"""What an item asks for besides the participant's time: a session, or one of some meeting options."""


@dataclass(frozen=True)
class _Tables:
    """Prices of beginning a session of each demand, and for group needs the cheapest meeting there."""

    price: npt.NDArray[np.int32]
    option: dict[int, npt.NDArray[np.intp]]


@dataclass(frozen=True)
class Offer:
    """What came of some prices.

    Attributes
    ----------
    bound : float
        A lower limit in points.
    excess : array of float, shape (prices,)
        How much more is asked of each resource, and of seats, than there is: the subgradient.
    """

    bound: float
    excess: Vector


class Market:
    """What participants and groups ask for at given prices.

    Parameters
    ----------
    options : Options
        Without frozen sessions.
    allowed : int or None
        For a bound of ``burden``: the ``unmet`` that is allowed. ``None``: a bound of ``unmet`` itself.

    Attributes
    ----------
    taking, taken, amount : array of int, shape (n,)
        What meetings take: the meeting option, the resource, how much of it.
    seats : array of int, shape (meeting options,)
        What each meeting offers.
    ways : dict of int to list of list of int
        For each group the sets of meetings among which it chooses some, at most one a day.
    uncovered : tuple of int
        Participants whose weeks are not worked out; they count for nothing.
    """

    def __init__(self, options: Options, allowed: int | None) -> None:
        self.options = options
        self.allowed = allowed
        self.resources = Resources(options)
        people = range(len(options.instance.participants))
        self.batches = batches(options, self.resources.clock, people, burden=allowed is not None)
        self.uncovered = tuple(
            sorted(set(people).difference(*(batch.people.tolist() for batch in self.batches)))
        )
        self._demands: list[_Demand] = []
        index: dict[_Demand, int] = {}
        self._demand_of = [self._demands_of(batch, index) for batch in self.batches]
        taken = [
            (option, resource, amount)
            for option, pairs in enumerate(self.resources.taken_by)
            for resource, amount in pairs
        ]
        columns = np.array(taken, np.int64).reshape(-1, 3).T
        self.taking, self.taken, self.amount = columns[0], columns[1], columns[2]
        self.seats = np.array([self.resources.seats(option) for option in options.meetings], np.int64)
        self.ways = self._ways_to_meet()

    @property
    def size(self) -> int:
        """Number of prices: of every resource, then of a seat in every meeting, last of a missed unit."""
        return len(self.resources.capacity) + len(self.seats) + 1

    def _demands_of(self, batch: Batch, index: dict[_Demand, int]) -> npt.NDArray[np.intp]:
        ids = np.zeros((len(batch.shape.lengths), len(batch.people)), np.intp)
        for k, items in enumerate(batch.items):
            for n, item in enumerate(items):
                demand = self._demand(item)
                if demand not in index:
                    index[demand] = len(self._demands)
                    self._demands.append(demand)
                ids[n, k] = index[demand]
        return ids

    def _demand(self, item: Item) -> _Demand:
        if isinstance(item.asked, SessionOptions):
            return self.resources.use_of(item.asked)
        return item.asked.meetings

    def _ways_to_meet(self) -> dict[int, list[list[int]]]:
        """Return for each group the sets of meetings among which it chooses some, at most one a day."""
        ways: dict[tuple[int, int], list[int]] = defaultdict(list)
        for option in self.options.meetings:
            same_start = self.options.instance.groups[option.group].same_start
            ways[option.group, option.time_of_day if same_start else -1].append(option.index)
        found: dict[int, list[list[int]]] = defaultdict(list)
        for (group, _), meetings in ways.items():
            found[group].append(meetings)
        return found

    def offer(self, prices: Counts) -> Offer:
        """Let everybody choose at some prices.

        Parameters
        ----------
        prices : array of int, shape (size,)
            In 1/``SCALE`` points for a unit; not negative.
        """
        capacity = self.resources.capacity
        seats = prices[len(capacity) : -1]
        tables = self._tables(prices)
        begun = np.zeros((len(self._demands), *self.resources.shape), np.int64)
        attended = np.zeros(len(seats), np.int64)
        total, missed = 0, 0
        for batch, ids in zip(self.batches, self._demand_of, strict=True):
            starts = np.minimum(batch.starts + tables.price[ids], NEVER) if ids.size else batch.starts
            missing = batch.missing(int(prices[-1]))
            block_costs = np.minimum(batch.block_costs + seats[batch.blocks.option], NEVER).astype(np.int32)
            weeks = cheapest_weeks(batch.shape, starts, batch.days, missing, batch.blocks, block_costs)
            total += int(weeks.cost.sum(dtype=np.int64))
            np.add.at(begun, (ids[weeks.need, weeks.person], weeks.day, weeks.slot), 1)
            np.add.at(attended, batch.blocks.option[weeks.block], 1)
            missed += int((batch.weights @ np.array((*batch.shape.wanted, batch.shape.blocks))).sum())
            missed -= int(batch.weights[weeks.person, weeks.need].sum())
            missed -= int(batch.weights[weeks.attendee, -1].sum())
        excess = self._asked(begun, attended, tables, len(capacity))
        gain, held = self._groups(prices[: len(capacity)], seats)
        excess[len(capacity) + held] -= self.seats[held]
        taken = np.isin(self.taking, held)
        np.add.at(excess, self.taken[taken], self.amount[taken])
        excess[: len(capacity)] -= capacity
        excess[-1] = missed - (self.allowed or 0)
        worth = float(prices[: len(capacity)] @ capacity) + float(prices[-1]) * (self.allowed or 0)
        return Offer((total - gain - worth) / SCALE, excess)

    def sections(
        self, prices: npt.NDArray[Number]
    ) -> tuple[npt.NDArray[Number], npt.NDArray[Number], npt.NDArray[Number], npt.NDArray[Number]]:
        """Part prices of all resources by what they are for.

        Returns
        -------
        tuple of array
            Pools of staff at a moment, shape (pools, 7, slots); a minute of theirs on a day, shape
            (pools, 7), and in the week, shape (pools,); kinds of rooms at a moment, shape (kinds, 7, slots).
            Views.
        """
        e, shape = self.resources.edges, self.resources.shape
        return (
            prices[e[0] : e[1]].reshape(-1, *shape),
            prices[e[1] : e[2]].reshape(-1, DAYS),
            prices[e[2] : e[3]],
            prices[e[3] : e[4]].reshape(-1, *shape),
        )

    def price_of(self, use: SessionUse, prices: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """Return the price of what a session takes, by when it begins; shape (7, slots)."""
        staff, day, week, rooms = self.sections(prices)
        table = np.zeros(self.resources.shape, prices.dtype)
        for pool in use.pools:
            table += _over(staff[pool], use.occupied)
            table += (use.minutes * (day[pool] + week[pool]))[:, None]
        for kinds in use.rooms:
            table += _over(rooms[kinds], use.length)
        return table

    def _tables(self, prices: Counts) -> _Tables:
        seats = prices[len(self.resources.capacity) : -1]
        table = np.zeros((len(self._demands), *self.resources.shape), np.int64)
        cheapest: dict[int, npt.NDArray[np.intp]] = {}
        for k, demand in enumerate(self._demands):
            if isinstance(demand, SessionUse):
                table[k] = self.price_of(demand, prices)
                continue
            table[k] = NEVER
            chosen = cheapest[k] = np.full(self.resources.shape, -1, np.intp)
            starts = [self.options.meetings[option].start for option in demand]
            for option, d, s in zip(demand, *self.resources.clock.position(starts), strict=True):
                if seats[option] < table[k, d, s]:
                    table[k, d, s], chosen[d, s] = seats[option], option
        return _Tables(np.minimum(table, NEVER).astype(np.int32), cheapest)

    def _asked(self, begun: Counts, attended: Counts, tables: _Tables, resources: int) -> Vector:
        """Return how much of each resource, and how many seats, some sessions and attendances take."""
        asked = np.zeros(self.size, np.int64)
        staff, day, week, rooms = self.sections(asked)
        for k, demand in enumerate(self._demands):
            if not isinstance(demand, SessionUse):
                d, s = np.nonzero(begun[k])
                np.add.at(attended, tables.option[k][d, s], begun[k][d, s])
                continue
            for pool in demand.pools:
                staff[pool] += _under_way(begun[k], demand.occupied)
                day[pool] += demand.minutes * begun[k].sum(axis=1)
                week[pool] += demand.minutes * begun[k].sum()
            for kinds in demand.rooms:
                rooms[kinds] += _under_way(begun[k], demand.length)
        asked[resources:-1] = attended
        return asked.astype(np.float64)

    def _groups(self, prices: Counts, seats: Counts) -> tuple[int, npt.NDArray[np.intp]]:
        """Let every group hold the meetings that bring in most; return what they gain, and the meetings."""
        net = self.seats * seats
        np.subtract.at(net, self.taking, self.amount * prices[self.taken])
        gain, held = 0, []
        for group, ways in self.ways.items():
            most = self.options.instance.groups[group].meetings
            best: tuple[int, list[int]] = (0, [])
            for options in ways:
                by_day: dict[int, int] = {}
                for option in sorted(options, key=lambda one: -net[one]):
                    if net[option] > 0:
                        by_day.setdefault(self.options.meetings[option].day, option)
                chosen = list(by_day.values())[:most]
                best = max(best, (int(net[chosen].sum()), chosen))
            gain += best[0]
            held += best[1]
        return gain, np.array(held, np.intp)


def _over(prices: npt.NDArray[Number], slots: int) -> npt.NDArray[Number]:
    """Return for each start the prices of so many slots from it on, within the day; shape (7, slots)."""
    sums = np.concatenate([np.zeros((len(prices), 1), prices.dtype), prices.cumsum(axis=1)], axis=1)
    at = np.arange(prices.shape[1])
    found: npt.NDArray[Number] = sums[:, np.minimum(at + slots, len(at))] - sums[:, at]
    return found


def _under_way(begun: Counts, slots: int) -> Counts:
    """Return for each slot how many sessions of so many slots are under way; shape (7, slots)."""
    sums = np.concatenate([np.zeros((len(begun), 1), np.int64), begun.cumsum(axis=1)], axis=1)
    at = np.arange(begun.shape[1]) + 1
    under_way: Counts = sums[:, at] - sums[:, np.maximum(at - slots, 0)]
    return under_way
