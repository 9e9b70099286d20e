"""From a plan to a model and back: the hint is complete and feasible, and worth what the plan is."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from ortools.sat.python import cp_model

from iopsched.model import Scope, ScopedModel, build_model, everything
from iopsched.model.build import LEVEL_PARTS, RULE_PARTS
from iopsched.options import Plan
from iopsched.roster import score_sessions
from iopsched.roster.models import LEVELS
from iopsched.roster.rules import RULES
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.neighbourhoods import NEIGHBOURHOODS
from iopsched.solve.search import Search
from solve.searches import CLINICS, WEDNESDAY, constructed, replanned, resumed, wander

SETTLED_BY_OPTIONS = {"grid", "hours", "family-free", "frozen"}
"""Rules of RULES.md that say something about one session alone, or about what has happened."""


def searches(profile: str, participants: int, seed: int) -> list[Search]:
    """Return a clinic planned from nothing, planned anew, and planned anew from the middle of the week."""
    return [
        constructed(profile, participants, seed),
        replanned(profile, participants, seed, None),
        replanned(profile, participants, seed, WEDNESDAY),
    ]


def solved_at_hint(scoped: ScopedModel) -> cp_model.CpSolver:
    """Return the solver after solving a model in which every variable is fixed to its hint."""
    solver = cp_model.CpSolver()
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.num_workers = 1
    assert solver.solve(scoped.model) == cp_model.OPTIMAL
    return solver


def some_scopes(search: Search) -> list[Scope]:
    """Return the whole clinic and one scope of each neighbourhood."""
    drawn = [neighbourhood.draw(search, 3) for neighbourhood in NEIGHBOURHOODS]
    scopes = [everything(search.options), *(scope for scope in drawn if scope is not None)]
    assert len(scopes) > 4
    return scopes


def without_rooms(plan: Plan) -> tuple[object, ...]:
    """Return a plan but for which of several like visits at one time is in which of the rooms they fill."""
    visits = {
        need: tuple((placed.start, placed.staff) for placed in some) for need, some in plan.placements.items()
    }
    rooms = Counter((placed.start, placed.room_class) for some in plan.placements.values() for placed in some)
    return visits, rooms, plan.meetings


def test_every_rule_is_in_the_model_or_settled_by_the_options() -> None:
    """The rules that the judge knows are those that the model's parts name and the four that need none."""
    named = {rule for rule, _ in RULE_PARTS}
    assert named | SETTLED_BY_OPTIONS == RULES.keys()
    assert not named & SETTLED_BY_OPTIONS


def test_every_level_of_the_score_is_in_the_model() -> None:
    """In the order in which they are compared."""
    assert tuple(LEVEL_PARTS) == LEVELS


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic[0])
@pytest.mark.parametrize("which", range(3), ids=["new", "changed", "frozen"])
def test_the_hint_is_the_plan(clinic: tuple[str, int, int], which: int) -> None:
    """In every scope each variable has a hint; fixed to it, the model is feasible and gives the plan back."""
    search = resumed_like(searches(*clinic)[which])
    plan = search.best.plan
    assert plan.placements
    assert plan.meetings
    for scope in some_scopes(search):
        scoped = build_model(search.options, plan, scope)
        proto = scoped.model.proto
        assert list(proto.solution_hint.vars) == list(range(len(proto.variables)))
        for level in LEVELS:
            scoped.minimize([(1, level)])
            solver = solved_at_hint(scoped)
            assert round(solver.objective_value) == scoped.incumbent(level), level
        again = scoped.plan(list(solver.response_proto.solution))
        assert without_rooms(again) == without_rooms(plan)


def resumed_like(search: Search) -> Search:
    """Return a search of its own that holds the same plan."""
    return resumed(search.options, search.best.plan)


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic[0])
@pytest.mark.parametrize("which", range(3), ids=["new", "changed", "frozen"])
def test_the_model_of_the_whole_clinic_has_the_score_of_the_plan(
    clinic: tuple[str, int, int], which: int
) -> None:
    """Level by level the model, the search and the judge agree, but for what frozen sessions cost anyway."""
    search = resumed_like(searches(*clinic)[which])
    frozen = search.options.facts.frozen
    assert bool(frozen) == (which == 2)
    assert (search.best.changes > 0) == (which > 0)
    outside = []
    for _ in range(2):
        plan = search.best.plan
        sessions = sessions_of_plan(search.options, plan)
        judged = score_sessions(search.options.instance, sessions, search.options.baseline)
        assert judged == search.best.score
        scoped = build_model(search.options, plan, everything(search.options))
        outside.append(
            tuple(
                value - scoped.incumbent(level)
                for level, value in zip(LEVELS, judged.as_tuple(), strict=True)
            )
        )
        next(before for before, _ in wander(search, 30) if before.plan != search.best.plan)
    assert search.best.plan != plan
    assert outside[0] == outside[1]
    if not frozen:
        assert outside[0] == (0, 0, 0, 0)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("clinic", CLINICS[2:4], ids=lambda clinic: clinic[0])
@pytest.mark.parametrize("frozen_from", [None, WEDNESDAY], ids=["changed", "frozen"])
def test_what_a_level_gains_in_a_scope_is_what_the_clinic_gains(
    clinic: tuple[str, int, int], frozen_from: datetime | None, level: str
) -> None:
    """Whatever stands outside a scope, the difference of two solutions is the difference of their plans."""
    search = resumed_like(replanned(*clinic, frozen_from))
    moves = 0
    for scope in some_scopes(search)[1:]:
        scoped = build_model(search.options, search.best.plan, scope, [level])
        scoped.minimize([(1, level)])
        outcome = search.engine.run(scoped, 0.3)
        assert outcome.values is not None
        if outcome.optimal:
            moved = search.best.moved_to(scoped.plan(outcome.values), scope)
            moves += moved.plan != search.best.plan
            difference = getattr(moved, level) - search.value(level)
            assert difference == outcome.objective - scoped.incumbent(level), scope
    assert moves > 0
