"""Days as people type them: ``MWF``, ``Mon–Fri``, ``Tues & Thurs``, ``TTh``, ``weekends``, ``daily``.

What could be two days (``T``, ``S``) is refused with both readings; the grammar is in docs/spreadsheets.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Final

from iopsched.instance.windows import DAYS

__all__ = ["days_of", "written_days"]

_FULL: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES: Final = {
    name: (number,)
    for number, full in enumerate(_FULL)
    for name in (full, f"{full}s", full[:3], f"{full[:3]}s", full[:2])
} | {
    "tues": (1,),
    "weds": (2,),
    "thur": (3,),
    "thurs": (3,),
    "r": (3,),
    "m": (0,),
    "w": (2,),
    "f": (4,),
    "u": (6,),
}
_WORDS: Final = {
    "daily": tuple(range(7)),
    "weekdays": tuple(range(5)),
    "weekday": tuple(range(5)),
    "weekends": (5, 6),
    "weekend": (5, 6),
    "mtwtf": tuple(range(5)),
    "mtwtfss": tuple(range(7)),
}
_PIECES: Final = ("mo", "tu", "we", "th", "fr", "sa", "su", "m", "t", "w", "r", "f", "s", "u")
"""What days are called in words such as ``MWF`` and ``TuTh``: the longer one where both fit."""
_TWO_READINGS: Final = {
    "t": "T could be Tuesday or Thursday; write Tu or Th",
    "s": "S could be Saturday or Sunday; write Sa or Su",
}
_CLOSE: Final = 0.7


def days_of(words: Sequence[str]) -> tuple[int, ...]:
    """Return the day numbers (Monday = 0) that some words name, ascending.

    Parameters
    ----------
    words : sequence of str
        Lower-case words, ``"-"`` between the ends of a range, ``","`` between other days.

    Raises
    ------
    ValueError
        With what is wrong; a remedy after a semicolon.
    """
    pieces = [_days_of_word(word) if word not in ("-", ",") else word for word in words]
    _settle_tuesdays(pieces)
    days: set[int] = set()
    k = 0
    while k < len(pieces):
        here = pieces[k]
        if here == ",":
            k += 1
        elif k + 1 < len(pieces) and pieces[k + 1] == "-":
            ends = (here, pieces[k + 2] if k + 2 < len(pieces) else "-")
            if any(isinstance(end, str) or len(end) != 1 for end in ends):
                raise ValueError("a range of days needs one day at each end; write it as in Mon-Fri")
            first, last = (_number(end[0]) for end in ends)
            days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
            k += 3
        elif isinstance(here, str):
            raise ValueError("a range of days needs one day at each end; write it as in Mon-Fri")
        else:
            days |= {_number(day) for day in here}
            k += 1
    return tuple(sorted(days))


def written_days(days: Iterable[int]) -> str:
    """Return day numbers as ``"Mon-Thu,Sat"``; only three and more in a row are a range."""
    runs = []
    for _, run in groupby(enumerate(sorted(set(days))), lambda pair: pair[1] - pair[0]):
        names = [DAYS[day] for _, day in run]
        runs.append(f"{names[0]}-{names[-1]}" if len(names) > 2 else ",".join(names))
    return ",".join(runs)


def _days_of_word(word: str) -> list[int | str]:
    """Return the days of one word; ``"t"`` and ``"s"`` where the letter alone does not tell."""
    known = _WORDS.get(word) or _NAMES.get(word)
    if known is not None:
        return list(known)
    found: list[int | str] = []
    rest = word
    while rest:
        piece = next((one for one in _PIECES if rest.startswith(one)), None)
        if piece is None:
            raise ValueError(_unknown(word))
        found.append(piece if piece in _TWO_READINGS else _NAMES[piece][0])
        rest = rest[len(piece) :]
    for k in range(1, len(found) - 1):
        if (found[k - 1], found[k], found[k + 1]) == (0, "t", 2):
            found[k] = 1
    return found


def _settle_tuesdays(pieces: Sequence[list[int | str] | str]) -> None:
    """Take ``T`` for Tuesday where the same days name Thursday otherwise."""
    if any(isinstance(piece, list) and 3 in piece for piece in pieces):
        for piece in pieces:
            if isinstance(piece, list) and piece.count("t") == 1 and 1 not in piece:
                piece[piece.index("t")] = 1


def _number(day: int | str) -> int:
    if isinstance(day, str):
        raise ValueError(_TWO_READINGS[day])
    return day


def _unknown(word: str) -> str:
    near = get_close_matches(word, (*_NAMES, *_WORDS), n=1, cutoff=_CLOSE) if len(word) > 2 else []
    if near:
        return f"a word in it is no day; did you mean {near[0].capitalize()}?"  # it might be a name
    return (
        "a word in it is neither a day nor a time; "
        "write days, then times, and nothing else, as in Mon-Fri 5pm-9pm"
    )
