"""Days and times as a planner says them, and windows in one spelling.

A *when* is a list of windows as :mod:`iopsched.instance.windows` knows them, spelt in one way, so that two
edits that mean the same are equal: ``("Mon-Thu 12:00-20:00", "Sat 09:00-13:00")``. A whole day lasts from
00:00 to 24:00.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from iopsched.instance.times import Span
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY, parse_start, parse_window, spans, start_minutes

__all__ = [
    "ALL_WEEK",
    "START_PATTERN",
    "WHEN_PATTERN",
    "canonical_start",
    "read_starts",
    "read_when",
    "said_when",
    "whole_days",
    "windows_without",
    "written_starts",
    "written_windows",
]

ALL_WEEK = ("Mon-Sun 00:00-24:00",)

_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = {name: k for k, full in enumerate(_FULL) for name in (full[:3], full, f"{full}s")}
_NUMBER |= {"tues": 1, "thurs": 3}
_WEEK_WORDS = r"(?:all|the whole) week|every day"
_DAY = "(?:" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r"|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])"
_DAY_IN_RANGE = "(?:" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + ")"
_RANGE = rf"(?:{_DAY_IN_RANGE}\s*[-–]\s*{_DAY_IN_RANGE}(?!\w)|{_DAY})"
_DAYS = rf"{_RANGE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+){_RANGE})*"
_TIME = r"[0-9]{1,2}:[0-9]{2}"
_TIMES = rf"(?:from\s+)?{_TIME}\s*(?:[-–]|to|until)\s*{_TIME}|from\s+{_TIME}|until\s+{_TIME}"
_ITEM = rf"(?:on\s+)?(?:{_DAYS})(?:\s+(?:{_TIMES}))?"
_START = rf"(?:on\s+)?(?:{_DAYS})\s+(?:at\s+)?{_TIME}(?!\s*[-–])"
WHEN_PATTERN = rf"(?:{_WEEK_WORDS}|{_ITEM}(?:(?:\s*[;,]\s*|\s+and\s+){_ITEM})*)"
START_PATTERN = rf"{_START}(?:(?:\s*[;,]\s*|\s+and\s+|\s+or\s+){_START})*"

_ONE_ITEM = re.compile(rf"(?:on\s+)?(?P<days>{_DAYS})(?:\s+(?P<times>{_TIMES}))?", re.IGNORECASE)
_ONE_START = re.compile(rf"(?:on\s+)?(?P<days>{_DAYS})\s+(?:at\s+)?(?P<time>{_TIME})", re.IGNORECASE)
_HOWEVER = re.compile(WHEN_PATTERN, re.IGNORECASE)
_STARTS = re.compile(START_PATTERN, re.IGNORECASE)


def read_when(text: str, week: date | None = None) -> tuple[str, ...]:
    """Read ``"on Tuesday"``, ``"Mon-Thu 12:00-20:00; Sat from 9:00"``, ``"all week"``.

    Parameters
    ----------
    text : str
    week : date, optional
        The Monday of the week; without it, dates are not understood.

    Returns
    -------
    tuple of str
        Windows, as :func:`written_windows` spells them.

    Raises
    ------
    ValueError
        With what is wrong; a remedy after a semicolon.
    """
    text = " ".join(text.split())
    if re.fullmatch(_WEEK_WORDS, text, re.IGNORECASE):
        return ALL_WEEK
    if not _HOWEVER.fullmatch(text):
        raise ValueError(
            f"{text!r} is no time of the week; write as in 'Tue', 'Mon-Thu 12:00-20:00' or 'Fri from 13:00'"
        )
    windows = [f"{_days(match['days'], week)} {_times(match['times'])}" for match in _ONE_ITEM.finditer(text)]
    return written_windows(spans(windows))


def read_starts(text: str, week: date | None = None) -> tuple[str, ...]:
    """Read ``"Mon-Thu 17:30 or Sat at 9:00"``: starts, as :func:`written_starts` spells them.

    Raises
    ------
    ValueError
        With what is wrong; a remedy after a semicolon.
    """
    text = " ".join(text.split())
    if not _STARTS.fullmatch(text):
        raise ValueError(f"{text!r} is no start; write as in 'Mon-Thu 17:30' or 'Mon 17:30 or Wed 18:00'")
    found = [f"{_days(match['days'], week)} {_padded(match['time'])}" for match in _ONE_START.finditer(text)]
    return written_starts(start_minutes(found))


def written_windows(stretches: Iterable[Span]) -> tuple[str, ...]:
    """Spell disjoint stretches, minutes of the week, as windows: one for each time of day."""
    days: dict[tuple[int, int], list[int]] = defaultdict(list)
    for start, end in stretches:
        day, begin = divmod(start, MINUTES_PER_DAY)
        days[begin, begin + end - start].append(day)
    order = sorted(days.items(), key=lambda item: (item[1], item[0]))
    return tuple(f"{_day_list(on)} {_clock(start)}-{_clock(end)}" for (start, end), on in order)


def written_starts(minutes: Iterable[int]) -> tuple[str, ...]:
    """Spell minutes of the week as starts: one for each time of day."""
    days: dict[int, list[int]] = defaultdict(list)
    for minute in sorted(set(minutes)):
        days[minute % MINUTES_PER_DAY].append(minute // MINUTES_PER_DAY)
    order = sorted(days.items(), key=lambda item: (item[1], item[0]))
    return tuple(f"{_day_list(on)} {_clock(start)}" for start, on in order)


def said_when(windows: Iterable[str], on: bool = False) -> str:
    """Say windows as :func:`read_when` reads them; with ``on`` before the first day if asked."""
    windows = tuple(windows)
    if windows == ALL_WEEK:
        return "all week"
    return ("on " if on else "") + "; ".join(_said_window(window) for window in windows)


def windows_without(windows: Iterable[str], taken: Iterable[str]) -> tuple[str, ...]:
    """Return windows less what others cover."""
    left = list(spans(windows))
    for gone in spans(taken):
        left = [piece for span in left for piece in _cut(span, gone)]
    return written_windows(left)


def whole_days(windows: Iterable[str]) -> frozenset[int]:
    """Return the days (Monday = 0) that windows cover from midnight to midnight."""
    return frozenset(
        start // MINUTES_PER_DAY for start, end in spans(windows) if end - start == MINUTES_PER_DAY
    )


def _cut(span: Span, gone: Span) -> Iterator[Span]:
    if gone[1] <= span[0] or span[1] <= gone[0]:
        yield span
        return
    if span[0] < gone[0]:
        yield span[0], gone[0]
    if gone[1] < span[1]:
        yield gone[1], span[1]


def _days(text: str, week: date | None) -> str:
    named = []
    for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+or\s+", text.lower()):
        if re.match("[0-9]", part):
            named.append(_day_of_date(part, week))
        else:
            ends = re.split(r"\s*[-–]\s*", part)
            named.append("-".join(DAYS[_NUMBER[end]] for end in ends))
    return ",".join(named)


def _day_of_date(text: str, week: date | None) -> str:
    if week is None:
        raise ValueError(f"{text} is a date; name the day of the week")
    try:
        number = (date.fromisoformat(text) - week).days
    except ValueError:
        raise ValueError(f"{text} is no date; write YYYY-MM-DD, or the day of the week") from None
    if not 0 <= number < len(DAYS):
        raise ValueError(f"{text} is not in the week that begins on {week}; name a day of that week")
    return DAYS[number]


def _times(text: str | None) -> str:
    if text is None:
        return "00:00-24:00"
    found = [_padded(time) for time in re.findall(_TIME, text)]
    if len(found) == 2:
        return "-".join(found)
    return f"{found[0]}-24:00" if text.lower().startswith("from") else f"00:00-{found[0]}"


def _padded(time: str) -> str:
    return time.rjust(5, "0")


def _said_window(window: str) -> str:
    ((start, end), *_) = parse_window(window)
    days, _, times = window.rpartition(" ")
    begin, last = start % MINUTES_PER_DAY == 0, end % MINUTES_PER_DAY == 0
    if begin and last:
        return days
    if last:
        return f"{days} from {times.partition('-')[0]}"
    return f"{days} until {times.partition('-')[2]}" if begin else window


def _day_list(days: list[int]) -> str:
    """Return days as ``"Mon-Thu,Sat"``; only three and more in a row are a range."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run)
        for run in runs
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def canonical_start(text: str) -> str:
    """Return one start in the spelling of :func:`written_starts`."""
    (written,) = written_starts(parse_start(text))
    return written
