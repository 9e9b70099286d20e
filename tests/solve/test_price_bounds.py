"""Bounds by prices, a step at a time beside the search: never above an optimum, within their share."""

from __future__ import annotations

import pytest

from iopsched.roster.models import LEVELS
from iopsched.solve import price_bounds
from iopsched.solve.band_prices import first_prices
from iopsched.solve.bounds import bound_by_weeks
from iopsched.solve.price_bounds import PriceBounds, step_if_due
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan
from iopsched.weeks.ascent import Ascent
from iopsched.weeks.prices import Market
from rules.tiny import at
from solve.scarce import scarce
from solve.searches import constructed, proved, resumed, roster_of_plan
from weeks.optima import optimum, staged_optimum


def fresh(solved: Search) -> Search:
    """Return a search that holds the plan and knows nothing of it."""
    return resumed(solved.options, solved.best.plan)


def climbed(search: Search, level: str, steps: int) -> int:
    """Take steps while other work takes nine times as long; return how many were taken."""
    prices = PriceBounds(search, level)
    taken = 0
    for _ in range(steps):
        before = search.engine.clock.elapsed
        taken += prices.step_if_due()
        search.engine.clock.charge_solving(5 * (search.engine.clock.elapsed - before))
    return taken


@pytest.mark.parametrize("level", ["unmet", "burden"])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_proved_is_not_above_the_optimum(seed: int, level: str) -> None:
    """However long it climbs; and an optimum may be met, after which no step is due."""
    for solved in (optimum(seed), staged_optimum(seed)):
        search = fresh(solved)
        taken = climbed(search, level, 20)
        assert taken or search.proved(level)
        assert search.bounds.get(level, 0) <= getattr(solved.best, level)


def test_something_is_proved() -> None:
    """Where staff are short, most of what is missed; elsewhere most of the burden."""
    for solved, level in ((staged_optimum(0), "unmet"), (optimum(2), "burden")):
        search = fresh(solved)
        assert search.value(level) > 0
        assert climbed(search, level, 60) > 10
        assert search.bounds[level] > search.value(level) / 2


def test_steps_take_their_share_of_the_time() -> None:
    """One is due at first, the next when the share has gone by in other work."""
    search = fresh(staged_optimum(0))
    clock = search.engine.clock
    prices = PriceBounds(search, "unmet")
    assert prices.step_if_due()
    took = clock.elapsed
    assert took > 0
    assert not prices.step_if_due()
    clock.charge_solving(took / price_bounds.SHARE)
    assert prices.step_if_due()


@pytest.mark.parametrize("level", [level for level in LEVELS if level not in price_bounds.PRICED])
def test_other_levels_have_no_prices(level: str) -> None:
    """Nothing is due for changes and staffing."""
    search = fresh(staged_optimum(0))
    assert not search.proved(level)
    assert climbed(search, level, 3) == 0


def test_nothing_is_due_for_what_is_proved_or_has_begun() -> None:
    """Neither at the optimum, nor where sessions are frozen, which the weeks leave out."""
    search = fresh(staged_optimum(0))
    search.prove("unmet", search.best.unmet)
    assert climbed(search, "unmet", 3) == 0
    roster = roster_of_plan(optimum(3))
    begun = fresh(proved(scarce(3), baseline=roster, frozen_from=at("Tue 00:00")))
    assert begun.options.facts.frozen
    assert not begun.proved("unmet")
    assert climbed(begun, "unmet", 3) == 0


def test_a_climb_that_brings_nothing_is_given_up() -> None:
    """After so many barren steps; a bound once proved stays."""
    search = fresh(optimum(3))
    assert search.best.unmet == 300
    most = price_bounds.BARREN["unmet"]
    taken = climbed(search, "unmet", 3 * most)
    assert most <= taken < 3 * most
    assert 0 < search.bounds["unmet"] < 300


def test_a_bound_of_burden_holds_for_the_unmet_that_it_was_proved_under() -> None:
    """With a better plan the climb begins anew, and the old bound is gone."""
    solved = optimum(2)
    first = min(solved.best.plan.placements)
    worse = solved.best.plan.with_changes({first: ()}, {})
    search = resumed(solved.options, worse)
    assert search.best.unmet > solved.best.unmet
    prices = PriceBounds(search, "burden")

    def climb() -> int:
        for _ in range(20):
            prices.step_if_due()
            search.engine.clock.charge_solving(1.0)
        return search.bounds["burden"]

    under_more = climb()
    assert under_more <= search.best.burden
    assert search.adopt(value_plan(solved.options, solved.best.plan), "unmet")
    assert "burden" not in search.bounds
    assert under_more < climb() <= solved.best.burden


def test_unmet_and_the_level_that_is_improved_take_turns() -> None:
    """While burden is improved both climb, within one share of the time, until both are proved."""
    search = fresh(staged_optimum(0))
    clock = search.engine.clock
    assert not search.proved("unmet")
    taken = 0
    for _ in range(40):
        taken += step_if_due(search, "burden")
        clock.charge_solving(0.02)
    assert taken > 10
    unmet, burden = search.prices["unmet"], search.prices["burden"]
    assert search.bounds["unmet"] > 0
    assert search.bounds["burden"] >= 0
    assert unmet.spent == pytest.approx(burden.spent, rel=0.3)
    assert (
        unmet.spent + burden.spent < price_bounds.SHARE * clock.elapsed + max(unmet.spent, burden.spent) / 5
    )
    clock.charge_solving(1.0)
    search.prove("unmet", search.best.unmet)
    search.prove("burden", search.best.burden)
    assert not step_if_due(search, "burden")


def test_in_shortage_the_way_up_of_burden_begins_where_a_few_steps_lead_highest() -> None:
    """At a part of the first prices; from all of them the same steps prove less."""
    built = constructed("overfull", 60, 4)
    search = resumed(built.options, built.best.plan)
    bound_by_weeks(search)
    assert search.best.unmet > sum(one.unmet for one in search.alone.values())
    market = Market(search.options, search.best.unmet)
    whole = Ascent(market, first_prices(market))
    for _ in range(price_bounds.STEPS_TRIED + 1):
        whole.step(search.best.burden)
    PriceBounds(search, "burden").step()
    assert max(0, whole.best) < search.bounds["burden"] - 100
    assert search.bounds["burden"] <= search.best.burden
