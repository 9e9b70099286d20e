"""The strategy: which stages a search goes through, in which order, with which share of the time.

A start (from the baseline, or timetable and responses), bounds, improvement level by level with more bounds
in between, and proofs where the clinic is small enough; docs/architecture.md tells why.
"""

from __future__ import annotations

import platform
import random
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version

from iopsched.errors import IopschedError, UsageError
from iopsched.explain import reasons_of_unmet
from iopsched.instance import instance_sha256, instance_warnings
from iopsched.instance.models import Instance
from iopsched.options import Plan, build_options
from iopsched.roster import check, program_warnings, score_sessions, unmet_needs
from iopsched.roster.models import LEVELS, Bound, Note, Roster, SolverInfo, Unmet
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.bounds import bound_alone, bound_by_weeks, bound_others, bound_unmet_by_groups
from iopsched.solve.clock import Clock
from iopsched.solve.construct import construct, fill
from iopsched.solve.control import ProgressCallback, Stop
from iopsched.solve.crew import Crew
from iopsched.solve.crew_messages import Begin
from iopsched.solve.engine import Engine
from iopsched.solve.exact import (
    UNMET_PROVABLE,
    improve_and_prove,
    prove_level,
    prove_levels,
    size_of,
    size_of_groups,
)
from iopsched.solve.improve import improve
from iopsched.solve.pins import pinned_plan
from iopsched.solve.price_bounds import bound_by_prices
from iopsched.solve.processes import cores
from iopsched.solve.replan import replan
from iopsched.solve.search import Search
from iopsched.solve.turns import take_turns
from iopsched.solve.value import value_plan
from iopsched.solve.warm import start_from_baseline

__all__ = ["crew_for", "run"]

SMALL = 3000
"""Decisions up to which a clinic goes to the exact model as soon as it has a roster."""
PROVABLE = 15_000
"""Decisions up to which an exact model of everything is tried on every level."""
GROUPS_PROVABLE = 60_000
"""Decisions up to which a model of all groups is."""
SOON = 60_000
"""Decisions up to which the model of everything, where much is missed, gets further than neighbourhoods."""
FAR = 0.002
"""Part of all that is needed above which what is missed beyond its bound is given more of the time."""
CREW_SECONDS = 3.0
"""Time that must be left for a crew to be worth its start, about a second of each core."""
CREW_AT_MOST = 8
"""Processes of a crew: each needs up to a few hundred MB, and the more there are, the more often one decides
what another has changed meanwhile."""


def run(
    instance: Instance,
    *,
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    baseline: Roster | None,
    frozen_from: datetime | None,
    start: Roster | None,
    on_progress: ProgressCallback | None,
    stop: Stop | None,
) -> Roster:
    """Carry out :func:`iopsched.solve.solve`."""
    _check_usage(instance, time_limit, workers, baseline, frozen_from)
    clock = Clock(_search_seconds(instance, time_limit, deterministic), deterministic)
    workers = 1 if deterministic else workers or cores()
    engine = Engine(clock, stop or Stop(), workers, seed)
    options = build_options(instance, baseline, frozen_from)
    search = Search(options, engine, value_plan(options, Plan()), random.Random(seed), on_progress)
    search.best = value_plan(options, pinned_plan(options, engine))
    bound_others(search)
    search_all(search, start)
    return _roster(search, time_limit)


def search_all(search: Search, start: Roster | None = None) -> None:
    """Go through the stages: a start, then what the clinic's size asks for."""
    _start(search, start)
    if size_of(search.options) <= SMALL:
        prove_levels(search, 0.6 * search.engine.clock.remaining)
        if all(search.proved(level) for level in LEVELS):
            return
    # Not before there is a plan: while a crew loads the solver, it takes the cores that the start needs.
    with crew_for(search) as search.crew:
        _improve_all(search)


def _start(search: Search, start: Roster | None) -> None:
    """Make a first plan, out of what stood before or from nothing, and bound what each person can have."""
    total = search.engine.clock.limit
    start_from_baseline(search, 0.2 * total, start)
    if search.options.baseline is not None:
        bound_by_weeks(search)
        replan(search, "unmet", 0.4 * total)
    if not search.proved("unmet"):
        construct(search, 0.1 * total, standing=start is not None)
    bound_by_weeks(search)
    fill(search, 0.1 * total)


def _improve_all(search: Search) -> None:
    """Improve and bound each level in turn, with a proof of those that the model of everything can prove."""
    clock, options = search.engine.clock, search.options
    total = clock.limit
    provable = size_of(options) <= PROVABLE
    _improve_unmet(search)
    take_turns(search)
    bound_others(search)
    replan(search, "changes", 0.3 * total)
    improve(search, "changes", 0.1 * total, patience=100)
    bound_alone(search, "burden", 0.03 * total)
    left = clock.remaining
    if provable:
        improve(search, "burden", 0.08 * left, patience=100)
        improve_and_prove(search, "burden", 0.75 * left, patience=1000)
    else:
        improve(search, "burden", 0.85 * left, patience=400)
    bound_others(search)
    if provable:
        improve_and_prove(search, "staffing", clock.remaining, patience=200)
    else:
        improve(search, "staffing", 0.5 * clock.remaining, patience=60)
    improve(search, "burden", clock.remaining, patience=400)
    for level in ("unmet", "burden"):
        bound_alone(search, level, clock.remaining)
    bound_others(search)


def _improve_unmet(search: Search) -> None:
    """Take what neighbourhoods bring soon; what stays open the model of everything finds or disproves.

    Where seats or staff are short, a better plan moves many people at once, which no neighbourhood does.
    """
    options, total = search.options, search.engine.clock.limit
    size = size_of(options)
    bound_by_prices(search, "unmet")
    bound_alone(search, "unmet", 0.03 * total)
    improve(search, "unmet", (0.03 if size <= PROVABLE else 0.1) * total, patience=100)
    if search.proved("unmet"):
        return
    bound_alone(search, "unmet", 0.03 * total)
    far = _missed_beyond_bound(search) > FAR
    if size <= (SOON if far else UNMET_PROVABLE):
        prove_level(search, "unmet", (0.5 if far else 0.25) * total)
        far = _missed_beyond_bound(search) > FAR
    elif size > UNMET_PROVABLE and size_of_groups(options) <= GROUPS_PROVABLE:
        bound_unmet_by_groups(search, 0.1 * total)
    improve(search, "unmet", (0.35 if far else 0.1) * total, patience=200)


def _missed_beyond_bound(search: Search) -> float:
    """Return how far ``unmet`` is above its bound, as a part of what an empty roster misses."""
    needed = value_plan(search.options, Plan()).unmet
    return (search.best.unmet - search.bounds.get("unmet", 0)) / max(1, needed)


def crew_for(search: Search) -> Crew:
    """Start a crew, of nobody where it doesn't pay: one worker, or too little time to load the solver in."""
    engine, options = search.engine, search.options
    pays = engine.workers > 1 and engine.clock.remaining >= CREW_SECONDS
    begin = Begin(options.instance, options.baseline, options.frozen_from, engine.seed)
    return Crew.start(begin, min(engine.workers, CREW_AT_MOST) if pays else 0)


def _check_usage(
    instance: Instance,
    time_limit: float,
    workers: int | None,
    baseline: Roster | None,
    frozen_from: datetime | None,
) -> None:
    if not time_limit > 0:
        raise UsageError(f"time_limit is {time_limit}; it must be more than 0 seconds")
    if workers is not None and workers < 1:
        raise UsageError(f"workers is {workers}; it must be at least 1")
    if frozen_from is not None and (baseline is None or baseline.week != instance.week):
        raise UsageError("re-planning from a moment on needs a baseline of the same week")


def _search_seconds(instance: Instance, time_limit: float, deterministic: bool) -> float:
    """Return what the search may use of the limit; the rest is for reasons, assembling and checking."""
    if deterministic:
        return time_limit
    return max(0.3 * time_limit, time_limit - 0.3 - 0.012 * len(instance.participants))


def _roster(search: Search, time_limit: float) -> Roster:
    """Put the roster together and hold it against the checker."""
    instance, options = search.options.instance, search.options
    baseline = options.baseline
    sessions = sessions_of_plan(options, search.best.plan)
    score = score_sessions(instance, sessions, baseline)
    bound = Bound(**{level: search.bounds.get(level) for level in LEVELS})
    until = None if search.engine.clock.deterministic else search.engine.clock.deadline(0.97 * time_limit)
    reasons = reasons_of_unmet(options, search.best.plan, until)
    roster = Roster(
        instance=instance.id,
        instance_sha256=instance_sha256(instance),
        week=instance.week,
        timezone=instance.timezone,
        status="optimal" if bound.as_tuple() == score.as_tuple() else "feasible",
        score=score,
        bound=bound,
        sessions=sessions,
        unmet=tuple(_with_reasons(one, reasons) for one in unmet_needs(instance, sessions)),
        warnings=(*_warnings(instance), *program_warnings(instance, sessions)),
        solver=_solver_info(search, time_limit),
    )
    report = check(instance, roster, baseline=baseline, frozen_from=options.frozen_from)
    if not report.ok:
        broken = "; ".join(f"{one.rule}: {one.text}" for one in report.violations[:5])
        raise IopschedError(f"the roster found breaks a rule and was not written: {broken}")
    return roster


def _with_reasons(unmet: Unmet, reasons: Mapping[tuple[str, str], tuple[Note, ...]]) -> Unmet:
    return unmet.model_copy(update={"reasons": reasons.get((unmet.participant, unmet.service), ())})


def _warnings(instance: Instance) -> list[Note]:
    return [
        Note.model_validate({"code": "instance", "text": problem.what, "path": problem.path})
        for problem in instance_warnings(instance)
    ]


def _solver_info(search: Search, time_limit: float) -> SolverInfo:
    clock = search.engine.clock
    return SolverInfo(
        seconds=round(clock.elapsed, 3),
        seed=search.engine.seed,
        workers=search.engine.workers,
        time_limit=time_limit,
        deterministic=clock.deterministic,
        solves=search.engine.solves,
        most_variables=search.engine.most_variables,
        versions={
            "iopsched": version("iopsched"),
            "ortools": version("ortools"),
            "python": platform.python_version(),
        },
    )
