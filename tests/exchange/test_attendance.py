from __future__ import annotations

import csv
import io
from datetime import date, datetime

from iopsched.exchange.attendance import COLUMNS, NAME_COLUMNS, attendance_csv
from iopsched.exchange.csv_cells import as_meant
from iopsched.exchange.names import Names
from iopsched.roster.models import Roster
from iopsched.roster.views import View, narrowed
from report.small_week import instance, roster


def rows(answer: Roster, names: Names | None = None, **fields: object) -> list[dict[str, str]]:
    text = attendance_csv(instance(**fields), answer, names or Names())
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_attendance_has_a_row() -> None:
    """Three meetings of two and three sessions of one are nine rows, by participant and start."""
    found = rows(roster())
    assert [(row["participant"], row["start"]) for row in found] == sorted(
        (who, session.start.isoformat(timespec="minutes"))
        for session in roster().sessions
        for who in session.participants
    )
    assert len(found) == 9


def test_a_row_says_who_when_what_where_and_with_whom() -> None:
    """In the columns of docs/calendars.md, in their order, and no other."""
    first = rows(roster())[0]
    assert tuple(first) == COLUMNS
    assert tuple(first.values()) == (
        "P1",
        "Mon",
        "2026-11-30T17:30",
        "2026-11-30T20:30",
        "UTC-06:00",
        "180",
        "iop-group",
        "evening",
        "G1",
        "T1; T2",
        "",
        "evening/iop-group/1",
    )


def test_a_remote_session_has_neither_room_nor_group() -> None:
    """Both cells are empty."""
    (call,) = [row for row in rows(roster()) if row["service"] == "case"]
    assert (call["room"], call["group"]) == ("", "")


def test_the_offset_is_the_days_own() -> None:
    """Before and after the clocks of Chicago are set back on 1 November 2026."""
    one = roster().sessions[0]
    sessions = tuple(
        one.model_copy(
            update={"id": str(day), "start": datetime(2026, *day, 12), "end": datetime(2026, *day, 13)}
        )
        for day in ((10, 31), (11, 1))
    )
    found = rows(roster(sessions=sessions), week=date(2026, 10, 26), closed=())
    assert [row["utc_offset"] for row in found] == ["UTC-05:00", "UTC-06:00"]


def test_names_are_columns_of_their_own() -> None:
    """The codes stay what programs join by."""
    names = Names({("participant", "P3"): "Jo Doe", ("staff", "T1"): "Ann Fox", ("room", "O1"): "Blue"})
    (row, _) = [row for row in rows(roster(), names) if row["participant"] == "P3"]
    assert tuple(row) == COLUMNS + NAME_COLUMNS
    assert [row[column] for column in NAME_COLUMNS] == ["Jo Doe", "individual", "", "Blue", "Ann Fox"]
    assert row["staff"] == "T1"


def test_no_cell_is_a_formula() -> None:
    """An id that looks like one is marked, and so is one that begins with the mark."""
    one = roster().sessions[0]
    codes = ('=HYPERLINK("http://x")', "+1", "-1", "@x", "\tx", "'x", "x=1")
    answer = roster(sessions=(one.model_copy(update={"participants": codes}),))
    found = [row["participant"] for row in rows(answer)]
    assert sorted(as_meant(cell) for cell in found) == sorted(codes)
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t"))] == []


def test_ones_own_rows_name_nobody_else() -> None:
    """A participant's part of the roster is theirs alone; a member of staff's is what they lead."""
    own = rows(narrowed(View("participant", "P1"), roster()))
    assert {row["participant"] for row in own} == {"P1"}
    assert len(own) == 4
    led = rows(narrowed(View("staff", "T2"), roster()))
    assert {row["service"] for row in led} == {"iop-group"}
