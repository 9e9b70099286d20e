"""Times of day as people type them: ``9-5``, ``1:30-4pm``, ``17:30-20:30``, ``noon-5``, ``0900-1300``.

A time without am or pm is understood only where a single reading ends after it starts; what could be read in
two ways is refused with all of them. The grammar is in docs/spreadsheets.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["TIME", "Time", "one_time", "parse_time", "time_range", "written_time"]

TIME: Final = (
    r"(?:(?:12\s*)?(?:noon|midnight)|[0-9]{1,2}[:.][0-9]{2}(?:\s*(?:[ap]\.?m\.?|[ap]))?(?![0-9a-z:])"
    r"|[0-9]{1,4}(?:\s*(?:[ap]\.?m\.?|[ap]))?(?![0-9a-z:]))"
)
"""A time in a cleaned, lower-case text."""

_NOON: Final = MINUTES_PER_DAY // 2
_PARTS: Final = re.compile(r"(?P<hour>[0-9]{1,2}?)(?:[:.]?(?P<minute>[0-9]{2}))?\s*(?P<half>[ap]?)\.?m?\.?")


@dataclass(frozen=True)
class Time:
    """A time as it was typed.

    Attributes
    ----------
    typed : str
    clock : int
        Minutes after midnight as the digits say; ``half`` is not counted in.
    kind : {"am", "pm", "24", "two-digit", "bare", "noon", "midnight"}
        What tells which half of the day is meant. ``two-digit`` is ``10:30``, which tells only beside
        another one such; ``bare`` tells nothing.
    """

    typed: str
    clock: int
    kind: Literal["am", "pm", "24", "two-digit", "bare", "noon", "midnight"]

    def readings(self, *, end: bool) -> tuple[int, ...]:
        """Return the minutes after midnight that it could mean, as the end of a window or not."""
        past_noon = self.clock % _NOON
        match self.kind:
            case "noon":
                return (_NOON,)
            case "midnight":
                return (MINUTES_PER_DAY if end else 0,)
            case "24":
                return (self.clock,)
            case "am":
                return (MINUTES_PER_DAY if end and past_noon == 0 else past_noon,)
            case "pm":
                return (past_noon + _NOON,)
        # Nobody calls midnight a plain 12.
        return (self.clock,) if self.clock >= _NOON else (self.clock, self.clock + _NOON)


def parse_time(typed: str) -> Time:
    """Return a time that :data:`TIME` matches.

    Raises
    ------
    ValueError
        With what is wrong; a remedy after a semicolon.
    """
    if typed.endswith("noon"):
        return Time(typed, _NOON, "noon")
    if typed.endswith("midnight"):
        return Time(typed, 0, "midnight")
    match = _PARTS.fullmatch(typed)
    if match is None:
        raise ValueError(f"{typed!r} is no time of day; write it as in 5pm, 5:30pm or 17:30")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if minute > 59 or hour * 60 + minute > MINUTES_PER_DAY:
        raise ValueError(f"{typed!r} is no time of day; write it as in 5pm, 5:30pm or 17:30")
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(
                f"{typed!r} is on both clocks at once; write {hour:02}:{minute:02}, without am or pm"
            )
        return Time(typed, hour * 60 + minute, "am" if match["half"] == "a" else "pm")
    clear = hour == 0 or hour > 12 or match["hour"].startswith("0")
    digits = len(match["hour"]) == 2 and match["minute"] is not None
    return Time(typed, hour * 60 + minute, "24" if clear else "two-digit" if digits else "bare")


def time_range(first: Time, last: Time) -> tuple[int, int]:
    """Return a window's start and end in minutes after midnight.

    Raises
    ------
    ValueError
        No reading ends after it starts, or several do; then with all of them.
    """
    readings = _range_readings(first, last)
    typed = f"{first.typed}-{last.typed}"
    if not readings:
        raise ValueError(
            f"{typed} does not end after it starts; "
            "write am or pm with both times, and what lasts past midnight as two windows"
        )
    if len(readings) > 1:
        *some, other = (f"{written_time(start)}-{written_time(end)}" for start, end in readings)
        raise ValueError(
            f"{typed} could be {', '.join(some)} or {other}; "
            "write am or pm with both times, or the 24-hour clock with two digits, as in 09:00"
        )
    return readings[0]


def one_time(time: Time) -> int:
    """Return a start in minutes after midnight.

    Raises
    ------
    ValueError
        It could be read in two ways, or is the end of a day.
    """
    readings = time.readings(end=False) if time.kind != "two-digit" else (time.clock,)
    if time.typed.isdecimal() and time.clock == _NOON:
        return _NOON
    if len(readings) > 1:
        one, other = map(written_time, readings)
        raise ValueError(
            f"{time.typed} could be {one} or {other}; write am or pm, or two digits, as in {one}"
        )
    if readings[0] >= MINUTES_PER_DAY:
        raise ValueError(
            f"{time.typed} is the end of a day; nothing starts then: write 00:00 of the next day"
        )
    return readings[0]


def written_time(minute: int) -> str:
    """Return minutes after midnight as ``17:30``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _range_readings(first: Time, last: Time) -> list[tuple[int, int]]:
    """Return every pair of readings that ends after it starts."""
    plain = ("bare", "two-digit")
    kinds = (first.kind, last.kind)
    if "24" in kinds or kinds == ("two-digit", "two-digit"):
        starts = (first.clock,) if first.kind in plain else first.readings(end=False)
        ends = (last.clock,) if last.kind in plain else last.readings(end=True)
    else:
        starts, ends = first.readings(end=False), last.readings(end=True)
    pairs = [(start, end) for start in starts for end in ends if start < end]
    if first.kind in plain and last.kind in ("am", "pm") and ends != (MINUTES_PER_DAY,):
        # "1:30-4pm": what is said at the end holds for both, where that makes a window.
        shared = Time(first.typed, first.clock, last.kind).readings(end=False)[0]
        return [(shared, ends[0])] if shared < ends[0] else pairs
    return pairs
