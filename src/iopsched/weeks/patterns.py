"""Patterns of groups, and what each participant's week costs with each of them.

A *pattern* is a set of starts at which a group meets in the week. Groups for the same service and the same
people are an *audience*: to a participant it matters which patterns run, not which group runs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from iopsched.options import Options
from iopsched.options.meetings import AttendanceOptions
from iopsched.weeks.batches import SCALE, Batch, batches
from iopsched.weeks.clock import DayClock
from iopsched.weeks.days import Blocks, Costs
from iopsched.weeks.program import costs_of_rows

__all__ = ["Audience", "GroupKind", "Pattern", "group_kinds", "pattern_costs"]

Pattern = tuple[int, ...]
"""Starts in minutes of the week, ascending, each on a day of its own."""
Audience = tuple[str, tuple[str, ...], frozenset[str] | None]
"""Service, tags that members have, and the groups that somebody names (``None``: named by nobody)."""

MOST_PATTERNS = 400
"""Patterns of a kind of group up to which all are considered."""
PERSONS = 60
"""Participants whose costs are worked out at a time; bounds the memory taken."""


@dataclass(frozen=True)
class GroupKind:
    """Groups that are all the same: to participants, to staff and to rooms.

    Attributes
    ----------
    groups : tuple of int
    seats : int
        Participants at a meeting.
    patterns : tuple of Pattern
        How a group may meet.
    pinned : bool
        Whether they must meet, since a pin says so.
    """

    groups: tuple[int, ...]
    audience: Audience
    seats: int
    patterns: tuple[Pattern, ...]
    pinned: bool


def group_kinds(options: Options, service: str, settled: Collection[int] = ()) -> list[GroupKind]:
    """Return the kinds of group of a service that could meet at all, without groups that are settled."""
    named: set[str] = set()
    least = 7
    for asked in options.attendances:
        if asked.need.service == service and asked.wanted:
            named.update(asked.need.groups or ())
            least = min(least, 1 if asked.need.mix_groups else asked.wanted)
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, group in enumerate(options.instance.groups):
        meetings = options.meetings_of[index]
        if group.service != service or not meetings or not group.meetings or index in settled:
            continue
        starts = tuple(options.meetings[k].start for k in meetings)
        own = group.id if group.id in named else None
        pinned = tuple(options.meetings[k].start for k in meetings if options.meetings[k].pin is not None)
        key = (
            own,
            pinned,
            group.open_to,
            group.meetings,
            group.same_start,
            starts,
            group.max_size,
            group.rooms,
            group.staff,
        )
        found[key].append(index)
    kinds = []
    for members in found.values():
        first = options.instance.groups[members[0]]
        audience = (service, first.open_to, frozenset([first.id]) if first.id in named else None)
        must = {options.meetings[k].start for k in options.meetings_of[members[0]] if options.meetings[k].pin}
        patterns = _patterns(options, members[0], least, must)
        kinds.append(GroupKind(tuple(members), audience, first.max_size, patterns, bool(must)))
    return kinds


def _patterns(options: Options, group: int, least: int, pinned: set[int]) -> tuple[Pattern, ...]:
    """Return the sets of starts at which a group may meet, of at least so many where it may meet as often.

    Every set holds what is pinned.
    """
    limits = options.instance.groups[group]
    by_time: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for k in options.meetings_of[group]:
        meeting = options.meetings[k]
        by_time[meeting.time_of_day if limits.same_start else -1][meeting.day].append(meeting.start)
    found: dict[Pattern, None] = {}
    for by_day in by_time.values():
        most = min(limits.meetings, len(by_day))
        for size in range(most, min(least, most) - 1, -1):
            for days in combinations(sorted(by_day), size):
                for starts in product(*(by_day[day] for day in days)):
                    if pinned <= set(starts):
                        found.setdefault(starts)
                    if len(found) >= MOST_PATTERNS:
                        return tuple(found)
    return tuple(found) or (tuple(sorted(pinned)),)


def pattern_costs(
    options: Options,
    clock: DayClock,
    kinds: Iterable[GroupKind],
    service: str,
    offered: Mapping[int, Collection[int]],
    missing: int,
) -> dict[int, dict[tuple[Audience, Pattern] | None, int]]:
    """Return for each group need of a service what the participant's week costs with each pattern.

    Parameters
    ----------
    options : Options
    clock : DayClock
    kinds : iterable of GroupKind
        Of the service.
    service : str
    offered : mapping of int to collection of int
        Meetings that serve other group needs, where that is settled.
    missing : int
        Points that a unit of ``unmet`` costs.

    Returns
    -------
    dict
        Points by need and pattern; ``None`` stands for no group at all.
    """
    patterns: dict[Audience, dict[Pattern, None]] = defaultdict(dict)
    for kind in kinds:
        patterns[kind.audience].update(dict.fromkeys(kind.patterns))
    people = [
        asked.participant for asked in options.attendances if asked.need.service == service and asked.wanted
    ]
    costs: dict[int, dict[tuple[Audience, Pattern] | None, int]] = {}
    for batch in batches(options, clock, people, burden=True, service=service, offered=offered, most=PERSONS):
        blocks, block_costs, rows = _rows(options, clock, batch, service, patterns)
        short = batch.missing(missing * SCALE)
        found = costs_of_rows(batch.shape, batch.starts, batch.days, short, blocks, block_costs)
        for (need, which), cost in zip(rows, (found // SCALE).tolist(), strict=True):
            for one in which:
                costs.setdefault(need, {})[one] = cost
    return costs


Row = tuple[int, list[tuple[Audience, Pattern] | None]]


def _rows(
    options: Options,
    clock: DayClock,
    batch: Batch,
    service: str,
    patterns: Mapping[Audience, Iterable[Pattern]],
) -> tuple[Blocks, Costs, list[Row]]:
    """Return a row for every different set of meetings that some pattern offers somebody of a batch."""
    weight = options.instance.weights.off_preference * SCALE
    person: list[int] = []
    entries: list[tuple[int, int, int]] = []
    rows: list[Row] = []
    for k, participant in enumerate(batch.people.tolist()):
        asked = options.need_index[participant, service]
        assert isinstance(asked, AttendanceOptions)
        prefers = options.facts.preferences[participant]
        offers: dict[Audience, set[int]] = defaultdict(set)
        for option in asked.meetings:
            meeting = options.meetings[option]
            for audience in patterns:
                if _belongs(options, meeting.group, audience):
                    offers[audience].add(meeting.start)
        ways: dict[Pattern, list[tuple[Audience, Pattern] | None]] = {(): [None]}
        for audience, starts in offers.items():
            for pattern in patterns[audience]:
                ways.setdefault(tuple(s for s in pattern if s in starts), []).append((audience, pattern))
        outside = {
            start: weight * (prefers is not None and not prefers.fits_at(start, asked.service.minutes))
            for way in ways
            for start in way
        }
        for way, which in ways.items():
            entries += [(len(person), start, outside[start]) for start in way]
            person.append(k)
            rows.append((asked.index, which))
    columns = np.array(entries, np.intp).reshape(-1, 3).T
    row, start, cost = columns[0], columns[1], columns[2]
    day, slot = clock.position(start)
    return Blocks(np.array(person, np.intp), row, day, slot, start), cost.astype(np.int32), rows


def _belongs(options: Options, group: int, audience: Audience) -> bool:
    service, tags, named = audience
    described = options.instance.groups[group]
    if described.service != service or described.open_to != tags:
        return False
    return named is None or described.id in named
