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

import numpy as np

from iopsched.weeks.days import NEVER, Blocks, Costs, Indices, Shape, costs_of_days
from iopsched.weeks.decoding import Weeks, decoded
from iopsched.weeks.tables import DAYS

__all__ = ["cheapest_weeks", "costs_of_rows"]


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
    made = costs_of_days(shape, starts, days, blocks, block_costs)
    total, reached = _over_the_week(shape, made.choices, missing, blocks)
    state = total.argmin(axis=1)
    of_row = total[np.arange(len(total)), state]
    first = blocks.first_of_person
    cost = np.minimum.reduceat(of_row, first)
    at_best = np.flatnonzero(of_row == cost[blocks.person])
    rows = at_best[np.searchsorted(blocks.person[at_best], np.arange(len(first)))]
    taken = _choices_made(shape, made.choices, reached, rows, state[rows])
    return decoded(shape, starts, made, blocks, cost, rows, taken)


def costs_of_rows(
    shape: Shape, starts: Costs, days: Costs, missing: Costs, blocks: Blocks, block_costs: Costs
) -> Costs:
    """Return what the cheapest week costs in each row of blocks, shape (rows,); parameters as above."""
    made = costs_of_days(shape, starts, days, blocks, block_costs)
    costs: Costs = _over_the_week(shape, made.choices, missing, blocks)[0].min(axis=1)
    return costs


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
