"""The cheapest week is the cheapest of all weeks there are, and is told as it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations, product

import numpy as np
import pytest

from iopsched.weeks.days import DAYS, NEVER, Blocks, Costs, Shape
from iopsched.weeks.decoding import Weeks
from iopsched.weeks.program import cheapest_weeks, costs_of_rows

SEEDS = range(60)
OPEN = (0, 2, 3)
"""Days on which anything may happen; so few that all weeks can be tried."""
Item = tuple[int, int, int]
"""Begin, end and cost of a session or a block."""


@dataclass(frozen=True)
class Posed:
    """A batch, as the program is given it."""

    shape: Shape
    starts: Costs
    days: Costs
    missing: Costs
    blocks: Blocks
    block_costs: Costs

    def solved(self) -> Weeks:
        return cheapest_weeks(self.shape, self.starts, self.days, self.missing, self.blocks, self.block_costs)

    def row_costs(self) -> Costs:
        return costs_of_rows(self.shape, self.starts, self.days, self.missing, self.blocks, self.block_costs)


def posed(seed: int) -> Posed:
    """Return a small batch: one to three needs, up to three persons with one to three rows each."""
    rng = np.random.default_rng(seed)
    needs, persons = int(rng.integers(0, 4)), int(rng.integers(1, 4))
    slots = int(rng.integers(2, 6 if needs == 3 else 8))
    shape = Shape(
        tuple(int(n) for n in rng.integers(1, 4, needs)),
        tuple(int(n) for n in rng.integers(1, 4, needs)),
        int(rng.integers(0, 3)),
        int(rng.integers(1, min(slots, 4) + 1)),
        slots,
        int(rng.integers(0, 5)),
    )
    starts = np.full((needs, persons, DAYS, slots), NEVER, np.int32)
    open_days = rng.integers(0, 30, (needs, persons, len(OPEN), slots))
    starts[:, :, list(OPEN)] = np.where(rng.random(open_days.shape) < 0.6, open_days, NEVER)
    days = rng.integers(0, 25, (persons, 2 * shape.sets)).astype(np.int32)
    days[rng.random(days.shape) < 0.15] = NEVER
    days[:, 0] = 0
    missing = rng.integers(0, 80, (persons, needs + 1)).astype(np.int32)
    person = np.repeat(np.arange(persons), rng.integers(1, 4, persons))
    entries = sorted(
        (row, int(rng.choice(OPEN)), int(rng.integers(0, slots - shape.block_length + 1)))
        for row in range(len(person))
        for _ in range(int(rng.integers(0, 4)) if shape.blocks else 0)
    )
    row, day, slot = np.array(entries, np.intp).reshape(-1, 3).T
    blocks = Blocks(person, row, day, slot, np.arange(len(row)))
    return Posed(shape, starts, days, missing, blocks, rng.integers(0, 30, len(row)).astype(np.int32))


def sessions_on(given: Posed, person: int, day: int, needs: tuple[int, ...]) -> Iterator[list[Item]]:
    """Yield every choice of begins for a set of needs on a day."""
    slots = range(given.shape.slots)
    for begins in product(slots, repeat=len(needs)):
        items = [
            (begin, begin + given.shape.lengths[n], int(given.starts[n, person, day, begin]))
            for n, begin in zip(needs, begins, strict=True)
        ]
        if all(end <= given.shape.slots and cost < NEVER for _, end, cost in items):
            yield items


def waiting(items: list[Item]) -> int | None:
    """Return the slots between one item's end and the next's begin; ``None`` where two overlap."""
    order = sorted(items)
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(order)]
    return None if any(gap < 0 for gap in gaps) else sum(gaps)


def days_of_row(given: Posed, row: int) -> list[dict[tuple[int, ...], int]]:
    """Return for each day what each choice costs at best: sessions of each need, and of the block."""
    needs = range(len(given.shape.lengths))
    person = int(given.blocks.person[row])
    found: list[dict[tuple[int, ...], int]] = []
    for day in OPEN:
        cheapest: dict[tuple[int, ...], int] = {}
        here = np.flatnonzero((given.blocks.row == row) & (given.blocks.day == day)).tolist()
        for size in range(len(needs) + 1):
            for chosen in combinations(needs, size):
                for block in (None, *here):
                    mask = sum(1 << n for n in chosen) + (0 if block is None else given.shape.sets)
                    if given.days[person, mask] >= NEVER:
                        continue
                    fixed = [] if block is None else [block_item(given, block)]
                    for items in sessions_on(given, person, day, chosen):
                        idle = waiting([*items, *fixed])
                        if idle is None:
                            continue
                        cost = int(given.days[person, mask]) + given.shape.wait * idle
                        cost += sum(price for _, _, price in [*items, *fixed])
                        key = (*tuple(int(n in chosen) for n in needs), int(block is not None))
                        cheapest[key] = min(cost, cheapest.get(key, cost))
        found.append(cheapest)
    return found


def block_item(given: Posed, block: int) -> Item:
    begin = int(given.blocks.slot[block])
    return begin, begin + given.shape.block_length, int(given.block_costs[block])


def cheapest_by_trying(given: Posed, row: int) -> int:
    """Return what the cheapest of all weeks of a row costs."""
    wanted = np.array((*given.shape.wanted, given.shape.blocks))
    best = 1 << 60
    for days in product(*(day.items() for day in days_of_row(given, row))):
        placed = np.sum([choice for choice, _ in days], axis=0)
        if (placed <= wanted).all():
            short = int((wanted - placed) @ given.missing[given.blocks.person[row]])
            best = min(best, short + sum(cost for _, cost in days))
    return best


def test_there_is_something_to_choose() -> None:
    """In most batches somebody attends a block, waits, or goes without something that was wanted."""
    batches = [(given, given.solved()) for given in map(posed, SEEDS)]
    wanted = [(sum(b.shape.wanted) + b.shape.blocks) * len(b.days) for b, _ in batches]
    placed = [len(weeks.need) + len(weeks.block) for _, weeks in batches]
    assert sum(len(weeks.block) > 0 for _, weeks in batches) > len(SEEDS) / 3
    assert sum(0 < n < w for n, w in zip(placed, wanted, strict=True)) > len(SEEDS) / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_cheaper_and_every_row_costs_what_trying_all_weeks_finds(seed: int) -> None:
    """The cheapest week of a row is the cheapest of all, and a person's that of their cheapest row."""
    given = posed(seed)
    tried = np.array([cheapest_by_trying(given, row) for row in range(len(given.blocks.person))])
    assert given.row_costs().tolist() == tried.tolist()
    cheapest = [int(tried[given.blocks.person == k].min()) for k in range(len(given.days))]
    assert given.solved().cost.tolist() == cheapest


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sessions_told_cost_what_is_said(seed: int) -> None:
    """Starts, waits, days, blocks of one row and missing sessions add up; nothing overlaps or is too many."""
    given = posed(seed)
    weeks = given.solved()
    for k in range(len(given.days)):
        mine = [
            (int(n), int(d), int(s))
            for p, n, d, s in zip(weeks.person, weeks.need, weeks.day, weeks.slot, strict=True)
            if p == k
        ]
        blocks = [int(at) for p, at in zip(weeks.attendee, weeks.block, strict=True) if p == k]
        assert len({int(given.blocks.row[at]) for at in blocks}) <= 1
        assert all(given.blocks.person[given.blocks.row[at]] == k for at in blocks)
        placed = np.zeros(len(given.shape.wanted) + 1, int)
        cost = 0
        for day in range(DAYS):
            today = [(n, s) for n, d, s in mine if d == day]
            attended = [at for at in blocks if given.blocks.day[at] == day]
            assert len({n for n, _ in today}) == len(today)
            assert len(attended) <= 1
            items = [(s, s + given.shape.lengths[n], int(given.starts[n, k, day, s])) for n, s in today] + [
                block_item(given, at) for at in attended
            ]
            idle = waiting(items)
            assert idle is not None
            mask = sum(1 << n for n, _ in today) + len(attended) * given.shape.sets
            cost += int(given.days[k, mask]) + given.shape.wait * idle + sum(price for _, _, price in items)
            for n, _ in today:
                placed[n] += 1
            placed[-1] += len(attended)
        short = np.array((*given.shape.wanted, given.shape.blocks)) - placed
        assert (short >= 0).all()
        assert cost + int(short @ given.missing[k]) == weeks.cost[k]


def alone(lengths: tuple[int, ...], wanted: tuple[int, ...], slots: int, free: bool = True) -> Posed:
    """Return one person without blocks for whom everything is free, or nothing possible."""
    shape = Shape(lengths, wanted, 0, 1, slots, 1)
    starts = np.full((len(lengths), 1, DAYS, slots), 0 if free else NEVER, np.int32)
    days = np.zeros((1, 2 * shape.sets), np.int32)
    nothing = np.zeros(0, np.intp)
    blocks = Blocks(np.zeros(1, np.intp), nothing, nothing, nothing, nothing)
    missing = np.full((1, len(lengths) + 1), 10, np.int32)
    return Posed(shape, starts, days, missing, blocks, np.zeros(0, np.int32))


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_a_session_longer_than_the_day_is_missed(order: tuple[int, ...]) -> None:
    """Of needs of one, two and three slots those that fit into two slots are given, apart."""
    weeks = alone(order, (1, 1, 1), slots=2).solved()
    assert weeks.cost.tolist() == [10]
    assert sorted(order[n] for n in weeks.need.tolist()) == [1, 2]


def test_a_need_of_more_sessions_than_days_gets_one_a_day() -> None:
    """Of fifty seven are placed, and the others are paid for."""
    weeks = alone((1, 1), (50, 50), slots=4).solved()
    assert weeks.cost.tolist() == [2 * 43 * 10]
    assert sorted(weeks.day.tolist()) == sorted(2 * list(range(DAYS)))


def test_where_nothing_can_be_everything_is_missed() -> None:
    """No sessions, and the price of all of them."""
    weeks = alone((1, 2), (3, 2), slots=4, free=False).solved()
    assert weeks.cost.tolist() == [50]
    assert len(weeks.need) == 0
