"""Neighbourhoods: small parts of a clinic that are worth deciding anew together.

Each is a small object with a name and a way to draw a :class:`~iopsched.model.Scope`. Adding one: write a
class with ``name``, ``levels`` and ``draw``, and put it into :data:`NEIGHBOURHOODS`; how often it is tried
follows from what it brings for the time (see :mod:`iopsched.solve.improve`, and an example in
docs/adding-a-neighbourhood.md). They keep nothing between draws: each process of the crew has its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model import Scope, Shortlist, scope_of
from iopsched.options import Options, Plan
from iopsched.options.sessions import SessionOptions
from iopsched.solve.search import Search

RIVALS = 4
"""Groups that are free to change their leaders where another group's meetings are looked for."""
WAITING_PER_GROUP = 12
"""Participants who miss group sessions and are offered each group of a batch."""
PLACES_TRIED = 6000
"""Places (start × staff) of sessions that must come before a group, which newcomers bring along."""
ASKED = 3
"""Staff who are asked for each start of a session, besides whoever leads it now.

On the same scopes of the level ``burden``, built and solved by one thread: at 150 participants (24 scopes) as
much was gained as with everybody asked, in 12.3 s of processor time instead of 16.3; at 300 (16 scopes)
93 % of it, in 22.9 s instead of 27.9."""

__all__ = ["NEIGHBOURHOODS", "GroupBatch", "Neighbourhood", "first_needs", "split_newcomers"]


class Neighbourhood(Protocol):
    """A way to choose what to decide anew."""

    @property
    def name(self) -> str:
        """What it is called in reports."""
        ...

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that it may improve."""
        ...

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose a scope of about ``size`` participants; ``None`` where there is nothing to choose."""
        ...


def _weighted(rng: random.Random, weights: Sequence[float], count: int) -> list[int]:
    """Draw up to ``count`` different positions, the heavier the likelier (Efraimidis and Spirakis 2006)."""
    keys = [(rng.random() ** (1 / weight), k) for k, weight in enumerate(weights) if weight > 0]
    return [k for _, k in sorted(keys, reverse=True)[:count]]


def excess(search: Search, level: str) -> list[float]:
    """Return for each participant how far they are above what they would miss or bear alone."""
    reached = search.best.short if level == "unmet" else search.best.load
    return [
        value - (getattr(search.alone[k], level) if k in search.alone else 0)
        for k, value in enumerate(reached)
    ]


def _shortlist(search: Search, first: Iterable[int] = ()) -> Shortlist:
    """Draw the order in which staff are asked, some of them first."""
    ahead = set(first)
    others = [k for k in range(len(search.options.instance.staff)) if k not in ahead]
    return Shortlist((*sorted(ahead), *search.rng.sample(others, len(others))), ASKED)


def _led_by(plan: Plan) -> dict[int, set[int]]:
    """Return the one-to-one needs that each member of staff serves."""
    led: dict[int, set[int]] = {}
    for need, placements in plan.placements.items():
        for placed in placements:
            led.setdefault(placed.staff, set()).add(need)
    return led


def _companions(search: Search, seeds: Iterable[int], size: int) -> list[int]:
    """Return other participants who stand in the way: served by staff, at times, that the seeds could use."""
    options, plan, rng = search.options, search.best.plan, search.rng
    could: set[tuple[int, int]] = set()
    for participant in seeds:
        for need in options.sessions_of[participant]:
            could |= _staff_days(options.sessions[need])
    weights = [0.0] * len(options.instance.participants)
    for need, placements in plan.placements.items():
        for placed in placements:
            if (placed.staff, placed.start // MINUTES_PER_DAY) in could:
                weights[options.sessions[need].participant] += 1.0
    for participant in seeds:
        weights[participant] = 0.0
    return _weighted(rng, weights, size)


def _staff_days(asked: SessionOptions) -> set[tuple[int, int]]:
    days = asked.times // MINUTES_PER_DAY
    found: set[tuple[int, int]] = set()
    for day in set(days.tolist()):
        staff = asked.led[days == day].any(axis=0)
        found |= {(int(member), int(day)) for member in staff.nonzero()[0]}
    return found


def _groups_for(options: Options, participant: int) -> set[int]:
    """Return the groups that a participant could attend."""
    return {
        options.meetings[option].group
        for need in options.attendances_of[participant]
        for option in options.attendances[need].meetings
    }


def _rivals(search: Search, groups: Sequence[int]) -> list[int]:
    """Draw groups that meet while some others could: they may have the leaders or the room they lack."""
    options = search.options
    could = [options.meetings[k] for group in groups for k in options.meetings_of[group]]
    found = {
        options.meetings[held].group
        for held in search.best.plan.meetings
        if any(
            one.start < options.meetings[held].end and options.meetings[held].start < one.end for one in could
        )
    }
    rivals = sorted(found.difference(groups))
    return search.rng.sample(rivals, min(len(rivals), RIVALS))


def _in_the_leaders_way(search: Search, groups: Sequence[int], most: int) -> list[int]:
    """Draw one-to-one needs whose sessions keep staff from leading some groups, each at one time of day."""
    options, plan, rng = search.options, search.best.plan, search.rng
    led = _led_by(plan)
    found: set[int] = set()
    for group in groups:
        could = [options.meetings[k] for k in options.meetings_of[group]]
        time = rng.choice(could).time_of_day
        for part in (part for one in could if one.time_of_day == time for part in one.parts):
            for member in part.staff:
                found.update(
                    need
                    for need in led.get(member, ())
                    for placed in plan.placements[need]
                    if placed.staff == member
                    and placed.start < part.end
                    and part.start
                    < placed.start + options.sessions[need].minutes + options.sessions[need].note
                )
    return rng.sample(sorted(found), min(len(found), most))


def first_needs(options: Options, participants: Iterable[int]) -> set[int]:
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


def split_newcomers(search: Search, needs: Iterable[int]) -> tuple[list[int], list[int]]:
    """Part group needs into those that wait for nothing more and a few of those that do.

    A newcomer's group waits for a session not placed yet (an intake), all of whose places come into the
    model; the first is kept, and more who bring no more than :data:`PLACES_TRIED` between them.
    """
    options, placed = search.options, search.best.plan.placements
    settled: list[int] = []
    newcomers: list[int] = []
    places = 0
    for need in needs:
        waiting = first_needs(options, [options.attendances[need].participant]) - placed.keys()
        if not waiting:
            settled.append(need)
            continue
        brought = sum(int(options.sessions[one].led.sum()) for one in waiting)
        if not newcomers or places + brought <= PLACES_TRIED:
            newcomers.append(need)
            places += brought
    return settled, newcomers


class GroupBatch:
    """Several groups of one service, whoever attends them and whoever could and misses sessions."""

    name: ClassVar[str] = "group-batch"
    levels: ClassVar[tuple[str, ...]] = ("unmet",)

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose somebody short of group sessions, groups they could attend, and others like those."""
        options, plan, rng = search.options, search.best.plan, search.rng
        served = {need: len(sessions) for need, sessions in plan.attended().items()}
        short = [one for one in options.attendances if served.get(one.index, 0) < one.wanted and one.meetings]
        if not short:
            return None
        seed = short[_weighted(rng, [one.weight for one in short], 1)[0]]
        could = sorted({options.meetings[option].group for option in seed.meetings})
        groups = set(rng.sample(could, min(len(could), max(2, size // 2))))
        same = [
            group
            for group, found in options.meetings_of.items()
            if found and options.instance.groups[group].service == seed.need.service
        ]
        groups.update(rng.sample(same, min(len(same), max(0, size - len(groups)))))
        waiting = [
            one.index for one in short if any(options.meetings[k].group in groups for k in one.meetings)
        ]
        waiting = rng.sample(waiting, min(len(waiting), WAITING_PER_GROUP * len(groups)))
        tried, newcomers = split_newcomers(search, waiting)
        scope = scope_of(options, plan, attendances=tried + newcomers, groups=groups)
        people = {options.attendances[need].participant for need in scope.attendances}
        return scope_of(
            options,
            plan,
            attendances=scope.attendances,
            groups=groups,
            sessions=first_needs(options, people),
        )


class Shortfall:
    """Somebody who misses something, those in the way, and where a group is missed a group or two."""

    name: ClassVar[str] = "shortfall"
    levels: ClassVar[tuple[str, ...]] = ("unmet",)

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose a participant short of sessions by how much more they miss than alone."""
        seeds = _weighted(search.rng, excess(search, "unmet"), 1)
        if not seeds:
            return None
        others = _companions(search, seeds, max(1, size // 2))
        attended = search.best.plan.attended()
        misses_group = any(
            len(attended.get(need, ())) < search.options.attendances[need].wanted
            for need in search.options.attendances_of[seeds[0]]
        )
        groups: list[int] = []
        if misses_group:
            candidates = sorted(_groups_for(search.options, seeds[0]))
            groups = search.rng.sample(candidates, min(len(candidates), search.rng.randint(0, 2)))
        return scope_of(
            search.options,
            search.best.plan,
            participants=[*seeds, *others],
            sessions=_in_the_leaders_way(search, groups, 2 * size),
            groups=groups,
            leaders=_rivals(search, groups),
            shortlist=_shortlist(search),
        )


class Participants:
    """Participants who bear more than they would alone, and those in their way."""

    name: ClassVar[str] = "participants"
    levels: ClassVar[tuple[str, ...]] = ("unmet", "changes", "burden")

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose a few by their excess, and as many companions."""
        seeds = _weighted(search.rng, [max(0.01, x) for x in excess(search, "burden")], max(1, size // 2))
        others = _companions(search, seeds, size - len(seeds))
        return scope_of(
            search.options, search.best.plan, participants=[*seeds, *others], shortlist=_shortlist(search)
        )


class Groups:
    """One or two groups with all their members."""

    name: ClassVar[str] = "groups"
    levels: ClassVar[tuple[str, ...]] = ("unmet", "changes", "burden", "staffing")

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose groups of one service, and free the members' weeks as far as the size allows."""
        options, plan, rng = search.options, search.best.plan, search.rng
        usable = [group for group, found in options.meetings_of.items() if found]
        if not usable:
            return None
        first = rng.choice(usable)
        service = options.instance.groups[first].service
        same = [g for g in usable if g != first and options.instance.groups[g].service == service]
        groups = [first, *rng.sample(same, min(len(same), rng.randint(0, 1)))]
        scope = scope_of(options, plan, groups=groups)
        members = sorted({options.attendances[need].participant for need in scope.attendances})
        whole = rng.sample(members, min(len(members), size))
        return scope_of(options, plan, groups=groups, participants=whole, shortlist=_shortlist(search))


class StaffPair:
    """Two members of staff: the sessions they lead, and who leads their groups."""

    name: ClassVar[str] = "staff-pair"
    levels: ClassVar[tuple[str, ...]] = ("unmet", "changes", "burden", "staffing")

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose two who share a skill, as many of their sessions as the size allows, and their groups."""
        options, plan, rng = search.options, search.best.plan, search.rng
        staff = options.instance.staff
        if not staff:
            return None
        one = rng.randrange(len(staff))
        like = [k for k in range(len(staff)) if k != one and set(staff[k].skills) & set(staff[one].skills)]
        pair = {one, *rng.sample(like, min(1, len(like)))}
        led = _led_by(plan)
        needs = sorted(set().union(*(led.get(member, set()) for member in pair)))
        groups = {
            options.meetings[option].group
            for option, meeting in plan.meetings.items()
            if any(member in part for part in meeting.leaders for member in pair)
        }
        chosen = rng.sample(sorted(groups), min(len(groups), 2))
        if not needs and not chosen:
            return None
        return scope_of(
            options,
            plan,
            sessions=rng.sample(needs, min(len(needs), size * 2)),
            leaders=chosen,
            shortlist=_shortlist(search, pair),
        )


class Day:
    """One day of some participants: what they do on it may go elsewhere, and what fits may come."""

    name: ClassVar[str] = "day"
    levels: ClassVar[tuple[str, ...]] = ("unmet", "changes", "burden")

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose a day, and one-to-one sessions on it."""
        plan, rng = search.best.plan, search.rng
        day = rng.randrange(7)
        needs = [
            need
            for need, placements in plan.placements.items()
            if any(placed.start // MINUTES_PER_DAY == day for placed in placements)
        ]
        if not needs:
            return None
        return scope_of(
            search.options,
            plan,
            sessions=rng.sample(needs, min(len(needs), size * 2)),
            shortlist=_shortlist(search),
        )


class Leaders:
    """Who leads some groups, and where; nobody else's week moves."""

    name: ClassVar[str] = "leaders"
    levels: ClassVar[tuple[str, ...]] = ("staffing",)

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose groups that meet."""
        options, plan, rng = search.options, search.best.plan, search.rng
        groups = sorted({options.meetings[option].group for option in plan.meetings})
        if not groups:
            return None
        return scope_of(options, plan, leaders=rng.sample(groups, min(len(groups), max(2, size // 2))))


NEIGHBOURHOODS: tuple[Neighbourhood, ...] = (
    Shortfall(),
    GroupBatch(),
    Participants(),
    Groups(),
    StaffPair(),
    Day(),
    Leaders(),
)
