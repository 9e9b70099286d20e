from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from iopsched.exchange.names import Names
from iopsched.report.views import View
from iopsched.report.workbook import workbook_report
from report.small_week import INSTANCE, ROSTER, instance, roster
from report.test_page import renamed

NOBODY = Names()
HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 30)
VIEWS = (
    *("Overview", "Timetable", "Groups", "Rooms", "Staff", "Participants"),
    *("Unmet", "Front desk", "Group weeks", "Staff use", "Room use"),
)


def book(view: View | None = None, **changes: Any) -> openpyxl.Workbook:
    content = workbook_report(instance(), roster(**changes), NOBODY, view)
    return openpyxl.load_workbook(io.BytesIO(content))


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return a sheet's rows by the heads of their columns."""
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    heads = [str(head) for head in rows[0]]
    return [dict(zip(heads, row, strict=True)) for row in rows[1:] if any(cell is not None for cell in row)]


def texts(found: openpyxl.Workbook) -> str:
    rows = (row for sheet in found for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def test_every_view_is_a_sheet() -> None:
    """In the order in which they are read."""
    assert tuple(book().sheetnames) == VIEWS


def test_times_are_times() -> None:
    """Days, times of day and lengths are numbers that a spreadsheet can reckon with."""
    first = table(book()["Timetable"])[0]
    assert first["Day"] == MONDAY
    assert (first["Start"], first["End"], first["Hours"]) == (HOUR * 12, HOUR * 13, HOUR)
    assert (first["What"], first["Room"], first["Led by"], first["Who"]) == ("individual", "O1", "T1", "P3")


def test_midnight_at_a_days_end_is_24_hours() -> None:
    """A session until 24:00 does not end before it begins."""
    sessions = [{**ROSTER["sessions"][0], "start": "2026-11-30T23:00", "end": "2026-12-01T00:00"}]
    row = table(book(sessions=sessions)["Timetable"])[0]
    assert (row["Start"], row["End"]) == (HOUR * 23, HOUR * 24)


def test_boards_hold_everybodys_own_rows() -> None:
    """A member of staff has the part they lead; a participant no fellow member; a group its members."""
    found = book()
    staff = [row for row in table(found["Staff"]) if (row["Staff"], row["Day"]) == ("T2", MONDAY)]
    assert [(row["Start"], row["End"], row["Part"], row["Who"]) for row in staff] == [
        (HOUR * 19, HOUR * 20.5, "Life skills", "2/10")
    ]
    assert len(table(found["Participants"])) == 3 + 1 + 3 + 2
    assert {row["Who"] for row in table(found["Groups"])} == {"P1, P2"}


def test_sheets_are_ready_to_print_and_to_filter() -> None:
    """Heads stay on screen and on every page, a page is as wide as the table, lists have filters."""
    for sheet in book():
        assert sheet.freeze_panes == "A5"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.print_area
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert bool(sheet.auto_filter.ref) == (sheet.title != "Overview")


def test_rows_are_as_high_as_their_texts() -> None:
    """A program that does not work heights out by itself shows no text over another."""
    reasons = [{"code": "x", "text": text} for text in ("short", "long " * 41)]
    unmet = [{**ROSTER["unmet"][0], "reasons": some} for some in ([], reasons[:1], reasons, reasons * 20)]
    sheet = book(unmet=unmet)["Unmet"]
    assert sheet.column_dimensions["E"].width == pytest.approx(100, abs=1)
    heights = [sheet.row_dimensions[number].height for number in range(5, 9)]
    assert heights == [None, None, 15 * (1 + 3), pytest.approx(409, abs=1)]  # none is one line


def test_unmet_and_warnings_are_there() -> None:
    """With the reasons, the missing minutes as a length, and each level with its bound."""
    found = book()
    assert [(row["Participant"], row["Sessions"], row["Hours"]) for row in table(found["Unmet"])] == [
        ("P2", 1, HOUR)
    ]
    overview = {row["What"]: row for row in table(found["Overview"])}
    assert overview["Sessions delivered"]["Value"] == 9
    assert overview["burden"]["Bound"] == 432
    assert overview["staffing"]["Bound"] == "none"
    assert "P3 has 120 minutes" in overview["warning"]["Note"]


@pytest.mark.parametrize(
    "evil", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", "{=1}", "https://x.example/", "007"]
)
def test_nothing_is_reckoned_that_comes_from_a_file(evil: str) -> None:
    """Whatever an id begins with is written as text: no formula, no link, no number."""
    clinic = instance(**renamed(INSTANCE, {"P1": evil, "T1": evil, "evening": evil, "G1": evil}))
    week = roster(**renamed(ROSTER, {"P1": evil, "T1": evil, "evening": evil, "G1": evil}))
    content = workbook_report(clinic, week, NOBODY)
    found = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    shown = [cell for cell in cells if cell.value == evil]
    assert shown
    assert {cell.data_type for cell in shown} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name]
    assert not any(re.search(r"<f>|<hyperlink", sheet) for sheet in sheets)


def test_a_text_of_any_length_fits() -> None:
    """A cell takes 32,767 characters; a longer text is cut, not lost."""
    unmet = [{**ROSTER["unmet"][0], "reasons": [{"code": "x", "text": "long " * 8000}]}]
    why = table(book(unmet=unmet)["Unmet"])[0]["Why"]
    assert why.startswith("long long")
    assert len(why) == 32_000


def test_a_participants_workbook_names_no_other() -> None:
    """Their own sessions and what is missing of them, without reasons."""
    found = book(View("participant", "P2"))
    assert found.sheetnames == ["Week", "Not scheduled"]
    assert [row["Group"] for row in table(found["Week"])] == ["evening"] * 3
    assert table(found["Not scheduled"]) == [{"Service": "family", "Sessions": 1}]
    assert not re.search(r"\bP[13]\b", texts(found))


def test_the_same_roster_gives_the_same_bytes() -> None:
    """The file is dated to its week, not to the day on which it was written."""
    content = workbook_report(instance(), roster(), NOBODY)
    assert content == workbook_report(instance(), roster(), NOBODY)
    created = openpyxl.load_workbook(io.BytesIO(content)).properties.created
    assert created is not None
    assert created.date().isoformat() == "2026-11-30"
