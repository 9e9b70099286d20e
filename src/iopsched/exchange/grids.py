"""Sheets as they were read, before anybody has asked what they mean: cells in rows and columns.

Workbooks and folders of CSV files both become grids; everything after that is the same for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

__all__ = ["Cell", "Grid", "Raw", "column_letters"]

Raw = str | int | float | bool | datetime | date | time | timedelta
"""What a spreadsheet's cell can hold."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty.

    Attributes
    ----------
    raw : str, int, float, bool, datetime, date, time or timedelta
        Text without blanks around it.
    at : str
        Where, as in ``Needs!D14``.
    form : str
        The number format that it is shown in.
    trouble : str
        Why its value cannot be had (``what; remedy``), or the empty string.
    """

    raw: Raw
    at: str
    form: str = "General"
    trouble: str = ""


@dataclass(frozen=True)
class Grid:
    """One sheet.

    Attributes
    ----------
    name : str
        The sheet's name, or the file's without its ending.
    label : str
        How messages call it.
    rows : mapping of int to (mapping of int to Cell)
        Row and column numbers from 1, ascending; neither empty cells nor empty rows.
    merged : tuple of str
        Ranges of merged cells, as in ``A1:C1``.
    hidden : frozenset of int
        Rows with content that are not shown.
    invisible : bool
        Whether the whole sheet is hidden.
    """

    name: str
    label: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[str, ...] = ()
    hidden: frozenset[int] = field(default_factory=frozenset)
    invisible: bool = False

    def at(self, row: int, column: int) -> str:
        """Return how messages call a cell, filled or not."""
        return f"{self.label}!{column_letters(column)}{row}"


def column_letters(number: int) -> str:
    """Return a spreadsheet's name of a column, from 1: ``A`` to ``Z``, ``AA`` and so on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
