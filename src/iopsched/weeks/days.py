"""What days cost: every set of needs that a day may hold, with each group block and without.

The first half of the week's program (:mod:`iopsched.weeks.program`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from iopsched.weeks.tables import DAYS, StateTables, splits, state_tables

__all__ = ["DAYS", "NEVER", "Blocks", "Costs", "Days", "Indices", "Shape", "Sweep", "costs_of_days"]

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
class Days:
    """What days cost: ``held[block, set]``, ``attend[row, day, set]``, ``choices[row, day, choice]``."""

    ahead: Sweep
    back: Sweep
    held: Costs
    attend: Costs
    choices: Costs


def costs_of_days(shape: Shape, starts: Costs, days: Costs, blocks: Blocks, block_costs: Costs) -> Days:
    """Return what each day costs with each set of needs; parameters as of ``cheapest_weeks``."""
    ahead, back = _sweep(shape, starts, forward=True), _sweep(shape, starts, forward=False)
    alone = ahead.ends.min(axis=3).transpose(1, 2, 0) + days[:, None, : shape.sets]
    held = _around_blocks(shape, ahead, back, days, blocks, block_costs)
    attend = np.full((len(blocks.person), DAYS, shape.sets), NEVER, np.int32)
    if len(held):
        first = blocks.first_of_day
        attend[blocks.row[first], blocks.day[first]] = np.minimum.reduceat(held, first, axis=0)
    choices = np.concatenate([np.minimum(alone, NEVER)[blocks.person], np.minimum(attend, NEVER)], axis=2)
    return Days(ahead, back, held, attend, choices)


@dataclass(frozen=True)
class Sweep:
    """``ends[set, person, day, t]``: the sequence ends (begins) exactly at ``t``; ``waits``: by then."""

    ends: Costs
    waits: Costs


def _sweep(shape: Shape, starts: Costs, *, forward: bool) -> Sweep:
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
    return Sweep(ends, waits)


def _around_blocks(
    shape: Shape, ahead: Sweep, back: Sweep, days: Costs, blocks: Blocks, block_costs: Costs
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
