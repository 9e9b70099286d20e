from __future__ import annotations

from benchmarks.targets.plan import Size
from benchmarks.targets.verdicts import Verdict, verdicts

from targets.runs import point, result, score

_SIZE = Size(10, 30, 3, unmet=0.5, unmet_proved=2, burden=15, first=2, burden_each=230)
_PROVED = {"unmet": 60, "changes": 0, "burden": 2_300, "staffing": None}


def _told(*runs: object) -> dict[str, Verdict]:
    return {verdict.what: verdict for verdict in verdicts(_SIZE, runs)}  # type: ignore[arg-type]


def test_means_are_held_against_limits() -> None:
    """0.4 % of 0.5 % is met; 20 % of 15 % is missed by 5; 240 points of 230 by 10."""
    told = _told(result(point(1, 95)))
    assert told["unmet over its bound, mean"] == Verdict(
        "unmet over its bound, mean", "≤ 0.5 %", "0.400 %", "met"
    )
    assert told["burden over its bound, mean"].told == "**missed by 5 %**"
    assert told["burden a participant, mean"].told == "**missed by 10**"
    assert told["first roster with 90 % of sessions, mean"].told == "met"
    assert told["memory, most"].reached == "0.50 GB"


def test_the_worst_stands_beside_the_mean() -> None:
    """One of 0.4 % and one of 0."""
    told = _told(result(), result(bound=_PROVED))
    assert told["unmet over its bound, mean"].reached == "0.200 % (worst 0.400 %)"


def test_proofs_are_counted_against_all_clinics_of_the_size() -> None:
    """One of two runs so far, of three clinics: two are asked for."""
    told = _told(result(), result(bound=_PROVED))
    verdict = told["unmet proved optimal"]
    assert (verdict.target, verdict.reached, verdict.told) == ("≥ 2 of 3", "1 of 2", "**missed by 1**")


def test_what_is_missing_is_a_miss() -> None:
    """A run without a bound of burden and one that never had 90 %, beside good ones: no mean is met."""
    nothing = {"unmet": 60, "changes": 0, "burden": None, "staffing": None}
    light = result(point(1, 98), score=score(burden=2_100), bound={**_PROVED, "burden": 2_100})
    assert _told(light)["burden over its bound, mean"].told == "met"
    told = _told(light, result(bound=nothing))
    assert told["burden over its bound, mean"].reached == "0.0 %; none on 1"
    assert told["burden over its bound, mean"].told == "**missed**"
    assert told["first roster with 90 % of sessions, mean"].told == "**missed**"


def test_a_failed_run_is_told_first() -> None:
    """It is no clinic the less."""
    told = _told(result(), result(failure="exit code 1"))
    assert next(iter(told)) == "runs without failure"
    assert told["runs without failure"].told == "**missed by 1**"


def test_nothing_but_failures_is_no_result() -> None:
    """There is no mean of nothing."""
    assert [verdict.reached for verdict in _told(result(failure="exit code 1")).values()] == ["no result"]
