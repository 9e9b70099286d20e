"""docs/spreadsheets.md shows what is so."""

from __future__ import annotations

import re
from datetime import datetime, time
from pathlib import Path

import pytest

from exchange.by_hand import edited, problems_of
from iopsched.exchange.clinic_sheets import SHEETS
from iopsched.exchange.typed_windows import read_windows

PAGE = (Path(__file__).parents[2] / "docs" / "spreadsheets.md").read_text(encoding="utf-8")

SLIPS = {
    "Clinic!C3": "11/12/2026",
    "Services!C3": "one to 1",
    "Services!D5": "half an hour",
    "Rooms!D4": "#REF!",
    "Rooms!H1": "Telephone",
    "Staff!F2": "Mon-Thu 7-9",
    "Groups!C3": "iop-grup",
    "Participants!C4": "iopp",
    "Commitments!C3": datetime(2026, 9, 12),
    "Commitments!F4": time(7),
    "Family!D3": "S 9am-1pm",
    "Needs!B9": "P4",
    "Needs!D14": "l",
    "Needs!G12": "maybe",
    "Needs!P15": "intak",
}


def test_the_slips_shown_are_told_as_shown() -> None:
    """The table's slips, typed into the clinic of ten, give the page's lines and no other."""
    assert all(f"| `{at}` |" in PAGE for at in SLIPS)
    shown = re.findall(r"^  (\w+![A-Z]+\d+: .*)$", PAGE, re.MULTILINE)
    assert len(shown) == len(SLIPS)
    assert [str(problem) for problem in problems_of(edited(SLIPS))] == shown


def test_every_sheet_is_listed() -> None:
    """The page names each sheet, and says which must be there."""
    table = PAGE.partition("| sheet |")[2].partition("\n\n")[0]
    for sheet in SHEETS:
        (line,) = (line for line in table.splitlines() if re.search(rf"\b{sheet.name}\b", line.split("|")[1]))
        assert (line.split("|")[3].strip() == "yes") == (not sheet.may_miss)


@pytest.mark.parametrize(
    "typed",
    ["Mon 9-12, 1-5pm; Sat 10-2", "Fri 10pm-midnight; Sat 12am-2am", "MTWThF 0900-1300", "M-Th 9:00-17:00"],
)
def test_windows_shown_are_understood(typed: str) -> None:
    """Examples of the grammar are read."""
    assert all(word in PAGE for word in typed.split(" "))
    assert read_windows(typed)
