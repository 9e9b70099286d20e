"""How a sheet is written: widths, heads that stay, formats of times, pages when printed."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Final

from iopsched.report.words import plain
from iopsched.roster.calendar import minutes_between

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Cell", "Clock", "Column", "Share", "Sheet", "clock_of", "written"]

_LONGEST: Final = 32_000
"""Characters of one cell; Excel takes 32,767."""
_MINUTES_A_DAY: Final = 1440
_LINE: Final = 15
"""Points of a line of text."""
_HIGHEST: Final = 409
"""Points of one row; Excel takes no more."""
_HEAD: Final = 3
"""The row of the columns' heads, counted from 0: above it what the sheet is, and an empty row."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day or a length, in minutes; 24:00 and more are shown as such."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share, shown as per cent."""

    value: float


Cell = str | int | float | date | Clock | Share | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head and its width in characters."""

    head: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table below a title.

    Attributes
    ----------
    name : str
        As Excel takes it: at most 31 characters, without brackets, colons, stars, question marks and strokes.
    title, note : str
        What it is, and of which clinic and week.
    columns : tuple of Column
        Its columns.
    rows : sequence of sequence of Cell
        As many cells as columns.
    filtered : bool
        Whether its head has filters.
    """

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    filtered: bool = True


def clock_of(moment: datetime, day: date) -> Clock:
    """Return a moment as a time of a day; midnight at its end is 24:00."""
    return Clock(minutes_between(datetime.combine(day, time.min), moment))


def written(sheets: Sequence[Sheet], week: date) -> bytes:
    """Return a workbook of some sheets, dated to the beginning of a week."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(file, options) as book:
        book.set_properties({"created": datetime.combine(week, time.min), "comments": "Confidential"})
        formats = _Formats.of(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    note: Format
    head: Format
    text: Format
    number: Format
    share: Format
    average: Format
    day: Format
    clock: Format

    @classmethod
    def of(cls, book: Workbook) -> _Formats:
        made = partial(_format, book)
        return cls(
            title=book.add_format({"bold": True, "font_size": 14}),
            note=book.add_format({"font_color": "#535C66"}),
            head=made(bold=True, bottom=1, bottom_color="#16191D", bg_color="#E9F1F5", text_wrap=True),
            text=made(text_wrap=True),
            # The width of a bracket stays free behind a number, before the text of the next column.
            number=made(num_format="#,##0_)"),
            share=made(num_format="0 %_)"),
            average=made(num_format="0.0_)"),
            day=made(num_format="ddd d mmm", align="left"),
            clock=made(num_format="[hh]:mm", align="left"),
        )


def _format(book: Workbook, **properties: object) -> Format:
    return book.add_format({"valign": "top", "bottom": 4, "bottom_color": "#C9D0D6", **properties})


def _write(place: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    place.write_string(0, 0, sheet.title, formats.title)
    place.write_string(1, 0, sheet.note, formats.note)
    for number, column in enumerate(sheet.columns):
        place.set_column(number, number, column.width)
        place.write_string(_HEAD, number, column.head, formats.head)
    for number, row in enumerate(sheet.rows, _HEAD + 1):
        place.set_row(number, _height(row, sheet.columns))
        for column_number, cell in enumerate(row):
            _write_cell(place, number, column_number, cell, formats)
    last_row, last_column = _HEAD + max(len(sheet.rows), 1), len(sheet.columns) - 1
    place.freeze_panes(_HEAD + 1, 0)
    if sheet.filtered:
        place.autofilter(_HEAD, 0, last_row, last_column)
    place.print_area(0, 0, last_row, last_column)
    place.repeat_rows(_HEAD)
    place.set_landscape()
    place.fit_to_pages(1, 0)
    place.set_footer("&L&A&CConfidential&R&P / &N")
    place.hide_gridlines(2)


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> int:
    """Return the points that a row takes, at a letter for each of a column's characters.

    Not every program that opens the file works that out by itself.
    """
    texts = [(cell, column.width) for cell, column in zip(row, columns, strict=True) if isinstance(cell, str)]
    lines = (sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n")) for text, width in texts)
    return min(_LINE * max(lines, default=1), _HIGHEST)


def _write_cell(place: Worksheet, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    match cell:
        case None:
            place.write_blank(row, column, None, formats.text)
        case str():
            text = "\n".join(map(plain, cell.split("\n")))
            place.write_string(row, column, text[:_LONGEST], formats.text)
        case Clock():
            place.write_number(row, column, cell.minutes / _MINUTES_A_DAY, formats.clock)
        case date():
            place.write_datetime(row, column, datetime.combine(cell, time.min), formats.day)
        case Share():
            place.write_number(row, column, cell.value, formats.share)
        case float():
            place.write_number(row, column, cell, formats.average)
        case int():
            place.write_number(row, column, cell, formats.number)
