from __future__ import annotations

import pytest
from rich.cells import cell_len

from iopsched.report.terminal_own import own_week
from iopsched.report.views import View, known_ids, sessions_of
from report.rendered import rendered
from report.small_week import ROSTER, instance, roster


def _lines(view: View, **changes: object) -> list[str]:
    return rendered(own_week(instance(), roster(**changes), view)).splitlines()


def _row(lines: list[str], label: str) -> str:
    return next(line for line in lines if line.startswith(label))


def test_a_participants_calendar_shows_each_session_at_its_time() -> None:
    """P1's meetings stand at 17:30 of three days, the case session half an hour before one of them."""
    lines = _lines(View("participant", "P1"))
    assert _row(lines, "17:30").count("╭ evening") == 3
    assert _row(lines, "17:00").count("─ case") == 1
    assert _row(lines, "20:00").count("╰") == 3


def test_a_participants_week_names_no_other_participant() -> None:
    """What one participant is handed says how many come to a group, not who."""
    text = "\n".join(_lines(View("participant", "P1")))
    assert "2/10" in text
    assert "P2" not in text


def test_a_member_of_staff_has_only_the_parts_led() -> None:
    """T2 leads the second half of each meeting and has nothing at 17:30."""
    lines = _lines(View("staff", "T2"))
    assert not any(line.startswith("17:30") for line in lines)
    assert _row(lines, "19:00").count("╭ evening") == 3
    assert sum("19:00–20:30" in line for line in lines) == 3
    assert "4:30 h led" in lines[0]


def test_parts_in_a_row_are_one_stretch() -> None:
    """Who leads both halves of a meeting has one block and one row, not two."""
    meeting = ROSTER["sessions"][1]
    first, second = meeting["agenda"]
    assert first["end"] == second["start"]
    session = {**meeting, "staff": ["T1"], "agenda": [first, {**second, "staff": ["T1"]}]}
    lines = _lines(View("staff", "T1"), sessions=[session])
    assert "\n".join(lines).count("╭ evening") == 1
    assert sum("17:30–20:30" in line for line in lines) == 1


def test_a_group_names_its_members() -> None:
    """A group's own week says who comes to each meeting."""
    assert sum("P1, P2" in line for line in _lines(View("group", "evening"))) == 3


def test_time_that_is_not_free_is_shaded() -> None:
    """O1 is taken on Wednesday at noon, and the clinic is closed on Friday."""
    assert _row(_lines(View("room", "O1")), "12:00").count("░░") == 2


def test_a_session_that_starts_at_a_quarter_makes_rows_of_quarters() -> None:
    """The rows are as fine as the sessions need."""
    session = {**ROSTER["sessions"][0], "start": "2026-11-30T12:15", "end": "2026-11-30T13:15"}
    lines = _lines(View("participant", "P3"), sessions=[session])
    assert "╭ individual" in _row(lines, "12:15")
    assert "╰" in _row(lines, "13:00")


def test_two_sessions_at_one_time_are_both_seen() -> None:
    """A roster that puts somebody in two places shows both."""
    one, other = ROSTER["sessions"][0], {**ROSTER["sessions"][0], "id": "y", "service": "family"}
    text = "\n".join(_lines(View("participant", "P3"), sessions=[one, other]))
    assert text.count("╭ individual") == 1
    assert text.count("╭ family") == 1


def test_a_session_until_midnight_is_drawn_to_the_end_of_the_day() -> None:
    """An end at the next day's 00:00 belongs to the day on which the session starts."""
    session = {**ROSTER["sessions"][0], "start": "2026-11-30T23:00", "end": "2026-12-01T00:00"}
    lines = _lines(View("participant", "P3"), sessions=[session])
    assert "╰" in _row(lines, "23:30")
    assert "23:00–24:00" in "\n".join(lines)


def test_long_empty_stretches_are_drawn_short() -> None:
    """Between noon and the evening only one row stands for the empty hours."""
    lines = _lines(View("staff", "T1"))
    assert sum(line.startswith("⋮") for line in lines) == 1
    assert not any(line.startswith("15:00") for line in lines)


def test_what_a_participant_misses_is_told_with_its_reasons() -> None:
    """P2's own week says that the family session is missing, and why."""
    text = "\n".join(_lines(View("participant", "P2")))
    assert "1 session of family missing" in text
    assert "P2-mother and T1 have no hour in common" in text


def test_somebody_without_sessions_has_an_empty_week() -> None:
    """The morning group is known but does not meet."""
    assert "No sessions this week." in _lines(View("group", "morning"))


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize(
    "view", [View("participant", "P1"), View("staff", "T1"), View("room", "G1"), View("group", "evening")]
)
def test_every_view_fits_the_terminal(view: View, width: int) -> None:
    """No line is wider than the terminal."""
    shown = rendered(own_week(instance(), roster(), view), width)
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_ids_are_known_from_the_instance_and_from_the_roster() -> None:
    """A group that does not meet and a room that only the roster names can both be asked for."""
    sessions = [{**ROSTER["sessions"][0], "room": "Cellar"}]
    assert known_ids("group", instance(), roster(sessions=sessions)) == {"evening", "morning"}
    assert known_ids("room", instance(), roster(sessions=sessions)) == {"G1", "O1", "Cellar"}


def test_who_leads_only_a_part_has_part_in_the_session() -> None:
    """A hand-edited agenda may name somebody whom the session's own list leaves out."""
    meeting = ROSTER["sessions"][1]
    first, second = meeting["agenda"]
    session = {**meeting, "staff": ["T1"], "agenda": [first, {**second, "staff": ["T9"]}]}
    assert [found.id for found in sessions_of(View("staff", "T9"), roster(sessions=[session]))] == [
        meeting["id"]
    ]
