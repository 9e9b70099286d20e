"""The cheapest week of a participant at given prices: a dynamic program, many participants at a time.

What a start costs is given: points of ``burden``, prices of the staff and rooms it takes, ``NEVER`` where it
cannot be. Waiting, visits and short days follow from how sessions are put together, so:

*within a day*, for each set of needs and each moment: the least cost of having had those sessions by then,
``g[set][t] = min(g[set][t - 1] + wait, min over n of g[set - n][t - length(n)] + cost[n][t - length(n)])``,
and the same backwards from the day's end, so that a group block can stand between the two;
*over the week*, for each state (sessions placed so far): the least cost up to a day.

Left out are ``need-order``, spacing beyond a day, ``max_days_per_week``, one leader for all sessions of a
need and one group for a second group need: the cost is a lower limit of that of a week that keeps them too.
All arithmetic is in integers, so that a bound built on it is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from iopsched.weeks.tables import DAYS, StateTables, splits, state_tables

__all__ = ["DAYS", "NEVER", "Blocks", "Shape", "Weeks", "cheapest_weeks", "costs_of_rows"]

Costs = npt.NDArray[np.int32]
Indices = npt.NDArray[np.intp]

NEVER = 1 << 26
"""The cost of what cannot be; sums of a few stay within 32 bits."""


@dataclass(frozen=True)
class Shape:
    """What participants who are decided in one batch have in common.

    Attributes
    ----------
    lengths : tuple of int
        Length of a session of each need, in slots.
    wanted : tuple of int
        Sessions of each need.
    blocks, block_length : int
        Group blocks wanted, one a day at most, and their length in slots.
    slots : int
        Slots of a day.
    wait : int
        Cost of waiting for a slot.
    """

    lengths: tuple[int, ...]
    wanted: tuple[int, ...]
    blocks: int
    block_length: int
    slots: int
    wait: int

    @property
    def sets(self) -> int:
        """Number of sets of needs that a day may hold."""
        return 1 << len(self.lengths)

    @property
    def tables(self) -> StateTables:
        """The week's transitions."""
        return state_tables(self.wanted, self.blocks)


@dataclass(frozen=True)
class Blocks:
    """The group blocks that participants may attend, in rows: a row is one way to belong to a group.

    Attributes
    ----------
    person : array of int, shape (rows,)
        Whose row it is, ascending; everybody has at least one.
    row, day, slot : array of int, shape (n,)
        For each block of a row, ordered by row and day.
    option : array of int, shape (n,)
        What the block is to the caller.
    """

    person: Indices
    row: Indices
    day: Indices
    slot: Indices
    option: Indices

    @cached_property
    def first_of_person(self) -> Indices:
        """Where each person's rows begin."""
        return np.searchsorted(self.person, np.arange(self.person[-1] + 1))

    @cached_property
    def first_of_day(self) -> Indices:
        """Where the blocks of each row's day begin, for those that have any."""
        key = self.row * DAYS + self.day
        return np.flatnonzero(np.diff(key, prepend=-1))


@dataclass(frozen=True)
class Weeks:
    """The cheapest weeks of a batch.

    Attributes
    ----------
    cost : array of int, shape (persons,)
        What each week costs, missing sessions included.
    person, need, day, slot : array of int, shape (sessions,)
        The sessions outside the block group.
    attendee, block : array of int, shape (attendances,)
        Who attends which of :attr:`Blocks.option`'s entries (by position).
    """

    cost: Costs
    person: Indices
    need: Indices
    day: Indices
    slot: Indices
    attendee: Indices
    block: Indices


def cheapest_weeks(
    shape: Shape, starts: Costs, days: Costs, missing: Costs, blocks: Blocks, block_costs: Costs
) -> Weeks:
    """Return the cheapest week of each participant of a batch.

    Parameters
    ----------
    shape : Shape
    starts : array of int, shape (needs, persons, 7, slots)
        Cost of beginning a session of a need there; ``NEVER`` or more where it cannot be.
    days : array of int, shape (persons, 2 * sets)
        What a day costs that holds a set of needs, without and with a block; ``NEVER`` where it may not.
    missing : array of int, shape (persons, needs + 1)
        Cost of a missing session of each need, the block last; less than ``NEVER`` for all of a person's.
    blocks : Blocks
    block_costs : array of int, shape (n,)
        Cost of attending each block.
    """
    made = _days(shape, starts, days, blocks, block_costs)
    total, reached = _over_the_week(shape, made.choices, missing, blocks)
    state = total.argmin(axis=1)
    of_row = total[np.arange(len(total)), state]
    first = blocks.first_of_person
    cost = np.minimum.reduceat(of_row, first)
    at_best = np.flatnonzero(of_row == cost[blocks.person])
    rows = at_best[np.searchsorted(blocks.person[at_best], np.arange(len(first)))]
    taken = _choices_made(shape, made.choices, reached, rows, state[rows])
    return _decoded(shape, starts, made, blocks, cost, rows, taken)


def costs_of_rows(
    shape: Shape, starts: Costs, days: Costs, missing: Costs, blocks: Blocks, block_costs: Costs
) -> Costs:
    """Return what the cheapest week costs in each row of blocks, shape (rows,); parameters as above."""
    made = _days(shape, starts, days, blocks, block_costs)
    costs: Costs = _over_the_week(shape, made.choices, missing, blocks)[0].min(axis=1)
    return costs


@dataclass(frozen=True)
class _Days:
    """What days cost: ``held[block, set]``, ``attend[row, day, set]``, ``choices[row, day, choice]``."""

    ahead: _Sweep
    back: _Sweep
    held: Costs
    attend: Costs
    choices: Costs


def _days(shape: Shape, starts: Costs, days: Costs, blocks: Blocks, block_costs: Costs) -> _Days:
    ahead, back = _sweep(shape, starts, forward=True), _sweep(shape, starts, forward=False)
    alone = ahead.ends.min(axis=3).transpose(1, 2, 0) + days[:, None, : shape.sets]
    held = _held(shape, ahead, back, days, blocks, block_costs)
    attend = np.full((len(blocks.person), DAYS, shape.sets), NEVER, np.int32)
    if len(held):
        first = blocks.first_of_day
        attend[blocks.row[first], blocks.day[first]] = np.minimum.reduceat(held, first, axis=0)
    choices = np.concatenate([np.minimum(alone, NEVER)[blocks.person], np.minimum(attend, NEVER)], axis=2)
    return _Days(ahead, back, held, attend, choices)


@dataclass(frozen=True)
class _Sweep:
    """``ends[set, person, day, t]``: the sequence ends (begins) exactly at ``t``; ``waits``: by then."""

    ends: Costs
    waits: Costs


def _sweep(shape: Shape, starts: Costs, *, forward: bool) -> _Sweep:
    """Sweep the day from its first moment on, or from its last one back."""
    ends = np.full((shape.sets, starts.shape[1], DAYS, shape.slots + 1), NEVER, np.int32)
    waits = np.zeros_like(ends)
    ends[0] = 0
    ramp = (shape.wait * np.arange(shape.slots + 1)).astype(np.int32)
    for chosen in range(1, shape.sets):
        for need, length in enumerate(shape.lengths):
            if chosen >> need & 1:
                begin, end = slice(max(0, shape.slots - length + 1)), slice(length, None)
                edge, other = (end, begin) if forward else (begin, end)
                cost = waits[chosen & ~(1 << need), :, :, other] + starts[need, :, :, begin]
                np.minimum(ends[chosen, :, :, edge], cost, out=ends[chosen, :, :, edge])
        order = slice(None, None, 1 if forward else -1)
        passed = ends[chosen, :, :, order] - ramp
        np.add(np.minimum.accumulate(passed, axis=2), ramp, out=waits[chosen, :, :, order])
    return _Sweep(ends, waits)


def _held(
    shape: Shape, ahead: _Sweep, back: _Sweep, days: Costs, blocks: Blocks, block_costs: Costs
) -> Costs:
    """Return what a day costs with each block and each set of needs around it, shape (blocks, sets)."""
    held = np.full((shape.sets, len(blocks.row)), NEVER, np.int32)
    person = blocks.person[blocks.row]
    before = ahead.waits[:, person, blocks.day, blocks.slot]
    after = back.waits[:, person, blocks.day, blocks.slot + shape.block_length]
    for chosen in range(shape.sets):
        for first, rest in splits(chosen):
            np.minimum(held[chosen], before[first] + after[rest], out=held[chosen])
    held += block_costs
    held += days[person, shape.sets :].T
    return held.T


def _over_the_week(shape: Shape, choices: Costs, missing: Costs, blocks: Blocks) -> tuple[Costs, list[Costs]]:
    """Return each row's least cost by final state, missing sessions included, and every day's values."""
    tables = shape.tables
    value = np.full((len(choices), len(tables.counts)), NEVER, np.int32)
    value[:, 0] = 0
    reached = [value]
    for day in range(DAYS):
        candidates = value[:, tables.source]
        candidates += choices[:, day, tables.choice]
        value = np.minimum(np.minimum.reduceat(candidates, tables.first, axis=1), NEVER)
        reached.append(value)
    short = np.array((*shape.wanted, shape.blocks), np.int32) - tables.counts
    return value + (missing @ short.T)[blocks.person], reached


def _choices_made(
    shape: Shape, choices: Costs, reached: list[Costs], rows: Indices, states: Indices
) -> Indices:
    """Return what each person's days hold, shape (persons, 7)."""
    tables = shape.tables
    taken = np.zeros((len(rows), DAYS), np.intp)
    for day in reversed(range(DAYS)):
        candidates = reached[day][rows][:, tables.source] + choices[rows, day][:, tables.choice]
        candidates[tables.target != states[:, None]] = np.iinfo(np.int32).max
        transition = candidates.argmin(axis=1)
        taken[:, day] = tables.choice[transition]
        states = tables.source[transition]
    return taken


def _decoded(
    shape: Shape,
    starts: Costs,
    made: _Days,
    blocks: Blocks,
    cost: Costs,
    rows: Indices,
    taken: Indices,
) -> Weeks:
    """Find the sessions behind the days' choices."""
    ahead, back = made.ahead, made.back
    found: list[tuple[Indices, Indices, Indices, Indices]] = []
    chosen, attended = taken % shape.sets, taken >= shape.sets
    person, day = np.nonzero(attended)
    at = _block_taken(blocks, made.held, made.attend, rows[person], day, chosen[person, day])
    slot, around = blocks.slot[at], chosen[person, day]
    before = np.zeros(len(at), np.intp)
    least = back.waits[around, person, day, slot + shape.block_length]
    for first in range(1, shape.sets):
        sums = (
            ahead.waits[first, person, day, slot]
            + back.waits[around & ~first, person, day, slot + shape.block_length]
        )
        better = ((first & ~around) == 0) & (sums < least)
        before, least = np.where(better, first, before), np.where(better, sums, least)
    found += _unwound(shape, starts, ahead, person, day, before, slot, forward=True)
    found += _unwound(
        shape, starts, back, person, day, around & ~before, slot + shape.block_length, forward=False
    )
    free_person, free_day = np.nonzero(~attended & (chosen > 0))
    sets = chosen[free_person, free_day]
    last = ahead.ends[sets, free_person, free_day].argmin(axis=1)
    found += _unwound(shape, starts, ahead, free_person, free_day, sets, last, forward=True)
    who, need, when, begin = (np.concatenate(column) for column in zip(*found, strict=True))
    return Weeks(cost, who, need, when, begin, person, at)


def _block_taken(
    blocks: Blocks, held: Costs, attend: Costs, row: Indices, day: Indices, around: Indices
) -> Indices:
    """Return the position of the block that each of some rows' days holds."""
    begins = blocks.first_of_day
    key = blocks.row[begins] * DAYS + blocks.day[begins]
    place = np.searchsorted(key, row * DAYS + day)
    at = begins[place]
    ends = np.append(begins, len(blocks.row))[place + 1]
    wanted = attend[row, day, around]
    while len(at) and (wrong := held[at, around] != wanted).any():
        at = at + wrong
        if (at >= ends).any():
            raise AssertionError("a block that was chosen cannot be found")
    return at


def _unwound(
    shape: Shape,
    starts: Costs,
    sweep: _Sweep,
    person: Indices,
    day: Indices,
    chosen: Indices,
    moment: Indices,
    *,
    forward: bool,
) -> list[tuple[Indices, Indices, Indices, Indices]]:
    """Return the sessions behind sequences of needs that are over by (begin from) a moment."""
    found = [(np.zeros(0, np.intp),) * 4]
    clock = np.arange(shape.slots + 1)
    while len(person):
        kept = chosen > 0
        person, day, chosen, moment = person[kept], day[kept], chosen[kept], moment[kept]
        if not len(person):
            break
        away = (moment[:, None] - clock) * (1 if forward else -1)
        cost = sweep.ends[chosen, person, day] + shape.wait * away
        edge = np.where(away >= 0, cost, np.iinfo(np.int32).max).argmin(axis=1)
        least = sweep.ends[chosen, person, day, edge]
        need, rest = np.full(len(person), -1, np.intp), edge.copy()
        for one, length in enumerate(shape.lengths):
            begin = edge - length if forward else edge
            other = begin if forward else edge + length
            inside = (chosen >> one & 1).astype(np.bool_) & (begin >= 0) & (begin + length <= shape.slots)
            safe = np.where(inside, begin, 0)
            beyond = np.where(inside, other, 0)
            cost = sweep.waits[chosen & ~(1 << one), person, day, beyond] + starts[one, person, day, safe]
            hit = inside & (cost == least) & (need < 0)
            need, rest = np.where(hit, one, need), np.where(hit, other, rest)
        begin = rest if forward else edge
        found.append((person, need, day, begin))
        chosen, moment = chosen & ~(1 << need), rest
    return found
