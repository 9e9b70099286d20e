"""Searches of small clinics with plans that use most of the format, for tests of the model and the search."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Final

from iopsched.generate import generate
from iopsched.instance.models import Instance, Pin
from iopsched.instance.windows import DAYS
from iopsched.model import Scope, build_model, scope_of
from iopsched.options import Options, Plan, build_options
from iopsched.roster import score_sessions, unmet_needs
from iopsched.roster.models import LEVELS, Bound, Roster, Session
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.clock import Clock
from iopsched.solve.control import ProgressCallback, Stop
from iopsched.solve.engine import Engine
from iopsched.solve.exact import prove_levels
from iopsched.solve.neighbourhoods import NEIGHBOURHOODS
from iopsched.solve.pins import pinned_plan
from iopsched.solve.search import Search
from iopsched.solve.value import Valued, value_plan

CLINICS: Final = (("mixed", 7, 1), ("php", 6, 2), ("rich", 8, 1), ("tight", 8, 3), ("overfull", 6, 4))
"""Profile, participants and seed of generated clinics: small, and between them with every kind of rule."""
WEDNESDAY: Final = datetime(2026, 12, 2)
"""The third day of the week of those clinics."""


def engine(seconds: float = 20.0, seed: int = 0, stop: Stop | None = None) -> Engine:
    """Return an engine that counts effort, not time."""
    return Engine(Clock(seconds, deterministic=True), stop or Stop(), workers=1, seed=seed)


def search_of(
    instance: Instance,
    *,
    baseline: Roster | None = None,
    frozen_from: datetime | None = None,
    seed: int = 0,
    on_progress: ProgressCallback | None = None,
) -> Search:
    """Return a search that has decided nothing but what is pinned."""
    options = build_options(instance, baseline, frozen_from)
    search = resumed(options, Plan(), seed=seed, on_progress=on_progress)
    search.best = value_plan(options, pinned_plan(options, search.engine))
    return search


def resumed(
    options: Options, plan: Plan, *, seed: int = 0, on_progress: ProgressCallback | None = None
) -> Search:
    """Return a search that holds a plan, with its effort still before it."""
    return Search(
        options, engine(seed=seed), value_plan(options, plan), random.Random(seed), on_progress=on_progress
    )


def roster_of_plan(search: Search) -> Roster:
    """Return the roster of a search's best plan, with nothing proved about it."""
    instance, baseline = search.options.instance, search.options.baseline
    sessions = sessions_of_plan(search.options, search.best.plan)
    return Roster(
        instance=instance.id,
        week=instance.week,
        status="feasible",
        score=score_sessions(instance, sessions, baseline),
        bound=Bound(),
        sessions=sessions,
        unmet=unmet_needs(instance, sessions),
    )


def wander(search: Search, steps: int) -> Iterator[tuple[Valued, Scope]]:
    """Move to a plan that is best for one level in a random scope, whatever that does to the others.

    Yields what was before each move, and the scope of the move; no less is delivered after it.
    """
    for _ in range(steps):
        neighbourhood = search.rng.choice(NEIGHBOURHOODS)
        scope = neighbourhood.draw(search, 4)
        if scope is None:
            continue
        level = search.rng.choice(LEVELS[1:])
        scoped = build_model(search.options, search.best.plan, scope, ["unmet", level])
        scoped.limit("unmet", scoped.incumbent("unmet"))
        scoped.minimize([(1, level)])
        outcome = search.engine.run(scoped, 0.2)
        assert outcome.values is not None
        before = search.best
        search.best = before.moved_to(scoped.plan(outcome.values), scope)
        yield before, scope


def fill(search: Search) -> None:
    """Place what is missing: group by group with whoever is not served, then participant by participant."""
    options = search.options
    for group, meetings in options.meetings_of.items():
        served = search.best.plan.attended()
        needs = {need for option in meetings for need in options.attendable_by[option]} - served.keys()
        people = {options.attendances[need].participant for need in needs}
        first = {need for person in people for need in options.sessions_of[person]}
        scope = scope_of(options, search.best.plan, sessions=first, attendances=needs, groups=[group])
        search.decide(scope, ["unmet"], 0.2)
    for needs_of_one in options.sessions_of.values():
        scope = scope_of(options, search.best.plan, sessions=needs_of_one)
        search.decide(scope, ["unmet", "burden"], 0.2)


def thinned(search: Search) -> Search:
    """Return a search that holds the plan without every other participant's visits that are not pinned."""
    options, plan = search.options, search.best.plan
    gone = {
        asked.index: ()
        for asked in options.sessions
        if asked.participant % 2 == 0 and not asked.pinned and asked.index in plan.placements
    }
    assert gone
    return resumed(options, plan.with_changes(gone, {}), seed=7)


@cache
def constructed(profile: str, participants: int, seed: int) -> Search:
    """Return the search of a generated clinic with a plan that was made from nothing; not to be changed."""
    search = search_of(generate(participants, seed, profile))
    fill(search)
    return search


def edited(instance: Instance, **fields: object) -> Instance:
    """Return a clinic of which some fields are others; nothing worked out of the old ones remains."""
    kept = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance.model_validate({**kept, **fields})


def with_pins(instance: Instance, roster: Roster) -> Instance:
    """Return a clinic in which the roster's last visit, last meeting and another attendance are pinned."""
    visit = next(s for s in reversed(roster.sessions) if s.group is None)
    first, *_, last = (s for s in roster.sessions if s.group is not None)
    pins = (
        _pin(visit, participant=visit.participants[0], service=visit.service, staff=visit.staff),
        _pin(last, group=last.group, staff=last.staff, room=last.room),
        _pin(first, group=first.group, participant=first.participants[0]),
    )
    return edited(instance, pins=pins)


def _pin(session: Session, **fields: object) -> Pin:
    return Pin.model_validate({"start": f"{DAYS[session.start.weekday()]} {session.start:%H:%M}", **fields})


@cache
def replanned(profile: str, participants: int, seed: int, frozen_from: datetime | None) -> Search:
    """Return the search of a generated clinic, some of it pinned, after a plan that is not the baseline's.

    Visits are placed before the groups, so that much of the week has changed; not to be changed.
    """
    before = constructed(profile, participants, seed)
    baseline = roster_of_plan(before)
    instance = with_pins(before.options.instance, baseline)
    search = search_of(instance, baseline=baseline, frozen_from=frozen_from, seed=1)
    for needs in reversed(search.options.sessions_of.values()):
        search.decide(scope_of(search.options, search.best.plan, sessions=needs), ["unmet"], 0.2)
    fill(search)
    return search


def proved(
    instance: Instance, *, baseline: Roster | None = None, frozen_from: datetime | None = None
) -> Search:
    """Return the search of a tiny clinic in which every level is proved by the exact model."""
    search = search_of(instance, baseline=baseline, frozen_from=frozen_from)
    prove_levels(search, search.engine.clock.remaining)
    assert all(search.proved(level) for level in LEVELS), (search.best.score, search.bounds)
    return search
