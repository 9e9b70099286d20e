"""How many newcomers a roster can be found for: doubling, then bisection, each step from the last roster."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from iopsched.explain import reasons_of_unmet
from iopsched.instance import instance_sha256
from iopsched.instance.models import Instance
from iopsched.options import build_options
from iopsched.plan.capacity.answer import Limit
from iopsched.plan.capacity.newcomers import (
    grown,
    newcomers,
    only_with,
    promised,
    ranked,
    without_least_sizes,
)
from iopsched.plan.standing import plan_of
from iopsched.roster import check, program_warnings, score_sessions, unmet_needs
from iopsched.roster.models import Bound, Roster, Session, SolverInfo, Unmet
from iopsched.solve import Progress, Stop
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.bounds import bound_by_weeks
from iopsched.solve.clock import Clock
from iopsched.solve.construct import fill
from iopsched.solve.engine import Engine
from iopsched.solve.exact import UNMET_PROVABLE, prove_level, size_of
from iopsched.solve.improve import improve
from iopsched.solve.processes import cores
from iopsched.solve.search import Search
from iopsched.solve.strategy import crew_for
from iopsched.solve.value import value_plan

__all__ = ["LEAST_SECONDS", "Asked", "Attempt", "Reached", "admitted", "answer_to", "attempt", "reach"]

LEAST_SECONDS = 0.5
"""Time that must be left for a step to be begun."""
SHARE = 0.4
"""Of the time that is left, what one step may take: two steps in vain leave some for a third."""
FILL, IMPROVE, IMPROVE_LARGE = 0.2, 0.25, 0.7
"""Of a step: for what fits in around all that stands, for neighbourhoods; the rest is the exact model's.

At 150 participants the exact model found nothing in 2 to 14 s, where neighbourhoods went on finding."""
LARGE = 60_000
"""Decisions beyond which neighbourhoods get further than the exact model."""


@dataclass(frozen=True)
class Asked:
    """What all steps have in common.

    Attributes
    ----------
    instance : Instance
        The clinic as it is.
    base : Roster
        What those present have, and keep.
    models : tuple of str
        Whose copies the newcomers are.
    workers, seed, deterministic, stop
        As of :func:`iopsched.solve.solve`.
    promise : Instance
        The clinic in which those present need what they have.
    """

    instance: Instance
    base: Roster
    models: tuple[str, ...]
    workers: int | None
    seed: int
    deterministic: bool
    stop: Stop
    promise: Instance = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "promise", promised(self.instance, self.base))

    @property
    def threads(self) -> int:
        """Threads of each solve."""
        return 1 if self.deterministic else self.workers or cores()

    def clinic(self, count: int) -> Instance:
        """Return the clinic with newcomers and everybody's own needs."""
        return grown(self.instance, newcomers(self.instance, self.models, count))

    def promised(self, count: int, settled: int = 0) -> Instance:
        """Return the clinic with newcomers in which those present need what they have.

        While something is missing it is the last newcomers' rather than anybody else's, so that of a search
        that ends too soon there are some who can be admitted. ``settled`` of them have had everything.
        """
        people = newcomers(self.instance, self.models, count)
        last = [3 - 3 * k // max(1, count - settled) for k in range(count - settled)]
        priorities = [*(5 for _ in self.instance.participants), *(4 for _ in range(settled)), *last]
        return ranked(grown(self.promise, people), priorities)


@dataclass(frozen=True)
class Reached:
    """How far a search came.

    Attributes
    ----------
    newcomers : int
    roster : Roster
        The checked answer to the clinic with so many.
    tried : int or None
        The fewest more that were tried in vain.
    missing : tuple of Unmet
        What was missing then.
    limit : Limit or None
        What the exact model proved on the way.
    """

    newcomers: int
    roster: Roster
    tried: int | None = None
    missing: tuple[Unmet, ...] = ()
    limit: Limit | None = None


@dataclass(frozen=True)
class Attempt:
    """What came of a step: sessions, what is missing, and whether it is proved that something must be."""

    sessions: tuple[Session, ...]
    missing: tuple[Unmet, ...]
    impossible: bool


def reach(asked: Asked, begin: Reached, at_most: int | None, clock: Clock) -> Reached:
    """Admit as many newcomers as can be while there is time.

    Parameters
    ----------
    asked : Asked
    begin : Reached
        Where to start from: a roster for so many newcomers.
    at_most : int or None
        A proved limit, beyond which nothing is tried.
    clock : Clock
        The time of this search.
    """
    best, step = begin, 1
    while not asked.stop.requested and clock.remaining >= LEAST_SECONDS:
        ceilings = [at_most, None if best.tried is None else best.tried - 1]
        target = min([best.newcomers + step, *(one for one in ceilings if one is not None)])
        if target <= best.newcomers:
            break
        # With one more in vain the search ends, so that it may take all the time.
        share = 1.0 if target == best.newcomers + 1 else SHARE
        instance = asked.promised(target, best.newcomers)
        found = attempt(asked, instance, best.roster, share * clock.remaining, clock)
        proof = None if found.missing else answer_to(asked, target, found.sessions)
        if proof is not None:
            best = replace(best, newcomers=target, roster=proof)
            step = 2 * step if best.tried is None else _half(best)
        else:
            best = replace(admitted(asked, best, target, found), tried=target, missing=found.missing)
            step = _half(best)
            if found.impossible:
                best = _limited(asked, best, target, clock)
    return best


def _half(best: Reached) -> int:
    return 1 if best.tried is None else max(1, (best.tried - best.newcomers) // 2)


def admitted(asked: Asked, best: Reached, target: int, found: Attempt) -> Reached:
    """Admit the newcomers before the first who is short, where a search in vain brought more of them.

    Parameters
    ----------
    asked : Asked
    best : Reached
        What is kept where it did not.
    target : int
        Newcomers that were searched for.
    found : Attempt
        What came of it.
    """
    short = {one.participant for one in found.missing}
    row = [one.id for one in newcomers(asked.instance, asked.models, target)]
    count = next((k for k, name in enumerate(row) if name in short), target)
    if count <= best.newcomers:
        return best
    people = {*asked.instance.participant_by_id, *row[:count]}
    roster = answer_to(asked, count, only_with(found.sessions, people))
    return best if roster is None else replace(best, newcomers=count, roster=roster)


def _limited(asked: Asked, best: Reached, target: int, clock: Clock) -> Reached:
    """Prove again without least sizes what was proved with them; then it is a limit."""
    relaxed = without_least_sizes(asked.promised(target))
    found = attempt(asked, relaxed, best.roster, SHARE * clock.remaining, clock, explain=False)
    if not found.impossible:
        return best
    text = f"the model of the whole clinic has no roster with {target} more"
    return replace(best, limit=Limit(target - 1, "model", text))


def attempt(
    asked: Asked, instance: Instance, start: Roster, seconds: float, clock: Clock, *, explain: bool = True
) -> Attempt:
    """Look for a roster that meets all needs of a clinic, until there is one or a proof that there is none.

    What fits in around all that stands; then neighbourhoods; then the exact model, which begins with what
    they have found.

    Parameters
    ----------
    asked : Asked
    instance : Instance
        The clinic as promised, with newcomers.
    start : Roster
        Holds in it, and leaves newcomers out.
    seconds : float
        At most so long.
    clock : Clock
        Charged.
    explain : bool
        Whether it is to be said why something is missing.
    """
    options = build_options(instance)
    enough = Stop()

    def look(progress: Progress) -> None:
        if progress.score.unmet == 0 or (progress.stage == "proof" and (progress.bounds.unmet or 0) > 0):
            enough.request()

    own = Clock(min(seconds, clock.remaining), clock.deterministic)
    engine = Engine(own, enough, asked.threads, asked.seed)
    plan = value_plan(options, plan_of(options, start.sessions))
    search = Search(options, engine, plan, random.Random(asked.seed), look)
    asked.stop.add_listener(enough.request)
    try:
        bound_by_weeks(search)
        fill(search, FILL * own.limit)
        size = size_of(options)
        large = size > LARGE
        # Not before something is known to be left: to start a crew takes about a second.
        with crew_for(search) if large and search.best.unmet else nullcontext() as search.crew:
            part, patience = (IMPROVE_LARGE, 200) if large else (IMPROVE, 60)
            improve(search, "unmet", part * own.limit, patience)
        search.crew = None
        if size <= UNMET_PROVABLE:
            prove_level(search, "unmet", own.remaining)
        else:
            improve(search, "unmet", own.remaining, patience=1000)
    finally:
        asked.stop.remove_listener(enough.request)
    if clock.deterministic:
        clock.charge_solving(Clock.solver_seconds(own.elapsed))
    sessions = sessions_of_plan(options, search.best.plan)
    reasons = reasons_of_unmet(options, search.best.plan) if explain else {}
    missing = tuple(
        one.model_copy(update={"reasons": reasons.get((one.participant, one.service), ())})
        for one in unmet_needs(instance, sessions)
    )
    return Attempt(sessions, missing, search.bounds.get("unmet", 0) > 0)


def answer_to(asked: Asked, count: int, sessions: Sequence[Session]) -> Roster | None:
    """Return the roster of the clinic with newcomers if it keeps every rule and leaves nobody worse off.

    Parameters
    ----------
    asked : Asked
    count : int
        Newcomers: none of their needs may be short, and none of the others' more so than in the base.
    sessions : sequence of Session
    """
    instance = asked.clinic(count)
    roster = Roster(
        instance=instance.id,
        instance_sha256=instance_sha256(instance),
        week=instance.week,
        timezone=instance.timezone,
        status="feasible",
        score=score_sessions(instance, sessions),
        bound=Bound(),
        sessions=tuple(sessions),
        unmet=unmet_needs(instance, sessions),
        warnings=program_warnings(instance, sessions),
        solver=SolverInfo(seed=asked.seed, workers=asked.threads, deterministic=asked.deterministic),
    )
    short = {(one.participant, one.service): one.sessions for one in asked.base.unmet}
    worse = any(one.sessions > short.get((one.participant, one.service), 0) for one in roster.unmet)
    return None if worse or not check(instance, roster).ok else roster
