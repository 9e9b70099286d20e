"""From the rows of all sheets to one document, and a table of the cells that its values come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from iopsched.errors import Problem
from iopsched.exchange.cell_values import ABSENT, read_value, text_of
from iopsched.exchange.clinic_sheets import SHEET_BY_NAME, SHEETS
from iopsched.exchange.grids import Grid
from iopsched.exchange.sheet_rows import Row, read_rows
from iopsched.exchange.sheets import HELP_SHEET, IGNORED, Column, Sheet, normal
from iopsched.exchange.timed_cells import CellError, read_start_cells, read_window_cells
from iopsched.instance.words import nearest, nearest_or_known

__all__ = ["Assembly", "assemble"]

_BROKEN: Final[Mapping[str, Any]] = {}
"""Stands where a cell could not be read: no field takes an empty object, so nothing is concluded from it."""


@dataclass
class Assembly:
    """A document made of cells.

    Attributes
    ----------
    document : dict
        As an instance file holds it.
    places : dict of str to str
        The cell of each value, by paths such as ``participants[3].program``; the row's first cell of each
        object.
    broken : set of str
        Paths of values that could not be read, which has been told.
    problems : list of Problem
        What has been told.
    """

    document: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _owners: dict[str, dict[str, tuple[dict[str, Any], str]]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    """Sheets some of whose ids are not known: a reference to nothing may be to one of those."""
    _strays: dict[str, dict[str, tuple[dict[str, Any], str]]] = field(default_factory=dict)
    """Objects that rows name and that are not there."""
    _marks: list[str] = field(default_factory=list)
    _lines: int = 0

    def read_sheet(self, sheet: Sheet, grid: Grid) -> None:
        """Read all rows of a sheet."""
        found = read_rows(sheet, grid)
        self.problems += found.problems
        if sheet.parent is None and not sheet.settings:
            self.document[sheet.field] = []
        if not found.rows and any(problem.severity == "error" for problem in found.problems):
            self._leave_open(sheet)
        for row in found.rows:
            self._lines += row.lines
            self._marks += row.marks
            if sheet.settings:
                target = self.document.setdefault(sheet.field, {}) if sheet.field else self.document
                self.places[sheet.field] = row.at
                self._fill(target, sheet.field, sheet, row)
            elif sheet.parent is not None:
                self._read_owned(sheet, row, sheet.parent)
            else:
                self._read_object(sheet, row)

    def miss_sheet(self, sheet: Sheet, *, told: bool) -> None:
        """Do without a sheet, or tell that it is missing if nothing has been told of it."""
        if not sheet.may_miss and not told:
            self._error(sheet.name, f"the sheet {sheet.name} is missing", "add it, as the template has it")
        if not sheet.may_miss or told:
            self._leave_open(sheet)

    def judge_marks(self) -> None:
        """Tell which of the template's worked lines stand among the planner's own."""
        if self._marks and len(self._marks) == self._lines:
            what, remedy = "all of it is the template's example", "write your own clinic over it"
            self.problems.append(Problem(self._marks[0], what, remedy, "warning"))
            return
        for at in self._marks:
            remedy = "clear the mark if the row is yours, or delete the row"
            self._error(at, "the row is marked as an example", remedy)

    def _read_object(self, sheet: Sheet, row: Row) -> None:
        rows = self.document[sheet.field]
        path = f"{sheet.field}[{len(rows)}]"
        self.places[path] = row.at
        if sheet.plain:
            rows.append(self._value(sheet.columns[0], path, sheet, row))
            return
        made = _lists_below(sheet)
        rows.append(made)
        self._fill(made, path, sheet, row)
        if isinstance(name := made.get("id"), str):
            self._owners.setdefault(sheet.name, {}).setdefault(name, (made, path))
        else:
            self._open.add(sheet.name)

    def _read_owned(self, sheet: Sheet, row: Row, parent: str) -> None:
        """Read a row into the object of another sheet to which it belongs."""
        owner = sheet.columns[0]
        name = self._value(owner, f"{sheet.name} without owner", sheet, row)
        known = self._owners.get(parent, {})
        if name is not _BROKEN and name not in known and parent not in self._open:
            remedy = nearest_or_known(name, known, owner.field)
            self._error(row.cells[owner.field].at, f'there is no {owner.field} "{name}"', remedy)
        above, path = self._owner(name, SHEET_BY_NAME[parent])
        rows = above.setdefault(sheet.field, [])
        self.places.setdefault(f"{path}.{sheet.field}", row.at)
        here = f"{path}.{sheet.field}[{len(rows)}]"
        self.places[here] = row.at
        rows.append({})
        self._fill(rows[-1], here, sheet, row)

    def _owner(self, name: Any, sheet: Sheet) -> tuple[dict[str, Any], str]:
        """Return the object of another sheet that a row belongs to, or one that stands for it.

        A row that belongs to nothing is read and judged all the same: its other cells may be wrong too.
        """
        if name is not _BROKEN and name in self._owners.get(sheet.name, {}):
            return self._owners[sheet.name][name]
        strays = self._strays.setdefault(sheet.name, {})
        key = name if name is not _BROKEN else ""
        rows = self.document[sheet.field]
        if key not in strays and isinstance(rows, list):
            path = f"{sheet.field}[{len(rows)}]"
            open_fields = [one.field for one in sheet.columns if one.field != "id" or not key]
            made = {**_lists_below(sheet), "id": key, **dict.fromkeys(open_fields, _BROKEN)}
            self.broken.update(f"{path}.{field}" for field in open_fields)
            rows.append(made)
            strays[key] = made, path
        return strays.get(key, ({}, sheet.name))

    def _fill(self, target: dict[str, Any], path: str, sheet: Sheet, row: Row) -> None:
        for column in sheet.fields:
            value = self._value(column, f"{path}.{column.field}" if path else column.field, sheet, row)
            if value is not ABSENT:
                target[column.field] = value

    def _value(self, column: Column, path: str, sheet: Sheet, row: Row) -> Any:
        """Return a cell's value, ``ABSENT`` for an empty one; tell what is wrong with it."""
        place = row.places.get(column.field, row.at)
        self.places[path] = place
        try:
            return self._read(column, sheet, row)
        except CellError as error:
            place, column = row.places.get(error.field, place), sheet.by_name[normal(error.field)]
            trouble = str(error)
        except ValueError as error:
            trouble = str(error)
        # A column that is missing has been told once, for all rows.
        if trouble and (sheet.settings or column.field in row.places or row.places.keys() & {"days", "day"}):
            what, _, remedy = trouble.partition("; ")
            self._error(place, _about(sheet, row, column, what), remedy)
        self.broken.add(path)
        return _BROKEN

    def _read(self, column: Column, sheet: Sheet, row: Row) -> Any:
        timed = column.field == sheet.timed
        fields = [
            column.field,
            *(one.field for one in sheet.columns if one.kind in ("days", "time") and timed),
        ]
        for name in fields:
            if name in row.cells and row.cells[name].trouble:
                raise CellError(name, row.cells[name].trouble)
        if timed and column.kind == "start":
            return read_start_cells(column, row.cells, self._week())
        if timed:
            return read_window_cells(column, row.cells)
        cell = row.cells.get(column.field)
        if cell is None and column.required:
            said = f"{column.meaning[0].lower()}{column.meaning[1:].rstrip('.')}"
            raise ValueError(f"it is empty; fill it: {said}")
        return ABSENT if cell is None else read_value(column, cell)

    def _week(self) -> date | None:
        week = self.document.get("week")
        return date.fromisoformat(week) if isinstance(week, str) else None

    def _leave_open(self, sheet: Sheet) -> None:
        """Take a sheet that could not be read for one that may hold anything."""
        self._open.add(sheet.name)
        if sheet.parent is not None:
            for above, path in self._owners.get(sheet.parent, {}).values():
                above[sheet.field] = _BROKEN
                self.broken.add(f"{path}.{sheet.field}")
            return
        for name in [sheet.field] if sheet.field else [one.field for one in sheet.columns if one.required]:
            self.document[name] = _BROKEN
            self.broken.add(name)

    def _error(self, at: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(at, what, remedy))


def assemble(grids: Iterable[Grid], unread: Iterable[Problem]) -> Assembly:
    """Put all sheets together.

    Parameters
    ----------
    grids : iterable of Grid
    unread : iterable of Problem
        What is wrong with files that could not be read; their paths are the files' names.
    """
    made = Assembly(problems=list(unread))
    told = {normal(problem.path.rpartition(".")[0]) for problem in made.problems}
    named = _named(grids, made.problems)
    for sheet in SHEETS:
        if sheet.name in named:
            made.read_sheet(sheet, named[sheet.name])
        else:
            made.miss_sheet(sheet, told=normal(sheet.name) in told)
    made.judge_marks()
    return made


def _named(grids: Iterable[Grid], problems: list[Problem]) -> dict[str, Grid]:
    """Return the grids by their sheets' names; a misspelt name is told, and taken for what it means."""
    known = {normal(sheet.name): sheet.name for sheet in SHEETS}
    named: dict[str, Grid] = {}
    strangers = []
    for grid in grids:
        name = known.get(normal(grid.name))
        if name in named:
            problems.append(Problem(grid.label, f"the sheet {name} is there twice", "keep one of them"))
        elif name is not None:
            named[name] = grid
        elif grid.rows and not grid.name.startswith(IGNORED) and normal(grid.name) != normal(HELP_SHEET):
            strangers.append(grid)
    for grid in strangers:
        near = nearest(grid.name, [name for name in known.values() if name not in named])
        remedy = f'did you mean "{near}"?' if near else f'begin its name with "{IGNORED}" if it is yours'
        problems.append(Problem(grid.label, "a sheet of this name is not known", remedy))
        if near is not None:
            named[near] = grid
    return named


def _lists_below(sheet: Sheet) -> dict[str, Any]:
    """Return the lists that the format asks for and that are filled from other sheets, empty."""
    return {below.field: [] for below in SHEETS if below.parent == sheet.name and not below.may_miss}


def _about(sheet: Sheet, row: Row, column: Column, words: str) -> str:
    """Name the object and the field before what is wrong."""
    said = f"{column.header}{words[2:]}" if words.startswith("it ") else f"{column.header}: {words}"
    first = row.cells.get(sheet.columns[0].field)
    if sheet.settings or sheet.plain or first is None or sheet.columns[0].field == column.field:
        return said
    try:
        name = text_of(first)
    except ValueError:
        return said
    of = "of " if sheet.columns[0].field != "id" else ""
    return f"{sheet.noun} {of}{name}: {said}"
