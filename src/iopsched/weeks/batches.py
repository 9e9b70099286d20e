"""Participants in batches of one shape, ready for the week's program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from iopsched.options import Options
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.weeks.clock import DayClock
from iopsched.weeks.days import DAYS, NEVER, Blocks, Costs, Indices, Shape
from iopsched.weeks.tables import transitions

__all__ = ["SCALE", "Batch", "Item", "batches", "covers"]

SCALE = 16
"""Units of cost in one point of the score; prices are whole numbers of them."""
MOST_NEEDS = 6
"""Needs beside the group block up to which a week is worked out."""
MOST_TRANSITIONS = 30_000
"""Transitions of a day up to which a week is worked out: needs of many sessions have many states."""


@dataclass(frozen=True)
class Item:
    """A need that is no block: one that is led one to one, or a group need beside the main one."""

    asked: SessionOptions | AttendanceOptions
    sessions: int

    @property
    def minutes(self) -> int:
        """Length of a session."""
        return self.asked.service.minutes


@dataclass(frozen=True)
class Batch:
    """Participants of one shape.

    Attributes
    ----------
    people : array of int, shape (persons,)
        Indices of the participants.
    items : tuple of tuple of Item
        For each person the needs, in the shape's order.
    starts : array of int, shape (needs, persons, 7, slots)
        What beginning a session costs the participant, ``NEVER`` where it cannot be; without prices.
    days : array of int, shape (persons, 2 * sets)
    weights : array of int, shape (persons, needs + 1)
        What a missing session of each need adds to ``unmet``.
    blocks : Blocks
        Options are indices of meeting options.
    block_costs : array of int, shape (n,)
    """

    shape: Shape
    people: Indices
    items: tuple[tuple[Item, ...], ...]
    starts: Costs
    days: Costs
    weights: Costs
    blocks: Blocks
    block_costs: Costs

    def missing(self, price: int) -> Costs:
        """Return what missing sessions cost at a price of a unit of ``unmet``, shape (persons, needs + 1).

        Prices are cut so far that whoever misses everything still pays less than ``NEVER``; else what cannot
        be would seem the cheapest. Cheaper missing only lowers a bound.
        """
        sessions = sum(self.shape.wanted) + self.shape.blocks
        highest = (NEVER - 1) // max(1, sessions)
        return np.minimum(self.weights.astype(np.int64) * price, highest).astype(np.int32)


def covers(options: Options, participant: int) -> bool:
    """Tell whether the week's program takes all of a participant's needs."""
    return _items(options, participant, None) is not None


def _items(
    options: Options, participant: int, service: str | None
) -> tuple[list[Item], AttendanceOptions | None] | None:
    """Part a participant's needs into items and the block; ``None`` where the program does not cover them."""
    attendances = [options.attendances[k] for k in options.attendances_of[participant]]
    attendances = [one for one in attendances if one.wanted]
    if service is None:
        block = max(attendances, key=lambda one: one.wanted * one.service.minutes, default=None)
    else:
        block = next((one for one in attendances if one.need.service == service), None)
    if block is not None and block.need.mix_groups and block.need.min_days_apart == 0:
        return None
    found: list[Item] = []
    asked: list[SessionOptions | AttendanceOptions] = [
        *(options.sessions[k] for k in options.sessions_of[participant]),
        *(one for one in attendances if one is not block),
    ]
    for one in asked:
        if one.need.min_days_apart >= 1:
            found += [Item(one, one.wanted)] if one.wanted else []
        else:
            found += [Item(one, 1)] * one.wanted
    if len(found) > MOST_NEEDS or options.facts.frozen:
        return None
    if transitions(tuple(one.sessions for one in found), block.wanted if block else 0) > MOST_TRANSITIONS:
        return None
    return sorted(found, key=lambda item: (item.minutes, item.sessions)), block


def batches(
    options: Options,
    clock: DayClock,
    participants: Iterable[int],
    *,
    burden: bool,
    service: str | None = None,
    offered: Mapping[int, Collection[int]] = MappingProxyType({}),
    most: int = 500,
) -> list[Batch]:
    """Return batches of the participants whose weeks the program covers.

    Parameters
    ----------
    options : Options
    clock : DayClock
    participants : iterable of int
    burden : bool
        Count the points of ``burden``; otherwise nothing but prices and missing sessions costs.
    service : str, optional
        The group service whose needs are the block; each participant's largest, if not given.
    offered : mapping of int to collection of int
        For some group needs, the only meeting options that may serve them.
    most : int
        Participants in a batch.
    """
    gathered: dict[Shape, list[tuple[int, tuple[Item, ...], AttendanceOptions | None]]] = defaultdict(list)
    wait = options.instance.weights.wait * clock.slot * SCALE if burden else 0
    for participant in participants:
        needs = _items(options, participant, service)
        if needs is not None:
            items, block = needs
            shape = Shape(
                tuple(item.minutes // clock.slot for item in items),
                tuple(item.sessions for item in items),
                block.wanted if block else 0,
                block.service.minutes // clock.slot if block else 1,
                clock.slots,
                wait,
            )
            gathered[shape].append((participant, tuple(items), block))
    return [
        _batch(options, clock, shape, members[first : first + most], offered, burden=burden)
        for shape, members in gathered.items()
        for first in range(0, len(members), most)
    ]


def _batch(
    options: Options,
    clock: DayClock,
    shape: Shape,
    members: list[tuple[int, tuple[Item, ...], AttendanceOptions | None]],
    offered: Mapping[int, Collection[int]],
    *,
    burden: bool,
) -> Batch:
    starts = np.full((len(shape.lengths), len(members), DAYS, shape.slots), NEVER, np.int32)
    for k, (_, items, _) in enumerate(members):
        for n, item in enumerate(items):
            times, costs = _where(options, item, offered, burden=burden)
            starts[n, k, *clock.position(times)] = costs
    blocks, block_costs = _blocks(options, clock, members, burden=burden)
    return Batch(
        shape,
        np.array([participant for participant, _, _ in members], np.intp),
        tuple(items for _, items, _ in members),
        starts,
        np.array([_days(options, shape, clock, participant, burden=burden) for participant, _, _ in members]),
        np.array(
            [
                [*(item.asked.weight for item in items), block.weight if block else 0]
                for _, items, block in members
            ],
            np.int32,
        ),
        blocks,
        block_costs,
    )


def _where(
    options: Options, item: Item, offered: Mapping[int, Collection[int]], *, burden: bool
) -> tuple[npt.NDArray[np.int32], Costs]:
    """Return where sessions of a need may begin, and what that costs."""
    asked = item.asked
    weights = options.instance.weights
    if isinstance(asked, SessionOptions):
        times = asked.times
    else:
        serving = offered.get(asked.index, asked.meetings)
        times = np.array(sorted({options.meetings[k].start for k in serving}), np.int32)
    costs = np.zeros(len(times), np.int32)
    if not burden:
        return times, costs
    prefers = options.facts.preferences[asked.participant]
    if prefers is not None and len(times):
        costs += weights.off_preference * ~prefers.fits(times, asked.service.minutes)
    if isinstance(asked, SessionOptions) and asked.need.prefer_staff:
        preferred = [options.facts.staff_index[one] for one in asked.need.prefer_staff]
        costs += weights.other_staff * ~asked.led[:, preferred].any(axis=1)
    return times, costs * SCALE


def _days(options: Options, shape: Shape, clock: DayClock, participant: int, *, burden: bool) -> Costs:
    """Return what a day costs that holds a set of needs, without a block and with one."""
    weights = options.instance.weights
    program = options.facts.program(options.instance.participants[participant])
    sets = np.arange(2 * shape.sets)
    minutes = np.zeros(2 * shape.sets, np.int64)
    for bit, length in enumerate((*shape.lengths, shape.block_length)):
        minutes += (sets >> bit & 1) * length * clock.slot
    costs = np.zeros(2 * shape.sets, np.int32)
    if burden:
        costs[1:] += weights.visit * SCALE
        costs[(minutes > 0) & (minutes < (program.billable_day_minutes or 0))] += weights.short_day * SCALE
    if program.max_minutes_per_day is not None:
        costs[minutes > program.max_minutes_per_day] = NEVER
    return costs


def _blocks(
    options: Options,
    clock: DayClock,
    members: list[tuple[int, tuple[Item, ...], AttendanceOptions | None]],
    *,
    burden: bool,
) -> tuple[Blocks, Costs]:
    """Return one row for each group that a person may belong to (and time of day, if it keeps to one)."""
    person: list[int] = []
    entries: list[tuple[int, int, int]] = []
    for k, (_, _, block) in enumerate(members):
        ways: dict[tuple[int, int], list[int]] = defaultdict(list)
        for option in block.meetings if block else ():
            meeting = options.meetings[option]
            group = options.instance.groups[meeting.group]
            if block is not None and block.need.mix_groups:
                ways[-1, -1].append(option)
            else:
                ways[meeting.group, meeting.time_of_day if group.same_start else -1].append(option)
        for found in list(ways.values()) or [[]]:
            entries += [(len(person), options.meetings[option].start, option) for option in sorted(found)]
            person.append(k)
    columns = np.array(entries, np.intp).reshape(-1, 3).T
    row, start, option = columns[0], columns[1], columns[2]
    day, slot = clock.position(start)
    order = np.lexsort((slot, day, row))
    blocks = Blocks(np.array(person, np.intp), row[order], day[order], slot[order], option[order])
    costs = np.zeros(len(row), np.int32)
    if burden:
        for n, one in enumerate(order.tolist()):
            participant, _, block = members[person[row[one]]]
            prefers = options.facts.preferences[participant]
            if (
                block is not None
                and prefers is not None
                and not prefers.fits_at(int(start[one]), block.service.minutes)
            ):
                costs[n] = options.instance.weights.off_preference * SCALE
    return blocks, costs
