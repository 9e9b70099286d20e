"""No bound is above the proved optimum."""

from __future__ import annotations

import pytest

from iopsched.solve.bounds import (
    bound_burden,
    bound_others,
    bound_unmet_alone,
    bound_unmet_by_groups,
    least_burden,
)
from iopsched.solve.search import Search
from rules.tiny import clinic, need, participant, room, service, staff
from solve.scarce import scarce
from solve.searches import proved, resumed

SEEDS = range(24)


@pytest.fixture(params=SEEDS, scope="module")
def solved(request: pytest.FixtureRequest) -> Search:
    """Return a scarce clinic at its proved optimum."""
    return proved(scarce(request.param))


def fresh(solved: Search) -> Search:
    """Return a search that holds the optimal plan and knows nothing of its being one."""
    return resumed(solved.options, solved.best.plan)


def test_these_clinics_are_scarce() -> None:
    """Something is missed in many of them, and something is given in all."""
    optima = [proved(scarce(seed)).best for seed in list(SEEDS)[:8]]
    assert sum(best.unmet > 0 for best in optima) >= 4
    assert all(best.burden > 0 for best in optima)


def test_unmet_is_not_below_what_each_misses_alone(solved: Search) -> None:
    """Summed over participants; and no participant misses less in the clinic than alone."""
    search = fresh(solved)
    bound_unmet_alone(search, 60.0)
    assert search.bounds["unmet"] <= solved.best.unmet
    for k, alone in search.alone.items():
        assert alone.unmet <= solved.best.short[k]


def test_unmet_is_not_below_the_bound_of_all_groups(solved: Search) -> None:
    """With what each misses alone, and without."""
    for alone in (False, True):
        search = fresh(solved)
        if alone:
            bound_unmet_alone(search, 60.0)
        bound_unmet_by_groups(search, 1.0)
        assert 0 <= search.bounds["unmet"] <= solved.best.unmet


def test_burden_is_not_below_its_bound(solved: Search) -> None:
    """Given the unmet reached, with and without what is known of participants alone."""
    for alone in (False, True):
        search = fresh(solved)
        if alone:
            bound_unmet_alone(search, 60.0)
        bound_burden(search, 5.0)
        assert search.bounds["burden"] <= solved.best.burden


def test_nobody_who_misses_nothing_bears_less_than_the_least(solved: Search) -> None:
    """Counted day by day and session by session."""
    for k, short in enumerate(solved.best.short):
        if not short:
            assert least_burden(solved.options, k) <= solved.best.load[k]


def test_the_other_levels_are_not_below_their_bounds(solved: Search) -> None:
    """Changes never below nothing, staffing never below the meetings that must run."""
    search = fresh(solved)
    bound_others(search)
    assert search.bounds["changes"] == 0
    assert search.bounds["staffing"] <= solved.best.staffing


def test_a_shortfall_may_be_exchanged_for_another_at_less_than_its_weight() -> None:
    """Alone p1 misses a (60) for b (75); for p2's sake p1 misses b, 15 more, and bears 75 less.

    Only one of a and b fits in p1's hour and a quarter, and ana gives b or p2's c, which is worth more. So
    the price of bearing less is 15, not the 60 of a whole session.
    """
    when = {"available": ["Mon 09:00-10:15"]}
    instance = clinic(
        services=[service("a"), service("b", 75), service("c", 75)],
        rooms=[room("office"), room("other")],
        staff=[staff("ana", "b c"), staff("ben", "a")],
        participants=[
            participant(
                "p1", need("a"), need("b", prefer_staff=["ben"]), prefers=["Mon 09:00-10:00"], **when
            ),
            participant("p2", need("c", priority=2), **when),
        ],
    )
    solved = proved(instance)
    assert solved.best.score.as_tuple() == (75, 0, 120, 0)
    search = fresh(solved)
    bound_unmet_alone(search, 60.0)
    assert search.bounds["unmet"] == 60
    assert search.alone[0].burden == 60 + 30 + 45
    bound_burden(search, 5.0)
    assert search.bounds["burden"] <= 120
