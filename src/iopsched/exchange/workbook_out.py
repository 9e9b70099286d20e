"""Rows of cells as a workbook: header rows that explain, drop-downs, limits of what may be typed."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from iopsched.exchange.clinic_sheets import SHEET_BY_NAME, SHEETS
from iopsched.exchange.help_sheet import HELP_LINES
from iopsched.exchange.sheets import (
    EXAMPLE,
    FALSE_WORD,
    HELP_SHEET,
    SETTING,
    TRUE_WORD,
    VALUE,
    CellKind,
    Column,
    Sheet,
    Value,
)
from iopsched.exchange.writing import Tables

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["explained", "workbook_bytes"]

_ROWS: Final = 5_000
"""Rows with drop-downs, at least."""
_WIDTHS: Final[dict[CellKind, int]] = {"text": 16, "ids": 24, "windows": 30, "starts": 26, "start": 18}
_WIDTH: Final = 11
_MEANING_WIDTH: Final = 100
_HELP_WIDTH: Final = 96
_LINE: Final = 15
"""Points that a line of text takes."""
_AS_TEXT: Final = ("text", "ids", "windows", "starts", "start", "days")
_ALL_TEXT: Final = "@"
_DATE: Final = "yyyy-mm-dd"
_NOTES: Final[dict[CellKind, str]] = {
    "ids": "Several are parted by commas.",
    "windows": "Days, then times, several parted by ; as in Mon-Fri 5pm-9pm; Sat 10am-2pm.",
    "starts": "Days, then a time, several parted by ; as in Mon-Thu 5:30pm; Sat 9am.",
    "flag": f"{TRUE_WORD} or {FALSE_WORD}.",
    "date": "As in 2026-11-30.",
}


def explained(column: Column) -> str:
    """Return what a header's comment says."""
    choices = f"One of {', '.join(column.choices)}." if column.kind == "choice" else ""
    empty = "Must be filled." if column.required else f"Empty: {column.blank}."
    return "\n".join(line for line in (column.meaning, _NOTES.get(column.kind, ""), choices, empty) if line)


def workbook_bytes(tables: Tables, *, examples: bool) -> bytes:
    """Return a workbook with a sheet for each table.

    Parameters
    ----------
    tables : mapping of str to list of tuple
        Rows by sheet.
    examples : bool
        Whether the rows are the template's worked lines, and marked as such in a first column.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    # A fixed date makes files comparable.
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        _write_help(book)
        for sheet in SHEETS:
            _Drawing(book, sheet, examples=examples).draw(tables[sheet.name])
    return content.getvalue()


def _write_help(book: Workbook) -> None:
    page = book.add_worksheet(HELP_SHEET)
    page.set_column(0, 0, _HELP_WIDTH, book.add_format({"text_wrap": True, "valign": "top"}))
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    title = book.add_format({"bold": True, "font_size": 14})
    for row, line in enumerate(HELP_LINES):
        page.write_string(row, 0, line, title if row == 0 else None)
        page.set_row(row, _height(line, _HELP_WIDTH) + (6 if row == 0 else 0))


def _height(text: str, width: int) -> int:
    """Return the points that a text takes in a column, lines of average letters."""
    return _LINE * (1 + len(text) // width)


class _Drawing:
    """One sheet being written."""

    def __init__(self, book: Workbook, sheet: Sheet, *, examples: bool) -> None:
        self.sheet = sheet
        self.examples = examples
        self.page: Worksheet = book.add_worksheet(sheet.name)
        look = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self.must: Format = book.add_format({**look, "bg_color": "#1F3864", "font_color": "white"})
        self.may: Format = book.add_format({**look, "bg_color": "#D9E2F3"})
        self.text: Format = book.add_format({"num_format": _ALL_TEXT, "valign": "top"})
        self.date: Format = book.add_format({"num_format": _DATE, "align": "left", "valign": "top"})
        self.choice: Format = book.add_format({"align": "left", "valign": "top"})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.marked: Format = book.add_format({"italic": True, "font_color": "#7F6000"})

    @property
    def first(self) -> int:
        """The number of the first column after the marks."""
        return 1 if self.examples else 0

    def draw(self, rows: list[tuple[Value, ...]]) -> None:
        """Write headers and rows."""
        self.page.freeze_panes(1, self.first + 1)
        self.page.set_row(0, 3 * _LINE)
        self.page.repeat_rows(0)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        if self.examples:
            self._draw_marks()
        if self.sheet.settings:
            self._draw_settings(rows[0])
        else:
            self._draw_list(rows)

    def _draw_marks(self) -> None:
        self._header(
            0, EXAMPLE, "Marks the rows that came with the template. Clear it in rows of yours.", must=False
        )
        self.page.set_column(0, 0, 9)
        self.page.conditional_format(
            1,
            0,
            _ROWS,
            len(self.sheet.columns) + 2,
            {"type": "formula", "criteria": '=$A2<>""', "format": self.marked},
        )

    def _draw_list(self, rows: list[tuple[Value, ...]]) -> None:
        last = max(_ROWS, len(rows) + 1_000)
        for number, column in enumerate(self.sheet.columns, start=self.first):
            self._header(number, column.header, explained(column), must=column.required)
            look = self._look(column)
            self.page.set_column(number, number, _WIDTHS.get(column.kind, _WIDTH), look)
            self._limit(column, 1, number, last)
        for row, cells in enumerate(rows, start=1):
            if self.examples:
                self.page.write_string(row, 0, EXAMPLE.lower(), self.text)
            for number, (column, cell) in enumerate(
                zip(self.sheet.columns, cells, strict=True), start=self.first
            ):
                self._write(row, number, column, cell)

    def _draw_settings(self, cells: tuple[Value, ...]) -> None:
        setting, value, meaning = self.first, self.first + 1, self.first + 2
        self._header(setting, SETTING, self.sheet.meaning, must=True)
        self._header(value, VALUE, "What the setting is. The next column explains it.", must=True)
        self._header(meaning, "Meaning", "For you to read; nothing is taken from here.", must=False)
        for number, width in ((setting, 18), (value, 34), (meaning, _MEANING_WIDTH)):
            self.page.set_column(number, number, width)
        for row, (column, cell) in enumerate(zip(self.sheet.columns, cells, strict=True), start=1):
            self.page.write_string(row, setting, column.header, self.text)
            self.page.write_blank(row, value, None, self._look(column))
            self._write(row, value, column, cell)
            said = explained(column).replace("\n", " ")
            self.page.write_string(row, meaning, said, self.wrapped)
            self.page.set_row(row, _height(said, _MEANING_WIDTH))
            self._limit(column, row, value, row)
            if self.examples and cell != "":
                self.page.write_string(row, 0, EXAMPLE.lower(), self.text)

    def _header(self, number: int, text: str, comment: str, *, must: bool) -> None:
        self.page.write_string(0, number, f"{text} *" if must else text, self.must if must else self.may)
        self.page.write_comment(0, number, comment, {"x_scale": 2.2, "y_scale": 1.6})

    def _look(self, column: Column) -> Format | None:
        if column.kind in _AS_TEXT:
            return self.text
        if column.kind == "date":
            return self.date
        return self.choice if column.kind == "choice" or self.sheet.settings else None

    def _write(self, row: int, number: int, column: Column, cell: Value) -> None:
        look = self._look(column)
        if isinstance(cell, int | float):
            self.page.write_number(row, number, cell, look)
        elif column.kind == "date" and cell:
            self.page.write_datetime(row, number, date.fromisoformat(cell), look)
        elif cell:
            self.page.write_string(row, number, cell, look)

    def _limit(self, column: Column, first: int, number: int, last: int) -> None:
        """Offer what may be typed, and refuse what is surely wrong."""
        rule = self._rule(column)
        if rule:
            said = {"error_title": column.header, "error_message": explained(column).replace("\n", " ")[:250]}
            self.page.data_validation(first, number, last, number, {**said, **rule})

    def _rule(self, column: Column) -> dict[str, Any]:
        if column.kind == "count":
            return {
                "validate": "integer",
                "criteria": "between",
                "minimum": column.least,
                "maximum": column.most,
            }
        if column.kind == "number":
            return {"validate": "decimal", "criteria": ">=", "value": column.least}
        if column.kind == "date":
            return {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        if column.kind == "flag":
            return {"validate": "list", "source": [TRUE_WORD, FALSE_WORD]}
        # Where several may be named, or something else, the list is only an offer.
        offer = {"show_error": column.kind == "choice" or (column.kind == "text" and not column.choices)}
        if column.choices:
            return {"validate": "list", "source": list(column.choices), **offer}
        if column.ids_of is not None:
            return {"validate": "list", "source": self._ids(SHEET_BY_NAME[column.ids_of]), **offer}
        return {}

    def _ids(self, sheet: Sheet) -> str:
        """Return a formula for the ids of a sheet, those that there are at the time."""
        letter = "B" if self.examples else "A"
        top, whole = f"{sheet.name}!${letter}$2", f"{sheet.name}!${letter}$2:${letter}${_ROWS}"
        return f"=OFFSET({top},0,0,MAX(1,COUNTA({whole})),1)"
