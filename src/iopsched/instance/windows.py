"""Windows and starts: ``"Mon-Fri 17:00-21:00"`` and ``"Mon,Wed 17:30"`` as minutes of the week.

Minute 0 is Monday 00:00 of the instance's week; the week has 10,080 minutes. A span is half open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = [
    "DAYS",
    "MINUTES_PER_DAY",
    "MINUTES_PER_WEEK",
    "START_PATTERN",
    "WINDOW_PATTERN",
    "parse_start",
    "parse_window",
    "spans",
    "start_minutes",
]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY

_DAY_NUMBER = {name.lower(): number for number, name in enumerate(DAYS)}
_WINDOW = re.compile(
    r"(?P<days>[A-Za-z,\- ]+?) +(?P<h1>[0-9]{2}):(?P<m1>[0-9]{2}) *- *(?P<h2>[0-9]{2}):(?P<m2>[0-9]{2})"
)
_START = re.compile(r"(?P<days>[A-Za-z,\- ]+?) +(?P<h1>[0-9]{2}):(?P<m1>[0-9]{2})")

# For the JSON Schema, whose patterns know no flags: days in any case, spaces where they do no harm.
_DAY_PATTERN = "(?:" + "|".join("".join(f"[{c.upper()}{c.lower()}]" for c in day) for day in DAYS) + ")"
_DAYS_PATTERN = f"{_DAY_PATTERN}(?: *[,-] *{_DAY_PATTERN})*"
_TIME_PATTERN = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
START_PATTERN = f"^\\s*{_DAYS_PATTERN} +{_TIME_PATTERN}\\s*$"
WINDOW_PATTERN = f"^\\s*{_DAYS_PATTERN} +{_TIME_PATTERN} *- *(?:{_TIME_PATTERN}|24:00)\\s*$"


def _parse_days(text: str) -> tuple[int, ...]:
    """Return the day numbers (Mon = 0) of ``"Mon"``, ``"Mon-Fri"``, ``"Fri-Mon"``, ``"Mon,Wed-Thu"``."""
    days: list[int] = []
    for part in text.split(","):
        ends = [name.strip().lower() for name in part.split("-")]
        if len(ends) > 2 or any(name not in _DAY_NUMBER for name in ends):
            raise ValueError(
                f"{part.strip()!r} is not a day (Mon Tue Wed Thu Fri Sat Sun) or a range of days"
            )
        first, last = _DAY_NUMBER[ends[0]], _DAY_NUMBER[ends[-1]]
        days += [(first + k) % 7 for k in range((last - first) % 7 + 1)]
    return tuple(sorted(set(days)))


def _minute_of_day(hours: str, minutes: str, latest: int) -> int:
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or minute > latest:
        raise ValueError(f"{hours}:{minutes} is not a time of day")
    return minute


@lru_cache(maxsize=65536)
def parse_window(text: str) -> tuple[tuple[int, int], ...]:
    """Parse ``DAYS HH:MM-HH:MM``.

    Returns
    -------
    tuple of (int, int)
        One ``(start, end)`` in minutes of the week for each day named, ascending.

    Raises
    ------
    ValueError
        With what is wrong, in a planner's words.
    """
    match = _WINDOW.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a window; write DAYS HH:MM-HH:MM, as in 'Mon-Fri 17:00-21:00'")
    start = _minute_of_day(match["h1"], match["m1"], MINUTES_PER_DAY)
    end = _minute_of_day(match["h2"], match["m2"], MINUTES_PER_DAY)
    if end <= start:
        raise ValueError(f"{text!r} ends before it starts; a window that crosses midnight is written as two")
    return tuple(
        (day * MINUTES_PER_DAY + start, day * MINUTES_PER_DAY + end) for day in _parse_days(match["days"])
    )


@lru_cache(maxsize=65536)
def parse_start(text: str) -> tuple[int, ...]:
    """Parse ``DAYS HH:MM``: one minute of the week for each day named, ascending.

    Raises
    ------
    ValueError
        With what is wrong, in a planner's words.
    """
    match = _START.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a start; write DAYS HH:MM, as in 'Mon,Wed 17:30'")
    start = _minute_of_day(match["h1"], match["m1"], MINUTES_PER_DAY - 1)
    return tuple(day * MINUTES_PER_DAY + start for day in _parse_days(match["days"]))


def spans(windows: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Unite windows: disjoint ``(start, end)`` minutes of the week, ascending.

    Windows that overlap or touch within a day are joined; nothing is joined over midnight, because no
    session crosses it.
    """
    return _united(tuple(windows))


@lru_cache(maxsize=65536)
def _united(windows: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(span for window in windows for span in parse_window(window)):
        if united and start <= united[-1][1] and start // MINUTES_PER_DAY == united[-1][0] // MINUTES_PER_DAY:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


def start_minutes(starts: Iterable[str]) -> tuple[int, ...]:
    """Return all minutes of the week that a list of starts names, ascending, each once."""
    return tuple(sorted({minute for start in starts for minute in parse_start(start)}))
