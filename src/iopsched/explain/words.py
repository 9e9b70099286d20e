"""How times, ids and shares are said in reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iopsched.instance.times import clock
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY

__all__ = ["MOST_STARTS", "clocks", "day_names", "few", "joined", "plural", "sentence"]

MOST_STARTS = 8
"""How many starts a reason lists at most; its counts are of all."""


def plural(number: int, thing: str) -> str:
    """Return ``1 start`` or ``3 starts``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def sentence(text: str) -> str:
    """Begin a text with a capital, unless it begins with an id, which stays as it is."""
    return text[0].upper() + text[1:] if text.startswith("the ") else text


def few(names: Iterable[str], most: int = 6) -> str:
    """Return ``a, b, c``, with ``and 3 more`` where there are many."""
    every = list(names)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more


def joined(names: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def clocks(starts: Iterable[int]) -> list[str]:
    """Return the first few of some starts (minutes of the week) as ``Mon 17:30``, ascending, each once."""
    return [clock(start) for start in sorted(set(map(int, starts)))[:MOST_STARTS]]


def day_names(starts: Iterable[int]) -> list[str]:
    """Return the days of some starts (minutes of the week), each once, as ``Mon``."""
    return [DAYS[day] for day in sorted({int(start) // MINUTES_PER_DAY for start in starts})]
