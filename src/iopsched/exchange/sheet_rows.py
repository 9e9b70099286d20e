"""From a grid to the rows of a sheet of ours: the header row found, every column known by its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from iopsched.errors import Problem
from iopsched.exchange.grids import Cell, Grid, column_letters
from iopsched.exchange.sheets import EXAMPLE, IGNORED, SETTING, VALUE, Sheet, normal
from iopsched.instance.words import nearest

__all__ = ["Row", "SheetRows", "read_rows"]

_MARK = normal(EXAMPLE)
_MEANING = "meaning"


@dataclass(frozen=True)
class Row:
    """A row with content, or all settings of a sheet of settings.

    Attributes
    ----------
    cells : mapping of str to Cell
        The filled cells by field.
    places : mapping of str to str
        The cell of each field that the sheet has a place for, filled or not.
    at : str
        The row's first cell.
    marks : tuple of str
        Where the template's mark of its worked lines still stands.
    lines : int
        How many rows of the file it is.
    """

    cells: Mapping[str, Cell]
    places: Mapping[str, str]
    at: str
    marks: tuple[str, ...] = ()
    lines: int = 1


@dataclass
class SheetRows:
    """What a grid holds, and what is wrong with it before a value has been looked at."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_rows(sheet: Sheet, grid: Grid) -> SheetRows:
    """Find the header row and read what is below it."""
    found = SheetRows()
    found.problems += _about_the_grid(grid)
    wanted = (
        {normal(name): name for name in (SETTING, VALUE)}
        if sheet.settings
        else {name: column.field for name, column in sheet.by_name.items()}
    )
    header = _header_row(grid, {*wanted, _MARK, _MEANING}, found)
    if header is None:
        return found
    columns = _columns(sheet, grid, header, wanted, found)
    below = {number: cells for number, cells in grid.rows.items() if number > header}
    _check_headed(grid, header, below, found)
    if sheet.settings:
        _read_settings(sheet, grid, below, columns, found)
    else:
        _read_list(grid, below, columns, found)
    return found


def _about_the_grid(grid: Grid) -> Iterator[Problem]:
    for cells in grid.merged:
        remedy = "take the merging back and fill each cell"
        yield Problem(f"{grid.label}!{cells.partition(':')[0]}", f"the cells {cells} are merged", remedy)
    for row in sorted(grid.hidden):
        what = f"row {row} is hidden, and read like the others"
        yield Problem(grid.at(row, 1), what, "show it, or delete it", "warning")
    if grid.invisible and grid.rows:
        yield Problem(grid.label, "the sheet is hidden, and read like the others", "show it", "warning")


def _header_row(grid: Grid, names: set[str], found: SheetRows) -> int | None:
    """Return the row that has most of the headers: it has to be the first one with content."""
    known = {
        number: sum(normal(str(cell.raw)) in names for cell in cells.values())
        for number, cells in grid.rows.items()
    }
    header = max(known, key=lambda number: known[number], default=None)
    if header is None or not known[header]:
        what = "there is no header row" if grid.rows else "the sheet is empty"
        remedy = "write the headers into its first row, as the template has them"
        found.problems.append(Problem(grid.at(min(grid.rows, default=1), 1), what, remedy))
        return None
    first = min(grid.rows)
    if header != first:
        what = f"the header row is row {header}; what stands above it would be lost"
        remedy = "move the header row to the top, and what is above it away"
        found.problems.append(Problem(grid.at(first, 1), what, remedy))
    return header


def _columns(
    sheet: Sheet, grid: Grid, header: int, wanted: Mapping[str, str], found: SheetRows
) -> dict[int, str]:
    """Return the field of each column number; misspelt headers are reported and taken for what they mean."""
    passed_over = {_MARK: EXAMPLE} | ({_MEANING: _MEANING} if sheet.settings else {})
    headers = {
        number: str(cell.raw)
        for number, cell in grid.rows[header].items()
        if not str(cell.raw).startswith(IGNORED)
    }
    columns: dict[int, str] = {}
    for number, text in headers.items():
        name = normal(text)
        if name not in wanted and name not in passed_over:
            continue
        there = wanted.get(name) or passed_over[name]
        if there in columns.values():
            what, remedy = f'the column "{text}" is there twice', "keep one of them"
            found.problems.append(Problem(grid.at(header, number), what, remedy))
        else:
            columns[number] = there
    for number, text in headers.items():
        if number not in columns and normal(text) not in wanted and normal(text) not in passed_over:
            missing = [name for name in wanted if wanted[name] not in columns.values()]
            meant = nearest(normal(text), missing)
            remedy = f'begin its header with "{IGNORED}" if it is yours, and it is passed over'
            if meant is not None:
                columns[number] = wanted[meant]
                remedy = f'did you mean "{meant.capitalize()}"?'
            found.problems.append(Problem(grid.at(header, number), f'unknown column "{text}"', remedy))
    _check_required(sheet, grid, header, columns, found)
    return columns


def _check_required(
    sheet: Sheet, grid: Grid, header: int, columns: Mapping[int, str], found: SheetRows
) -> None:
    needed = [SETTING, VALUE] if sheet.settings else [one.field for one in sheet.columns if one.required]
    for name in needed:
        if name not in columns.values() and not (
            name == sheet.timed and {"days", "day"} & {*columns.values()}
        ):
            what = f'the column "{name.replace("_", " ").capitalize()}" is missing'
            at = grid.at(header, max(grid.rows[header]) + 1)
            found.problems.append(Problem(at, what, "add it; the template has it"))


def _check_headed(grid: Grid, header: int, below: Mapping[int, Mapping[int, Cell]], found: SheetRows) -> None:
    """Report the first cell of each column that has content and no header."""
    seen = set(grid.rows[header])
    for row, cells in below.items():
        for number in cells:
            if number not in seen:
                seen.add(number)
                what = f"column {column_letters(number)} has content and no header"
                remedy = f'give it one (begin it with "{IGNORED}" if it is yours), or clear the column'
                found.problems.append(Problem(grid.at(row, number), what, remedy))


def _read_list(
    grid: Grid, below: Mapping[int, Mapping[int, Cell]], columns: Mapping[int, str], found: SheetRows
) -> None:
    own = {number: name for number, name in columns.items() if name != EXAMPLE}
    marks = [number for number, name in columns.items() if name == EXAMPLE]
    for row, cells in below.items():
        filled = {own[number]: cell for number, cell in cells.items() if number in own}
        if filled:
            marked = tuple(cells[number].at for number in marks if number in cells)
            places = {name: grid.at(row, number) for number, name in own.items()}
            found.rows.append(Row(filled, places, grid.at(row, min(own)), marked))


def _read_settings(
    sheet: Sheet,
    grid: Grid,
    below: Mapping[int, Mapping[int, Cell]],
    columns: Mapping[int, str],
    found: SheetRows,
) -> None:
    number_of = {name: number for number, name in columns.items()}
    if not {SETTING, VALUE} <= number_of.keys():
        return
    cells: dict[str, Cell] = {}
    places: dict[str, str] = {}
    marks: list[str] = []
    for row, line in below.items():
        setting, value = line.get(number_of[SETTING]), line.get(number_of[VALUE])
        if setting is None:
            if value is not None:
                what, remedy = "a value without its setting", "write which setting it is, or clear the cell"
                found.problems.append(Problem(value.at, what, remedy))
            continue
        column = sheet.by_name.get(normal(str(setting.raw)))
        if column is None:
            near = nearest(normal(str(setting.raw)), sheet.by_name)
            known = ", ".join(one.header for one in sheet.columns)
            remedy = f'did you mean "{sheet.by_name[near].header}"?' if near else f"the settings are {known}"
            found.problems.append(Problem(setting.at, f'unknown setting "{setting.raw}"', remedy))
        elif column.field in places:
            what, remedy = f'the setting "{column.header}" is there twice', "keep one of them"
            found.problems.append(Problem(setting.at, what, remedy))
        else:
            places[column.field] = grid.at(row, number_of[VALUE])
            if value is not None:
                cells[column.field] = value
                marks += [line[k].at for k, name in columns.items() if name == EXAMPLE and k in line]
    at = grid.at(min(grid.rows), number_of[SETTING])
    found.rows.append(Row(cells, places, at, tuple(marks), len(cells)))
