"""A plan's score, person by person: as from nothing after any move, and as the judge has it."""

from __future__ import annotations

from datetime import datetime

import pytest

from iopsched.options import Plan
from iopsched.roster import score_sessions
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.value import value_plan
from rules.tiny import clinic, need, participant
from solve.searches import CLINICS, WEDNESDAY, constructed, replanned, resumed, search_of, wander


@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
@pytest.mark.parametrize("frozen_from", [None, WEDNESDAY], ids=["changed", "frozen"])
def test_moves_are_valued_as_from_nothing(
    clinic_: tuple[str, int, int], frozen_from: datetime | None
) -> None:
    """After each of some random moves: person by person, level by level, and by the judge."""
    base = replanned(*clinic_, frozen_from)
    search = resumed(base.options, base.best.plan, seed=5)
    values = set()
    for _, _ in wander(search, 10):
        again = value_plan(search.options, search.best.plan)
        assert (search.best.short, search.best.load) == (again.short, again.load)
        assert search.best.score == again.score
        sessions = sessions_of_plan(search.options, search.best.plan)
        judged = score_sessions(search.options.instance, sessions, search.options.baseline)
        assert search.best.score == judged
        values.add(judged.as_tuple())
    assert len(values) > 1


def test_nothing_placed_is_all_missed() -> None:
    """Twice a talk of an hour at priority 3 and once at priority 1; nobody bears anything."""
    instance = clinic(participants=[participant("p1", need("talk", 2, priority=3)), participant("p2")])
    empty = value_plan(search_of(instance).options, Plan())
    assert empty.short == (360, 60)
    assert empty.load == (0, 0)
    assert empty.score.as_tuple() == (420, 0, 0, 0)


def test_plans_are_compared_level_by_level() -> None:
    """Less unmet is better whatever it costs; nothing is better than itself."""
    planned = constructed(*CLINICS[0]).best
    empty = value_plan(planned.options, Plan())
    assert planned.unmet < empty.unmet
    assert planned.burden > empty.burden
    assert planned.better_than(empty)
    assert not empty.better_than(planned)
    assert not planned.better_than(planned)
