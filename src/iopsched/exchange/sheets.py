"""What a sheet and its columns are; the table of all of them is ``clinic_sheets.SHEETS``.

Template, header comments, drop-downs, reader, writer and CSV files are all made from that one table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

__all__ = [
    "EXAMPLE",
    "FALSE_WORD",
    "HELP_SHEET",
    "IGNORED",
    "SETTING",
    "TRUE_WORD",
    "VALUE",
    "CellKind",
    "Column",
    "Sheet",
    "Value",
    "normal",
]

CellKind = Literal[
    "text",
    "ids",
    "windows",
    "starts",
    "start",
    "count",
    "number",
    "flag",
    "choice",
    "date",
    "days",
    "time",
]
"""What a column's cells hold. ``days`` and ``time`` are parts of a window that has cells of its own."""

Value = str | int | float
"""What is written into a cell: text, or a number where the column counts something."""

EXAMPLE: Final = "Example"
"""Header of the column that marks the template's worked lines."""
SETTING: Final = "Setting"
VALUE: Final = "Value"
"""Headers of a sheet that has a row for each setting."""
HELP_SHEET: Final = "Help"
IGNORED: Final = "_"
"""Sheets and columns whose name begins so are the planner's own, and passed over."""
TRUE_WORD: Final = "yes"
FALSE_WORD: Final = "no"


def normal(name: str) -> str:
    """Return the name of a sheet, column or setting as it is compared: case, blanks and ``_ - *`` alike."""
    return re.sub(r"[\s_\-*]+", " ", name).strip().casefold()


@dataclass(frozen=True)
class Column:
    """One column of a sheet, or one row of a sheet of settings.

    Attributes
    ----------
    field : str
        The field of the instance; its header is the same with blanks.
    kind : CellKind
        What its cells hold.
    meaning : str
        In a planner's words, units included.
    blank : str or None
        What an empty cell stands for; ``None`` where it must be filled.
    choices : tuple of str
        The words to choose from, or with other kinds than ``choice`` suggestions.
    ids_of : str or None
        The sheet whose ids these are.
    least, most : int
        Limits of a ``count`` or ``number``.
    """

    field: str
    kind: CellKind
    meaning: str
    blank: str | None
    choices: tuple[str, ...] = ()
    ids_of: str | None = None
    least: int = 0
    most: int = 1_000_000

    @property
    def header(self) -> str:
        """What stands above the column."""
        return self.field.replace("_", " ").capitalize()

    @property
    def required(self) -> bool:
        """Whether its cells must be filled."""
        return self.blank is None


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook, or one CSV file of the folder.

    Attributes
    ----------
    name : str
        The sheet's name; its CSV file has the same in lower case.
    field : str
        The list or object of the instance that it fills; the empty string for the instance itself.
    noun : str
        What messages call the object of a row.
    meaning : str
        What its rows are.
    columns : tuple of Column
        In their order.
    examples : tuple of tuple
        The worked lines, a cell for each column. Those of all sheets together are a clinic.
    parent : str or None
        The sheet to whose objects its rows belong; its first column names the object.
    settings : bool
        Whether it has a row for each column, ``Setting | Value``, and not a column.
    timed : str or None
        The column whose windows or start may be given in day and time columns of their own.
    may_miss : bool
        Whether a workbook may do without it.
    """

    name: str
    field: str
    noun: str
    meaning: str
    columns: tuple[Column, ...]
    examples: tuple[tuple[Value, ...], ...]
    parent: str | None = None
    settings: bool = False
    timed: str | None = None
    may_miss: bool = False

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name.lower()}.csv"

    @property
    def plain(self) -> bool:
        """Whether its rows are values, and not objects with fields."""
        return len(self.columns) == 1

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        """The columns that are fields of the sheet's own objects."""
        own = self.columns[1:] if self.parent is not None else self.columns
        return tuple(column for column in own if column.kind not in ("days", "time"))

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by their names as they are compared."""
        return {normal(column.field): column for column in self.columns}
