"""What fills the days of those in treatment: work, school, childcare, appointments, relatives."""

from __future__ import annotations

from typing import Final

from iopsched.generate.draws import Draws
from iopsched.generate.profiles import Occupation
from iopsched.generate.services import Document
from iopsched.instance.windows import DAYS

__all__ = ["WORK_SCHEDULES", "appointments", "clock", "occupation_busy", "relative_hours", "school_busy"]

WORK_SCHEDULES: Final[tuple[tuple[str, float], ...]] = (
    ("day", 84.6),
    ("evening", 4.7),
    ("night", 3.2),
    ("irregular", 3.1),
    ("rotating", 2.5),
)
"""Percent of full-time wage and salary workers by usual schedule (BLS, Workers on Flexible and Shift
Schedules in May 2004, USDL 05-1198); the remaining 1.9 % (other shifts) are shared out in proportion."""

_BELLS: Final[tuple[tuple[tuple[int, ...], float], ...]] = (
    ((435, 440, 445), 8.9),
    ((450, 460, 465, 470, 475), 27.6),
    ((480, 485, 490, 495, 500, 505), 35.5),
    ((510, 515, 520, 525, 530, 535), 17.6),
    ((540, 545, 550), 10.5),
)
"""School starts (minutes from midnight) by band, with the percent of public secondary schools in each (NCES,
National Teacher and Principal Survey 2020-21, average 8:07). The minutes within a band are an assumption."""

_SCHOOL_DAY = 410
"""Minutes from first bell to last."""

_SHIFTS = ("06:00-14:00", "08:00-20:00", "12:00-20:00", "14:00-22:00")


def clock(minute: int) -> str:
    """Return ``HH:MM`` of a minute of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def occupation_busy(draws: Draws, occupation: Occupation) -> list[Document]:
    """Return an adult's standing commitments for an occupation.

    Full-time work follows :data:`WORK_SCHEDULES`; the ``why`` of each commitment is ``work``,
    ``childcare``, or ``sleep`` after a night shift.
    """
    if occupation == "full_time":
        return _full_time(draws, draws.weighted(WORK_SCHEDULES))
    if occupation == "part_time":
        return _shifts(draws, 3)
    if occupation == "childcare":
        return [_busy(["Mon-Fri 07:30-08:30", "Mon-Fri 15:00-18:00"], "childcare", 15)]
    return []


def _busy(when: list[str], why: str, travel: int = 0) -> Document:
    entry: Document = {"when": when, "why": why}
    if travel:
        entry["travel_minutes"] = travel
    return entry


def _full_time(draws: Draws, schedule: str) -> list[Document]:
    travel = draws.pick((15, 15, 30, 30, 45))
    if schedule == "day":
        return [_day_job(draws, travel)]
    if schedule == "evening":
        hours = draws.pick(("14:00-22:00", "15:00-23:00", "14:30-22:30"))
        return [_busy([f"Mon-Fri {hours}"], "work", travel)]
    if schedule == "night":
        return [
            _busy(["Mon-Fri 22:30-24:00", "Tue-Sat 00:00-06:30"], "work", travel),
            _busy(["Tue-Sat 07:00-13:00"], "sleep"),
        ]
    if schedule == "irregular":
        return _shifts(draws, draws.pick((4, 4, 5)))
    early, late = draws.pick((("Mon-Wed", "Thu,Fri"), ("Thu,Fri", "Mon-Wed")))
    return [_busy([f"{early} 06:00-14:00", f"{late} 14:00-22:00"], "work", travel)]


def _day_job(draws: Draws, travel: int) -> Document:
    start = draws.pick((420, 450, 450, 480, 480, 480, 510, 540))
    days, minutes = draws.weighted(
        (
            (("Mon-Fri", 480), 45.0),
            (("Mon-Fri", 510), 35.0),
            (("Mon-Thu", 600), 10.0),
            (("Tue-Sat", 480), 10.0),
        )
    )
    # Whoever leaves work after 17:00 and lives far away could reach no evening track.
    end = min(start + minutes, 17 * 60 + 30)
    return _busy([f"{days} {clock(start)}-{clock(end)}"], "work", min(travel, 18 * 60 - end))


def _shifts(draws: Draws, count: int) -> list[Document]:
    days = sorted(draws.sample(range(6), count))
    return [_busy([f"{DAYS[day]} {draws.pick(_SHIFTS)}"], "work", 30) for day in days]


def school_busy(draws: Draws) -> list[Document]:
    """Return a teenager's school hours, sometimes with sports practice after them."""
    start = draws.pick(draws.weighted(_BELLS))
    end = start + _SCHOOL_DAY
    busy = [_busy([f"Mon-Fri {clock(start)}-{clock(end)}"], "school", draws.pick((15, 15, 20, 30)))]
    if draws.chance(0.1):
        day = draws.pick(("Mon", "Wed", "Fri"))
        busy.append(_busy([f"{day} {clock(end)}-{clock(end + 90)}"], "sports", 15))
    return busy


def appointments(draws: Draws) -> list[Document]:
    """Return none, one or two appointments of this week."""
    count = draws.weighted(((0, 60.0), (1, 30.0), (2, 10.0)))
    found = []
    for _ in range(count):
        start = 480 + 30 * draws.below(21)
        end = start + draws.pick((60, 60, 90, 120))
        found.append(_busy([f"{draws.pick(DAYS[:6])} {clock(start)}-{clock(end)}"], "appointment"))
    return found


def relative_hours(draws: Draws) -> list[str]:
    """Return when a relative can attend: most evenings, from the end of work on, and perhaps Saturday."""
    windows = [f"{day} {clock(960 + 30 * draws.below(4))}-21:00" for day in DAYS[:5] if draws.chance(0.8)]
    if draws.chance(0.5) or len(windows) < 2:
        windows.append("Sat 09:00-14:00")
    return windows
