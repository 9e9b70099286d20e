"""An ascent finds prices whose bound is worth something."""

from __future__ import annotations

from iopsched.solve.bounds import bound_by_weeks
from iopsched.solve.search import Search
from iopsched.weeks.ascent import Ascent
from iopsched.weeks.prices import Market
from solve.searches import constructed, resumed
from weeks.optima import nothing_priced, staged_optimum


def missed_alone(search: Search) -> int:
    """Return what everybody misses at least with the clinic to themselves, in all."""
    apart = resumed(search.options, search.best.plan)
    bound_by_weeks(apart)
    return sum(one.unmet for one in apart.alone.values())


def bounds_of(search: Search, steps: int) -> list[float]:
    """Return the bounds of ``unmet`` after each step of an ascent towards the plan's."""
    market = Market(search.options, None)
    ascent = Ascent(market, nothing_priced(market, 1.0))
    return [ascent.step(search.best.unmet) for _ in range(steps)]


def test_the_bounds_are_worth_something() -> None:
    """Where staff are short, sixty steps prove more than half of what each misses beyond what they must."""
    searches = [staged_optimum(seed) for seed in range(4)]
    least = sum(search.best.unmet for search in searches)
    alone = sum(missed_alone(search) for search in searches)
    assert alone < least
    best = sum(bounds_of(search, 60)[-1] for search in searches)
    assert alone + (least - alone) / 2 < best <= least


def test_in_an_overfull_clinic_prices_tell_more_than_everybody_alone() -> None:
    """Where seats and staff are short, the ascent ends well above the sum of what each misses alone."""
    search = constructed("overfull", 6, 4)
    alone = missed_alone(search)
    assert alone < search.best.unmet
    bounds = bounds_of(search, 60)
    assert bounds == sorted(bounds)
    assert alone < bounds[-1] <= search.best.unmet
