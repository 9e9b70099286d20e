"""How numbers, times and names are written for people, the same in every report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from iopsched.instance.models import Instance

__all__ = [
    "KIND_STYLES",
    "LEVEL_WORDS",
    "STATUS_WORDS",
    "clock",
    "counted",
    "day",
    "gap",
    "hours",
    "listed",
    "number",
    "percent",
    "plain",
    "sizes",
    "span",
    "standing",
]

LEVEL_WORDS: Final = {
    "unmet": "unmet needs",
    "changes": "changes",
    "burden": "burden",
    "staffing": "staffing",
}
"""What a planner calls the levels of the score."""

STATUS_WORDS: Final = {
    "optimal": "optimal: every level of the score is proved",
    "feasible": "feasible: every rule holds; not every level is proved",
}
"""What a roster's status says of it."""

KIND_STYLES: Final = {"group": "bold cyan", "family": "magenta", "one_to_one": ""}
"""The colour of each kind of session."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def plain(text: str) -> str:
    """Return a file's text without characters that would command a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def counted(count: int, noun: str) -> str:
    """Return ``"1 session"``, ``"1,200 sessions"``."""
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {noun}s"


def sizes(instance: Instance) -> str:
    """Return how many there are of each in a clinic, as a phrase."""
    people = len(instance.participants)
    sessions = sum(need.sessions for person in instance.participants for need in person.needs)
    return (
        f"{counted(people, 'participant')} who {'needs' if people == 1 else 'need'} "
        f"{counted(sessions, 'session')}, {number(len(instance.staff))} staff, "
        f"{counted(len(instance.rooms), 'room')}, {counted(len(instance.groups), 'group')}"
    )


def number(value: int) -> str:
    """Return an integer with its thousands apart."""
    return f"{value:,}"


def percent(share: float) -> str:
    """Return a share as per cent; one that is not zero (or the whole) is never rounded to it."""
    tenths = share * 1000
    if 0 < tenths < 1:
        return "<0.1 %"
    if 999 < tenths < 1000:
        return ">99.9 %"
    return f"{tenths / 10:.1f}".removesuffix(".0") + " %"


def hours(minutes: int) -> str:
    """Return minutes as hours and minutes, ``"7:30"``."""
    return f"{minutes // 60:,}:{minutes % 60:02}"


def clock(moment: datetime) -> str:
    """Return the time of day, ``"17:30"``."""
    return f"{moment:%H:%M}"


def span(start: datetime, end: datetime) -> str:
    """Return ``"17:30–20:30"``; midnight at the end is 24:00."""
    midnight = end.date() > start.date() and clock(end) == "00:00"
    return f"{clock(start)}–{'24:00' if midnight else clock(end)}"


def day(when: date) -> str:
    """Return ``"Mon 30 Nov"``."""
    return f"{when:%a} {when.day} {when:%b}"


def listed(names: Iterable[str]) -> str:
    """Return names with commas between."""
    return ", ".join(plain(name) for name in names)


def gap(value: int, bound: int | None) -> float | None:
    """Return the share of a level's value that its bound leaves open; none without a bound below it."""
    if bound is None or bound > value:
        return None
    return (value - bound) / value if value > 0 else 0.0


def standing(value: int, bound: int | None) -> str:
    """Return what a level's bound says of its value."""
    if bound is None:
        return "no limit proved"
    if value == bound:
        return "proved: cannot be lower"
    share = gap(value, bound)
    if share is None:
        return "wrong: the bound is above it"
    return f"at most {percent(share)} of it could be saved"
