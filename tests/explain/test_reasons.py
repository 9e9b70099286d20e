"""The reasons of whole clinics, held against the model: what cannot be had, it cannot give."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from ortools.sat.python import cp_model

from iopsched.explain import reasons_of_unmet
from iopsched.generate import generate
from iopsched.model import Scope, build_model, everything, scope_of
from iopsched.options import Options, Plan, build_options
from iopsched.options.sessions import SessionOptions
from iopsched.roster import unmet_needs
from iopsched.roster.models import Note
from iopsched.solve.assemble import sessions_of_plan
from rules.tiny import at, clinic, group, need, participant, roster_of

LEFT_OVER = {"search-ended", "combination"}
"""What is said where something could still be had, or might be."""


def better(options: Options, plan: Plan, scope: Scope, seconds: float) -> tuple[int, Plan]:
    """Return how much less a plan misses when a scope is decided anew, and that plan."""
    model = build_model(options, plan, scope, ("unmet",))
    before = model.incumbent("unmet")
    model.minimize([(1, "unmet")])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = seconds
    assert solver.solve(model.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return before - round(solver.objective_value), model.plan(list(solver.response_proto.solution))


def rough(options: Options) -> Plan:
    """Return a plan made in one go: the groups, then one participant's sessions after the other's."""
    everybody = range(len(options.instance.groups))
    some = range(len(options.attendances))
    _, plan = better(options, Plan(), scope_of(options, Plan(), attendances=some, groups=everybody), 1)
    for k in range(len(options.instance.participants)):
        _, plan = better(options, plan, scope_of(options, plan, sessions=options.sessions_of[k]), 1)
    return plan


@cache
def crowded(seed: int) -> tuple[Options, Plan]:
    """Return a clinic in which not everything fits, and a rough plan of it."""
    options = build_options(generate(10, seed, "overfull"))
    return options, rough(options)


@cache
def half_past(seed: int) -> tuple[Options, Plan]:
    """Return a crowded clinic on Wednesday noon, and a rough plan of what is left of its week."""
    options, plan = crowded(seed)
    held = roster_of(options.instance, *sessions_of_plan(options, plan))
    later = build_options(options.instance, held, at("Wed 12:00", _weeks(options)))
    return later, rough(later)


def _weeks(options: Options) -> int:
    return (options.instance.week - at("Mon 00:00").date()).days // 7


CASES = [(crowded, 0), (crowded, 1), (half_past, 0), (half_past, 1)]


@pytest.mark.parametrize(("made", "seed"), CASES)
def test_every_short_need_and_no_other_has_a_reason(made: object, seed: int) -> None:
    """The needs with reasons are those of the roster's unmet list, in its order."""
    options, plan = made(seed)
    reasons = reasons_of_unmet(options, plan)
    unmet = unmet_needs(options.instance, sessions_of_plan(options, plan))
    assert unmet
    assert list(reasons) == [(item.participant, item.service) for item in unmet]
    assert all(reasons.values())


@pytest.mark.parametrize(("made", "seed"), CASES)
def test_reasons_agree_with_the_model(made: object, seed: int) -> None:
    """Where the model can still serve a need beside all else, the reasons say so; else they say why not."""
    options, plan = made(seed)
    reasons = reasons_of_unmet(options, plan)
    left_over = 0
    for (who, service), notes in reasons.items():
        codes = {note.code for note in notes}
        asked = options.need_index[options.facts.participant_index[who], service]
        own = frozenset({asked.index})
        none: frozenset[int] = frozenset()
        is_session = isinstance(asked, SessionOptions)
        scope = Scope(own, none, none, none) if is_session else Scope(none, own, none, none)
        gained, _ = better(options, plan, scope, 1)
        assert not gained or codes & LEFT_OVER, (who, service, codes)
        assert gained or "search-ended" not in codes, (who, service)
        left_over += bool(codes & LEFT_OVER)
    assert left_over < len(reasons)


@pytest.mark.parametrize(("made", "seed"), CASES)
def test_reasons_name_nobody_else(made: object, seed: int) -> None:
    """Neither texts nor facts have another participant's id; texts are sentences."""
    options, plan = made(seed)
    everybody = {person.id for person in options.instance.participants}
    for (who, _), notes in reasons_of_unmet(options, plan).items():
        for note in notes:
            words = set(re.findall(r"\w+", note.model_dump_json()))
            assert words & everybody <= {who}
            assert note.text.endswith(".")


@pytest.mark.parametrize(("made", "seed"), CASES)
def test_reasons_are_plain_data(made: object, seed: int) -> None:
    """They come back from JSON as they went, and twice the same."""
    options, plan = made(seed)
    reasons = reasons_of_unmet(options, plan)
    for notes in reasons.values():
        for note in notes:
            text = note.model_dump_json()
            assert Note.model_validate_json(text) == Note.model_validate(json.loads(text))
            assert Note.model_validate_json(text).model_dump_json() == text
    assert reasons_of_unmet(options, plan) == reasons


def test_nothing_is_said_of_what_is_met() -> None:
    """A clinic that has everything it needs has no reasons."""
    options = build_options(clinic(groups=[group()], participants=[participant("p1", need(), need("class"))]))
    _, plan = better(options, Plan(), everything(options), 1)
    assert sum(map(len, (plan.placements, plan.meetings))) == 2
    assert reasons_of_unmet(options, plan) == {}


def test_a_need_of_no_sessions_is_met() -> None:
    """Zero sessions are asked for."""
    options = build_options(clinic(participants=[participant("p1", need(sessions=0))]))
    assert reasons_of_unmet(options, Plan()) == {}


def test_needs_that_no_time_is_left_for_are_said_not_to_be_examined() -> None:
    """With the moment in the past already, every short need still has its one honest reason."""
    options = build_options(clinic(participants=[participant("p1"), participant("p2")]))
    assert len(reasons_of_unmet(options, Plan())) == 2
    hurried = reasons_of_unmet(options, Plan(), until=0.0)
    assert [[note.code for note in notes] for notes in hurried.values()] == [["not-examined"]] * 2
