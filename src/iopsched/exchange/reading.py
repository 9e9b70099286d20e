"""The way in: from a workbook or a folder of CSV files to an instance, or to everything wrong with it.

Grids become one document, as an instance file holds it, and the same checks judge it. What they find is told
at the cells that it came from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

from iopsched.errors import InstanceError, Problem
from iopsched.exchange.assembling import Assembly, assemble
from iopsched.exchange.clinic_sheets import SHEETS
from iopsched.exchange.csv_folder import read_folder
from iopsched.exchange.sheets import normal
from iopsched.exchange.workbook_in import read_workbook
from iopsched.instance import Instance, validate

__all__ = ["read_spreadsheet"]

_IN_CELLS: Final = (
    ("leave the field out", "leave the cell empty"),
    ("take the field out", "clear the cell"),
    ("leave it out", "leave the cell empty"),
)
"""What the checks of a file say, and what it is in a sheet."""
_CELL: Final = re.compile(r"(?P<sheet>.*?)(?:\.csv)?(?:!(?P<column>[A-Z]+)(?P<row>[0-9]+))?", re.DOTALL)


def read_spreadsheet(source: str | os.PathLike[str] | IO[bytes]) -> tuple[Instance, tuple[Problem, ...]]:
    """Read a clinic from a workbook (``.xlsx``) or a folder of CSV files.

    Parameters
    ----------
    source : str, path-like or binary file
        The workbook, or the folder.

    Returns
    -------
    instance : Instance
    warnings : tuple of Problem
        What is odd, with the cells that it is about, in the order of the sheets.

    Raises
    ------
    InstanceError
        With every problem, warnings included. A problem's ``path`` is a cell, such as ``Needs!D14``.
    """
    if isinstance(source, str | os.PathLike):
        name = os.fspath(source)
        grids, unread = read_folder(name) if Path(name).is_dir() else (read_workbook(name), [])
    else:
        grids, unread = read_workbook(source), []
    made = assemble(grids, unread)
    instance, found = validate(made.document)
    if any(problem.severity == "error" for problem in made.problems):
        # What could not be read may be all that a warning is about.
        found = tuple(problem for problem in found if problem.severity == "error")
    told = sorted([*made.problems, *_at_cells(made, found)], key=_order)
    if instance is None or any(problem.severity == "error" for problem in told):
        raise InstanceError(told)
    return instance, tuple(told)


def _at_cells(made: Assembly, found: Iterable[Problem]) -> list[Problem]:
    """Return problems of the document as problems of cells, without those that have been told."""
    told = []
    for problem in found:
        paths = _above(problem.path)
        if made.broken.isdisjoint(paths):
            place = next((made.places[path] for path in paths if path in made.places), "")
            told.append(Problem(place, _said(problem.what), _said(problem.remedy), problem.severity))
    return told


def _above(path: str) -> list[str]:
    """Return a path and those of all that it lies in, the innermost first."""
    steps = re.findall(r"\[\d+\]|\.?[^.\[]+", path)
    return ["".join(steps[:end]) for end in range(len(steps), 0, -1)]


def _said(words: str) -> str:
    for of_files, of_cells in _IN_CELLS:
        words = words.replace(of_files, of_cells)
    return words


def _order(problem: Problem) -> tuple[int, int, int, str]:
    """Return a sort key: the sheet in our order, the row, the column."""
    match = _CELL.fullmatch(problem.path)
    assert match is not None  # the pattern takes any text
    names = [normal(sheet.name) for sheet in SHEETS]
    name = normal(match["sheet"])
    place = names.index(name) if name in names else -1
    return place, int(match["row"] or 0), len(match["column"] or ""), match["column"] or ""
