"""Improvement: better or as good, within its effort, and no further than the proof."""

from __future__ import annotations

import pytest

from iopsched.solve.improve import improve
from rules.tiny import clinic, need, participant
from solve.searches import CLINICS, WEDNESDAY, proved, replanned, resumed


@pytest.mark.parametrize("level", ["unmet", "changes", "burden", "staffing"])
def test_a_level_improves_and_those_before_it_do_not_suffer(level: str) -> None:
    """Within two seconds of effort the score falls, and the level aimed at does not rise."""
    base = replanned(*CLINICS[0], WEDNESDAY)
    search = resumed(base.options, base.best.plan, seed=1)
    before = search.best.score
    improve(search, level, 2.0, patience=100)
    after = search.best.score
    assert after.as_tuple() < before.as_tuple()
    assert getattr(after, level) <= getattr(before, level) or after.unmet < before.unmet
    assert search.engine.clock.elapsed < 8.0


def test_what_is_proved_is_left_alone() -> None:
    """At the optimum no solve is started."""
    search = proved(clinic(participants=[participant("p1", need("talk", 2))]))
    solves = search.engine.solves
    improve(search, "burden", 5.0, patience=100)
    assert search.engine.solves == solves


def test_patience_ends_what_brings_nothing() -> None:
    """At an optimum that nobody has proved it gives up after as many attempts as it has patience for."""
    done = proved(clinic(participants=[participant("p1", need("talk", 2)), participant("p2")]))
    search = resumed(done.options, done.best.plan)
    improve(search, "burden", 15.0, patience=4)
    assert search.engine.solves <= 4
    assert search.best.score == done.best.score
