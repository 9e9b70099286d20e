"""Who leads the meetings of a timetable, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from iopsched.model import build_model, scope_of
from iopsched.model.level_staffing import leader_change
from iopsched.model.objective import Objective
from iopsched.options import Options, Plan
from iopsched.solve.engine import Engine
from iopsched.weeks.tariff import Tariff

__all__ = ["with_leaders"]

GROUPS_STAFFED = 8
"""Groups whose leaders and rooms are decided together."""
RUNS = 10_000
"""Points of staffing that a meeting is worth while its leaders are looked for."""
SECONDS_STAFFING = 2.0
"""Limit of that."""


def with_leaders(
    options: Options, plan: Plan, engine: Engine, meetings: set[int], tariff: Tariff | None
) -> Plan:
    """Give meetings leaders and rooms, a few groups at a time, the choosiest first.

    Where some of a group's meetings find none, others that meet at the same time choose again with it.

    Parameters
    ----------
    options : Options
    plan : Plan
        What stands already.
    engine : Engine
    meetings : set of int
        The meetings wanted, by their options.
    tariff : Tariff or None
        What the time of staff is worth elsewhere; leaders are chosen who are missed least.

    Returns
    -------
    Plan
        With those of them that somebody can lead; nobody joins them here.
    """
    empty = _without_sizes(options)

    def choosy(group: int) -> tuple[float, int]:
        spare = [
            len(part.staff) / part.leaders
            for option in meetings.intersection(options.meetings_of[group])
            for part in options.meetings[option].parts
        ]
        return min(spare, default=0.0), group

    order = sorted({options.meetings[option].group for option in meetings}, key=choosy)
    for first in range(0, len(order), GROUPS_STAFFED):
        plan = _find_leaders(empty, plan, engine, meetings, order[first : first + GROUPS_STAFFED], (), tariff)
    for group in order:
        if not plan.meetings.keys() >= meetings.intersection(options.meetings_of[group]):
            beside = _at_the_same_time(options, meetings, group)
            plan = _find_leaders(empty, plan, engine, meetings, [group], beside, tariff)
    return plan


def _find_leaders(
    empty: Options,
    plan: Plan,
    engine: Engine,
    meetings: set[int],
    groups: Collection[int],
    beside: Collection[int],
    tariff: Tariff | None,
) -> Plan:
    """Decide who leads the meetings of some groups, and where; of others that stand, if need be, anew."""
    scope = scope_of(empty, plan, groups=groups, leaders=beside, meetings=meetings)
    # Whoever attends already, since a pin asks for it, goes on to: nobody's attendance is decided here.
    model = build_model(empty, plan, replace(scope, attendances=frozenset()), ())
    objective = Objective()
    leader_change(model.draft, objective)
    for meeting in model.draft.meetings.values():
        if meeting.option.group in groups:
            objective.add(-RUNS, meeting.run)
        if tariff is not None:
            for part, leads in zip(meeting.option.parts, meeting.parts, strict=True):
                for member, literal in leads:
                    objective.add(round(tariff.of_member(member, part.start, part.end)), literal)
    model.model.minimize(model.draft.builder.sum_of(objective.terms))
    outcome = engine.run(model, SECONDS_STAFFING)
    return plan if outcome.values is None else model.plan(outcome.values)


def _at_the_same_time(options: Options, meetings: set[int], group: int) -> list[int]:
    """Return groups whose chosen meetings overlap one of a group's, those that overlap most first."""
    mine = [options.meetings[k] for k in meetings.intersection(options.meetings_of[group])]
    overlaps: dict[int, int] = defaultdict(int)
    for option in meetings:
        other = options.meetings[option]
        if other.group != group:
            overlaps[other.group] += sum(one.start < other.end and other.start < one.end for one in mine)
    found = sorted((other for other in overlaps if overlaps[other]), key=lambda k: (-overlaps[k], k))
    return found[:GROUPS_STAFFED]


def _without_sizes(options: Options) -> Options:
    """Return options in which a meeting may have nobody in it yet."""
    instance = options.instance
    groups = tuple(group.model_copy(update={"min_size": 0}) for group in instance.groups)
    facts = replace(options.facts, instance=instance.model_copy(update={"groups": groups}))
    return replace(options, facts=facts)
