"""Dates as people type them: ``2026-11-30``, ``Nov 30, 2026``, ``30 November 2026``, ``11/30/2026``."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

__all__ = ["read_date"]

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMBERS: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -]([0-9]{4})")
_MONTH_FIRST: Final = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_WEEKDAY: Final = re.compile(r"((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?,? (?=.*[0-9])")
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WRITE: Final = "write it as in 2026-11-30"


def read_date(raw: object) -> date:
    """Return the date in a cell: a real one, or a text with a single reading.

    Raises
    ------
    ValueError
        With what is wrong; a remedy after a semicolon.
    """
    if isinstance(raw, datetime):
        if raw.time() != time():
            raise ValueError(f"it is a date with a time of day; {_WRITE}")
        return raw.date()
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        raise ValueError(f"it is no date; {_WRITE}, or format the cell as a date")
    text = " ".join(raw.lower().split())
    weekday = _WEEKDAY.match(text)
    readings = sorted(
        {day for day in _readings(text[weekday.end() :] if weekday else text) if day is not None}
    )
    if len(readings) > 1:
        one, other = (f"{day.day} {_MONTHS[day.month - 1].capitalize()}" for day in readings)
        raise ValueError(f"it could be {one} or {other}; {_WRITE}")
    if not readings:
        raise ValueError(f"it is no date; {_WRITE}")
    if weekday and not _DAYS[readings[0].weekday()].startswith(weekday[1]):
        raise ValueError(f"that date is a {_DAYS[readings[0].weekday()].capitalize()}; {_WRITE}")
    return readings[0]


def _readings(text: str) -> list[date | None]:
    if match := _ISO.fullmatch(text):
        return [_date(int(match[1]), int(match[2]), int(match[3]))]
    if match := _NUMBERS.fullmatch(text):
        one, other, year = (int(number) for number in match.groups())
        return [_date(year, one, other), _date(year, other, one)]
    if match := _DAY_FIRST.fullmatch(text):
        return [_named(match[2], int(match[1]), int(match[3]))]
    if match := _MONTH_FIRST.fullmatch(text):
        return [_named(match[1], int(match[2]), int(match[3]))]
    return []


def _named(month: str, day: int, year: int) -> date | None:
    for number, name in enumerate(_MONTHS, start=1):
        if month in (name, name[:3], name[:4]):
            return _date(year, number, day)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
