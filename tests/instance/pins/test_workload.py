"""What pinned sessions ask of those who lead them, at the limit and one step beyond."""

from __future__ import annotations

from typing import Any

import pytest

from iopsched.instance import validate


def _broken(document: dict[str, Any], rule: str) -> list[str]:
    return [problem.what for problem in validate(document)[1] if f"breaks rule {rule}" in problem.what]


@pytest.fixture
def caseload(clinic: dict[str, Any]) -> dict[str, Any]:
    """Three sessions of an hour, led by A on one day, for two participants; nothing else limits A."""
    clinic["staff"][0] = {
        "id": "A",
        "skills": ["talk", "home", "process"],
        "available": ["Mon-Fri 08:00-20:00"],
    }
    clinic["participants"][1]["needs"][1]["staff_tags"] = []
    clinic["pins"] = [
        {"participant": who, "service": service, "start": start, "staff": ["A"]}
        for who, service, start in (
            ("P1", "talk", "Mon 14:00"),
            ("P2", "home", "Mon 12:00"),
            ("P2", "talk", "Tue 08:00"),
        )
    ]
    return clinic


@pytest.mark.parametrize(
    ("rule", "limit", "enough", "short", "what"),
    [
        ("staff-load", "max_minutes_per_day", 120, 119, "lead 120 minutes on one day, at most 119"),
        ("staff-load", "max_minutes_per_week", 180, 179, "lead 180 minutes in the week, at most 179"),
        ("staff-load", "max_participants", 2, 1, "see 2 participants, at most 1"),
        ("staff-rest", "rest_hours", 17, 17.5, "rest 17 hours"),
        ("staff-break", "max_minutes_without_break", 75, 74, "75 minutes without a break of 30"),
        ("staff-break", "break_minutes", 60, 61, "195 minutes without a break of 61"),
    ],
)
def test_a_limit_holds_exactly(
    caseload: dict[str, Any], rule: str, limit: str, enough: float, short: float, what: str
) -> None:
    """What is allowed exactly is allowed; one less is an error of the rule."""
    member = caseload["staff"][0]
    if limit == "break_minutes":
        member["max_minutes_without_break"] = 100
    member[limit] = enough
    assert _broken(caseload, rule) == []
    member[limit] = short
    assert any(what in words for words in _broken(caseload, rule))


def test_notes_occupy_until_they_are_written(caseload: dict[str, Any]) -> None:
    """A session may begin when the notes of the one before are written, not before."""
    caseload["services"][1]["start_every"] = 15
    caseload["pins"] = [
        {"participant": "P1", "service": "talk", "start": "Mon 12:00", "staff": ["A"]},
        {"participant": "P2", "service": "home", "start": "Mon 13:15", "staff": ["A"]},
    ]
    assert _broken(caseload, "staff-free") == []
    caseload["pins"][1]["start"] = "Mon 13:00"
    assert len(_broken(caseload, "staff-free")) == 1


def test_notes_follow_only_the_last_of_ones_own_parts(clinic: dict[str, Any]) -> None:
    """Who leads all parts of a block writes notes after the block; between the parts there are none."""
    clinic["services"][3]["note_minutes"] = 30
    clinic["pins"] = [
        {"group": "day", "start": "Mon 10:00", "staff": ["B"]},
        {"participant": "P3", "service": "talk", "start": "Mon 12:30", "staff": ["B"]},
    ]
    assert _broken(clinic, "staff-free") == []
    clinic["services"][3]["note_minutes"] = 31
    assert len(_broken(clinic, "staff-free")) == 1


def test_notes_must_not_run_into_ones_own_next_part(clinic: dict[str, Any]) -> None:
    """Two leaders of three parts: who leads the first and the third has the second to write notes in."""
    block = clinic["services"][3]
    block["agenda"] = [
        {"title": title, "minutes": 40, "skill": skill}
        for title, skill in (("Opening", "process"), ("Skills", "skills"), ("Closing", "process"))
    ]
    clinic["staff"][1]["skills"] = ["talk", "skills"]
    clinic["pins"] = [{"group": "day", "start": "Mon 10:00", "staff": ["A", "B"]}]
    block["note_minutes"] = 40
    assert _broken(clinic, "staff-free") == []
    block["note_minutes"] = 41
    assert len(_broken(clinic, "staff-free")) == 1


def test_everyone_pinned_finds_a_part_or_not(clinic: dict[str, Any]) -> None:
    """Three staff lead three parts where each finds one, even if the first choice has to move over."""
    block = clinic["services"][3]
    block["agenda"] = [
        {"title": "Process", "minutes": 60, "skill": "process", "leaders": 2},
        {"title": "Skills", "minutes": 60, "skill": "skills"},
    ]
    clinic["staff"].append({"id": "C", "skills": ["process"], "available": ["Mon-Fri 08:00-20:00"]})
    clinic["pins"] = [{"group": "day", "start": "Mon 10:00", "staff": ["A", "B", "C"]}]
    assert _broken(clinic, "staff-fit") == []
    clinic["staff"].append({"id": "D", "skills": ["process"], "available": ["Mon-Fri 08:00-20:00"]})
    clinic["pins"][0]["staff"] = ["A", "B", "C", "D"]
    (words,) = _broken(clinic, "staff-fit")
    assert "A, B, C, D cannot all lead a part" in words


def test_pins_are_not_judged_by_what_is_broken(clinic: dict[str, Any]) -> None:
    """A pin that would break a rule is left alone while what it touches is broken in some field."""
    clinic["pins"] = [{"participant": "P2", "service": "home", "start": "Mon 12:00", "staff": ["B"]}]
    assert len(_broken(clinic, "staff-fit")) == 1
    clinic["staff"][1]["skills"] = ["talk", 7]
    assert _broken(clinic, "staff-fit") == []
