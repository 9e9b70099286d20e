"""What there is of staff hours, rooms, seats and caseloads, and what each participant takes at least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from iopsched.instance.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK
from iopsched.options import Options
from iopsched.options.calendar import BoolArray
from iopsched.options.meetings import MeetingOption
from iopsched.options.sessions import SessionOptions
from iopsched.plan.capacity.answer import BANDS

__all__ = ["Count", "counts"]

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Count:
    """What there is of something, and what each participant takes of it at least.

    Attributes
    ----------
    by, what, unit : str
        The kind of limit, in words what there is, and ``"h"`` for minutes.
    there : float
    taken : array of float, shape (participants,)
        Those present, then the sample of newcomers.
    """

    by: str
    what: str
    unit: str
    there: float
    taken: Vector


def counts(options: Options, present: int) -> Iterator[Count]:
    """Yield everything that is counted.

    Parameters
    ----------
    options : Options
    present : int
        How many of the participants are present; the others are the sample of newcomers.
    """
    yield from _seats(options, present)
    yield from _caseloads(options, present)
    for when, within in _hours(options, present):
        yield from _staff_minutes(options, present, when, within)
        yield from _room_minutes(options, when, within)


def _hours(options: Options, present: int) -> Iterator[tuple[str, BoolArray]]:
    """Yield the sets of hours in which is counted: bands, two bands, the week, a newcomer's own times."""
    of_day = np.arange(MINUTES_PER_WEEK) % MINUTES_PER_DAY
    bands = {name: (of_day >= first) & (of_day < last) for name, (first, last) in BANDS.items()}
    yield "in the week", np.ones(MINUTES_PER_WEEK, np.bool_)
    for size in (1, 2):
        for names in combinations(bands, size):
            masks = [bands[name] for name in names]
            yield "in the " + " and ".join(names), np.logical_or.reduce(masks)
    if len(options.instance.participants) == present + 1:
        yield "at times when a newcomer could come", options.facts.participants[present].mask()


def _pools(options: Options, present: int) -> dict[frozenset[int], str]:
    """Return the sets of staff that are counted together, by what newcomers need of them."""
    staff, services = options.instance.staff, options.instance.service_by_id
    needed = {need.service for one in options.instance.participants[present:] for need in one.needs}
    skills = {services[name].skill for name in needed if services[name].kind != "group"}
    skills |= {
        part.skill for name in needed if services[name].kind == "group" for part in services[name].parts
    }
    having = {s: frozenset(k for k, member in enumerate(staff) if s in member.skills) for s in sorted(skills)}
    pools: dict[frozenset[int], str] = {}
    for size in (1, 2):
        for names in combinations(having, size):
            pool = frozenset().union(*(having[name] for name in names))
            pools.setdefault(pool, f"staff for {' or '.join(names)}")
    for asked in options.sessions:
        if asked.participant >= present:
            able = _able(asked)
            pools.setdefault(able, f"staff who may lead a newcomer's {asked.need.service}")
    return {pool: name for pool, name in pools.items() if pool}


def _able(asked: SessionOptions) -> frozenset[int]:
    return frozenset(np.flatnonzero(asked.led.any(axis=0)).tolist())


def _least(asked: SessionOptions, minutes: int, before: npt.NDArray[np.int64]) -> int:
    """Return the fewest minutes within some hours that a session of a need takes, wherever it is put.

    ``before`` counts the minutes of those hours before each minute of the week.
    """
    if not len(asked.times):
        return 0
    ends = np.minimum(asked.times + minutes, MINUTES_PER_WEEK)
    return int((before[ends] - before[asked.times]).min())


def _before(within: BoolArray) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], within.cumsum()])


def _seats_of(options: Options, option: MeetingOption) -> int:
    """Return how many participants a meeting can have in the largest room that would serve."""
    most = options.instance.groups[option.group].max_size
    if option.remote:
        return most
    room = max((options.facts.classes[k].capacity for k in option.rooms), default=0)
    return max(0, min(most, room - option.most_leaders))


def _attended(options: Options, worth: Sequence[float]) -> Vector:
    """Return what attendances take, each the least over its meetings; ``worth`` is a seat's in each."""
    taken = np.zeros(len(options.instance.participants))
    known: dict[tuple[int, ...], float] = {}
    for asked in options.attendances:
        if asked.meetings not in known:
            known[asked.meetings] = min((worth[k] for k in asked.meetings), default=0.0)
        taken[asked.participant] += asked.wanted * known[asked.meetings]
    return taken


def _staff_minutes(options: Options, present: int, when: str, within: BoolArray) -> Iterator[Count]:
    """Count minutes led against those of the shifts; then with notes, which may run past them."""
    before = _before(within)
    led = [_least(asked, asked.minutes, before) * asked.wanted for asked in options.sessions]
    occupied = [
        _least(asked, asked.minutes + asked.note, before) * asked.wanted for asked in options.sessions
    ]
    able = [_able(asked) for asked in options.sessions]
    seats = [_seats_of(options, option) for option in options.meetings]
    for pool, name in _pools(options, present).items():
        worth = [
            sum(
                int(before[part.end] - before[part.start]) * part.leaders
                for part in option.parts
                if pool.issuperset(part.staff)
            )
            / max(1, seats[option.index])
            for option in options.meetings
        ]
        in_groups = _attended(options, worth)
        for amounts, there in (
            (led, _at_work(options, pool, within)),
            (occupied, _occupiable(options, pool, within)),
        ):
            taken = in_groups.copy()
            for asked, who, amount in zip(options.sessions, able, amounts, strict=True):
                if who <= pool:
                    taken[asked.participant] += amount
            yield Count("staff", f"hours of {name} {when}", "h", there, taken)


def _at_work(options: Options, pool: frozenset[int], within: BoolArray) -> float:
    """Return the minutes that a pool may lead within some hours."""
    total = 0
    counted = within & options.facts.open.mask()
    for k in sorted(pool):
        member = options.instance.staff[k]
        days = (options.facts.staff[k].mask() & counted).reshape(7, MINUTES_PER_DAY).sum(axis=1)
        if member.max_minutes_per_day is not None:
            days = np.minimum(days, member.max_minutes_per_day)
        week = int(days.sum())
        total += week if member.max_minutes_per_week is None else min(week, member.max_minutes_per_week)
    return total


def _occupiable(options: Options, pool: frozenset[int], within: BoolArray) -> float:
    """Return the minutes within some hours in which a pool may lead, or write notes of what was led."""
    note = max((service.note_minutes for service in options.instance.services), default=0)
    open_hours = options.facts.open.mask()
    total = 0
    at = np.arange(MINUTES_PER_WEEK)
    for k in sorted(pool):
        before = _before(options.facts.staff[k].mask() & open_hours)
        total += int(((before[at + 1] > before[np.maximum(at - note, 0)]) & within).sum())
    return total


def _room_minutes(options: Options, when: str, within: BoolArray) -> Iterator[Count]:
    before, counted = _before(within), within & options.facts.open.mask()
    asked_for = {frozenset(service.room_kinds) for service in options.instance.services if service.room_kinds}
    for kinds in sorted(asked_for, key=sorted):
        there = sum(
            int((one.calendar.mask() & counted).sum()) * one.places
            for one in options.facts.classes
            if one.kind in kinds
        )
        worth = [
            int(before[option.end] - before[option.start]) / max(1, _seats_of(options, option))
            if not option.remote and kinds.issuperset(options.facts.classes[k].kind for k in option.rooms)
            else 0.0
            for option in options.meetings
        ]
        taken = _attended(options, worth)
        for asked in options.sessions:
            if not asked.remote and kinds.issuperset(asked.service.room_kinds):
                taken[asked.participant] += _least(asked, asked.minutes, before) * asked.wanted
        yield Count("rooms", f"hours of rooms of kind {' or '.join(sorted(kinds))} {when}", "h", there, taken)


def _seats(options: Options, present: int) -> Iterator[Count]:
    """Count seats: of the groups of each service, and of those that a newcomer could join."""
    groups_of = [
        frozenset(options.meetings[k].group for k in asked.meetings) for asked in options.attendances
    ]
    sets = {
        groups
        for asked, groups in zip(options.attendances, groups_of, strict=True)
        if asked.participant >= present
    }
    for groups in sorted(sets, key=sorted):
        there = 0
        for group in groups:
            held = [option for option in options.meetings if option.group == group]
            meetings = min(options.instance.groups[group].meetings, len({option.day for option in held}))
            there += meetings * max(_seats_of(options, option) for option in held)
        taken = np.zeros(len(options.instance.participants))
        for asked, own in zip(options.attendances, groups_of, strict=True):
            if own and own <= groups:
                taken[asked.participant] += asked.wanted
        names = [options.instance.groups[group].id for group in sorted(groups)]
        some = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        yield Count("seats", f"seats of {some}", "seats", there, taken)


def _caseloads(options: Options, present: int) -> Iterator[Count]:
    """Count caseloads, where everybody of a pool has one."""
    for pool, name in _pools(options, present).items():
        loads = [options.instance.staff[k].max_participants for k in pool]
        if any(load is None for load in loads):
            continue
        taken = np.zeros(len(options.instance.participants))
        for asked in options.sessions:
            if asked.wanted and _able(asked) <= pool:
                taken[asked.participant] = 1
        there = sum(load for load in loads if load is not None)
        yield Count("caseload", f"caseloads of {name}", "participants", there, taken)
