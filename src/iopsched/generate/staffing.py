"""Staff enough for the load: therapists, case managers and prescribers, with shifts where they are needed."""

from __future__ import annotations

from collections.abc import Sequence

from iopsched.generate.cohorts import Cohort
from iopsched.generate.draws import Draws
from iopsched.generate.load import LATE, Load
from iopsched.generate.profiles import Profile
from iopsched.generate.services import Document
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY, spans

__all__ = ["at_work", "case_managers", "prescribers", "therapists"]

_DAY_SHIFT_MINUTES = 300
_LATE_SHIFT_AFTERNOON = 120
_LATE_SHIFT_EVENING = 200
_SATURDAY_MINUTES = 200
"""Led minutes (notes included) that a shift is good for, breaks and waiting taken off: assumptions."""


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


def _uncovered(load: Sequence[float], days: Sequence[int], staffed: Sequence[int]) -> bool:
    """Whether a fair amount of work is left, or a day with work has nobody."""
    left = sum(max(0.0, load[day]) for day in days)
    return left > 90 or any(load[day] > 0 and not staffed[day] for day in days)


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
    late, by_day = list(load.late), list(load.by_day)
    for kind, open_load, good_for in (
        ("late", late, _LATE_SHIFT_EVENING),
        ("day", by_day, _DAY_SHIFT_MINUTES),
    ):
        staffed = [0] * 7
        while _uncovered(open_load, weekdays, staffed):
            days = _neediest(open_load, weekdays, 4)
            shifts.append([_shift(kind, day) for day in days])
            for day in days:
                open_load[day] -= good_for
                staffed[day] += 1
                if kind == "late":
                    by_day[day] -= _LATE_SHIFT_AFTERNOON
    if not shifts:
        shifts.append([_shift("late", day) for day in weekdays[:4]])
    saturdays = -(-int(load.by_day[5]) // _SATURDAY_MINUTES)
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

    Meetings at one time need one ``skills`` leader for every two of them, and two ``teen`` leaders each; one
    to spare on top.
    """
    meetings = [
        (start, cohort) for cohort in cohorts for start in cohort.meetings if cohort.track is not None
    ]
    for start, cohort in meetings:
        present = [member for member in staff if at_work(member, start, cohort.minutes)]
        running = [other.service for other_start, other in meetings if abs(other_start - start) < 120]
        wanted = {"skills": -(-len(running) // 2) + 1}
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
    """Return case managers for case management and classes, at work late where classes need it."""
    total = sum(load.by_day) + sum(load.late) + sum(60 * len(cohort.meetings) for cohort in classes)
    late_days = {
        start // MINUTES_PER_DAY
        for cohort in classes
        for start in cohort.meetings
        if start % MINUTES_PER_DAY >= LATE
    }
    count = max(1, round(total / 700))
    staff = []
    for number in range(count):
        windows = []
        for turn, day in enumerate(weekdays):
            if count > 1 and turn == number % len(weekdays):
                continue
            late = day in late_days if number == 0 else draws.chance(0.5)
            windows.append(f"{DAYS[day]} " + ("12:00-21:00" if late else "09:00-17:30"))
        if number == 0:
            windows.append("Sat 09:00-14:00")
        skills = ["case", "skills", "education", "peer-support"]
        if number == 0 or draws.chance(0.5):
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
    late_shifts = -(-int(sum(load.late)) // 120)
    day_shifts = -(-int(max(0.0, sum(load.by_day) - 100 * late_shifts)) // 240)
    shifts = max(2, late_shifts + day_shifts)
    order = sorted(weekdays, key=lambda day: (-load.late[day], day))
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
