"""The clinic as a spreadsheet: a workbook, or a folder of CSV files, from an instance or to be filled in."""

from __future__ import annotations

from collections.abc import Sequence

from iopsched.exchange.clinic_sheets import SHEETS
from iopsched.exchange.csv_folder import csv_bytes
from iopsched.exchange.sheets import EXAMPLE, SETTING, VALUE, Sheet, Value
from iopsched.exchange.workbook_out import explained, workbook_bytes
from iopsched.exchange.writing import Tables, example_tables, instance_tables
from iopsched.instance import Instance

__all__ = ["csv_files", "csv_names", "csv_template", "workbook", "workbook_template"]


def workbook(instance: Instance) -> bytes:
    """Return an instance as the content of a workbook, which reads back as the same instance.

    Raises
    ------
    InstanceError
        A text or a list is longer than a spreadsheet's cell may be.
    """
    return workbook_bytes(instance_tables(instance), examples=False)


def workbook_template() -> bytes:
    """Return the content of a workbook to be filled in, with worked lines that are marked as such."""
    return workbook_bytes(example_tables(), examples=True)


def csv_files(instance: Instance) -> dict[str, bytes]:
    """Return an instance as CSV files by name, one for each sheet, which read back as the same instance.

    Raises
    ------
    InstanceError
        A text or a list is longer than a spreadsheet's cell may be.
    """
    return _files(instance_tables(instance), examples=False)


def csv_names() -> list[str]:
    """Return the names of the CSV files of a clinic."""
    return [sheet.file for sheet in SHEETS]


def csv_template() -> dict[str, bytes]:
    """Return CSV files to be filled in, by name, with worked lines that are marked as such."""
    return _files(example_tables(), examples=True)


def _files(tables: Tables, *, examples: bool) -> dict[str, bytes]:
    return {sheet.file: csv_bytes(_lines(sheet, tables[sheet.name], examples=examples)) for sheet in SHEETS}


def _lines(sheet: Sheet, rows: Sequence[tuple[Value, ...]], *, examples: bool) -> list[list[Value]]:
    """Return the lines of a CSV file, the headers first."""
    if sheet.settings:
        head: list[Value] = [SETTING, VALUE, "Meaning"]
        lines: list[list[Value]] = [
            [column.header, cell, explained(column).replace("\n", " ")]
            for column, cell in zip(sheet.columns, rows[0], strict=True)
        ]
        filled = [line[1] != "" for line in lines]
    else:
        head = [column.header for column in sheet.columns]
        lines = [list(row) for row in rows]
        filled = [True] * len(lines)
    if not examples:
        return [head, *lines]
    marked = [[EXAMPLE.lower() if full else "", *line] for full, line in zip(filled, lines, strict=True)]
    return [[EXAMPLE, *head], *marked]
