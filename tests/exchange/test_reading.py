from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from exchange.by_hand import CLINIC_OF_TEN, edited, filled, problems_of, saved
from iopsched.errors import InstanceError, Problem
from iopsched.exchange.reading import read_spreadsheet
from iopsched.exchange.spreadsheets import csv_files, workbook
from iopsched.generate import generate
from iopsched.instance import Instance

SLIPS = {
    "Clinic!C3": ("11/12/2026", "Week could be 12 November or 11 December"),
    "Clinic!C4": ("Chicago", "not an IANA time zone name"),
    "Clinic!C5": (12, "Slot minutes must be one of 5, 10, 15, 20, 30, 60"),
    "Clinic!C6": ("8am-9pm", "Hours names no days"),
    "Closed!B2": ("2026-12-14", "not in the week that begins on 2026-11-30"),
    "Services!C3": ("one to 1", "Kind must be one of one_to_one, family, group"),
    "Services!D5": (50, "no multiple of slot_minutes"),
    "Services!B6": (None, "Id is empty"),
    "Agenda!D3": (60, "the agenda's parts last 150 minutes together"),
    "Rooms!D4": (4.5, "Capacity must be a whole number from 1 up"),
    "Rooms!D5": ("4 seats", "Capacity must be a whole number from 1 up"),
    "Staff!F2": ("Mon-Thu 7-9", "07:00-09:00, 07:00-21:00 or 19:00-21:00"),
    "Staff!F3": (datetime(2026, 9, 12), "the spreadsheet has made a date"),
    "Staff!H2": (0.5, "Max minutes per day must be a whole number"),
    "Staff!I2": ("=1500", "Max minutes per week: the formula has no value stored"),
    "Staff!M2": ("eleven", "Rest hours must be a number, 0 or more"),
    "Groups!C3": ("iop-grup", 'did you mean "iop-group"?'),
    "Groups!E2": ("Mon-Fri 9", "Starts: 9 could be 09:00 or 21:00"),
    "Groups!F2": ("maybe", "Same start must be yes or no"),
    "Groups!G3": (12, 'more than "max_size"'),
    "Participants!C4": ("iopp", 'there is no program "iopp"'),
    "Participants!D6": ("-", "Tags could mean none or anything"),
    "Participants!F6": ("none", '"prefers" is empty'),
    "Commitments!D3": ("Tue", "the days are given twice"),
    "Commitments!F4": (time(7), "8:00-07:00 does not end after it starts"),
    "Family!D3": ("S 9am-1pm", "S could be Saturday or Sunday"),
    "Needs!B9": ("P4", 'did you mean "P04"?'),
    "Needs!C2": ("individal", 'did you mean "individual"?'),
    "Needs!C3": ("individual", 'is of "individual" too'),
    "Needs!D14": ("l", "Sessions must be a whole number from 0 to 50"),
    "Needs!E14": (101, "Priority must be a whole number from 1 to 100"),
    "Needs!M18": ("F09", "nobody of this participant's family"),
    "Needs!P15": ("intak", 'did you mean "intake"?'),
    "Pins!E2": ("3:30", "3:30 could be 03:30 or 15:30"),
    "Pins!H2": ("Office 3", 'there is no room "Office 3"'),
    "Weights!C2": (-1, "Visit must be a whole number from 0 up"),
}
"""A cell of the clinic of ten, what is typed into it by mistake, and what the message says."""
ELSEWHERE = {
    "Agenda!D3": "Agenda!B2",
    "Commitments!D3": "Commitments!C3",
    "Commitments!F4": "Commitments!E4",
}
"""Slips that concern several cells are told at one of the others."""


def test_the_clinic_of_ten_can_be_used() -> None:
    """The premise of all that follows: typed into the template it is the clinic of the CSV files."""
    by_workbook, warnings = read_spreadsheet(edited({}))
    assert len(by_workbook.participants) == 10
    assert warnings == ()
    assert read_spreadsheet(CLINIC_OF_TEN) == (by_workbook, ())
    assert by_workbook.participants[5].needs[1].after == "intake"
    assert by_workbook.participants[2].busy[0].when == ("Mon-Fri 08:00-15:00",)
    assert by_workbook.pins[0].start == "Tue 15:30"


@pytest.mark.parametrize(("at", "slip"), SLIPS.items())
def test_a_slip_is_told_with_its_cell(at: str, slip: tuple[object, str]) -> None:
    """Each mistake alone is one problem, at its cell, with a remedy."""
    typed, words = slip
    problem, *others = problems_of(edited({at: typed}))
    assert (problem.path, others) == (ELSEWHERE.get(at, at), [])
    assert words in f"{problem.what} ({problem.remedy})"
    assert problem.remedy


def test_a_semicolon_in_an_id_stays_in_the_id() -> None:
    """It does not part what is wrong from what mends it."""
    problems = problems_of(edited({"Needs!B9": "P4; new", "Needs!D9": "many"}))
    assert [problem.what for problem in problems] == [
        'there is no participant "P4; new"',
        "need of P4; new: Sessions must be a whole number from 0 to 50",
    ]


def test_all_slips_are_told_at_once() -> None:
    """In the order of the sheets and rows, and none hides another that does not build on it."""
    builds_on = {
        "Closed!B2": "the week is not known",
        "Services!B6": "then a reference to no service may be to that one",
        "Services!D5": "the grid is not known",
        "Needs!C3": "the service of the row above is misspelt",
    }
    slips = {at: typed for at, (typed, _) in SLIPS.items() if at not in builds_on}
    told = problems_of(edited(slips))
    places = [problem.path for problem in told]
    assert {ELSEWHERE.get(at, at) for at in slips} <= {*places}
    sheets = [place.partition("!")[0] for place in places]
    assert sheets == sorted(sheets, key=lambda name: filled().sheetnames.index(name))


def test_rows_of_somebody_unknown_are_each_told() -> None:
    """One wrong id leaves the rows of other sheets without their owner; their cells are judged too."""
    told = problems_of(edited({"Participants!B7": "P05", "Needs!P15": "intak"}))
    assert [(problem.path, problem.what.partition(": ")[2] or problem.what) for problem in told] == [
        ("Participants!B7", 'the id "P05" is already that of participant number 5 in the list'),
        ("Commitments!B6", 'there is no participant "P06"'),
        ("Needs!B14", 'there is no participant "P06"'),
        ("Needs!B15", 'there is no participant "P06"'),
        ("Needs!P15", 'there is no service "intak"'),
    ]


def test_no_message_holds_a_name() -> None:
    """What might be a name is not quoted: free text, and whatever stands where a number or a time should."""
    name = "Zebulon Quux"
    places = ["Needs!D14", "Staff!F2", "Groups!F2", "Rooms!D4", "Clinic!C3", "Pins!E2", "Commitments!F4"]
    told = problems_of(edited({**dict.fromkeys(places, name), "Commitments!G2": name, "Staff!C2": name}))
    assert {problem.path for problem in told} >= {*places} - {"Commitments!F4"}
    assert all("zebulon" not in f"{problem.what} {problem.remedy}".lower() for problem in told)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(7, "7"), (7.0, "7"), ("007", "007"), ("\u00a0 7 ", "7"), ('" 7"', " 7"), ("12.0", "12.0")],
)
def test_ids_that_are_numbers(typed: object, kept: str) -> None:
    """A number is read as its digits, text as it is without blanks around it, quoted text to the letter."""
    instance, _ = read_spreadsheet(
        edited({"Participants!B9": typed, "Needs!B19": typed, "Needs!B20": typed, "Commitments!B8": typed})
    )
    assert instance.participants[7].id == kept
    assert len(instance.participants[7].needs) == 2


def test_a_number_has_the_zeros_that_it_is_shown_with() -> None:
    """7 in the format 000 is seen, and meant, as 007."""
    book = filled()
    for place in ("Participants!B9", "Needs!B19", "Needs!B20", "Commitments!B8"):
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = 7
        book[sheet][cell].number_format = "000"
    assert read_spreadsheet(saved(book))[0].participants[7].id == "007"


@pytest.mark.parametrize(
    ("typed", "form", "why"),
    [
        (7.5, "General", "a number with decimals"),
        (True, "General", "TRUE or FALSE"),
        (date(2026, 3, 1), "yyyy-mm-dd", "a date or a time"),
        (10**15, "0", "more than 15 digits"),
        (101102, "#,##0", "one number of a list"),
    ],
)
def test_what_a_spreadsheet_has_made_of_an_id_is_refused(typed: object, form: str, why: str) -> None:
    """What was typed is lost; nothing is guessed from what is left."""
    book = filled()
    book["Rooms"]["B5"].value = typed
    book["Rooms"]["B5"].number_format = form
    (problem,) = problems_of(saved(book))
    assert problem.path == "Rooms!B5"
    assert why in problem.what


def test_real_dates_and_times_of_a_spreadsheet() -> None:
    """A date, times, an end at midnight and a date with a time are what they are."""
    instance, _ = read_spreadsheet(
        edited(
            {
                "Clinic!C3": datetime(2026, 11, 30),
                "Commitments!E4": time(8, 15),
                "Commitments!F4": timedelta(days=1),
                "Pins!E2": datetime(2026, 12, 1, 15, 30),
                "Pins!F2": None,
            }
        )
    )
    assert instance.participants[2].busy[0].when == ("Mon-Fri 08:15-24:00",)
    assert instance.pins[0].start == "Tue 15:30"
    (problem,) = problems_of(edited({"Pins!E2": datetime(2026, 12, 8, 15, 30), "Pins!F2": None}))
    assert (problem.path, "not in the week" in problem.what) == ("Pins!E2", True)


def test_minutes_shown_as_a_time_or_per_cent_are_refused() -> None:
    """1:30 in a cell of minutes might be 90 or 1; 50 % is no number of minutes."""
    book = filled()
    book["Services"]["D2"].value = time(1, 30)
    book["Services"]["D3"].value = 90
    book["Services"]["D3"].number_format = "0%"
    one, other = problems_of(saved(book))
    assert (one.path, "a date or a time" in one.what) == ("Services!D2", True)
    assert (other.path, "per cent" in other.what) == ("Services!D3", True)


def spoilt_header(book: Workbook) -> None:
    book["Needs"]["D1"].value = "Sesions"


def unknown_column(book: Workbook) -> None:
    book["Rooms"]["H1"].value = "Telephone"


def no_header(book: Workbook) -> None:
    book["Rooms"]["H3"].value = "by the stairs"


def missing_column(book: Workbook) -> None:
    book["Rooms"].delete_cols(3)


def twice(book: Workbook) -> None:
    book["Rooms"]["H1"].value = "Capacity"


def moved_header(book: Workbook) -> None:
    book["Rooms"].move_range("A1:F1", rows=9)


def merged(book: Workbook) -> None:
    book["Rooms"].merge_cells("E2:F2")


def missing_sheet(book: Workbook) -> None:
    del book["Programs"]


def misspelt_sheet(book: Workbook) -> None:
    book["Needs"].title = "Neds"


def unknown_sheet(book: Workbook) -> None:
    book.create_sheet("Telephones")["A1"].value = "x"


def unknown_setting(book: Workbook) -> None:
    book["Clinic"]["B5"].value = "Slot minuts"


def setting_twice(book: Workbook) -> None:
    book["Clinic"]["B5"].value = "Id"


def error_cell(book: Workbook) -> None:
    book["Rooms"]["D2"].value = "#REF!"


def formula(book: Workbook) -> None:
    book["Rooms"]["D2"].value = "=2*7"


def no_week(book: Workbook) -> None:
    book["Clinic"].delete_rows(3)


def no_clinic(book: Workbook) -> None:
    del book["Clinic"]


def no_participants(book: Workbook) -> None:
    del book["Participants"]


def no_needs(book: Workbook) -> None:
    del book["Needs"]


def no_id(book: Workbook) -> None:
    book["Participants"]["B4"].value = None


def no_headers(book: Workbook) -> None:
    book["Services"].delete_rows(1)


def no_values(book: Workbook) -> None:
    book["Clinic"].delete_cols(3)


def one_column_for_two(book: Workbook) -> None:
    book["Participants"]["D1"].value = "Program"


@pytest.mark.parametrize(
    ("spoil", "path", "words"),
    [
        (spoilt_header, "Needs!D1", 'unknown column "Sesions" (did you mean "Sessions"?)'),
        (unknown_column, "Rooms!H1", 'unknown column "Telephone" (begin its header with "_"'),
        (no_header, "Rooms!H3", "column H has content and no header"),
        (missing_column, "Rooms!F1", 'the column "Kind" is missing'),
        (twice, "Rooms!H1", 'the column "Capacity" is there twice'),
        (moved_header, "Rooms!A2", "the header row is row 10"),
        (merged, "Rooms!E2", "the cells E2:F2 are merged"),
        (missing_sheet, "Programs", "the sheet Programs is missing"),
        (misspelt_sheet, "Neds", 'did you mean "Needs"?'),
        (unknown_sheet, "Telephones", "a sheet of this name is not known"),
        (unknown_setting, "Clinic!B5", 'did you mean "Slot minutes"?'),
        (setting_twice, "Clinic!B5", 'the setting "Id" is there twice'),
        (no_week, "Clinic!B1", "Week is empty"),
        (no_clinic, "Clinic", "the sheet Clinic is missing"),
        (no_participants, "Participants", "the sheet Participants is missing"),
        (no_needs, "Needs", "the sheet Needs is missing"),
        (no_id, "Participants!B4", "Id is empty"),
        (no_headers, "Services!A1", "there is no header row"),
        (no_values, "Clinic!D1", 'the column "Value" is missing'),
        (one_column_for_two, "Participants!D1", 'the column "Program" is there twice'),
        (error_cell, "Rooms!D2", "the cell shows the error #REF!"),
        (formula, "Rooms!D2", "the formula has no value stored"),
    ],
)
def test_a_sheet_out_of_shape_is_told(spoil: object, path: str, words: str) -> None:
    """One problem names the cell or sheet, and nothing that follows from it is told besides."""
    book = filled()
    assert callable(spoil)
    spoil(book)
    told = [str(problem) for problem in problems_of(saved(book))]
    assert [one for one in told if one.startswith(f"{path}: ") and words in one] == told[:1]
    assert len(told) == 1


def test_what_is_the_planners_own_is_passed_over() -> None:
    """Sheets and columns whose name begins with an underscore, empty sheets, empty rows, order of columns."""
    book = filled()
    book.create_sheet("_Telephones")["A1"].value = "x"
    book.create_sheet("Sheet1")
    book["Rooms"]["H1"].value = "_Remarks"
    book["Rooms"]["H3"].value = "by the stairs"
    book["Rooms"].insert_rows(3, amount=2)
    book["Rooms"].insert_rows(1)
    book["Staff"].move_range("C1:C9", cols=30)
    assert read_spreadsheet(saved(book)) == read_spreadsheet(CLINIC_OF_TEN)


def test_hidden_rows_count_and_are_told() -> None:
    """A filter hides rows without anybody wanting them gone."""
    book = filled()
    book["Needs"].row_dimensions[4].hidden = True
    instance, warnings = read_spreadsheet(saved(book))
    assert instance == read_spreadsheet(CLINIC_OF_TEN)[0]
    assert [(warning.path, warning.severity) for warning in warnings] == [("Needs!A4", "warning")]


def test_a_formula_counts_as_the_value_that_is_stored_with_it() -> None:
    """A spreadsheet program stores what it worked out; that is what the planner sees."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        original = filled()
        for sheet in original.worksheets:
            page = book.add_worksheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.coordinate == "D2" and sheet.title == "Rooms":
                        page.write_formula(1, 3, "=2*7", None, 14)
                    elif cell.value is not None:
                        page.write(cell.row - 1, cell.column - 1, cell.value)
    assert read_spreadsheet(content) == read_spreadsheet(CLINIC_OF_TEN)


def test_warnings_of_the_instance_are_told_at_their_cells() -> None:
    """What is allowed and can only go unmet: a room kind that no room has."""
    _, warnings = read_spreadsheet(edited({"Services!F2": "office, ofice"}))
    assert [warning.path for warning in warnings] == ["Services!F2"]


@pytest.mark.parametrize(
    ("delimiter", "encoding", "end"),
    [(",", "utf-8", "\n"), (";", "utf-8-sig", "\r\n"), ("\t", "utf-8", "\r\n")],
)
def test_csv_of_any_spreadsheet_program(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    """Commas, semicolons or tabulators, with or without byte order mark."""
    import csv

    for file in CLINIC_OF_TEN.glob("*.csv"):
        with (
            file.open(encoding="utf-8", newline="") as lines,
            (tmp_path / file.name).open("w", encoding=encoding, newline="") as out,
        ):
            csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(csv.reader(lines))
    assert read_spreadsheet(tmp_path) == read_spreadsheet(CLINIC_OF_TEN)


def test_csv_problems_name_file_and_cell(tmp_path: Path) -> None:
    """Cells are counted as a spreadsheet program shows them; files that cannot be read are told beside."""
    for name, content in csv_files(generate(4, 1, "mixed")).items():
        (tmp_path / name).write_bytes(content)
    needs = (tmp_path / "needs.csv").read_text(encoding="utf-8-sig").splitlines()
    needs[2] = needs[2].replace(needs[2].split(",")[1], "tapdance", 1)
    (tmp_path / "needs.csv").write_text("\n".join(needs), encoding="utf-8")
    (tmp_path / "rooms.csv").write_bytes("Id,Kind,Capacity\nBüro,office,4\n".encode("cp1252"))
    assert [problem.path for problem in problems_of(tmp_path)] == ["rooms.csv", "needs.csv!B3"]


RAW = st.one_of(
    st.sampled_from(
        ["", "=1", "none", "any", '"', "Mon 9-5", "5pm", "x" * 300, "#N/A", "example", "Id", ";", ","]
    ),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=6),
    st.integers(-(10**16), 10**16),
    st.floats(-1, 50),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)),
    st.times(),
)
PLACES = [
    (sheet.title, row, column)
    for sheet in filled().worksheets[1:]
    for row in (1, 2, 3, sheet.max_row, sheet.max_row + 1)
    for column in range(1, sheet.max_column + 2)
]


def read_or_told(book: Workbook) -> tuple[Instance | None, tuple[Problem, ...]]:
    """Return the instance and its warnings, or everything that is wrong."""
    try:
        return read_spreadsheet(saved(book))
    except InstanceError as error:
        return None, error.problems


@given(st.lists(st.tuples(st.sampled_from(PLACES), RAW), min_size=1, max_size=6))
@settings(max_examples=40, derandomize=True, database=None, deadline=None)
def test_whatever_is_typed_is_read_or_told(slips: list[tuple[tuple[str, int, int], object]]) -> None:
    """Anything anywhere gives an instance, or problems each with its place and a remedy."""
    book = filled()
    for (sheet, row, column), value in slips:
        book[sheet].cell(row, column).value = value
    instance, told = read_or_told(book)
    if instance is not None:
        assert read_spreadsheet(io.BytesIO(workbook(instance)))[0] == instance
    assert all(problem.path and problem.what and problem.remedy for problem in told)
    assert {problem.path.partition("!")[0] for problem in told} <= {*book.sheetnames}
    assert (instance is None) == any(problem.severity == "error" for problem in told)


def test_what_is_no_spreadsheet_is_told(tmp_path: Path) -> None:
    """A file that is not there, no workbook, a damaged one, an empty folder."""
    (tmp_path / "text.xlsx").write_text("Id,Kind")
    damaged = bytearray(workbook(generate(4, 1, "mixed")))
    (tmp_path / "damaged.xlsx").write_bytes(damaged[: len(damaged) // 2])
    (tmp_path / "empty").mkdir()
    (tmp_path / "rooms.csv").write_text("Id,Kind")
    said = {
        name: str(problems_of(tmp_path / name)[0])
        for name in ("absent.xlsx", "text.xlsx", "damaged.xlsx", "empty", "rooms.csv")
    }
    assert "No such file" in said["absent.xlsx"]
    assert "it is no workbook" in said["text.xlsx"]
    assert "save it as .xlsx" in said["damaged.xlsx"]
    assert "name the folder" in said["rooms.csv"]
    assert "there is no CSV file" in said["empty"]
