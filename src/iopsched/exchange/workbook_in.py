"""A workbook's sheets as grids: what its cells show, and where they show nothing that can be used."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from iopsched.errors import InstanceError, Problem
from iopsched.exchange.grids import Cell, Grid, Raw
from iopsched.exchange.notation import cleaned

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["read_workbook"]

_FORMULA: Final = "f"
_ERROR: Final = "e"
_NO_VALUE: Final = (
    "the formula has no value stored; "
    "open and save the file in a spreadsheet program, or write the value itself"
)


def read_workbook(source: str | IO[bytes]) -> list[Grid]:
    """Read all sheets of a workbook.

    Of formulas the values that the spreadsheet program stored with them are taken.

    Raises
    ------
    InstanceError
        It cannot be opened, or is no workbook.
    """
    book = _opened(source, values=False)
    formulas = any(cell.data_type == _FORMULA for sheet in book.worksheets for cell in sheet._cells.values())
    values = _opened(source, values=True) if formulas else book
    return [_grid(sheet, values[sheet.title]) for sheet in book.worksheets]


def _opened(source: str | IO[bytes], *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    if not isinstance(source, str):
        source.seek(0)
    try:
        if isinstance(source, str):
            Path(source).stat()  # openpyxl judges by the name before it looks whether there is a file
        with warnings.catch_warnings():
            # What openpyxl cannot keep (drop-downs, pictures) is nothing that is read here.
            warnings.simplefilter("ignore")
            return load_workbook(source, data_only=values)
    except OSError as error:
        what, remedy = f"cannot read it: {error.strerror}", "check the name and the rights of the file"
    except Exception:  # openpyxl lets through whatever a broken file makes of its parsers
        what = "it is no workbook" if not _is_zip(source) else "the workbook is damaged"
        remedy = "open it in a spreadsheet program and save it as .xlsx, without a password"
        if isinstance(source, str) and source.lower().endswith(".csv"):
            remedy = "name the folder that the CSV files are in"
    raise InstanceError([Problem("", what, remedy)])


def _is_zip(source: str | IO[bytes]) -> bool:
    return zipfile.is_zipfile(source)


def _grid(sheet: Worksheet, values: Worksheet) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    found: dict[tuple[int, int], Any] = sheet._cells
    for (row, column), cell in sorted(found.items()):
        read = _cell(cell, values, f"{sheet.title}!{cell.coordinate}")
        if read is not None:
            rows.setdefault(row, {})[column] = read
    hidden = {row for row, dimension in sheet.row_dimensions.items() if dimension.hidden}
    merged = tuple(sorted(str(cells) for cells in sheet.merged_cells.ranges))
    shown = sheet.sheet_state == "visible"
    return Grid(sheet.title, sheet.title, rows, merged, frozenset(hidden & rows.keys()), not shown)


def _cell(cell: Any, values: Worksheet, at: str) -> Cell | None:
    """Return a cell with content, its formula's stored value if it has one."""
    raw: Raw | None = cell.value
    kind: str = cell.data_type
    if kind == _FORMULA:
        stored = values[cell.coordinate]
        raw, kind = stored.value, stored.data_type
        if raw is None:
            return Cell("", at, trouble=_NO_VALUE)
    if raw is None:
        return None
    if kind == _ERROR:
        return Cell("", at, trouble=f"the cell shows the error {raw}; write the value that is meant")
    if isinstance(raw, str):
        raw = cleaned(raw)
        if not raw:
            return None
    return Cell(raw, at, cell.number_format)
