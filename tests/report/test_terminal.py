from __future__ import annotations

import pytest
from rich.cells import cell_len

from iopsched.report.terminal import overview
from iopsched.report.terminal_solve import solve_view
from report.rendered import rendered
from report.small_week import ROSTER, instance, roster


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_overview_fits_the_terminal(width: int) -> None:
    """No line is wider than the terminal, down to 60 columns, and no session is lost by it."""
    shown = rendered(overview(instance(), roster()), width)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    assert shown.count("P3 individual") == 2


def test_the_header_says_what_was_proved() -> None:
    """Status, delivery, each level's bound in words."""
    shown = rendered(overview(instance(), roster()))
    assert "Mon 30 Nov – Sun 6 Dec 2026" in shown
    assert "feasible: every rule holds" in shown
    assert "9 of 10 sessions delivered (90 %)" in shown
    assert "proved: cannot be lower" in shown
    assert "at most 10 % of it could be saved" in shown


def test_a_group_that_meets_at_one_time_takes_one_line() -> None:
    """Days, time, size, room and the leaders of each part; a group without meetings is named too."""
    shown = rendered(overview(instance(), roster()))
    line = next(line for line in shown.splitlines() if "Mon Tue Wed 17:30–20:30" in line)
    assert line.split() == [
        "evening",
        "Mon",
        "Tue",
        "Wed",
        "17:30–20:30",
        "2",
        "of",
        "10",
        "G1",
        "Process",
        "group:",
        "T1",
    ]
    assert "Life skills: T2" in shown
    assert "Not running: morning" in shown


def test_a_leader_who_changes_is_shown_with_the_days() -> None:
    """Where a part has different leaders over the week, each comes with their days."""
    sessions = [dict(session) for session in ROSTER["sessions"]]
    wednesday = sessions[4]
    assert wednesday["start"] == "2026-12-02T17:30"
    first, second = wednesday["agenda"]
    wednesday["agenda"] = [first, {**second, "staff": ["T1"]}]
    shown = rendered(overview(instance(), roster(sessions=sessions)), 120)
    assert "Life skills: T2 Mon Tue; T1 Wed" in shown


def test_who_leads_all_parts_is_named_once() -> None:
    """Without the titles of the parts, which say nothing then."""
    sessions = [dict(session) for session in ROSTER["sessions"]]
    for session in sessions:
        session["agenda"] = [{**part, "staff": ["T2"]} for part in session.get("agenda", [])] or None
    shown = rendered(overview(instance(), roster(sessions=sessions)), 120)
    line = next(line for line in shown.splitlines() if "Mon Tue Wed 17:30–20:30" in line)
    assert line.endswith("G1    T2")
    assert "Life skills" not in shown


def test_the_timetable_breaks_into_bands_where_the_terminal_is_narrow() -> None:
    """At 80 columns Thursday stands below Monday, at 160 beside it."""
    narrow, wide = (rendered(overview(instance(), roster()), width).splitlines() for width in (80, 160))
    assert not any("Mon 30 Nov  " in line and "Thu 3 Dec" in line for line in narrow)
    assert any("Mon 30 Nov  " in line and "Thu 3 Dec" in line for line in wide)


def test_a_closed_day_says_so() -> None:
    """Friday is closed in this week."""
    assert str(instance().closed[0]) == "2026-12-04"
    assert "Fri 4 Dec closed" in rendered(overview(instance(), roster()))


def test_with_many_sessions_a_day_those_outside_groups_are_counted() -> None:
    """The timetable of a large clinic names meetings and counts the rest, and says where to find it."""
    one = ROSTER["sessions"][0]
    many = [{**one, "id": f"P3/individual/{k}"} for k in range(61)]
    shown = rendered(overview(instance(), roster(sessions=[*many, ROSTER["sessions"][1]])))
    assert "+61: 61 individual" in shown
    assert "P3 individual" not in shown
    assert "evening 2/10" in shown
    assert "--participant" in shown


def test_the_heaviest_unmet_need_comes_first() -> None:
    """Sorted by priority times minutes, not by name, and with the reasons."""
    light = ROSTER["unmet"][0]
    heavy = {"participant": "P3", "service": "individual", "sessions": 1, "minutes": 60, "reasons": []}
    need = instance().participant_by_id["P3"].need_of("individual")
    assert need is not None
    assert need.priority == 3
    shown = rendered(overview(instance(), roster(unmet=[light, heavy])))
    assert shown.index("no reason given") < shown.index("P2-mother and T1")


def test_hours_led_count_the_parts_led() -> None:
    """T1 leads an hour alone and half of a three-hour meeting on Monday; T2 the other half."""
    shown = rendered(overview(instance(), roster())).splitlines()
    assert next(line for line in shown if line.startswith("T1")).split()[1:5] == [
        "2:30",
        "1:30",
        "2:00",
        "1:00",
    ]
    assert next(line for line in shown if line.startswith("T2")).split()[1:5] == ["1:30", "1:30", "1:30", "–"]


def test_a_roster_that_names_unknown_ids_is_shown() -> None:
    """A hand-edited roster may name anyone; they are shown and counted like all others."""
    stranger = {
        "id": "x",
        "service": "dance",
        "group": "night",
        "start": "2026-12-05T22:00",
        "end": "2026-12-06T00:00",
        "room": "Cellar",
        "participants": ["P99"],
        "staff": ["T99"],
    }
    shown = rendered(overview(instance(), roster(sessions=[stranger], instance="other")), 120)
    for name in ("night", "Cellar", "T99", "Sat 22:00–24:00", "answers another instance"):
        assert name in shown


def test_an_id_is_no_markup() -> None:
    """Brackets in ids are letters, not styles."""
    shown = rendered(overview(instance(id="[red]small[/red]"), roster(instance="[red]small[/red]")))
    assert shown.startswith("[red]small[/red]")


def test_colour_is_used_only_where_the_terminal_has_it() -> None:
    """Escape sequences appear on a colour terminal and nowhere else; the words are the same."""
    plain, colour = (rendered(overview(instance(), roster()), colour=colour) for colour in (False, True))
    assert "\x1b[" in colour
    assert "\x1b[" not in plain


def test_the_summary_of_a_search_is_short() -> None:
    """Five unmet needs are shown, all are counted; the last line says where the roster is."""
    unmet = [{**ROSTER["unmet"][0], "service": "iop-group", "participant": f"P{k}"} for k in range(9)]
    view = solve_view(instance(), roster(unmet=unmet), seconds=1.25, output="week.json")
    shown = rendered(view)
    assert shown.count("P2-mother and T1") == 5
    assert "the heaviest 5 of 9" in shown
    assert shown.splitlines()[-1] == "feasible after 1.2 s; 6 sessions written to week.json"
