"""What stands in the way of a meeting that a plan does not hold."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from iopsched.explain.occupancy import Occupancy
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.build import Options
from iopsched.options.meetings import MeetingOption
from iopsched.options.plan import Plan

__all__ = ["Unheld", "unheld_meeting"]


@dataclass(frozen=True, slots=True)
class Unheld:
    """How far a meeting is from being held.

    Attributes
    ----------
    held_otherwise : bool
        The group's other meetings leave none for this one (rule ``group-meetings``).
    leaders : tuple of frozenset of int
        For each part, the staff who could lead it and are free.
    room_left : bool
        A room that serves is free, or none is needed.
    could_come : frozenset of int
        Group needs that are short, may be served by it, and whose participants have that time left.
    """

    held_otherwise: bool
    leaders: tuple[frozenset[int], ...]
    room_left: bool
    could_come: frozenset[int]


def unheld_meeting(
    options: Options,
    plan: Plan,
    taken: Occupancy,
    missing: Container[tuple[int, str]],
    option: MeetingOption,
) -> Unheld:
    """Work out what keeps a meeting from being held beside all that a plan takes.

    Parameters
    ----------
    options, plan, taken
        The plan is of these options and takes what is taken.
    missing : container of (int, str)
        The needs that are short, by participant index and service id.
    option : MeetingOption
        Not held in the plan.
    """
    start = np.array([option.start], np.int32)
    leaders = tuple(
        frozenset(
            member
            for member in part.staff
            if not any(
                lead.start < part.end and lead.occupied_until > part.start for lead in taken.led(member)
            )
        )
        for part in option.parts
    )
    room_left = option.remote or any(
        bool(taken.room_left(room, start, option.end - option.start)[0]) for room in option.rooms
    )
    could_come = frozenset(
        need
        for need in options.attendable_by[option.index]
        if (options.attendances[need].participant, options.attendances[need].need.service) in missing
        and not any(
            item.start < option.end and item.end > option.start
            for item in taken.attended(options.attendances[need].participant)
        )
    )
    return Unheld(_held_otherwise(options, plan, option), leaders, room_left, could_come)


def _held_otherwise(options: Options, plan: Plan, option: MeetingOption) -> bool:
    group = options.instance.groups[option.group]
    others = [options.meetings[k].start for k in options.meetings_of[option.group] if k in plan.meetings]
    others += [frozen.start for frozen in options.facts.frozen if frozen.group == option.group]
    return (
        len(others) >= group.meetings
        or any(start // MINUTES_PER_DAY == option.day for start in others)
        or (group.same_start and any(start % MINUTES_PER_DAY != option.time_of_day for start in others))
    )
