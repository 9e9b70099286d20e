"""The states that a week goes through."""

from __future__ import annotations

from itertools import product

import pytest

from iopsched.weeks.tables import splits, state_tables, transitions


@pytest.mark.parametrize(
    ("wanted", "blocks"), [((), 0), ((), 3), ((2,), 0), ((1, 2), 1), ((3, 1, 2), 2), ((9,), 8)]
)
def test_every_day_s_choice_from_every_state_is_there_once(wanted: tuple[int, ...], blocks: int) -> None:
    """A choice adds at most one of each, and leads to the state with as many more."""
    tables = state_tables(wanted, blocks)
    most = [min(n, 7) for n in (*wanted, blocks)]
    assert len(tables.counts) == len(list(product(*(range(n + 1) for n in most))))
    seen = set()
    for source, choice, target in zip(tables.source, tables.choice, tables.target, strict=True):
        added = [int(choice) >> k & 1 for k in range(len(most))]
        assert (tables.counts[source] + added == tables.counts[target]).all()
        assert (tables.counts[target] <= most).all()
        seen.add((int(source), int(choice)))
    possible = sum(
        all(had + more <= limit for had, more, limit in zip(state, step, most, strict=True))
        for state in tables.counts.tolist()
        for step in product((0, 1), repeat=len(most))
    )
    assert len(seen) == len(tables.source) == possible == transitions(wanted, blocks)


def test_transitions_lie_together_by_the_state_they_lead_to() -> None:
    """Each state's begin where the table says, ordered by state; so a minimum over each is one sweep."""
    tables = state_tables((2, 1), 2)
    assert tables.target.tolist() == sorted(tables.target.tolist())
    for state, first in enumerate(tables.first.tolist()):
        assert tables.target[first] == state
        assert first == 0 or tables.target[first - 1] == state - 1


def test_a_set_is_split_in_every_way() -> None:
    """Each part of it may come before, the rest after."""
    assert sorted(splits(0b101)) == [(0b000, 0b101), (0b001, 0b100), (0b100, 0b001), (0b101, 0b000)]
    assert list(splits(0)) == [(0, 0)]
