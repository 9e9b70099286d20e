"""From one cell to a value of the instance: each kind of column with what it takes, and what it refuses.

All readers raise ``ValueError`` with ``what is wrong; what would mend it``. They quote nothing that might be
a name: the cell's place is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from iopsched.exchange.grids import Cell
from iopsched.exchange.notation import ANY, NONE, UNCLEAR, cleaned, read_text, split_list
from iopsched.exchange.sheets import FALSE_WORD, TRUE_WORD, CellKind, Column, normal
from iopsched.exchange.typed_dates import read_date
from iopsched.exchange.typed_windows import read_starts, read_windows
from iopsched.instance.words import nearest

__all__ = ["ABSENT", "ID_SEPARATORS", "list_word", "read_value", "text_of", "time_text", "typed_text"]

ABSENT: Final = object()
"""What a cell that says ``any`` is read as: the field is left out."""
ID_SEPARATORS: Final = ",;\n"
"""What parts the ids in one cell."""

_WHOLE: Final = re.compile(r"[0-9]+")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_MANY: Final = 10_000
"""A limit above it only catches slips of the hand, and is not worth naming."""
_MOST_DIGITS: Final = 10**15
"""Excel keeps 15 digits of a number; of a longer id the rest is lost."""
_AS_TEXT: Final = "format the cell as text and type it again"


def read_value(column: Column, cell: Cell) -> Any:
    """Return what a filled cell of a column stands for, as in an instance file, or :data:`ABSENT`.

    Raises
    ------
    ValueError
        With what is wrong; a remedy after a semicolon.
    """
    return _READERS[column.kind](column, cell)


def text_of(cell: Cell) -> str:
    """Return a cell's text; a number that Excel has made of an id as its digits.

    Leading zeros are those that the number's format shows: 7 in the format ``000`` is ``007``.
    """
    raw = cell.raw
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        raise ValueError(f"the spreadsheet has made TRUE or FALSE of a text; {_AS_TEXT}")
    if isinstance(raw, int | float):
        if not float(raw).is_integer():
            raise ValueError(f"it is a number with decimals; if that is the text which is meant, {_AS_TEXT}")
        if abs(raw) >= _MOST_DIGITS:
            raise ValueError(f"a number of more than 15 digits has lost the last ones; {_AS_TEXT}")
        if "," in cell.form:
            raise ValueError(f"the spreadsheet may have made one number of a list; {_AS_TEXT}")
        zeros = re.fullmatch(r"0+", cell.form)
        return f"{int(raw):0{len(cell.form)}d}" if zeros else str(int(raw))
    raise ValueError(f"the spreadsheet has made a date or a time of it; {_AS_TEXT}")


def time_text(cell: Cell) -> str:
    """Return a time of day as text: what was typed, or ``HH:MM`` of a real time."""
    raw = cell.raw
    if isinstance(raw, bool) or (isinstance(raw, date) and not _end_of_day(raw)):
        raise ValueError("it is no time of day; write it as in 5pm, 5:30pm or 17:30")
    if isinstance(raw, date):
        return "24:00"
    if isinstance(raw, float) and 0 < raw < 1:
        raw = timedelta(days=raw)
    if isinstance(raw, time):
        raw = timedelta(hours=raw.hour, minutes=raw.minute, seconds=raw.second, microseconds=raw.microsecond)
    if isinstance(raw, timedelta):
        minutes, rest = divmod(round(raw.total_seconds()), 60)
        if rest or not 0 <= minutes <= 24 * 60:
            raise ValueError("it is no time of day in whole minutes; write it as in 5:30pm or 17:30")
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return text_of(cell)


def _end_of_day(raw: date) -> bool:
    """Whether a date is what is read where somebody typed 24:00: day 1 of the spreadsheet's calendar."""
    return isinstance(raw, datetime) and raw.year < 1901 and raw.time() == time()


def _text(column: Column, cell: Cell) -> str:
    return read_text(text_of(cell))


def _ids(column: Column, cell: Cell) -> Any:
    text = text_of(cell)
    if (said := list_word(column, text)) is not None:
        return said
    items = [item for item, _ in split_list(text, ID_SEPARATORS)]
    if not items:
        raise ValueError("there is nothing between the commas; write ids, or leave the cell empty")
    return items


def _windows(column: Column, cell: Cell) -> Any:
    text = typed_text(cell)
    said = list_word(column, text)
    return list(read_windows(text)) if said is None else said


def _starts(column: Column, cell: Cell) -> Any:
    text = typed_text(cell)
    said = list_word(column, text)
    return list(read_starts(text)) if said is None else said


def typed_text(cell: Cell) -> str:
    """Return what was typed into a cell for days and times; a spreadsheet makes dates of ``9-12``."""
    if isinstance(cell.raw, str):
        return cell.raw
    raise ValueError(
        "the spreadsheet has made a date, a time or a number of it; "
        "format the cell as text and write days and times, as in Mon-Fri 5pm-9pm"
    )


def list_word(column: Column, text: str) -> Any:
    """Return what ``none`` or ``any`` says in a list's place, and ``None`` for anything else."""
    word = cleaned(text).casefold()
    if word == NONE:
        return []
    if word in UNCLEAR:
        raise ValueError("it could mean none or anything; write none, or leave the cell empty")
    if word == ANY:
        if column.blank != ANY:
            raise ValueError("any says nothing here; write which, or none")
        return ABSENT
    return None


def _count(column: Column, cell: Cell) -> int:
    value = _plain_number(cell)
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or not column.least <= value <= column.most:
        upto = f" to {column.most}" if column.most < _MANY else " up"
        raise ValueError(
            f"it must be a whole number from {column.least}{upto}; write digits and nothing else"
        )
    return value


def _decimal(column: Column, cell: Cell) -> int | float:
    value = _plain_number(cell)
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    elif isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value)
    if isinstance(value, str) or not column.least <= value < float("inf"):
        raise ValueError(f"it must be a number, {column.least} or more; write digits, as in 11 or 11.5")
    return int(value) if float(value).is_integer() else value


def _plain_number(cell: Cell) -> str | int | float:
    """Return a number, or the text that may be one."""
    raw = cell.raw
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        made = "TRUE or FALSE" if isinstance(raw, bool) else "a date or a time"
        raise ValueError(f"the spreadsheet has made {made} of it; format the cell as number, minutes as 90")
    if "%" in cell.form:
        raise ValueError("it is shown as per cent; format the cell as number and type it again")
    return raw


def _flag(column: Column, cell: Cell) -> bool:
    if isinstance(cell.raw, bool):
        return cell.raw
    said = {TRUE_WORD: True, "y": True, "true": True, FALSE_WORD: False, "n": False, "false": False}.get(
        str(cell.raw).casefold()
    )
    if said is None:
        raise ValueError(f"it must be {TRUE_WORD} or {FALSE_WORD}; write one of them")
    return said


def _choice(column: Column, cell: Cell) -> str | int:
    said = normal(text_of(cell))
    for choice in column.choices:
        if normal(choice) == said:
            return int(choice) if choice.isdecimal() else choice
    near = nearest(said, [normal(choice) for choice in column.choices])
    meant = next((choice for choice in column.choices if normal(choice) == near), None)
    remedy = f"did you mean {meant}?" if meant is not None else "write one of them"
    raise ValueError(f"it must be one of {', '.join(column.choices)}; {remedy}")


def _date(column: Column, cell: Cell) -> str:
    return read_date(cell.raw).isoformat()


_READERS: Final[Mapping[CellKind, Callable[[Column, Cell], Any]]] = {
    "text": _text,
    "ids": _ids,
    "windows": _windows,
    "starts": _starts,
    "count": _count,
    "number": _decimal,
    "flag": _flag,
    "choice": _choice,
    "date": _date,
}
"""``start``, ``days`` and ``time`` are read together, by ``timed_cells``."""
