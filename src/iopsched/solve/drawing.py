"""What neighbourhoods are drawn with: chance, and who stands in whose way."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model import Shortlist
from iopsched.options import Options, Plan
from iopsched.options.sessions import SessionOptions
from iopsched.solve.search import Search

__all__ = [
    "companions",
    "excess",
    "first_needs",
    "groups_for",
    "in_the_leaders_way",
    "led_by",
    "rivals",
    "shortlist",
    "split_newcomers",
    "weighted",
]

RIVALS = 4
"""Groups that are free to change their leaders where another group's meetings are looked for."""
PLACES_TRIED = 6000
"""Places (start × staff) of sessions that must come before a group, which newcomers bring along."""
ASKED = 3
"""Staff who are asked for each start of a session, besides whoever leads it now.

On the same scopes of the level ``burden``, built and solved by one thread: at 150 participants (24 scopes) as
much was gained as with everybody asked, in 12.3 s of processor time instead of 16.3; at 300 (16 scopes)
93 % of it, in 22.9 s instead of 27.9."""


def weighted(rng: random.Random, weights: Sequence[float], count: int) -> list[int]:
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


def shortlist(search: Search, first: Iterable[int] = ()) -> Shortlist:
    """Draw the order in which staff are asked, some of them first."""
    ahead = set(first)
    others = [k for k in range(len(search.options.instance.staff)) if k not in ahead]
    return Shortlist((*sorted(ahead), *search.rng.sample(others, len(others))), ASKED)


def led_by(plan: Plan) -> dict[int, set[int]]:
    """Return the one-to-one needs that each member of staff serves."""
    led: dict[int, set[int]] = {}
    for need, placements in plan.placements.items():
        for placed in placements:
            led.setdefault(placed.staff, set()).add(need)
    return led


def companions(search: Search, seeds: Iterable[int], size: int) -> list[int]:
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
    return weighted(rng, weights, size)


def _staff_days(asked: SessionOptions) -> set[tuple[int, int]]:
    days = asked.times // MINUTES_PER_DAY
    found: set[tuple[int, int]] = set()
    for day in set(days.tolist()):
        staff = asked.led[days == day].any(axis=0)
        found |= {(int(member), int(day)) for member in staff.nonzero()[0]}
    return found


def groups_for(options: Options, participant: int) -> set[int]:
    """Return the groups that a participant could attend."""
    return {
        options.meetings[option].group
        for need in options.attendances_of[participant]
        for option in options.attendances[need].meetings
    }


def rivals(search: Search, groups: Sequence[int]) -> list[int]:
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


def in_the_leaders_way(search: Search, groups: Sequence[int], most: int) -> list[int]:
    """Draw one-to-one needs whose sessions keep staff from leading some groups, each at one time of day."""
    options, plan, rng = search.options, search.best.plan, search.rng
    led = led_by(plan)
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
