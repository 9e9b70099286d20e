"""Staff enough for the load: therapists, case managers and prescribers, with shifts where they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from iopsched.generate.cohorts import Cohort
from iopsched.generate.draws import Draws
from iopsched.generate.load import Load, part_of
from iopsched.generate.profiles import Profile
from iopsched.generate.services import Document
from iopsched.instance.windows import DAYS, spans

__all__ = ["at_work", "case_managers", "prescribers", "therapists"]

_GOOD_FOR: Final[dict[str, dict[str, float]]] = {
    "late": {"afternoon": 165, "late": 225},
    "day": {"morning": 190, "afternoon": 190},
}
_SATURDAY_MINUTES = 200
_LEFT_OPEN = 120
_CASE_MANAGER_MINUTES = 600
"""Led minutes, notes included, that a part of a shift is good for, breaks and gaps taken off: assumptions."""


def at_work(member: Document, start: int, minutes: int) -> bool:
    """Whether a member of staff is at work and not in a standing meeting from a minute of the week on."""
    end = start + minutes
    return any(first <= start and end <= last for first, last in spans(member["available"])) and all(
        end <= first or last <= start for first, last in spans(member.get("busy", []))
    )


def _shift(kind: str, day: int) -> str:
    hours = {"day": "08:30-17:00", "late": "12:00-21:00", "saturday": "09:00-14:00"}[kind]
    return f"{DAYS[day]} {hours}"


def _neediest(load: Sequence[float], days: Sequence[int], count: int) -> list[int]:
    """Return the days with the largest load, in order of the week."""
    return sorted(sorted(days, key=lambda day: (-load[day], day))[:count])


def therapists(
    draws: Draws, profile: Profile, load: Load, cohorts: Sequence[Cohort], weekdays: Sequence[int]
) -> list[Document]:
    """Return therapists until their shifts cover the load.

    Late shifts come first: they cover the evenings, and what their afternoons are good for.

    Parameters
    ----------
    load : Load
        Minutes to lead, notes included, with whatever reserve the profile asks for.
    cohorts : sequence of Cohort
        Whose reference meetings must find leaders with the right skills.
    weekdays : sequence of int
        Days from Monday to Friday on which the clinic is open.
    """
    shifts: list[list[str]] = []
    left = {part: list(minutes) for part, minutes in load.minutes.items()}
    for kind, part in (("late", "late"), ("day", "morning"), ("day", "afternoon")):
        while sum(max(0.0, left[part][day]) for day in weekdays) > _LEFT_OPEN:
            days = _neediest(left[part], weekdays, 4)
            shifts.append([_shift(kind, day) for day in days])
            for day in days:
                for covered, minutes in _GOOD_FOR[kind].items():
                    left[covered][day] -= minutes
    if not shifts:
        shifts.append([_shift("late", day) for day in weekdays[:4]])
    saturdays = -(-int(load.minutes["morning"][5]) // _SATURDAY_MINUTES)
    for turn in range(min(saturdays, len(shifts))):
        shifts[turn].append(_shift("saturday", 5))
    staff = [
        _therapist(draws, profile, number, windows, len(shifts)) for number, windows in enumerate(shifts)
    ]
    _grant_skills(staff, cohorts)
    return staff


def _therapist(draws: Draws, profile: Profile, number: int, windows: list[str], count: int) -> Document:
    skills = ["individual", "process", "education"]
    # In a small team everybody does everything.
    for skill, share in (("family", 0.75), ("teen", 0.4 if profile.teens < 1 else 0.8), ("skills", 0.65)):
        if count <= 3 or draws.chance(share):
            skills.append(skill)
    if draws.chance(0.4):
        skills.append("case")
    member: Document = {
        "id": f"T{number:03d}",
        "name": f"Therapist {number}",
        "skills": skills,
        "tags": [
            tag for tag, share in (("spanish", 0.3), ("female", 0.55), ("emdr", 0.2)) if draws.chance(share)
        ],
        "available": windows,
    }
    if draws.chance(0.25):
        start = "12:00-13:00" if "08:30" in windows[0] else "13:00-14:00"
        member["busy"] = [f"{windows[draws.below(3)][:3]} {start}"]
    member |= {
        "max_minutes_per_day": 390,
        "max_minutes_per_week": 1620,
        "max_minutes_without_break": 285,
        "break_minutes": 30,
        "rest_hours": 11,
        "target_minutes_per_week": 1380,
    }
    if draws.chance(0.4):
        member["max_participants"] = 12 + draws.below(5)
    return member


def _grant_skills(staff: list[Document], cohorts: Sequence[Cohort]) -> None:
    """Train therapists until every reference meeting finds the leaders its parts need.

    Each of the meetings at one time needs a ``skills`` leader, a teen group two ``teen`` leaders and one to
    spare.
    """
    meetings = [
        (start, cohort) for cohort in cohorts for start in cohort.meetings if cohort.track is not None
    ]
    for start, cohort in meetings:
        present = [member for member in staff if at_work(member, start, cohort.minutes)]
        running = [other.service for other_start, other in meetings if abs(other_start - start) < 120]
        wanted = {"skills": len(running)}
        if cohort.service == "teen-group":
            wanted["teen"] = 2 * running.count("teen-group") + 1
        for skill, count in wanted.items():
            trained = sum(skill in member["skills"] for member in present)
            for member in [member for member in present if skill not in member["skills"]][
                : max(0, count - trained)
            ]:
                member["skills"].append(skill)
    for member in staff[:: max(1, len(staff) // 3)]:
        if "family" not in member["skills"]:
            member["skills"].append("family")


def case_managers(
    draws: Draws, load: Load, classes: Sequence[Cohort], weekdays: Sequence[int]
) -> list[Document]:
    """Return case managers for case management and classes, at work when the classes need them."""
    meetings = [part_of(start) for cohort in classes for start in cohort.meetings]
    late_days = {day for day, part in meetings if part == "late"}
    early_days = {day for day, part in meetings if part == "morning"}
    count = max(1, round((load.total() + 60 * len(meetings)) / _CASE_MANAGER_MINUTES))
    days_off = sorted(weekdays, key=lambda day: (sum(day == other for other, _ in meetings), day))
    staff = []
    for number in range(count):
        windows = []
        for day in weekdays:
            if count > 1 and day == days_off[number % len(days_off)]:
                continue
            # Two classes on one day, early and late, are two people's work.
            late = day in late_days and (number % 2 == 0 or day not in early_days)
            windows.append(f"{DAYS[day]} " + ("12:00-21:00" if late else "09:00-17:30"))
        if number == 0:
            windows.append("Sat 09:00-14:00")
        skills = ["case", "skills", "education", "peer-support"]
        if number < 2 or draws.chance(0.5):
            skills.append("yoga")
        staff.append(
            {
                "id": f"C{number:02d}",
                "name": f"Case manager {number}",
                "skills": skills,
                "available": windows,
                "max_minutes_per_day": 420,
                "max_minutes_without_break": 300,
            }
        )
    return staff


def prescribers(load: Load, weekdays: Sequence[int]) -> list[Document]:
    """Return prescribers: three shifts each, late ones as the load asks for."""
    late_shifts = -(-int(load.total("late")) // 120)
    day_shifts = -(-int(max(0.0, load.total("morning", "afternoon") - 100 * late_shifts)) // 240)
    shifts = max(2, late_shifts + day_shifts)
    order = sorted(weekdays, key=lambda day: (-load.minutes["late"][day], day))
    hours = ["13:00-20:30"] * late_shifts + ["09:00-16:00", "10:00-19:00"] * shifts
    staff = []
    for number in range(-(-shifts // 3)):
        days = [order[(3 * number + turn) % len(order)] for turn in range(min(3, len(order)))]
        staff.append(
            {
                "id": f"M{number:02d}",
                "name": f"Prescriber {number}",
                "skills": ["prescribing"],
                "available": [f"{DAYS[day]} {hours[3 * number + turn]}" for turn, day in enumerate(days)],
                "max_minutes_without_break": 240,
            }
        )
    return staff
