from __future__ import annotations

import pytest
from benchmarks.targets.figures import best_peer, costs_at_most_half, reached_at

from targets.runs import point, result, score

NOTHING = {"unmet": None, "changes": 0, "burden": None, "staffing": 0}


def test_unmet_is_measured_against_all_that_is_needed() -> None:
    """(60 − 20) of 10,000 are 0.4 %; without a bound it is 0.6 %."""
    assert result().unmet_gap == pytest.approx(0.4)
    assert result(bound=NOTHING).unmet_gap == pytest.approx(0.6)


def test_burden_is_measured_against_its_bound() -> None:
    """2,400 over 2,000 are 20 %; a proof is 0 %; without a bound there is no figure."""
    assert result().burden_gap == pytest.approx(20)
    assert result(bound={**NOTHING, "burden": 2_400}).burden_gap == 0
    assert result(bound=NOTHING).burden_gap is None
    assert result(bound={**NOTHING, "burden": 0}).burden_gap is None
    assert result(bound={**NOTHING, "burden": 0}, score=score(burden=0)).burden_gap == 0


def test_a_level_is_proved_where_its_bound_is_its_value() -> None:
    """All of those asked for have to be."""
    run = result(bound={"unmet": 60, "changes": 0, "burden": 2_000, "staffing": None})
    assert run.proved("unmet", "changes")
    assert not run.proved("unmet", "burden")


def test_the_first_roster_that_is_good_for_something() -> None:
    """The first with 90 of 100 sessions, though a later one has more."""
    run = result(point(0.5, 89), point(1.5, 90), point(2.5, 98))
    assert run.first == 1.5
    assert result(point(0.5, 89)).first is None


def test_where_not_all_can_be_had_the_share_is_of_what_was() -> None:
    """An over-full clinic ends with 60 of 100: 54 of them count. Elsewhere 60 are just too few."""
    trace = (point(0.5, 53), point(1.5, 54), point(2.5, 60))
    assert result(*trace, sessions=60, profile="overfull").first == 1.5
    assert result(*trace, sessions=60, profile="mixed").first is None


def test_when_a_search_had_what_another_has_in_the_end() -> None:
    """Level by level: less burden does not make up for a missing session."""
    run = result(point(1, 90, score(unmet=600, burden=1)), point(2, 95), point(3, 98, score(unmet=0)))
    assert reached_at(run, (60, 0, 2_400, 900)) == 2
    assert reached_at(run, (60, 0, 2_399, 900)) == 3
    assert reached_at(run, (0, 0, 0, 0)) is None


def test_the_best_peer_is_the_one_with_the_best_roster() -> None:
    """The lower ``unmet`` decides before ``burden``; without peers there is none."""
    short, heavy = result(who="scip", score=score(burden=1)), result(who="highs", score=score(unmet=0))
    assert best_peer([short, heavy]) is heavy
    assert best_peer([]) is None


@pytest.mark.parametrize(
    ("unmet", "burden", "fine"),
    [
        (60, 2_400, True),
        (100, 0, True),
        (101, 0, False),
        (60, 2_800, True),
        (60, 2_801, False),
        (0, 9_999, True),
    ],
)
def test_deterministic_mode_may_be_twice_as_far_from_the_bound(unmet: int, burden: int, fine: bool) -> None:
    """A free run is 40 and 400 over its bounds; of the levels that differ the first decides."""
    free = result()
    assert (free.record.score["unmet"], free.record.bound["unmet"]) == (60, 20)
    deterministic = result(score=score(unmet=unmet, burden=burden), bound=NOTHING)
    assert costs_at_most_half(deterministic, free) is fine


def test_the_better_bound_counts_for_both() -> None:
    """Deterministic mode proved that the free run was at the optimum: twice nothing is nothing."""
    free, deterministic = result(), result(score=score(unmet=61), bound={**NOTHING, "unmet": 60})
    assert costs_at_most_half(result(score=score(unmet=61)), free)
    assert not costs_at_most_half(deterministic, free)
