"""The way out: an instance as rows of cells, sheet by sheet. Read again they are the same instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from iopsched.errors import InstanceError, Problem
from iopsched.exchange.cell_values import ID_SEPARATORS
from iopsched.exchange.clinic_sheets import SHEET_BY_NAME, SHEETS
from iopsched.exchange.notation import LONGEST_CELL, NONE, written_list, written_text
from iopsched.exchange.sheets import FALSE_WORD, TRUE_WORD, Column, Sheet, Value
from iopsched.exchange.typed_windows import SEPARATORS
from iopsched.instance.models import Instance, Part, Service, Staff

__all__ = ["Tables", "example_tables", "instance_tables"]

Tables = Mapping[str, list[tuple[Value, ...]]]
"""For each sheet its rows, a cell for each column; empty cells are empty strings."""

_SURE_DIGITS: Final = 15
"""Digits of a number that a spreadsheet keeps."""


def instance_tables(instance: Instance) -> Tables:
    """Return an instance as rows of all sheets.

    Raises
    ------
    InstanceError
        A text or a list is longer than a spreadsheet's cell may be.
    """
    tables = {
        sheet.name: [
            tuple(_cell(column, model, owner) for column in sheet.columns)
            for owner, model in _objects(sheet, instance)
        ]
        for sheet in SHEETS
    }
    problems = [
        Problem(sheet.name, f"{sheet.noun} {k}, {column.header}: {len(cell):,} characters", _SHORTER)
        for sheet in SHEETS
        for k, row in enumerate(tables[sheet.name], start=1)
        for column, cell in zip(sheet.columns, row, strict=True)
        if isinstance(cell, str) and len(cell) > LONGEST_CELL
    ]
    if problems:
        raise InstanceError(problems)
    return tables


def example_tables() -> Tables:
    """Return the worked lines of all sheets, which together are a clinic."""
    return {sheet.name: list(sheet.examples) for sheet in SHEETS}


_SHORTER: Final = f"a spreadsheet's cell holds {LONGEST_CELL:,}; shorten it"


def _objects(sheet: Sheet, instance: Instance) -> Iterator[tuple[Any, Any]]:
    """Yield the objects of a sheet, each with the one that it belongs to."""
    if sheet.settings:
        yield None, getattr(instance, sheet.field) if sheet.field else instance
    elif sheet.parent is None:
        yield from ((None, model) for model in getattr(instance, sheet.field))
    else:
        for owner in getattr(instance, SHEET_BY_NAME[sheet.parent].field):
            yield from ((owner, model) for model in getattr(owner, sheet.field) or ())


def _cell(column: Column, model: Any, owner: Any) -> Value:
    """Return what the cell of one object says in a column."""
    if isinstance(model, date):
        return model.isoformat()
    if column.kind in ("days", "time"):
        return ""
    if not isinstance(model, BaseModel) or column.field not in type(model).model_fields:
        return written_text(owner.id)  # the column that names the owner
    value = getattr(model, column.field)
    return (
        ""
        if not column.required and value == _default(column.field, model, owner)
        else _written(column, value)
    )


def _default(field: str, model: BaseModel, owner: Any) -> Any:
    """Return what an empty cell is read as."""
    match model, field:
        case Part(), "skill":
            return owner.skill
        case Service(), "skill":
            return model.id
        case Staff(), "name":
            return model.id
    return type(model).model_fields[field].default


def _written(column: Column, value: Any) -> Value:
    match column.kind:
        case "ids":
            return written_list(value, ID_SEPARATORS) if value else NONE
        case "windows" | "starts":
            return written_list(value, SEPARATORS) if value else NONE
        case "flag":
            return TRUE_WORD if value else FALSE_WORD
        case "count" | "number":
            return _number(value)
        case "date":
            return str(value.isoformat())
        case "start":
            return written_list([value], SEPARATORS)
    return written_text(value) if isinstance(value, str) else int(value)


def _number(value: int | float) -> Value:
    """Return a number, as text where a spreadsheet would lose some of it."""
    return (
        value
        if float(f"{value:.{_SURE_DIGITS}g}") == value and abs(value) < 10**_SURE_DIGITS
        else repr(value)
    )
