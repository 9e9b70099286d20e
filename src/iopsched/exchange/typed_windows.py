"""Windows and starts as people type them, turned into those of the format, or refused.

What is in the format's own notation is kept as it is written. The grammar is in docs/spreadsheets.md::

    windows  = window { (";" | line break | "," | "and" | "&") window }
    window   = [days] times        the days before are meant where a window has none of its own
    times    = time ("-" | "to" | "until") time | "all day"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from iopsched.exchange.notation import split_list
from iopsched.exchange.typed_days import days_of, written_days
from iopsched.exchange.typed_times import TIME, Time, one_time, parse_time, time_range, written_time
from iopsched.instance.windows import parse_start, parse_window

__all__ = ["SEPARATORS", "read_starts", "read_windows"]

SEPARATORS: Final = ";\n"
"""What parts windows, and starts, in one cell."""

_DASHES: Final = re.compile(r"[‐‑‒–—−]")
_REWRITTEN: Final = (
    (re.compile(r"\b(?:every\s?day|all week)\b"), "daily"),
    (re.compile(r"\ball[ -]day\b"), "00:00-24:00"),
    (re.compile(r"\b(?:to|until|till|thru|through)\b"), "-"),
    (re.compile(r"\band\b|[&/+]"), ","),
    (re.compile(r"\b(?:on|at|from|every|each)\b"), " "),
)
_TOKEN: Final = re.compile(rf"(?P<time>{TIME})|(?P<word>[a-z]+)\.?|(?P<mark>[-,])|:\s|\s+")
_UNREADABLE: Final = (
    "something in it is neither a day nor a time; "
    "write days, then times, and nothing else, as in Mon-Fri 5pm-9pm"
)
_DAYS_TWICE: Final = "the days are given twice; leave them out in one of the two cells"


@dataclass
class _Item:
    """Words that name days, and the times that follow them."""

    words: list[str] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)


def read_windows(text: str, days: str | None = None) -> tuple[str, ...]:
    """Read the windows in a cell.

    Parameters
    ----------
    text : str
        Windows as people type them.
    days : str, optional
        The days of all windows; then the text names none.

    Raises
    ------
    ValueError
        With what is wrong; a remedy after a semicolon.
    """
    return _read(text, days, parse_window, _typed_windows)


def read_starts(text: str, days: str | None = None) -> tuple[str, ...]:
    """Read the starts in a cell; otherwise as :func:`read_windows`."""
    return _read(text, days, parse_start, _typed_starts)


def _read(
    text: str,
    days: str | None,
    parse: Callable[[str], object],
    typed: Callable[[str, tuple[int, ...]], list[str]],
) -> tuple[str, ...]:
    given = days_of([word for kind, word in _tokens(days) if kind != "time"]) if days is not None else ()
    found: list[str] = []
    for item, quoted in split_list(text, SEPARATORS):
        try:
            parse(item)
        except ValueError:
            if quoted:
                raise
            found += typed(item, given)
        else:
            if given:
                raise ValueError(_DAYS_TWICE)
            found.append(item)
    if not found:
        raise ValueError("there is no time in it; write days and times, as in Mon-Fri 5pm-9pm")
    return tuple(found)


def _typed_windows(text: str, given: tuple[int, ...]) -> list[str]:
    windows = []
    for item, days in _dated(text, given):
        if len(item.times) != 2:
            raise ValueError(
                "a time stands alone; write from when until when, as in Mon-Fri 5pm-9pm"
                if len(item.times) == 1
                else "there is no time after the days; write from when until when, or all day"
            )
        start, end = time_range(*item.times)
        windows.append(f"{written_days(days)} {written_time(start)}-{written_time(end)}")
    return windows


def _typed_starts(text: str, given: tuple[int, ...]) -> list[str]:
    starts = []
    for item, days in _dated(text, given):
        if len(item.times) != 1:
            raise ValueError("a start is one time after its days; write it as in Mon-Thu 5:30pm")
        starts.append(f"{written_days(days)} {written_time(one_time(item.times[0]))}")
    return starts


def _dated(text: str, given: tuple[int, ...]) -> list[tuple[_Item, tuple[int, ...]]]:
    """Return the items of a text with their days."""
    dated = []
    days = given
    for item in _items(_tokens(text)):
        if item.words:
            if given:
                raise ValueError(_DAYS_TWICE)
            days = days_of(item.words)
        if not days:
            raise ValueError("it names no days; write them before the times, as in Mon-Fri 5pm-9pm")
        dated.append((item, days))
    return dated


def _tokens(text: str) -> list[tuple[str, str]]:
    """Cut a text into times, words, dashes and commas."""
    plain = _DASHES.sub("-", text).lower()
    for pattern, replacement in _REWRITTEN:
        plain = pattern.sub(replacement, plain)
    tokens = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            raise ValueError(_UNREADABLE)
        if match.lastgroup is not None:
            tokens.append((match.lastgroup, match[match.lastgroup].strip()))
        at = match.end()
    return tokens


def _items(tokens: list[tuple[str, str]]) -> list[_Item]:
    """Put words and times together: an item ends where days, or a comma, follow a time."""
    items = [_Item()]
    joined = False
    for k, (kind, text) in enumerate(tokens):
        here = items[-1]
        if kind == "time":
            if here.times and not joined:
                items.append(here := _Item())
            here.times.append(parse_time(text))
            joined = False
        elif here.times and text == "-":
            if joined or len(here.times) > 1 or k + 1 == len(tokens):
                raise ValueError("a dash has no time at each end; write from-to, as in 5pm-9pm")
            joined = True
        elif joined:
            raise ValueError("a dash has no time at each end; write from-to, as in 5pm-9pm")
        elif here.times:
            items.append(_Item(words=[] if text == "," else [text]))
        else:
            here.words.append(text)
    for item in items:
        while item.words and item.words[-1] == ",":
            item.words.pop()
    return [item for item in items if item.words or item.times]
