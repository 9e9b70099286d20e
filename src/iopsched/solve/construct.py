"""Stage *construction*: a first good roster, groups before the one-to-one sessions around them.

Groups are the large stones: they are placed in batches that fit in one model, each with everybody who
could still join and with the sessions that must come before a group (an intake). One-to-one sessions
follow, scarcest first, in batches of participants.
"""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.model import Scope, scope_of
from iopsched.options import Options, Plan
from iopsched.options.sessions import SessionOptions
from iopsched.solve.search import Search

__all__ = ["construct"]

GROUP_BATCH_VARIABLES = 9000
"""About how many attendances one batch of groups may offer; CP-SAT solves as many in seconds."""
SESSION_BATCH_OPTIONS = 6000
"""About how many places (start × staff) one batch of one-to-one sessions may offer."""


def construct(search: Search, seconds: float) -> None:
    """Place groups, then one-to-one sessions, spending at most about ``seconds``."""
    search.stage = "construction"
    deadline = search.engine.clock.elapsed + seconds
    stages = (
        (0.5, _group_batches, ("unmet",)),
        (1.0, _session_batches, ("unmet", "changes", "burden")),
    )
    for stage_share, batches, levels in stages:
        until = deadline - seconds * (1 - stage_share)
        waiting = list(batches(search.options, search.best.plan))
        for position, batch in enumerate(waiting):
            if search.engine.exhausted:
                return
            left = until - search.engine.clock.elapsed
            share = max(0.3, left / (len(waiting) - position))
            scope = batch_scope(search.options, search.best.plan, batch)
            search.decide(scope, levels, share)
    search.report("unmet")


def first_needs(options: Options, participants: set[int]) -> set[int]:
    """Return the one-to-one needs of some participants that a group need waits for, however indirectly."""
    found: set[int] = set()
    for participant in participants:
        person = options.instance.participants[participant]
        for attendance in options.attendances_of[participant]:
            before = options.attendances[attendance].need.after
            while before is not None and (need := person.need_of(before)) is not None:
                asked = options.need_index[participant, need.service]
                if isinstance(asked, SessionOptions):
                    found.add(asked.index)
                before = need.after
    return found


def batch_scope(options: Options, plan: Plan, batch: Scope) -> Scope:
    """Leave out of a batch what has been decided since it was drawn up."""
    served = {need: len(sessions) for need, sessions in plan.attended().items()}
    attendances = {
        need for need in batch.attendances if served.get(need, 0) < options.attendances[need].wanted
    }
    participants = {options.attendances[need].participant for need in attendances}
    sessions = set(batch.sessions) | first_needs(options, participants)
    return scope_of(options, plan, sessions=sessions, attendances=attendances, groups=batch.groups)


def _group_batches(options: Options, plan: Plan) -> Iterator[Scope]:
    """Yield groups in batches, those with the fewest possible members for their seats first."""
    members = {
        group: {need for option in found for need in options.attendable_by[option]}
        for group, found in options.meetings_of.items()
    }
    offered = {
        group: sum(len(options.attendable_by[option]) for option in found)
        for group, found in options.meetings_of.items()
    }
    choosiness = {
        group: len(members[group]) / max(1, options.instance.groups[group].max_size) for group in members
    }
    order = sorted((group for group in members if members[group]), key=lambda g: (choosiness[g], g))
    batch: list[int] = []
    for group in order:
        if batch and sum(offered[g] for g in [*batch, group]) > GROUP_BATCH_VARIABLES:
            yield _groups_scope(batch, members)
            batch = []
        batch.append(group)
    if batch:
        yield _groups_scope(batch, members)


def _groups_scope(groups: list[int], members: dict[int, set[int]]) -> Scope:
    attendances = frozenset().union(*(members[group] for group in groups))
    return Scope(frozenset(), attendances, frozenset(groups), frozenset(groups))


def _session_batches(options: Options, plan: Plan) -> Iterator[Scope]:
    """Yield participants' one-to-one needs in batches, those with the fewest places first."""
    places = {
        participant: min((int(options.sessions[need].led.sum()) for need in needs), default=0)
        for participant, needs in options.sessions_of.items()
    }
    order = sorted((k for k in places if options.sessions_of[k]), key=lambda k: (places[k], k))
    batch: list[int] = []
    size = 0
    for participant in order:
        offered = sum(int(options.sessions[need].led.sum()) for need in options.sessions_of[participant])
        if batch and size + offered > SESSION_BATCH_OPTIONS:
            yield Scope(frozenset(batch), frozenset(), frozenset(), frozenset())
            batch, size = [], 0
        batch += options.sessions_of[participant]
        size += offered
    if batch:
        yield Scope(frozenset(batch), frozenset(), frozenset(), frozenset())
