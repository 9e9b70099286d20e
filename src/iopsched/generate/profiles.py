"""What can be generated, kinds of clinic and a school, each with its numbers.

Sources of the shares, and which of them are assumptions, are told in ``instances/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

__all__ = ["CLINICS", "PROFILES", "SCHOOLS", "Occupation", "Profile", "School", "Wishes"]

Occupation = str
"""``full_time``, ``part_time``, ``childcare`` or ``home``."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Shares (0 to 1) of participants whose plan says something about staff or setting."""

    prefer_staff: float = 0.45
    only_staff: float = 0.04
    not_staff: float = 0.08
    staff_tags: float = 0.07
    remote: float = 0.03
    apart: float = 0.03
    mix_groups: float = 0.06


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of clinic.

    Attributes
    ----------
    description : str
        One line for a list of profiles.
    occupations : tuple of (str, float)
        What adults do by day, with weights.
    teens, partial : float
        Shares of participants in the adolescent and the partial-hospitalisation program; the others are
        adults in intensive outpatient treatment.
    newcomers : float
        Share of adults in intensive outpatient treatment whose intake is this week.
    daily : float
        Share of adults in intensive outpatient treatment who come on all five days.
    staff, rooms, seats : float
        Supply over estimated need; below 1 the clinic cannot give everything.
    published : float
        Share of groups that meet on fixed days at a fixed time, rather than where the planner puts them.
    block : tuple of int
        Minutes of the parts of a group block: process, psychoeducation, skills.
    note_minutes : int
        Notes after an individual session.
    pins : int
        Decisions that already stand, where the clinic is large enough to have them.
    detail : bool
        Whether groups and rooms carry restrictions of their own and the clinic sets weights.
    """

    description: str
    occupations: tuple[tuple[Occupation, float], ...]
    teens: float = 0.0
    partial: float = 0.0
    newcomers: float = 0.06
    daily: float = 0.0
    staff: float = 1.0
    rooms: float = 1.15
    seats: float = 1.3
    published: float = 0.3
    block: tuple[int, int, int] = (75, 60, 45)
    note_minutes: int = 15
    slot_minutes: int = 15
    hours: tuple[str, ...] = ("Mon-Fri 08:00-21:00", "Sat 09:00-14:00")
    week: str = "2026-11-30"
    closed: tuple[str, ...] = ()
    pins: int = 2
    detail: bool = False
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class School:
    """A kind of school.

    Attributes
    ----------
    description : str
        One line for a list of profiles.
    pupils_of_a_form : int
        Pupils who are taught together, unless they are parted by level.
    lessons_of_a_teacher : int
        Most lessons of the 35 in the week.
    part_time : float
        Share of teachers who come on four days.
    rooms : float
        Rooms over what the lessons fill if no room is ever empty.
    """

    description: str
    pupils_of_a_form: int = 12
    lessons_of_a_teacher: int = 20
    part_time: float = 0.2
    rooms: float = 1.25


_MIXED: Final = Profile(
    description="day and evening tracks and teenagers, as most clinics have them",
    occupations=(("full_time", 45), ("part_time", 15), ("childcare", 12), ("home", 28)),
    teens=0.2,
)

CLINICS: Final[Mapping[str, Profile]] = MappingProxyType(
    {
        "mixed": _MIXED,
        "evening": Profile(
            description="working adults in evening tracks",
            occupations=(("full_time", 80), ("part_time", 10), ("childcare", 6), ("home", 4)),
            hours=("Mon-Fri 09:00-21:00", "Sat 09:00-14:00"),
            note_minutes=0,
        ),
        "adolescent": Profile(
            description="teenagers after school, with their families",
            occupations=_MIXED.occupations,
            teens=1.0,
            hours=("Mon-Fri 13:00-21:00", "Sat 09:00-14:00"),
        ),
        "php": Profile(
            description="partial hospitalisation in five-day weeks beside intensive outpatient tracks",
            occupations=_MIXED.occupations,
            partial=0.35,
            daily=0.25,
            block=(60, 60, 50),
            slot_minutes=10,
        ),
        "tight": replace(
            _MIXED,
            description="the mixed clinic with just enough staff, seats and rooms",
            staff=0.9,
            rooms=1.0,
            seats=1.05,
            published=0.5,
        ),
        "overfull": replace(
            _MIXED,
            description="the mixed clinic with more need than staff, seats and rooms can give",
            staff=0.6,
            rooms=0.7,
            seats=0.65,
        ),
        "rich": replace(
            _MIXED,
            description="the mixed clinic with many wishes, restrictions and standing decisions",
            partial=0.06,
            newcomers=0.12,
            staff=1.1,
            pins=6,
            detail=True,
            wishes=Wishes(
                prefer_staff=0.4,
                only_staff=0.2,
                not_staff=0.2,
                staff_tags=0.15,
                remote=0.12,
                apart=0.1,
                mix_groups=0.12,
            ),
        ),
        "holiday": replace(
            _MIXED,
            description="the mixed clinic in the week of Thanksgiving, closed on the Thursday",
            week="2026-11-23",
            closed=("2026-11-26",),
        ),
    }
)
"""Kinds of clinic by name; ``mixed`` is the default of :func:`iopsched.generate.generate`."""

SCHOOLS: Final[Mapping[str, School]] = MappingProxyType(
    {
        "school": School(
            "no clinic: classes of fixed membership, with the teacher and the rooms that each asks for"
        )
    }
)
"""Kinds of school by name."""

PROFILES: Final[Mapping[str, Profile | School]] = MappingProxyType({**CLINICS, **SCHOOLS})
"""Everything that can be generated, by name."""
