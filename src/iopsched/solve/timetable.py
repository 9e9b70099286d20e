"""Stage *timetable*: when the groups meet, and who joins which, before anything else is placed.

Groups are few and heavy, participants many and light. For each participant the week's program tells what the
best week costs with each pattern that a group could meet in (:mod:`iopsched.weeks.patterns`). What is left is
a facility location problem: open patterns, as many as there are groups, staff and rooms for, and let
everybody join one, within the seats. One model for all services of which nobody attends two, the heaviest
first; then who leads the meetings, and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from iopsched.options import Options, Plan
from iopsched.solve.classes import closed_groups, hold_classes, seat_classes
from iopsched.solve.engine import Engine
from iopsched.solve.leaders import with_leaders
from iopsched.weeks.clock import DayClock
from iopsched.weeks.patterns import Audience, GroupKind, Pattern, group_kinds, pattern_costs
from iopsched.weeks.resources import Resources
from iopsched.weeks.tariff import Tariff

__all__ = ["Timetable", "timetable"]

Way = tuple[Audience, Pattern]
"""How a group meets, and for whom."""

MISSING = 100
"""Points of burden that a unit of ``unmet`` weighs here."""
PATTERNS_TRIED = 25
PATTERNS_TRIED_IN_SHORTAGE = 40
"""Patterns, the cheapest first, among which each participant chooses: more where not everybody can have one
of their cheapest."""
MEETING = 5
"""Points that a meeting costs, so that none is held for nothing."""
GAP = 0.003
"""Gap, relative to the sum of the cheapest weeks, at which a model is good enough: other stages know more."""


@dataclass(frozen=True)
class Timetable:
    """What the stage decides.

    Attributes
    ----------
    plan : Plan
        The meetings, with leaders and rooms, and nobody in them yet.
    offered : dict of int to set of int
        For each group need, the meetings of the groups that it was meant for.
    """

    plan: Plan
    offered: dict[int, set[int]] = field(default_factory=dict)


def timetable(
    options: Options, plan: Plan, engine: Engine, seconds: float, tariff: Tariff | None = None
) -> Timetable:
    """Decide when the groups meet, who leads them and where.

    Parameters
    ----------
    options : Options
    plan : Plan
        What stands already; groups that meet in it stay as they are.
    engine : Engine
    seconds : float
        Limit of each model.
    tariff : Tariff, optional
        What the time of staff is worth, where they are short.
    """
    clock = DayClock.of(options)
    classes = closed_groups(options, plan)
    settled = {need for needs in classes.values() for need in needs}
    attending: dict[str, set[int]] = defaultdict(set)
    weight: dict[str, int] = defaultdict(int)
    for asked in options.attendances:
        if asked.index not in settled:
            attending[asked.need.service].add(asked.participant)
            weight[asked.need.service] += asked.wanted * asked.service.minutes
    resources = Resources(options)
    rooms = hold_classes(options, plan, classes, engine, seconds)
    chosen = _ways(options, rooms)
    joined: dict[int, Way] = {}
    order = sorted(weight, key=lambda one: (-weight[one], one))
    for services in _together(order, attending):
        if engine.exhausted:
            return Timetable(plan)
        offered = _offered(options, chosen, joined)
        kinds: list[GroupKind] = []
        costs: dict[int, dict[Way | None, int]] = {}
        for service in services:
            of_service = group_kinds(options, service, classes)
            costs.update(pattern_costs(options, clock, of_service, service, offered, MISSING))
            kinds += of_service
        ways = _tried(costs, PATTERNS_TRIED if tariff is None else PATTERNS_TRIED_IN_SHORTAGE)
        held, members = _locate(engine, resources, _meetings(options, chosen), kinds, costs, ways, seconds)
        chosen.update(held)
        joined.update(members)
    staffed = with_leaders(_in_rooms(options, rooms), plan, engine, _meetings(options, chosen), tariff)
    seated = seat_classes(options, staffed, classes)
    offered = _offered(options, chosen, joined)
    return Timetable(seated, {need: meetings & seated.meetings.keys() for need, meetings in offered.items()})


def _together(order: list[str], attending: Mapping[str, set[int]]) -> list[list[str]]:
    """Return services that are located at the same time: in each list nobody attends two.

    They share leaders and rooms, and a service that came first would take those that another cannot do
    without. What the same people attend comes after one another, since what one settles narrows the other.
    """
    lists: list[list[str]] = []
    for service in order:
        fits = [one for one in lists if not any(attending[service] & attending[other] for other in one)]
        if fits:
            fits[0].append(service)
        else:
            lists.append([service])
    return lists


def _ways(options: Options, meetings: Iterable[int]) -> dict[int, Way]:
    """Return how the groups of some meetings meet; nobody chooses among them."""
    starts: dict[int, list[int]] = defaultdict(list)
    for option in meetings:
        starts[options.meetings[option].group].append(options.meetings[option].start)
    return {
        group: ((options.instance.groups[group].service, (), None), tuple(sorted(found)))
        for group, found in starts.items()
    }


def _in_rooms(options: Options, rooms: Mapping[int, int]) -> Options:
    """Return options in which some meetings have no room to choose from but the one that was found."""
    meetings = tuple(
        replace(option, rooms=(rooms[option.index],)) if rooms.get(option.index, -1) >= 0 else option
        for option in options.meetings
    )
    return replace(options, meetings=meetings)


def _meetings(options: Options, chosen: Mapping[int, Way]) -> set[int]:
    """Return the meetings of groups that meet in some ways."""
    return {
        option
        for group, (_, pattern) in chosen.items()
        for option in options.meetings_of[group]
        if options.meetings[option].start in pattern
    }


def _offered(options: Options, chosen: Mapping[int, Way], joined: Mapping[int, Way]) -> dict[int, set[int]]:
    """Return for each group need the meetings of the groups that meet in the way that was meant for it."""
    groups: dict[Way, list[int]] = defaultdict(list)
    for group, way in chosen.items():
        groups[way].append(group)
    return {need: _meetings(options, dict.fromkeys(groups[way], way)) for need, way in joined.items()}


def _locate(
    engine: Engine,
    resources: Resources,
    standing: Collection[int],
    kinds: list[GroupKind],
    costs: dict[int, dict[Way | None, int]],
    tried: Mapping[int, list[Way]],
    seconds: float,
) -> tuple[dict[int, Way], dict[int, Way]]:
    """Choose how the groups of a service meet; return each group's way, and each need's."""
    options = resources.options
    model = cp_model.CpModel()
    meets = {
        (k, pattern): model.new_int_var(0, len(kind.groups), "")
        for k, kind in enumerate(kinds)
        for pattern in kind.patterns
    }
    for k, kind in enumerate(kinds):
        held = sum(meets[k, pattern] for pattern in kind.patterns)
        model.add(held == len(kind.groups) if kind.pinned else held <= len(kind.groups))
    objective: list[tuple[int, cp_model.IntVar]] = [
        (MEETING * len(pattern), count) for (_, pattern), count in meets.items()
    ]
    joins: dict[Way, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
    joined_by: dict[tuple[int, Way], cp_model.IntVar] = {}
    for need, ways in tried.items():
        for way in ways:
            literal = joined_by[need, way] = model.new_bool_var("")
            joins[way].append((options.attendances[need].wanted, literal))
            objective.append((costs[need][way] - costs[need][None], literal))
        model.add_at_most_one(joined_by[need, way] for way in ways)
    for (audience, pattern), members in joins.items():
        open_here = [
            (kinds[k].seats * len(pattern), count)
            for (k, one), count in meets.items()
            if one == pattern and kinds[k].audience == audience
        ]
        model.add(sum(w * literal for w, literal in members) <= sum(s * count for s, count in open_here))
        for _, literal in members:
            model.add(literal <= sum(count for _, count in open_here))
    _limit_resources(model, resources, standing, kinds, meets)
    model.minimize(sum(weight * variable for weight, variable in objective))
    cheapest = sum(min(ways.values()) for ways in costs.values())
    values = engine.locate(model, seconds, GAP * cheapest).values
    if values is None:
        return {}, {}
    chosen: dict[int, Way] = {}
    for k, kind in enumerate(kinds):
        groups = list(kind.groups)
        for pattern in kind.patterns:
            for _ in range(values[meets[k, pattern].index]):
                chosen[groups.pop(0)] = (kind.audience, pattern)
    return chosen, {need: way for (need, way), literal in joined_by.items() if values[literal.index]}


def _tried(costs: dict[int, dict[Way | None, int]], most: int) -> dict[int, list[Way]]:
    """Return for each need so many ways that cost least; of equals, those that suit most people."""
    suits: dict[Way, int] = defaultdict(int)
    for ways in costs.values():
        least = min(ways.values())
        for way, cost in ways.items():
            if way is not None and cost == least:
                suits[way] += 1
    tried = {}
    for need, ways in costs.items():
        better = [way for way, cost in ways.items() if way is not None and cost < ways[None]]
        tried[need] = sorted(better, key=lambda way: (ways[way], -suits[way], way[1]))[:most]
    return tried


def _limit_resources(
    model: cp_model.CpModel,
    resources: Resources,
    standing: Collection[int],
    kinds: list[GroupKind],
    meets: Mapping[tuple[int, Pattern], cp_model.IntVar],
) -> None:
    """Keep leaders and rooms within what is there, pool by pool, beside the meetings that stand."""
    options = resources.options
    left = resources.capacity.astype(int).tolist()
    for option in standing:
        for resource, amount in resources.taken_by[option]:
            left[resource] -= amount
    asked: dict[int, list[tuple[int, int]]] = defaultdict(list)
    held: list[cp_model.IntVar] = []
    for k, kind in enumerate(kinds):
        counts: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for pattern in kind.patterns:
            for start in pattern:
                counts[start].append(meets[k, pattern])
        for option in options.meetings_of[kind.groups[0]]:
            if chosen := counts.get(options.meetings[option].start):
                for resource, amount in resources.taken_by[option]:
                    asked[resource].append((amount, len(held)))
                held.append(model.new_int_var(0, len(kind.groups), ""))
                model.add(held[-1] == cp_model.LinearExpr.sum(chosen))
    # Many moments are asked for by the same meetings: the scarcest of them speaks for all.
    rows: dict[tuple[tuple[int, int], ...], int] = {}
    for resource, terms in asked.items():
        row = tuple(terms)
        rows[row] = min(rows.get(row, left[resource]), left[resource])
    for row, most in rows.items():
        weights = [amount for amount, _ in row]
        taking = cp_model.LinearExpr.weighted_sum([held[n] for _, n in row], weights)
        model.add(taking <= max(0, most))
