from __future__ import annotations

from iopsched import Stop, solve
from iopsched.plan.capacity.newcomers import grown, newcomers
from iopsched.plan.capacity.refuting import limit_by_prices
from iopsched.solve.clock import Clock
from rules.tiny import clinic, need, participant, staff


def test_prices_prove_a_limit_that_holds() -> None:
    """Of three hours p1 has one: with two more there is a roster, not with three, and prices say so."""
    instance = clinic(staff=[staff(available=["Mon 09:00-12:00"])])
    row = newcomers(instance, ["p1"], 8)
    assert solve(grown(instance, row[:2]), time_limit=5, deterministic=True).unmet == ()
    clock = Clock(20.0, deterministic=True)
    limit = limit_by_prices(lambda count: grown(instance, row[:count]), row, 0, clock, Stop())
    assert limit is not None
    assert limit.newcomers == 2


def test_prices_say_nothing_where_all_fit_in() -> None:
    """Ana is always there, and nobody asks about more than four."""
    instance = clinic(participants=[participant("p1", need(sessions=2))])
    row = newcomers(instance, ["p1"], 4)
    assert solve(grown(instance, row), time_limit=5, deterministic=True).unmet == ()
    clock = Clock(20.0, deterministic=True)
    assert limit_by_prices(lambda count: grown(instance, row[:count]), row, 0, clock, Stop()) is None
