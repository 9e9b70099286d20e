"""Searches that stand before a stage, with a fixed effort to spend."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from typing import Any

from benchmarks.clinics import Clinic, needed_sessions
from benchmarks.extra import reached
from iopsched import check
from iopsched.options import Options, Plan, build_options
from iopsched.roster import LEVELS, Bound, Roster, score_sessions, unmet_needs
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.clock import Clock
from iopsched.solve.construct import construct, fill
from iopsched.solve.control import Stop
from iopsched.solve.engine import Engine
from iopsched.solve.improve import improve
from iopsched.solve.pins import pinned_plan
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan
from iopsched.solve.warm import start_from_baseline

__all__ = ["EFFORT", "at_the_start", "constructed", "improved", "judged", "replanned", "roster_of"]

EFFORT = 4.0
"""Deterministic seconds of a stage; it may end earlier where nothing is left to do."""
ENOUGH = 1000.0
"""Deterministic seconds of the stages before it, which end by themselves."""


def _search(options: Options, plan: Plan, effort: float) -> Search:
    engine = Engine(Clock(effort, deterministic=True), Stop(), workers=1, seed=0)
    return Search(options, engine, value_plan(options, plan), random.Random(0))


def at_the_start(clinic: Clinic) -> Search:
    """Return a search that has decided nothing but what is pinned, and may construct to the end."""
    search = _search(build_options(clinic.instance()), Plan(), ENOUGH)
    search.best = value_plan(search.options, pinned_plan(search.options, search.engine))
    return search


@cache
def _constructed(clinic: Clinic) -> Search:
    search = at_the_start(clinic)
    construct(search, EFFORT)
    fill(search, EFFORT)
    return search


@cache
def _improved(clinic: Clinic) -> Search:
    before = _constructed(clinic)
    search = _search(before.options, before.best.plan, EFFORT)
    improve(search, "unmet", EFFORT, patience=100)
    return search


def constructed(clinic: Clinic) -> Search:
    """Return a search after the construction."""
    before = _constructed(clinic)
    return _search(before.options, before.best.plan, EFFORT)


def improved(clinic: Clinic) -> Search:
    """Return a search after ``unmet`` has been improved."""
    before = _improved(clinic)
    return _search(before.options, before.best.plan, EFFORT)


def replanned(clinic: Clinic) -> Search:
    """Return a search that has kept what it could of a roster one of whose therapists is away on Tuesday."""
    baseline = roster_of(_improved(clinic))
    instance = clinic.instance()
    pinned = {member for pin in instance.pins for member in pin.staff or ()}
    away = next(member for member in instance.staff if member.id not in pinned)
    staff = [
        member.model_copy(update={"busy": (*member.busy, "Tue 00:00-24:00")}) if member is away else member
        for member in instance.staff
    ]
    changed = instance.model_copy(update={"staff": tuple(staff)})
    search = _search(build_options(changed, baseline), Plan(), EFFORT)
    search.best = value_plan(search.options, pinned_plan(search.options, search.engine))
    start_from_baseline(search, EFFORT)
    return search


def roster_of(search: Search) -> Roster:
    """Return the roster of a search's best plan with what is proved about it."""
    instance, baseline = search.options.instance, search.options.baseline
    sessions = sessions_of_plan(search.options, search.best.plan)
    return Roster(
        instance=instance.id,
        week=instance.week,
        status="feasible",
        score=score_sessions(instance, sessions, baseline),
        bound=Bound(**{level: search.bounds.get(level) for level in LEVELS}),
        sessions=sessions,
        unmet=unmet_needs(instance, sessions),
    )


def judged(search: Search) -> Mapping[str, Any]:
    """Hold a search's best plan and its bounds against the checker; return what was reached."""
    instance, roster = search.options.instance, roster_of(search)
    report = check(instance, roster, baseline=search.options.baseline)
    assert report.ok, report.violations
    return reached(
        roster.score,
        roster.bound,
        placed=report.figures.sessions_delivered,
        needed=needed_sessions(instance),
        variables=search.engine.most_variables,
    )
