"""Stage *re-planning*: what of the baseline cannot stand is mended, at the fewest changes, and proved to be.

Almost everything stands. Of each need that is not *freed* a model of the whole clinic knows only its places
at the baseline's starts, in its room, whoever leads; a freed need may go anywhere. In turns

*mending* decides the freed needs with all else standing: a better roster soon;
*bounding* lets whoever is not freed leave for nowhere: they pay for it at least what it must cost, but need
no place. Every roster is a solution of that model, with no more changes than it has, once rules that ask for
others' sessions are left out (the least size of a group, the order of needs that are not freed). So its
optimum bounds ``changes``.

Whoever leaves in the second is freed in the next turn, until nobody leaves and the roster found is real.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from iopsched.instance.models import Instance, Participant
from iopsched.model import Scope, ScopedModel, build_model, scope_of
from iopsched.model.builder import Literal, Term
from iopsched.model.level_changes import OTHER_GROUP, BaselineAttendance, attendances_of, changes_where
from iopsched.options import Options, Plan
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.solve.engine import Way
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan

__all__ = ["replan"]

WAY = Way(("core", "max_lp"), single="relaxation")
"""How both models are searched: cores prove, the relaxation finds."""
MOST_DECISIONS = 150_000
"""Decisions up to which a model of what stands and what is freed is made: beyond that it is a new week."""

Key = tuple[int, str]
"""A need: its participant's index and its service."""
_Was = dict[Key, dict[int, BaselineAttendance]]
"""The baseline's attendances of each need, by start."""


def replan(search: Search, seconds: float) -> None:
    """Mend a baseline that cannot stand as it was, with a proof that no roster changes less.

    Parameters
    ----------
    search : Search
        Holds what of the baseline still stands. Without a baseline nothing happens.
    seconds : float
        At most about this long.
    """
    baseline = search.options.baseline
    if baseline is None:
        return
    search.stage = "re-planning"
    until = search.engine.clock.elapsed + seconds
    was: _Was = defaultdict(dict)
    for attended in attendances_of(search.options, baseline):
        was[attended.participant, attended.service][attended.start] = attended
    freed = _moved(search.options, search.best.plan, was)
    while not search.proved("changes"):
        around = _Around.of(search.options, was, _with_their_order(search.options, freed))
        if around.decisions > MOST_DECISIONS:
            return
        _mend(search, around, was, until - search.engine.clock.elapsed)
        if search.proved("changes"):
            return
        found = _bound(search, around, was, until - search.engine.clock.elapsed)
        if found is None or search.proved("changes"):
            return
        leaving = _not_standing(around, found)
        if not leaving:
            _realise(search, around, found, until - search.engine.clock.elapsed)
            return
        freed = around.freed | leaving | _moved(search.options, search.best.plan, was)


def _moved(options: Options, plan: Plan, was: _Was) -> frozenset[Key]:
    """Return the needs that a plan leaves short, or serves at other starts than the baseline did."""
    attended = plan.attended()
    found = set()
    for key, asked in options.need_index.items():
        if isinstance(asked, SessionOptions):
            held = [placed.start for placed in plan.placements.get(asked.index, ())]
        else:
            held = [options.meetings[k].start for k in attended.get(asked.index, ())]
        if len(held) < asked.wanted or any(start not in was.get(key, {}) for start in held):
            found.add(key)
    return frozenset(found)


def _with_their_order(options: Options, freed: Collection[Key]) -> frozenset[Key]:
    """Add the needs that wait for a freed one, or that it waits for, however indirectly."""
    every = set(freed)
    waiting = list(freed)
    while waiting:
        participant, service = waiting.pop()
        for need in options.instance.participants[participant].needs:
            links = {need.service: need.after, need.after: need.service}
            linked = (participant, links.get(service) or "")
            if linked in options.need_index and linked not in every:
                every.add(linked)
                waiting.append(linked)
    return frozenset(every)


@dataclass(frozen=True)
class _Around:
    """The options cut down to what stands, but for the needs that are freed.

    Attributes
    ----------
    options : Options
        With the indices of the whole.
    freed : frozenset of Key
    scope : Scope
        All needs and groups; only meetings that somebody could attend.
    """

    options: Options
    freed: frozenset[Key]
    scope: Scope

    @classmethod
    def of(cls, options: Options, was: _Was, freed: frozenset[Key]) -> _Around:
        """Cut the options down."""
        sessions = tuple(
            asked if (asked.participant, asked.need.service) in freed else _stays(options, asked, was)
            for asked in options.sessions
        )
        attendances = tuple(
            asked if (asked.participant, asked.need.service) in freed else _stays_in(options, asked, was)
            for asked in options.attendances
        )
        pinned = {option.index for option in options.meetings if option.pin is not None}
        groups = frozenset(range(len(options.instance.groups)))
        scope = Scope(
            frozenset(range(len(sessions))),
            frozenset(range(len(attendances))),
            groups,
            groups,
            meetings=frozenset(pinned.union(*(asked.meetings for asked in attendances))),
        )
        return cls(replace(options, sessions=sessions, attendances=attendances), freed, scope)

    @property
    def decisions(self) -> int:
        """About how many decisions a model of them has."""
        meetings = (self.options.meetings[k] for k in self.scope.meetings or ())
        places = sum(int(asked.led.sum()) + int(asked.rooms.sum()) for asked in self.options.sessions)
        leads = sum(len(part.staff) for option in meetings for part in option.parts)
        return places + leads + sum(len(asked.meetings) for asked in self.options.attendances)


def _stays(options: Options, asked: SessionOptions, was: _Was) -> SessionOptions:
    """Keep the starts of the baseline, its room there where that is possible, and whoever could lead."""
    before = was.get((asked.participant, asked.need.service), {})
    kept = np.isin(asked.times, sorted({*before, *asked.pinned}))
    times, rooms = asked.times[kept], asked.rooms[kept]
    for k, start in enumerate(times.tolist()):
        room = options.facts.class_of_room.get(before[start].room or "") if start in before else None
        if room is not None and rooms[k, room]:
            rooms[k] = np.arange(rooms.shape[1]) == room
    return replace(asked, times=times, led=asked.led[kept], rooms=rooms)


def _stays_in(options: Options, asked: AttendanceOptions, was: _Was) -> AttendanceOptions:
    """Keep the meetings of the baseline's groups at its starts."""
    before = was.get((asked.participant, asked.need.service), {})

    def stands(index: int) -> bool:
        option = options.meetings[index]
        attended = before.get(option.start)
        return attended is not None and options.instance.groups[option.group].id == attended.group

    return replace(asked, meetings=tuple(k for k in asked.meetings if stands(k) or k in asked.pinned))


def _mend(search: Search, around: _Around, was: _Was, seconds: float) -> None:
    """Decide the needs that are freed, and the groups that they were in, with all else standing."""
    options = search.options
    needs = [options.need_index[key] for key in around.freed]
    left = {attended.group for key in around.freed for attended in was.get(key, {}).values()}
    scope = scope_of(
        options,
        search.best.plan,
        sessions=[asked.index for asked in needs if isinstance(asked, SessionOptions)],
        attendances=[asked.index for asked in needs if not isinstance(asked, SessionOptions)],
        groups=[k for k, group in enumerate(options.instance.groups) if group.id in left],
    )
    if needs and seconds > 0:
        search.decide(scope, ("unmet", "changes"), seconds)


def _bound(search: Search, around: _Around, was: _Was, seconds: float) -> Plan | None:
    """Bound ``changes``, given the ``unmet`` reached; return the best that there is with needs left out."""
    if search.engine.exhausted or seconds <= 0:
        return None
    model = build_model(_relaxed(around), search.best.plan, around.scope, ())
    model.levels["changes"] = changes_where(model.draft, _leaving(search.options, around, was))
    model.model.clear_hints()
    model.draft.builder.hint()
    model.draft.builder.add(_served(model, around) >= _wanted(around) - search.best.unmet)
    model.minimize([(1, "changes")])
    outcome = search.engine.run(model, seconds, way=WAY)
    if outcome.bound is not None:
        search.prove("changes", outcome.bound)
    return model.plan(outcome.values) if outcome.values is not None and outcome.optimal else None


def _realise(search: Search, around: _Around, found: Plan, seconds: float) -> None:
    """Look for a plan that keeps every rule and comes to the bound, beginning with one that may."""
    if search.engine.exhausted or seconds <= 0:
        return
    model = build_model(around.options, found, around.scope, ("unmet", "changes"))
    model.limit("unmet", search.best.unmet)
    model.limit("changes", search.bounds["changes"])
    outcome = search.engine.run(model, seconds, way=WAY)
    if outcome.values is not None:
        search.adopt(value_plan(search.options, model.plan(outcome.values)), "changes")


def _leaving(options: Options, around: _Around, was: _Was) -> dict[BaselineAttendance, int]:
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


def _wanted(around: _Around) -> int:
    needs = (around.options.need_index[key] for key in around.freed)
    return sum(asked.weight * asked.wanted for asked in needs)


def _served(model: ScopedModel, around: _Around) -> cp_model.LinearExprT:
    """Return Σ weight × sessions over the freed needs."""
    terms: list[Term] = []
    for key in around.freed:
        asked = around.options.need_index[key]
        if isinstance(asked, SessionOptions):
            literals: Iterable[Literal] = model.draft.sessions[asked.index].at
        else:
            literals = model.draft.attendances[asked.index].attends.values()
        terms += [(asked.weight, literal) for literal in literals]
    return model.draft.builder.sum_of(terms)


def _not_standing(around: _Around, plan: Plan) -> frozenset[Key]:
    """Return the needs some of whose sessions have left for nowhere, or for a room that there is not."""
    options, attended = around.options, plan.attended()
    anywhere = len(options.facts.classes) if options.facts.classes else None
    found = set()
    for key, asked in options.need_index.items():
        if isinstance(asked, SessionOptions):
            placed = plan.placements.get(asked.index, ())
            held, most = len(placed), len(asked.times)
            if any(one.room_class == anywhere for one in placed):
                found.add(key)
        else:
            held = len(attended.get(asked.index, ()))
            most = len({options.meetings[k].start for k in asked.meetings})
        if held < min(asked.wanted, most):
            found.add(key)
    return frozenset(found) - around.freed


def _relaxed(around: _Around) -> Options:
    """Return the options without rules that a move of somebody who is not freed could help to keep.

    Whoever is not freed may also sit in a room of which there is always one more.
    """
    options = around.options
    instance = options.instance
    classes = options.facts.classes
    anywhere = (
        replace(classes[0], index=len(classes), rooms=("",) * len(options.sessions)) if classes else None
    )

    def unordered(k: int, participant: Participant) -> Participant:
        needs = tuple(
            need if (k, need.service) in around.freed else need.model_copy(update={"after": None})
            for need in participant.needs
        )
        return participant.model_copy(update={"needs": needs})

    def roomy(asked: SessionOptions) -> SessionOptions:
        freed = (asked.participant, asked.need.service) in around.freed
        more = np.full((len(asked.times), 1), not (freed or asked.remote), np.bool_)
        return replace(asked, rooms=np.concatenate([asked.rooms, more], axis=1))

    relaxed: Instance = instance.model_copy(
        update={
            "participants": tuple(unordered(k, one) for k, one in enumerate(instance.participants)),
            "groups": tuple(group.model_copy(update={"min_size": 0}) for group in instance.groups),
        }
    )
    facts = replace(
        options.facts, instance=relaxed, classes=classes if anywhere is None else (*classes, anywhere)
    )
    sessions = options.sessions if anywhere is None else tuple(map(roomy, options.sessions))
    return replace(options, facts=facts, sessions=sessions)
