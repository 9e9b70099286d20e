"""Windows and starts that may be given in several cells: days in one, times in others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from iopsched.exchange.cell_values import list_word, text_of, time_text, typed_text
from iopsched.exchange.grids import Cell
from iopsched.exchange.sheets import Column
from iopsched.exchange.typed_windows import read_starts, read_windows
from iopsched.instance.windows import DAYS

__all__ = ["CellError", "read_start_cells", "read_window_cells"]


class CellError(ValueError):
    """What is wrong with one of several cells; its field first, then ``what; remedy``."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


def read_window_cells(column: Column, cells: Mapping[str, Cell]) -> list[str]:
    """Read windows from their own cell, or from the cells Days, From and To.

    Raises
    ------
    CellError
        With the cell that is wrong.
    """
    own, first, last = cells.get(column.field), cells.get("from"), cells.get("to")
    parts = {"days": cells.get("days"), "from": first, "to": last}
    if own is not None and (first or last):
        field = "from" if first else "to"
        raise CellError(field, f"{column.header} is filled too; clear it, or From and To")
    if own is None and not any(parts.values()):
        raise CellError(column.field, "it is empty; write days and times, as in Mon-Fri 5pm-9pm")
    if own is None:
        for field, cell in parts.items():
            if cell is None:
                raise CellError(field, f"it is empty; fill Days, From and To, or {column.header}")
    days = _part("days", parts["days"], text_of) if parts["days"] else None
    if own is None and first is not None and last is not None:
        times = f"{_part('from', first, time_text)}-{_part('to', last, time_text)}"
        return _windows("from", times, days)
    assert own is not None
    text = _part(column.field, own, typed_text)
    word = _part_word(column, text) if days is None else None
    return word if word is not None else _windows(column.field, text, days)


def read_start_cells(column: Column, cells: Mapping[str, Cell], week: date | None) -> str:
    """Read one start from its own cell, a date and time of the week included, or with the day in cell Day.

    Raises
    ------
    CellError
        With the cell that is wrong.
    """
    own, day = cells.get(column.field), cells.get("day")
    if own is None:
        raise CellError(column.field, "it is empty; write day and time, as in Mon 5:30pm")
    if isinstance(own.raw, datetime):
        if day is not None:
            raise CellError("day", f"{column.header} is a date; clear the day, or write a time alone")
        return _of_week(column.field, own.raw, week)
    days = _part("day", day, text_of) if day is not None else None
    text = own.raw if isinstance(own.raw, str) else _part(column.field, own, time_text)
    try:
        starts = read_starts(text, days)
    except ValueError as error:
        raise CellError(column.field, str(error)) from None
    if len(starts) > 1:
        raise CellError(column.field, "it names more than one start; write a row for each")
    return starts[0]


def _windows(field: str, text: str, days: str | None) -> list[str]:
    try:
        return list(read_windows(text, days))
    except ValueError as error:
        raise CellError(field, str(error)) from None


def _of_week(field: str, moment: datetime, week: date | None) -> str:
    if week is None:
        raise CellError(field, "without the clinic's week it names no day; mend Week, or write Mon 5:30pm")
    day = (moment.date() - week).days
    if not 0 <= day < len(DAYS):
        until = week + timedelta(days=len(DAYS) - 1)
        raise CellError(
            field, f"that date is not in the week; write a date from {week} to {until}, or Mon 5:30pm"
        )
    if moment.time() != time(moment.hour, moment.minute):
        raise CellError(field, "it has seconds; write day and time, as in Mon 5:30pm")
    return f"{DAYS[day]} {moment:%H:%M}"


def _part(field: str, cell: Cell, read: Any) -> str:
    try:
        return str(read(cell))
    except ValueError as error:
        raise CellError(field, str(error)) from None


def _part_word(column: Column, text: str) -> list[str] | None:
    try:
        word = list_word(column, text)
    except ValueError as error:
        raise CellError(column.field, str(error)) from None
    return None if word is None else list(word)
