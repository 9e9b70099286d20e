from __future__ import annotations

import io
from pathlib import Path

import pytest

from exchange.by_hand import opened, problems_of, saved
from iopsched.exchange.clinic_sheets import SHEETS
from iopsched.exchange.reading import read_spreadsheet
from iopsched.exchange.spreadsheets import csv_template, workbook, workbook_template
from iopsched.generate import generate
from iopsched.roster import check
from iopsched.solve import solve


def test_the_worked_lines_are_a_clinic() -> None:
    """The template as it is can be imported and solved; a warning says that it is nobody's clinic."""
    instance, warnings = read_spreadsheet(io.BytesIO(workbook_template()))
    assert [warning.what for warning in warnings] == ["all of it is the template's example"]
    roster = solve(instance, deterministic=True, time_limit=2, workers=1)
    assert check(instance, roster).ok
    assert roster.unmet == ()
    assert len(roster.sessions) == 5


def test_csv_files_have_the_same_worked_lines(tmp_path: Path) -> None:
    """Both templates are the same clinic."""
    for name, content in csv_template().items():
        (tmp_path / name).write_bytes(content)
    assert read_spreadsheet(tmp_path)[0] == read_spreadsheet(io.BytesIO(workbook_template()))[0]


def test_no_worked_line_slips_into_a_clinic() -> None:
    """As soon as one row is the planner's own, every row that is still marked is an error with its cell."""
    book = opened(workbook_template())
    page = book["Rooms"]
    assert [page[f"A{row}"].value for row in (1, 2, 3, 4)] == ["Example", "example", "example", None]
    for column, value in zip("BCD", ("O2", "office", 4), strict=True):
        page[f"{column}4"].value = value
    told = problems_of(saved(book))
    assert {problem.what for problem in told} == {"the row is marked as an example"}
    assert {"Rooms!A2", "Rooms!A3", "Clinic!A2", "Weights!A3"} <= {problem.path for problem in told}
    for sheet in book.worksheets[1:]:
        for cell in sheet["A"][1:]:
            cell.value = None
    instance, warnings = read_spreadsheet(saved(book))
    assert [room.id for room in instance.rooms] == ["G1", "O1", "O2"]
    assert warnings == ()


def test_sheets_come_in_the_order_in_which_they_are_filled() -> None:
    """Help first, then what is referred to before what refers to it; header rows stay in sight."""
    book = opened(workbook_template())
    assert book.sheetnames == ["Help", *(sheet.name for sheet in SHEETS)]
    assert all(book[sheet.name].freeze_panes == "C2" for sheet in SHEETS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_header_explains_itself(sheet: object) -> None:
    """Each column has a comment that says what belongs there and what an empty cell stands for."""
    (sheet,) = (one for one in SHEETS if one is sheet)
    page = opened(workbook_template())[sheet.name]
    comments = {str(cell.value).rstrip(" *"): cell.comment for cell in page[1]}
    assert all(comments.values())
    if sheet.settings:
        meanings = {page.cell(row, 2).value: page.cell(row, 4).value for row in range(2, page.max_row + 1)}
        assert all(str(meanings[column.header]).startswith(column.meaning) for column in sheet.columns)
        return
    for column in sheet.columns:
        comment = comments[column.header]
        assert comment is not None
        assert comment.text.startswith(column.meaning)
        assert ("Must be filled" if column.required else f"Empty: {column.blank}.") in comment.text


def test_drop_downs_and_limits() -> None:
    """Kinds, yes and no, and ids of other sheets are offered; numbers have their limits."""
    book = opened(workbook_template())

    def rules(sheet: str, cell: str) -> list[tuple[object, ...]]:
        found = book[sheet].data_validations.dataValidation
        return [(rule.type, rule.formula1, rule.showErrorMessage) for rule in found if cell in rule.cells]

    assert rules("Services", "C2") == [("list", '"one_to_one,family,group"', True)]
    assert rules("Needs", "G900") == [("list", '"yes,no"', True)]
    assert rules("Needs", "D2") == [("whole", "0", True)]
    ((kind, formula, strict),) = rules("Needs", "B2")
    assert (kind, strict) == ("list", True)
    assert str(formula).startswith("OFFSET(Participants!$B$2,0,0,")
    ((_, formula, strict),) = rules("Needs", "K2")
    assert str(formula).startswith("OFFSET(Staff!$B$2,0,0,")
    assert not strict, "several staff may be named"
    assert rules("Clinic", "C3")[0][0] == "date"


def test_limits_fit_a_spreadsheet_program() -> None:
    """Excel takes 255 characters of a rule's message and of its list, and 32 of its title."""
    for sheet in opened(workbook_template()).worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.error or "") <= 255
            assert len(rule.errorTitle or "") <= 32
            assert len(rule.formula1) <= 255


def test_files_are_the_same_every_time() -> None:
    """Neither the date nor the machine is in them, so that two exports can be compared."""
    assert workbook_template() == workbook_template()
    instance = generate(4, 1, "mixed")
    assert workbook(instance) == workbook(instance)
    assert "Example" not in {
        cell.value for sheet in opened(workbook(instance)).worksheets for cell in sheet[1]
    }
