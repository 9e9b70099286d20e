"""Cells of CSV files that a spreadsheet does not take for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

__all__ = ["as_meant", "csv_text", "harmless"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet takes for the beginning of a formula, and the mark that says it is none."""


def harmless(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would work out."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_meant(cell: str) -> str:
    """Return what a harmless cell stands for."""
    return cell[1:] if cell.startswith("'") else cell


def csv_text(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a CSV file of harmless cells; lines end with CRLF (RFC 4180)."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue()
