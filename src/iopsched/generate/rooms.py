"""Rooms: group rooms for the busiest hour, offices for the one-to-one sessions around it."""

from __future__ import annotations

from collections.abc import Sequence

from iopsched.generate.cohorts import Cohort
from iopsched.generate.draws import Draws
from iopsched.generate.load import Load
from iopsched.generate.profiles import Profile
from iopsched.generate.services import Document

__all__ = ["rooms"]

_USABLE = {"morning": 180, "afternoon": 180, "late": 240}
"""Minutes of a part of a day in which an office can be used, gaps taken off: assumptions."""


def _busiest(cohorts: Sequence[Cohort]) -> int:
    """Return the most reference meetings that are running at any one time."""
    begun = [(start, cohort.minutes) for cohort in cohorts for start in cohort.meetings]
    return max(sum(other <= start < other + minutes for other, minutes in begun) for start, _ in begun)


def rooms(
    draws: Draws, profile: Profile, cohorts: Sequence[Cohort], visits: Load, families: int
) -> list[Document]:
    """Return group rooms (``G``), offices (``O``) and family rooms (``FR``).

    Parameters
    ----------
    visits : Load
        Minutes of one-to-one and family sessions in an office.
    families : int
        Family sessions of the week; a family room for every twenty.
    """
    busiest = _busiest(cohorts)
    group_rooms = max(1, round(busiest * profile.rooms))
    peak = max(max(visits.minutes[part]) / usable for part, usable in _USABLE.items())
    offices = max(1, round(peak * profile.rooms + 0.5))
    found: list[Document] = [
        {"id": f"G{number}", "kind": "group", "capacity": draws.pick((14, 14, 15, 16))}
        for number in range(group_rooms)
    ]
    found += [
        {"id": f"O{number}", "kind": "office", "capacity": 4 if number == 0 else draws.pick((3, 3, 4))}
        for number in range(offices)
    ]
    found += [
        {"id": f"FR{number}", "kind": "family", "capacity": 8} for number in range(max(1, -(-families // 20)))
    ]
    if profile.detail:
        for room in found[-1:]:
            room["busy"] = ["Wed 12:00-14:00"]
        if group_rooms > 2:
            found[group_rooms - 1]["available"] = ["Mon-Thu 08:00-21:00", "Sat 09:00-14:00"]
    return found
