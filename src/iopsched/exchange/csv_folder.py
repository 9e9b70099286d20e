"""A folder with a CSV file for each sheet: read as grids, and written.

Files are UTF-8, with or without byte order mark, their cells parted by ``,`` or ``;`` or tabulators,
whichever the header row has. Written ones have a byte order mark, by which spreadsheet programs know the
encoding, and lines as RFC 4180 asks for them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from iopsched.errors import InstanceError, Problem
from iopsched.exchange.grids import Cell, Grid, column_letters
from iopsched.exchange.notation import cleaned
from iopsched.exchange.sheets import Value

__all__ = ["csv_bytes", "read_folder"]

_DELIMITERS: Final = ",;\t"


def read_folder(folder: str) -> tuple[list[Grid], list[Problem]]:
    """Read all CSV files of a folder.

    Returns
    -------
    grids : list of Grid
    problems : list of Problem
        Files that cannot be read as CSV.

    Raises
    ------
    InstanceError
        The folder cannot be read, or has no CSV file.
    """
    try:
        paths = sorted(path for path in Path(folder).iterdir() if path.suffix.lower() == ".csv")
    except OSError as error:
        what = f"cannot read it: {error.strerror}"
        raise InstanceError([Problem("", what, "check the name and the rights of the folder")]) from error
    if not paths:
        what = "there is no CSV file in the folder"
        raise InstanceError([Problem("", what, "name the folder that the files are in")])
    grids, problems = [], []
    for path in paths:
        try:
            grids.append(_grid(path))
        except UnicodeDecodeError:
            remedy = "save it as CSV UTF-8"
            problems.append(Problem(path.name, "the text is not UTF-8", remedy))
        except csv.Error as error:
            remedy = "close every quotation mark, and keep cells shorter than a spreadsheet's"
            problems.append(Problem(path.name, f"it is not CSV: {error}", remedy))
        except OSError as error:
            remedy = "check the rights of the file"
            problems.append(Problem(path.name, f"cannot read it: {error.strerror}", remedy))
    return grids, problems


def csv_bytes(rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows as the content of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _grid(path: Path) -> Grid:
    text = path.read_bytes().decode("utf-8-sig")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = {}
    for number, line in enumerate(lines, start=1):
        cells = {}
        for column, raw in enumerate(line, start=1):
            if words := cleaned(raw):
                at = f"{path.name}!{column_letters(column)}{number}"
                cells[column] = Cell(words, at)
        if cells:
            rows[number] = cells
    return Grid(path.stem, path.name, rows)


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line with content: headers have none of the marks in them."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)
