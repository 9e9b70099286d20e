"""Whether a need's own sessions, moved, would leave room for one more."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from iopsched.explain.limits import limit_of_day, limit_of_week
from iopsched.explain.occupancy import Occupancy
from iopsched.explain.places import Places
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.frozen import Lead

__all__ = ["arrangement"]

_MOST_TRIALS = 2000
"""After so many places tried, the search for an arrangement is given up."""

Arrangement = tuple[tuple[int, int], ...]
"""Start and staff index of each session, ascending."""


def arrangement(places: Places, sessions: int) -> Arrangement | None:
    """Return where so many sessions of a need could be together, beside all other sessions.

    Parameters
    ----------
    places : Places
        Judged beside what a plan takes without the need's own sessions.
    sessions : int
        How many to place, one at least.

    Returns
    -------
    tuple of (int, int) or None
        None also where none was found among the first places tried.
    """
    rows, members = np.nonzero(places.free)
    candidates = list(zip(map(int, places.asked.times[rows]), map(int, members), strict=True))
    pinned, trials = set(places.asked.pinned), 0
    stack: list[tuple[int, Arrangement, Occupancy]] = [(0, (), places.occupancy)]
    while stack and trials < _MOST_TRIALS:
        first, chosen, occupancy = stack.pop()
        for k in range(first, len(candidates)):
            start, member = candidates[k]
            if not _together(places, chosen, start, member):
                continue
            trials += 1
            if not _staff_can(places, occupancy, start, member):
                continue
            longer = (*chosen, (start, member))
            if len(longer) == sessions:
                if pinned <= {placed for placed, _ in longer}:
                    return longer
                continue
            stack.append((k + 1, chosen, occupancy))
            stack.append((k + 1, longer, _with(places, occupancy, start, member)))
            break
    return None


def _together(places: Places, chosen: Arrangement, start: int, member: int) -> bool:
    """Tell whether the need and the program allow a session after those chosen."""
    asked, day = places.asked, start // MINUTES_PER_DAY
    if chosen:
        last, leader = chosen[-1]
        if start < last + asked.minutes or day - last // MINUTES_PER_DAY < asked.need.min_days_apart:
            return False
        if asked.one_leader and member != leader:
            return False
    held = Counter([day, *(other // MINUTES_PER_DAY for other, _ in chosen)])
    return places.week.most(held, asked.minutes, asked.need.min_days_apart) > len(chosen)


def _staff_can(places: Places, occupancy: Occupancy, start: int, member: int) -> bool:
    """Tell whether a member of staff could lead a session beside what an occupancy takes."""
    asked = places.asked
    at = np.array([start], np.int32)
    return not (
        occupancy.staff_taken(member, at, asked.minutes + asked.note)[0]
        or limit_of_week(occupancy, member, asked.participant, asked.minutes)
        or limit_of_day(occupancy, asked, member, start)
    )


def _with(places: Places, occupancy: Occupancy, start: int, member: int) -> Occupancy:
    """Return an occupancy in which a member of staff leads one session more."""
    end = start + places.asked.minutes
    led = [*occupancy.led(member), Lead(member, start, end, end + places.asked.note)]
    standing = replace(occupancy.standing, led={**occupancy.standing.led, member: led})
    return Occupancy(occupancy.options, standing)
