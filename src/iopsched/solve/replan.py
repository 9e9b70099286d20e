"""Stage *re-planning*: what of the baseline cannot stand is mended, at the fewest changes, and proved to be.

Almost everything stands. Of each need that is not *freed* a model of the whole clinic knows only its places
at the baseline's starts, in its room, whoever leads; a freed need may go anywhere. In turns

*mending* decides the freed needs with all else standing: a better roster soon;
*bounding* lets whoever is not freed leave for nowhere: they pay for it at least what it must cost, but need
no place. Every roster is a solution of that model, with no more changes than it has, once rules that ask for
others' sessions are left out (the least size of a group, the order of needs that are not freed). So its
optimum bounds ``changes``.

Whoever leaves in the second is freed in the next turn, until nobody leaves and the roster found is real.

Where ``unmet`` is open, ``changes`` is bounded first given what is missed by then: with almost everything
standing that is soon done, and a proof that less could be missed may never come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from ortools.sat.python import cp_model

from iopsched.model import ScopedModel, build_model, scope_of
from iopsched.model.level_changes import (
    OTHER_GROUP,
    BaselineAttendance,
    attendances_of,
    changes_where,
)
from iopsched.model.variables import AttendanceVariables, SessionVariables
from iopsched.options import Options, Plan
from iopsched.options.sessions import SessionOptions
from iopsched.solve.around import (
    Around,
    Key,
    Was,
    hit,
    lost,
    moved,
    not_standing,
    relaxed,
    with_their_order,
)
from iopsched.solve.engine import Way
from iopsched.solve.price_bounds import bound_by_prices
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan

__all__ = ["replan"]

WAY = Way(("core", "max_lp"), single="relaxation")
"""How both models are searched: cores prove, the relaxation finds."""
HALF, MOST = 0.5, 0.8
"""Shares of the time: for ``changes`` given what is missed at first; for ``unmet``, of what is left then."""
MOST_DECISIONS = 150_000
"""Decisions up to which a model of what stands and what is freed is made: beyond that it is a new week."""


def replan(search: Search, level: str, seconds: float) -> None:
    """Mend a baseline that cannot stand as it was, with a proof that no roster changes less.

    Parameters
    ----------
    search : Search
        Holds what of the baseline still stands. Without a baseline nothing happens.
    level : {"unmet", "changes"}
        Where to begin: with ``"changes"`` what is missed stays as much as it is.
    seconds : float
        At most about this long.
    """
    baseline = search.options.baseline
    if baseline is None:
        return
    search.stage = "re-planning"
    clock = search.engine.clock
    until = clock.elapsed + seconds
    was: Was = defaultdict(dict)
    for attended in attendances_of(search.options, baseline):
        was[attended.participant, attended.service][attended.start] = attended
    if _done(search, level):
        return
    gone, every = lost(search.options, was)
    if level == "unmet":
        # Whoever misses something in the baseline already can wait until those who are hit are looked after.
        worse = hit(search.options, search.best.plan, was)
        _mend(search, with_their_order(search.options, worse), was, level, until)
        if not search.proved("unmet"):
            _settle_changes(search, (gone, every), was, clock.elapsed + HALF * (until - clock.elapsed))
            bound_by_prices(search, "unmet")
        # A search for fewer misses moves many who need not be: then the baseline says whom to free.
        freed = every | moved(search.options, search.best.plan, was)
        _settle(search, level, freed, was, clock.elapsed + MOST * (until - clock.elapsed))
    _settle_changes(search, (gone, every), was, until)


def _settle_changes(search: Search, steps: Iterable[frozenset[Key]], was: Was, until: float) -> None:
    """Prove the fewest changes given what is missed, as far as can be, with more needs free at each step.

    First those alone that have lost something: where many miss something anyway that is much less.
    """
    for freed in steps:
        if not _done(search, "changes"):
            _settle(search, "changes", freed, was, until)


def _settle(search: Search, level: str, freed: frozenset[Key], was: Was, until: float) -> None:
    """Mend and bound in turns until nobody leaves, or the time is over."""
    loose: frozenset[Key] = frozenset()
    while not _done(search, level):
        around = Around.of(search.options, was, with_their_order(search.options, freed), loose)
        if around.decisions > MOST_DECISIONS:
            return
        _mend(search, around.freed | loose, was, level, until)
        if _done(search, level):
            return
        prices = _prices(search.options, around, was)
        found = _bound(search, around, prices, level, until)
        if found is None or _done(search, level):
            return
        leaving = not_standing(around, found.plan)
        if not leaving:
            _realise(search, around, found, level, until)
            return
        # Who might keep the time in another group is asked that first: it is a much smaller question.
        elsewhere = leaving & {(price.participant, price.service) for price in prices}
        loose |= elsewhere
        freed = around.freed | (leaving - elsewhere)


def _done(search: Search, level: str) -> bool:
    return search.proved("changes") and (level == "changes" or search.proved("unmet"))


def _mend(search: Search, freed: Collection[Key], was: Was, level: str, until: float) -> None:
    """Decide some needs, and when the groups meet that they have lost, with all else standing."""
    options = search.options
    needs = [options.need_index[key] for key in freed]
    running = {(options.meetings[k].group, options.meetings[k].start) for k in search.best.plan.meetings}
    cancelled = {
        group
        for key in freed
        for start, attended in was.get(key, {}).items()
        if (group := options.facts.group_index.get(attended.group or "")) is not None
        and (group, start) not in running
    }
    scope = scope_of(
        options,
        search.best.plan,
        sessions=[asked.index for asked in needs if isinstance(asked, SessionOptions)],
        attendances=[asked.index for asked in needs if not isinstance(asked, SessionOptions)],
        groups=cancelled,
    )
    seconds = until - search.engine.clock.elapsed
    if needs and seconds > 0:
        search.decide(scope, ("unmet", "changes")[level == "changes" :], seconds)


@dataclass(frozen=True)
class _Relaxed:
    """The best plan of the bounding model, and what a roster like it may come to."""

    plan: Plan
    unmet: int
    changes: int


def _bound(
    search: Search, around: Around, prices: dict[BaselineAttendance, int], level: str, until: float
) -> _Relaxed | None:
    """Bound ``unmet``, and ``changes`` given the ``unmet`` reached; return a solution if it is a best one."""
    clock = search.engine.clock
    if search.engine.exhausted or clock.elapsed >= until:
        return None
    model = build_model(relaxed(around), search.best.plan, around.scope, ())
    build = model.draft.builder
    counted = changes_where(model.draft, prices)
    cast(Any, model.model).clear_hints()
    build.hint()
    missed = _missed(model, around)
    build.add(build.sum_of(missed) <= search.best.unmet)
    # More than all changes there could be: so the least of the sum has the least that can be missed.
    heavy = 1 + sum(points for points, _ in counted.terms)
    if level == "changes" or search.proved("unmet"):
        heavy = 0
    weighted = [(heavy * weight, missing) for weight, missing in missed]
    model.model.minimize(build.sum_of([*weighted, *counted.terms]))
    # Making a model of the whole clinic takes seconds of its own.
    if clock.elapsed >= until:
        return None
    outcome = search.engine.run(model, until - clock.elapsed, way=WAY)
    if not heavy and outcome.bound is not None:
        search.prove("changes", outcome.bound + counted.constant)
    if outcome.values is None or outcome.objective is None or not outcome.optimal:
        return None
    unmet = sum(weight * outcome.values[missing.index] for weight, missing in missed)
    changes = outcome.objective - heavy * unmet + counted.constant
    if heavy:
        search.prove("unmet", unmet)
        if search.proved("unmet"):
            search.prove("changes", changes)
    return _Relaxed(model.plan(outcome.values), unmet if heavy else search.best.unmet, changes)


def _missed(model: ScopedModel, around: Around) -> list[tuple[int, cp_model.IntVar]]:
    """Return weight and missing sessions of each freed need; of others that is no matter."""
    draft = model.draft
    every: list[SessionVariables | AttendanceVariables] = [
        *draft.sessions.values(),
        *draft.attendances.values(),
    ]
    wanted = (one for one in every if one.options.wanted)
    return [
        (weight, missing)
        for one, (_, weight, missing) in zip(wanted, draft.missing, strict=True)
        if (one.options.participant, one.options.need.service) in around.freed
    ]


def _realise(search: Search, around: Around, found: _Relaxed, level: str, until: float) -> None:
    """Look for a plan that keeps every rule and comes to the same, beginning with one that may."""
    clock = search.engine.clock
    if search.engine.exhausted or clock.elapsed >= until:
        return
    model = build_model(around.options, found.plan, around.scope, ("unmet", "changes"))
    model.limit("unmet", found.unmet)
    model.limit("changes", found.changes)
    outcome = search.engine.run(model, max(0.1, until - clock.elapsed), way=WAY)
    if outcome.values is not None:
        search.adopt(value_plan(search.options, model.plan(outcome.values)), level)
        search.prove("changes", found.changes)


def _prices(options: Options, around: Around, was: Was) -> dict[BaselineAttendance, int]:
    """Return what it costs at least to leave, of those who might keep their start in another group."""
    found = {}
    for key, before in was.items():
        asked = options.need_index[key]
        if key in around.freed or isinstance(asked, SessionOptions):
            continue
        starts = {
            options.meetings[k].start
            for k in asked.meetings
            if k not in around.options.attendances[asked.index].meetings
        }
        found.update({attended: OTHER_GROUP for start, attended in before.items() if start in starts})
    return found
