"""A workbook filled by hand: the template, with the clinic of ten typed over its worked lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from iopsched.errors import InstanceError, Problem
from iopsched.exchange.reading import read_spreadsheet
from iopsched.exchange.spreadsheets import workbook_template

__all__ = ["CLINIC_OF_TEN", "edited", "filled", "opened", "problems_of", "saved"]

CLINIC_OF_TEN = Path(__file__).parents[2] / "docs" / "clinic-of-ten"
"""CSV files as a planner typed them."""


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> io.BytesIO:
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


@cache
def _filled() -> bytes:
    book = opened(workbook_template())
    for sheet in book.worksheets[1:]:
        file = CLINIC_OF_TEN / f"{sheet.title.lower()}.csv"
        settings = sheet["B1"].value == "Setting *"
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if not settings or cell.column in (1, 3):
                    cell.value = None
        if file.exists():
            with file.open(encoding="utf-8", newline="") as lines:
                head, *rows = csv.reader(lines)
            _type_in(sheet, head, rows, settings=settings)
    return saved(book).getvalue()


def _type_in(sheet: Any, head: list[str], rows: list[list[str]], *, settings: bool) -> None:
    columns = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
    names = {sheet.cell(row, 2).value: row for row in range(2, sheet.max_row + 1)}
    for number, cells in enumerate(rows, start=2):
        if settings:
            sheet.cell(names[cells[0]], columns["Value"]).value = cells[1]
            continue
        for name, text in zip(head, cells, strict=True):
            if text:
                sheet.cell(number, columns[name]).value = int(text) if text.isdecimal() else text


def filled() -> Workbook:
    """Return the workbook of the clinic of ten, for a test to spoil."""
    return opened(_filled())


def edited(edits: Mapping[str, object]) -> io.BytesIO:
    """Return the clinic of ten with some cells typed over, as ``{"Needs!D14": "x"}``."""
    book = filled()
    for place, value in edits.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value
    return saved(book)


def problems_of(source: Any) -> list[Problem]:
    """Return what is wrong with a workbook or a folder, the premise being that something is."""
    with pytest.raises(InstanceError) as caught:
        read_spreadsheet(source)
    return [problem for problem in caught.value.problems if problem.severity == "error"]
