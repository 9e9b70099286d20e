"""One row for each rule that pins can break: the pins, what else is changed, and what is said."""

from __future__ import annotations

from typing import Any

import pytest

from iopsched.errors import Problem
from iopsched.instance import validate


def talk(who: str, start: str, **fixed: object) -> dict[str, object]:
    return {"participant": who, "service": "talk", "start": start, **fixed}


def home(start: str, **fixed: object) -> dict[str, object]:
    return {"participant": "P2", "service": "home", "start": start, **fixed}


def call(start: str, **fixed: object) -> dict[str, object]:
    return {"participant": "P1", "service": "call", "start": start, **fixed}


def meeting(group: str, start: str, **fixed: object) -> dict[str, object]:
    return {"group": group, "start": start, **fixed}


def attends(who: str, group: str, start: str, **fixed: object) -> dict[str, object]:
    return {"participant": who, "group": group, "start": start, **fixed}


def _problems(document: dict[str, Any], pins: list[dict[str, object]]) -> list[Problem]:
    document["pins"] = pins
    return [problem for problem in validate(document)[1] if problem.severity == "error"]


SHAPES = [
    ({"start": "Tue 09:00"}, "pins[0]", "names nobody"),
    ({"participant": "P1", "start": "Tue 09:00"}, "pins[0]", "names participant"),
    ({"service": "talk", "start": "Tue 09:00"}, "pins[0]", "names service"),
    ({"service": "block", "group": "day", "start": "Tue 10:00"}, "pins[0]", "names group and service"),
    (talk("P1", "Tue 09:00", group="day"), "pins[0]", "names group and participant and service"),
    (attends("P1", "day", "Tue 10:00", staff=["B"]), "pins[0].staff", "not for the pin of an attendance"),
    (attends("P1", "day", "Tue 10:00", room="H1"), "pins[0].room", "not for the pin of an attendance"),
    (
        {"participant": "P1", "service": "block", "start": "Tue 10:00"},
        "pins[0].service",
        "held in groups: its meetings are pinned by group",
    ),
]


@pytest.mark.parametrize(("pin", "path", "what"), SHAPES)
def test_a_pin_of_no_known_shape(
    clinic: dict[str, Any], pin: dict[str, object], path: str, what: str
) -> None:
    """A pin is a session, a meeting or an attendance; anything else is said to be none."""
    (problem,) = _problems(clinic, [pin])
    assert problem.path == path
    assert what in problem.what


SOUND = [
    [talk("P1", "Tue 09:00")],
    [talk("P1", "Mon 10:30", staff=["A"])],
    [talk("P1", "Tue 09:00", room="O1"), talk("P1", "Thu 09:00", room="O1")],
    [talk("P1", "Tue 09:00"), talk("P1", "Tue 09:00")],
    [talk("P1", "Tue 09:00", staff=["A"]), talk("P1", "Tue 09:00", room="O1")],
    [home("Mon 12:00", staff=["A"], room="O2")],
    [meeting("day", "Mon 10:00", staff=["A", "B"], room="H1")],
    [meeting("day", "Mon 10:00", staff=["B"])],
    [meeting("day", "Tue 10:00"), attends("P1", "day", "Tue 10:00"), attends("P3", "day", "Tue 10:00")],
    [attends("P1", "day", "Tue 10:00"), talk("P1", "Tue 09:00"), call("Mon 12:00")],
    [meeting("day", "Mon 10:00"), meeting("day", "Wed 10:00")],
    [talk("P1", "Tue 17:00", staff=["A"])],
]


@pytest.mark.parametrize("pins", SOUND)
def test_pins_that_can_stand_are_no_error(clinic: dict[str, Any], pins: list[dict[str, object]]) -> None:
    """Pins at the edge of the rules stand; the same pin twice, or two that complete each other, are fine."""
    assert _problems(clinic, pins) == []


ALONE = [
    ("grid", talk("P1", "Tue 09:15"), "no multiple of 30 minutes", "Tue 09:00 or Tue 09:30"),
    ("grid", meeting("day", "Tue 11:00"), "none of the group's starts", "Mon-Fri 10:00, Mon-Fri 14:00"),
    (
        "hours",
        talk("P1", "Tue 07:30", staff=["B"]),
        "Tue 07:30-08:30 is not within the clinic's hours",
        "08:00-20:00",
    ),
    ("hours", talk("P1", "Fri 09:00"), "closed on the day", "move"),
    ("participant-free", talk("P1", "Mon 07:30"), "P1 is busy Mon 08:00-10:00, with 30 minutes", "move"),
    ("participant-free", talk("P1", "Mon 10:00"), "P1 is busy Mon 08:00-10:00, with 30 minutes", "move"),
    ("participant-free", talk("P3", "Tue 08:30"), "P3 is not available throughout", "move"),
    ("participant-free", talk("P3", "Tue 18:30"), "P3 is not available throughout", "move"),
    ("need-count", home("Mon 12:00", participant="P1"), "P1 has no need of home", "add the need"),
    ("family-free", home("Mon 15:30"), "mother, who must attend, is not available", "move"),
    ("staff-fit", talk("P1", "Tue 09:00", staff=[]), "0 of the pinned staff can lead", "move"),
    ("staff-fit", talk("P1", "Tue 09:00", staff=["A", "B"]), "A, B cannot all lead a part", "as many staff"),
    ("staff-fit", home("Mon 12:00", staff=["B"]), 'B has not the skill "home"', "other staff"),
    ("staff-fit", talk("P3", "Tue 09:00", staff=["A"]), "P3's need rules A out", "other staff"),
    ("staff-fit", talk("P2", "Tue 09:00", staff=["B"]), "B has not the tags spanish", "other staff"),
    (
        "staff-fit",
        meeting("day", "Mon 10:00", staff=["A"]),
        '0 of the pinned staff can lead "Skills"',
        "move",
    ),
    ("staff-free", talk("P1", "Tue 17:30", staff=["A"]), "A is not at work throughout", "other staff"),
    ("staff-free", talk("P1", "Tue 12:30", staff=["A"]), "A is busy", "other staff"),
    ("staff-free", home("Tue 12:30"), '0 of the staff can lead "home"', "move"),
    ("room-fit", talk("P1", "Tue 09:00", room="H1"), "H1 is no room of kind office", "another room"),
    ("room-fit", meeting("eve", "Mon 17:00", room="O2"), "O2 is no room of kind hall", "another room"),
    ("room-fit", home("Mon 12:00", room="O1"), "O1 seats 2, at least 3 people come", "another room"),
    ("room-fit", talk("P1", "Wed 13:00", room="O1"), "O1 is busy", "another room"),
    ("room-fit", call("Tue 09:00", room="O1"), "is remote", "take the room out"),
    (
        "group-member",
        attends("P2", "eve", "Mon 17:00"),
        "does not name eve among its groups",
        "another group",
    ),
]


@pytest.mark.parametrize(("rule", "pin", "what", "remedy"), ALONE)
def test_a_pin_that_breaks_a_rule_alone(
    clinic: dict[str, Any], rule: str, pin: dict[str, object], what: str, remedy: str
) -> None:
    """The error names the rule, stands at the pin, and says what is in the way."""
    problems = [problem for problem in _problems(clinic, [pin]) if f"breaks rule {rule}:" in problem.what]
    (problem,) = problems
    assert problem.path == "pins[0]"
    assert what in problem.what
    assert remedy in problem.remedy


CHANGED = [
    (
        "need-count",
        [(("participants", 2, "needs", 0, "sessions"), 0)],
        [talk("P3", "Tue 09:00")],
        "P3 needs 0",
    ),
    (
        "group-member",
        [(("participants", 0, "tags"), [])],
        [attends("P1", "day", "Mon 14:00")],
        "not the tags adult",
    ),
    (
        "group-member",
        [(("participants", 2, "needs"), [])],
        [attends("P3", "eve", "Mon 17:00")],
        "P3 has no need of block",
    ),
    (
        "group-size",
        [(("groups", 1, "min_size"), 4)],
        [meeting("eve", "Mon 17:00")],
        "2 participants could come",
    ),
    ("group-meetings", [(("groups", 1, "meetings"), 0)], [meeting("eve", "Mon 17:00")], "it has 0"),
    (
        "staff-fit",
        [(("groups", 0, "staff"), ["B"])],
        [meeting("day", "Mon 10:00", staff=["A", "B"])],
        "none of the group's",
    ),
    (
        "room-fit",
        [(("rooms", 0, "kind"), "hall"), (("rooms", 0, "capacity"), 9), (("groups", 1, "rooms"), ["H1"])],
        [meeting("eve", "Mon 17:00", room="O1")],
        "O1 is none of the group's rooms",
    ),
    (
        "room-fit",
        [(("rooms", 2, "available"), ["Tue 08:00-20:00"])],
        [meeting("eve", "Mon 17:00")],
        "no room can take",
    ),
    (
        "room-fit",
        [(("participants", 0, "needs", 0, "remote"), True)],
        [talk("P1", "Tue 09:00", room="O1")],
        "is remote",
    ),
    (
        "staff-fit",
        [(("participants", 0, "needs", 0, "staff"), ["B"])],
        [talk("P1", "Tue 09:00", staff=["A"])],
        "does not name A among its staff",
    ),
    ("day-limit", [(("programs", 0, "max_minutes_per_day"), 45)], [talk("P1", "Tue 09:00")], "iop allows 45"),
    (
        "day-limit",
        [(("programs", 0, "max_days_per_week"), 0)],
        [talk("P1", "Tue 09:00")],
        "on 1 days, iop allows 0",
    ),
    (
        "staff-break",
        [(("staff", 0, "max_minutes_without_break"), 70)],
        [talk("P1", "Tue 09:00", staff=["A"])],
        "75 minutes without a break of 30, at most 70",
    ),
]


@pytest.mark.parametrize(("rule", "changes", "pins", "what"), CHANGED)
def test_a_pin_that_a_change_of_the_clinic_breaks(
    clinic: dict[str, Any], spoil: Any, rule: str, changes: list[Any], pins: list[Any], what: str
) -> None:
    """Nothing of the kind is said of the clinic as it is; once it is changed, the pin breaks the rule."""
    assert not any(what in problem.what for problem in _problems(clinic, pins))
    problems = [problem for problem in _problems(spoil(*changes), pins) if f"rule {rule}" in problem.what]
    assert [problem.path for problem in problems] == ["pins[0]"]
    assert what in problems[0].what


def test_a_start_off_the_grid_is_never_used(clinic: dict[str, Any]) -> None:
    """A group may name a start off the grid; a pin may not use it."""
    clinic["groups"][0]["starts"] = ["Mon 10:05", "Mon 10:15"]
    assert _problems(clinic, [meeting("day", "Mon 10:15")]) == []
    (problem,) = _problems(clinic, [meeting("day", "Mon 10:05")])
    assert "breaks rule grid: Mon 10:05 is no multiple of 15 minutes" in problem.what


TOGETHER = [
    ("pin", [talk("P1", "Tue 09:00", staff=["A"]), talk("P1", "Tue 09:00", staff=["B"])], "different staff"),
    (
        "pin",
        [meeting("day", "Mon 10:00", room="H1"), meeting("day", "Mon 10:00", room="O1")],
        "different rooms",
    ),
    (
        "participant-free",
        [talk("P1", "Tue 10:30"), attends("P1", "day", "Tue 10:00")],
        "two sessions at once",
    ),
    ("participant-free", [talk("P1", "Tue 10:00"), call("Tue 10:30")], "two sessions at once"),
    (
        "need-count",
        [talk("P3", "Mon 09:00"), talk("P3", "Wed 09:00")],
        "2 sessions of talk are pinned, P3 needs 1",
    ),
    ("need-spacing", [talk("P1", "Tue 09:00"), talk("P1", "Wed 09:00")], "1 days apart, the need asks for 2"),
    ("need-order", [call("Tue 12:00"), attends("P1", "day", "Tue 10:00")], "begins before P1's call"),
    (
        "group-member",
        [attends("P3", "day", "Mon 10:00"), attends("P3", "eve", "Tue 17:00")],
        "in day and eve",
    ),
    (
        "group-size",
        [attends(who, "day", "Tue 10:00") for who in ("P1", "P2", "P3")],
        "3 participants are pinned into day's meeting on Tue 10:00, 2 fit",
    ),
    (
        "group-meetings",
        [meeting("day", f"{day} 10:00") for day in ("Mon", "Tue", "Wed")],
        "3 meetings of day",
    ),
    ("group-meetings", [meeting("day", "Mon 10:00"), meeting("day", "Mon 14:00")], "are on one day"),
    ("group-meetings", [meeting("day", "Mon 10:00"), meeting("day", "Tue 14:00")], "different times of day"),
    ("apart", [attends("P2", "day", "Tue 10:00"), attends("P3", "day", "Tue 10:00")], "P2 and P3 are never"),
    (
        "staff-fit",
        [talk("P1", "Tue 09:00", staff=["A"]), talk("P1", "Thu 09:00", staff=["B"])],
        "pinned with A and B",
    ),
    (
        "staff-fit",
        [meeting("day", "Tue 10:00", staff=["A", "B"]), attends("P3", "day", "Tue 10:00")],
        "P3's need rules A out",
    ),
    (
        "day-limit",
        [
            talk("P1", "Mon 12:00"),
            talk("P1", "Wed 12:00"),
            call("Tue 12:00"),
            attends("P1", "day", "Thu 10:00"),
        ],
        "would come on 4 days, iop allows 3",
    ),
    (
        "day-limit",
        [talk("P1", "Tue 08:30"), attends("P1", "day", "Tue 10:00"), call("Tue 09:30")],
        "would have 210 minutes on one day, iop allows 200",
    ),
    ("room-free", [talk("P1", "Tue 09:00", room="O2"), talk("P3", "Tue 09:30", room="O2")], "in O2 at once"),
    (
        "staff-free",
        [talk("P1", "Tue 09:00", staff=["A"]), talk("P2", "Tue 10:00", staff=["A"])],
        "A would lead, or write notes of, two things at once",
    ),
    (
        "staff-free",
        [talk("P1", "Mon 10:30", staff=["B"]), meeting("day", "Mon 10:00", staff=["A", "B"])],
        "B would lead",
    ),
    (
        "staff-break",
        [talk("P1", "Tue 08:00", staff=["A"]), talk("P2", "Tue 09:30", staff=["A"])],
        "A would work 165 minutes without a break of 30",
    ),
    (
        "staff-rest",
        [talk("P1", "Tue 17:00", staff=["A"]), talk("P2", "Wed 08:00", staff=["A"])],
        "A would rest 14 hours",
    ),
]


@pytest.mark.parametrize(("rule", "pins", "what"), TOGETHER)
def test_pins_that_break_a_rule_together(
    clinic: dict[str, Any], rule: str, pins: list[dict[str, object]], what: str
) -> None:
    """Each pin stands alone; together they break the rule, and the error names every one that takes part."""
    clinic["programs"][0]["max_minutes_per_day"] = 200
    clinic["staff"][0]["max_minutes_without_break"] = 150
    clinic["staff"][0]["rest_hours"] = 14.25
    for pin in pins:
        assert not any(
            f"rule {rule}" in problem.what for problem in _problems(clinic, [pin]) if rule != "pin"
        )
    problems = [problem for problem in _problems(clinic, pins) if f"breaks rule {rule} " in problem.what]
    told = [problem for problem in problems if what in problem.what]
    assert [problem.path for problem in told] == ["pins[0]"]
    assert "together with pins[1]" in told[0].what
