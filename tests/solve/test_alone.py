"""What each participant would miss and bear with the clinic to themselves."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopsched.options import build_options
from iopsched.solve.alone import (
    Alone,
    alone_in_the_clinic,
    price_of_missing,
    relaxed_options,
    sum_given_slack,
)
from rules.tiny import clinic, group, need, participant, service, staff
from solve.searches import engine, proved


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), max_size=7), st.integers(0, 400))
def test_the_sum_is_never_above_the_best_knapsack(minima: list[tuple[int, int]], slack: int) -> None:
    """Whoever's price is paid out of the slack bears nothing; who can miss nothing always bears theirs."""
    best = min(
        sum(minimum for (minimum, _), paid in zip(minima, chosen, strict=True) if not paid)
        for chosen in product((False, True), repeat=len(minima))
        if all(price > 0 for (_, price), paid in zip(minima, chosen, strict=True) if paid)
        and sum(price for (_, price), paid in zip(minima, chosen, strict=True) if paid) <= slack
    )
    assert sum_given_slack(minima, slack) <= best
    if not slack:
        assert sum_given_slack(minima, slack) == best


@pytest.mark.parametrize(
    ("minima", "slack", "bound"),
    [
        ([], 100, 0),
        ([(90, 60), (80, 60)], 0, 170),
        ([(90, 60), (80, 60)], 60, 80),
        ([(90, 60), (80, 60)], 120, 0),
        ([(90, 60), (80, 60)], 90, 40),
        ([(90, 0), (80, 60)], 1000, 90),
        ([(100, 30), (10, 30)], 10, 76),
    ],
)
def test_sums_by_hand(minima: list[tuple[int, int]], slack: int, bound: int) -> None:
    """The best value for its price goes first, the last in part; fractions are rounded downwards."""
    assert sum_given_slack(minima, slack) == bound


def test_alone_nobody_else_is_in_the_way() -> None:
    """Of three who want Monday at nine each would get it alone; p4 has no time of the staff's even so."""
    instance = clinic(
        staff=[staff(available=["Mon 09:00-10:00"])],
        participants=[
            *(participant(name, prefers=["Mon 10:00-11:00"]) for name in ("p1", "p2", "p3")),
            participant("p4", need("talk", 2), available=["Tue 09:00-12:00"]),
        ],
    )
    search = proved(instance)
    assert search.best.unmet == 60 * 2 + 120
    relaxed = relaxed_options(search.options)
    found = [alone_in_the_clinic(relaxed, engine(), k, 1.0) for k in range(4)]
    assert found[:3] == [Alone(0, 60 + 30, 60)] * 3
    assert found[3] == Alone(120, 0, 60)


def test_alone_a_group_needs_nobody_else() -> None:
    """A meeting that takes four members and gets one is still there for this one."""
    instance = clinic(
        groups=[group(min_size=4)],
        participants=[participant("p1", need("class"))],
    )
    search = proved(instance)
    assert search.best.unmet == 60
    assert alone_in_the_clinic(relaxed_options(search.options), engine(), 0, 1.0).unmet == 0


def test_one_shortfall_exchanged_for_another_costs_the_difference() -> None:
    """Who must miss an hour of weight 60 or one of 75 could miss 15 more; who misses nothing, 60 more."""
    services = [service("talk"), service("med", minutes=75)]
    instance = clinic(services=services, participants=[participant("p1", need("talk"), need("med"))])
    options = build_options(instance)
    assert {asked.weight for asked in options.sessions} == {60, 75}
    assert price_of_missing(options, 0, 0) == 60
    assert price_of_missing(options, 0, 60) == 15
