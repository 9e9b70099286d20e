"""Which sessions are behind the cheapest weeks: the week's program read backwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iopsched.weeks.days import DAYS, Blocks, Costs, Days, Indices, Shape, Sweep

__all__ = ["Weeks", "decoded"]


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


def decoded(
    shape: Shape,
    starts: Costs,
    made: Days,
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
    sweep: Sweep,
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
