"""Turns: everybody's better weeks make a better plan that keeps all rules."""

from __future__ import annotations

import pytest

from iopsched.roster import check
from iopsched.solve.turns import take_turns
from solve.searches import CLINICS, constructed, replanned, resumed, roster_of_plan, thinned


@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
def test_turns_never_worsen_the_score(clinic_: tuple[str, int, int]) -> None:
    """On a plan from which sessions were taken out; the judge finds no rule broken."""
    search = thinned(constructed(*clinic_))
    before = search.best.score.as_tuple()
    take_turns(search)
    assert search.best.score.as_tuple() <= before
    report = check(search.options.instance, roster_of_plan(search))
    assert [str(violation) for violation in report.violations] == []


def test_turns_give_back_what_was_taken_out() -> None:
    """Sessions that still fit are placed again."""
    search = thinned(constructed(*CLINICS[0]))
    before = search.best.unmet
    assert before > constructed(*CLINICS[0]).best.unmet
    take_turns(search)
    assert search.best.unmet < before


def test_with_a_baseline_nothing_is_tried() -> None:
    """Best weeks know nothing of changes; the plan stays as it is."""
    search = thinned(replanned(*CLINICS[0], None))
    assert search.options.baseline is not None
    before = search.best
    take_turns(search)
    assert search.best is before


def test_an_exhausted_search_takes_no_turn() -> None:
    """With the effort spent the plan stays as it is."""
    base = thinned(constructed(*CLINICS[0]))
    search = resumed(base.options, base.best.plan)
    search.engine.clock.charge_solving(1000.0)
    assert search.engine.exhausted
    before = search.best
    take_turns(search)
    assert search.best is before
