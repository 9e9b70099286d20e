"""Level ``staffing`` of the score: what the week costs the clinic."""

from __future__ import annotations

from collections import defaultdict

from iopsched.model.builder import Literal
from iopsched.model.objective import Objective, add_idle
from iopsched.model.staff import led_by_day
from iopsched.model.variables import Draft

__all__ = ["leader_change", "staffing"]


def staffing(draft: Draft) -> Objective:
    """Σ of the weighted meetings, leader changes, minutes over target and idle minutes."""
    objective = Objective()
    _meetings(draft, objective)
    leader_change(draft, objective)
    _over_target(draft, objective)
    _idle(draft, objective)
    return objective


def _meetings(draft: Draft, objective: Objective) -> None:
    """``meeting`` × group meetings that run."""
    for meeting in draft.meetings.values():
        objective.add(draft.options.instance.weights.meeting, meeting.run)


def leader_change(draft: Draft, objective: Objective) -> None:
    """``leader_change`` × Σ over groups and parts of (different staff who lead it − ``leaders``)."""
    weight = draft.options.instance.weights.leader_change
    if not weight:
        return
    led: dict[tuple[int, int], dict[object, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    runs: dict[int, list[Literal]] = defaultdict(list)
    for meeting in draft.meetings.values():
        group = meeting.option.group
        if group in draft.scope.leaders:
            runs[group].append(meeting.run)
            for part, leads in enumerate(meeting.parts):
                for member, literal in leads:
                    led[group, part][member].append(literal)
    for frozen in draft.options.facts.frozen:
        if frozen.group in runs:
            runs[frozen.group].append(1)
            for part, staff in enumerate(frozen.leaders_by_part(draft.options.instance)):
                for name in staff:
                    led[frozen.group, part][draft.options.facts.staff_index.get(name, name)].append(1)
    for (group, part), by_member in led.items():
        service = draft.options.instance.service_by_id[draft.options.instance.groups[group].service]
        if part < len(service.parts):
            for literals in by_member.values():
                objective.add(weight, draft.builder.any_of(literals))
            meets = draft.builder.any_of(runs[group])
            objective.add(-weight * service.parts[part].leaders, meets)


def _over_target(draft: Draft, objective: Objective) -> None:
    """``over_target`` × minutes led above ``target_minutes_per_week``."""
    weight = draft.options.instance.weights.over_target
    build = draft.builder
    for member, led in draft.led.items():
        target = draft.options.instance.staff[member].target_minutes_per_week
        minutes = [(item.end - item.start, item.literal) for item in led]
        most = sum(length for length, _ in minutes)
        if weight and target is not None and most > target:
            over = build.integer(0, most - target, max(0, build.total(minutes) - target))
            build.add(build.sum_of([*minutes, (-1, over)]) <= target)
            objective.add(weight, over)


def _idle(draft: Draft, objective: Objective) -> None:
    """``idle`` × minutes on one day between one led part's end, notes included, and the next's start."""
    weight = draft.options.instance.weights.idle
    if not weight:
        return
    for led in draft.led.values():
        for items in led_by_day(led).values():
            intervals = [(item.start, item.occupied_until, item.literal) for item in items]
            add_idle(draft.builder, objective, weight, intervals)
