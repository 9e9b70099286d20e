"""Neighbourhoods: small parts of a clinic that are worth deciding anew together.

Each is a small object with a name and a way to draw a :class:`~iopsched.model.Scope`. Adding one: write a
class with ``name``, ``levels`` and ``draw``, and put it into :data:`NEIGHBOURHOODS`; how often it is tried
follows from what it brings for the time (see :mod:`iopsched.solve.improve`, and an example in
docs/adding-a-neighbourhood.md). They keep nothing between draws: each process of the crew has its own.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model import Scope, scope_of
from iopsched.solve.drawing import (
    companions,
    excess,
    first_needs,
    groups_for,
    in_the_leaders_way,
    led_by,
    rivals,
    shortlist,
    split_newcomers,
    weighted,
)
from iopsched.solve.search import Search

WAITING_PER_GROUP = 12
"""Participants who miss group sessions and are offered each group of a batch."""

__all__ = ["NEIGHBOURHOODS", "GroupBatch", "Neighbourhood"]


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
        seed = short[weighted(rng, [one.weight for one in short], 1)[0]]
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
        seeds = weighted(search.rng, excess(search, "unmet"), 1)
        if not seeds:
            return None
        others = companions(search, seeds, max(1, size // 2))
        attended = search.best.plan.attended()
        misses_group = any(
            len(attended.get(need, ())) < search.options.attendances[need].wanted
            for need in search.options.attendances_of[seeds[0]]
        )
        groups: list[int] = []
        if misses_group:
            candidates = sorted(groups_for(search.options, seeds[0]))
            groups = search.rng.sample(candidates, min(len(candidates), search.rng.randint(0, 2)))
        return scope_of(
            search.options,
            search.best.plan,
            participants=[*seeds, *others],
            sessions=in_the_leaders_way(search, groups, 2 * size),
            groups=groups,
            leaders=rivals(search, groups),
            shortlist=shortlist(search),
        )


class Participants:
    """Participants who bear more than they would alone, and those in their way."""

    name: ClassVar[str] = "participants"
    levels: ClassVar[tuple[str, ...]] = ("unmet", "changes", "burden")

    def draw(self, search: Search, size: int) -> Scope | None:
        """Choose a few by their excess, and as many companions."""
        seeds = weighted(search.rng, [max(0.01, x) for x in excess(search, "burden")], max(1, size // 2))
        others = companions(search, seeds, size - len(seeds))
        return scope_of(
            search.options, search.best.plan, participants=[*seeds, *others], shortlist=shortlist(search)
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
        return scope_of(options, plan, groups=groups, participants=whole, shortlist=shortlist(search))


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
        led = led_by(plan)
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
            shortlist=shortlist(search, pair),
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
            shortlist=shortlist(search),
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
