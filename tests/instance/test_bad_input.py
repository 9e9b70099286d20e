"""One row for each mistake: what is spoiled, where it is found, and words of what and remedy."""

from __future__ import annotations

from typing import Any

import pytest

from iopsched.instance import validate

P1 = ("participants", 0)
NEED = (*P1, "needs")
N = "participants[0].needs"

FIELDS = [
    # place, value, path, words of what, words of remedy
    (("format",), "iopsched-instance/2", "format", 'must be "iopsched-instance/1"', "did you mean|write"),
    (("id",), "", "id", "'' is not an id", "non-empty"),
    (("id",), "a\nb", "id", "is not an id", "without line breaks"),
    (("id",), ..., "id", 'the field "id" is missing', 'add "id"'),
    (("week",), "2026-12-01", "week", "2026-12-01 is no Monday", "2026-11-30"),
    (("week",), "0001-01-01", "week", "edge of the calendar", "the week to schedule"),
    (("week",), "9999-12-27", "week", "edge of the calendar", "the week to schedule"),
    (("week",), "30.11.2026", "week", "not an ISO date", "YYYY-MM-DD"),
    (("week",), "2026-02-30", "week", 'a date such as "2026-11-30", not the text "2026-02-30"', "write"),
    (("week",), 20261130, "week", "20261130 is not an ISO date", "YYYY-MM-DD"),
    (("timezone",), "Chicago", "timezone", "not an IANA time zone", "America/Chicago"),
    (("timezone",), None, "timezone", "not null", "leave the field out"),
    (("slot_minutes",), 7, "slot_minutes", "one of 5, 10, 15, 20, 30, 60, not 7", "write one of"),
    (("slot_minutes",), 15.0, "slot_minutes", "15.0 is not a whole number", "write 5"),
    (("slot_minutes",), "15", "slot_minutes", "not a whole number", "write 5"),
    (("hours",), "Mon-Fri 08:00-20:00", "hours", "must be a list", "square brackets"),
    (("hours", 0), "Mon-Fri 8-20", "hours[0]", "'Mon-Fri 8-20' is not a window", "DAYS HH:MM-HH:MM"),
    (("hours", 0), "Mon 22:00-02:00", "hours[0]", "ends before it starts", "written as two"),
    (("hours", 0), None, "hours[0]", 'an entry of "hours" must be text', "write text such as"),
    (("closed",), ["2026-12-32"], "closed[0]", "a date", "write a date"),
    (("pins",), None, "pins", "must be a list […], not null", "leave the field out"),
    (("rooms",), {}, "rooms", "must be a list […], not an object", "write a list"),
    (("rooms", 1), "O2", "rooms[1]", 'an entry of "rooms" must be an object', "write an object"),
    (("participant",), [], "participant", 'unknown field "participant"', '"participants" already'),
    (("horus",), [], "horus", 'unknown field "horus"', '"hours" already'),
    (("colour",), "red", "colour", 'unknown field "colour"', "the fields here are format, id"),
    (
        ("services", 0, "kind"),
        "one-to-one",
        "services[0].kind",
        'service talk: "kind" must be',
        '"one_to_one"?',
    ),
    (("services", 0, "minutes"), 60.5, "services[0].minutes", "from 1 to 1000000, not 60.5", "write"),
    (("services", 0, "minutes"), 60.0, "services[0].minutes", "from 1 to 1000000, not 60.0", "write"),
    (("services", 0, "minutes"), 0, "services[0].minutes", "from 1 to 1000000, not 0", "write"),
    (("services", 0, "minutes"), 10**30, "services[0].minutes", "from 1 to 1000000, not 1000", "write"),
    (("services", 0, "skill"), None, "services[0].skill", "not null", "leave the field out"),
    (("services", 3, "agenda"), [], "services[3].agenda", "is empty", "leave the field out"),
    (
        ("services", 3, "agenda", 1, "leaders"),
        "2",
        "services[3].agenda[1].leaders",
        "part Skills",
        "2 without quotes",
    ),
    (("services", 3, "agenda", 0, "title"), ..., "services[3].agenda[0].title", "missing", 'add "title"'),
    (("rooms", 0, "available"), None, "rooms[0].available", "null is not allowed", "leave the field out"),
    (("staff", 1, "skill"), "talk", "staff[1].skill", 'staff B: unknown field "skill"', '"skills" already'),
    (
        ("staff", 1, "targetminutes"),
        9,
        "staff[1].targetminutes",
        "unknown field",
        '"target_minutes_per_week"',
    ),
    (("staff", 0, "rest_hours"), "11", "staff[0].rest_hours", "a number, 0 or more", "11 without quotes"),
    (("staff", 0, "rest_hours"), -1, "staff[0].rest_hours", "0 or more, not -1", "write"),
    (("groups", 1, "starts", 0), "Mon 25:00", "groups[1].starts[0]", "25:00 is not a time of day", "write"),
    (("groups", 1, "same_start"), "true", "groups[1].same_start", "must be true or false", "without quotes"),
    (("groups", 1, "same_start"), 1, "groups[1].same_start", "must be true or false, not 1", "write"),
    ((*P1, "id"), 1, "participants[0].id", "participant 1 (no id)", "text in double quotes"),
    ((*P1, "prefers"), [], "participants[0].prefers", "participant P1", "leave the field out"),
    ((*P1, "prefers"), ["Mon"], "participants[0].prefers[0]", "'Mon' is not a window", "DAYS HH:MM-HH:MM"),
    ((*P1, "available"), None, "participants[0].available", "null", "leave the field out"),
    ((*P1, "busy", 0, "when"), ..., "participants[0].busy[0].when", "missing", 'add "when"'),
    ((*NEED, 0, "sessions"), True, f"{N}[0].sessions", "participant P1, need of talk", "from 0 to 50"),
    ((*NEED, 0, "sessions"), 51, f"{N}[0].sessions", "a whole number from 0 to 50, not 51", "write"),
    ((*NEED, 0, "sessions"), "two", f"{N}[0].sessions", 'not the text "two"', "a whole number from 0"),
    ((*NEED, 0, "priority"), 0, f"{N}[0].priority", "from 1 to 100, not 0", "write"),
    ((*NEED, 0, "staf_tags"), ["x"], f"{N}[0].staf_tags", "unknown field", '"staff_tags"?'),
    (("participants", 1, "needs", 0, "family"), None, "participants[1].needs[0].family", "null", "leave"),
    (("pins", 0, "start"), "Mon,Tue 09:00", "pins[0].start", "names more than one day", "one pin for each"),
    (("pins", 0, "start"), ..., "pins[0].start", "pin of P1 talk", "add"),
    (
        ("weights", "waiting"),
        3,
        "weights.waiting",
        'unknown field "waiting"',
        "the fields here are visit|wait",
    ),
    (("weights", "waits"), 3, "weights.waits", 'unknown field "waits"', '"wait" already'),
    (("weights", "visits"), 3, "weights.visits", 'unknown field "visits"', 'did you mean "visit"?'),
    (("weights", "visit"), -1, "weights.visit", "a whole number from 0 to 1000000, not -1", "write"),
]

REFERENCES = [
    (
        ("groups", 0, "service"),
        "bloc",
        "groups[0].service",
        'group day: there is no service "bloc"',
        '"block"?',
    ),
    (("groups", 0, "rooms"), ["H1", "H2"], "groups[0].rooms[1]", 'no room "H2"', "use one of O1, O2, H1"),
    (("groups", 0, "staff"), ["Z"], "groups[0].staff[0]", 'no member of staff "Z"', "use one of A, B"),
    ((*P1, "program"), "php", "participants[0].program", 'no program "php"', "use one of iop"),
    (
        (*P1, "apart_from"),
        ["P2", "P9"],
        "participants[0].apart_from[1]",
        'no participant "P9"',
        "use one of P1, P2, P3",
    ),
    (
        (*P1, "apart_from"),
        ["P1"],
        "participants[0].apart_from[0]",
        "apart from themselves",
        "take the id out",
    ),
    ((*NEED, 0, "service"), "Talk", f"{N}[0].service", 'no service "Talk"', '"talk"?'),
    ((*NEED, 0, "staff"), ["A", "C"], f"{N}[0].staff[1]", 'no member of staff "C"', "use one of A, B"),
    ((*NEED, 0, "not_staff"), ["C"], f"{N}[0].not_staff[0]", 'no member of staff "C"', "use one of"),
    ((*NEED, 0, "prefer_staff"), ["C"], f"{N}[0].prefer_staff[0]", "no member of staff", "use one of"),
    ((*NEED, 1, "groups"), ["dya"], f"{N}[1].groups[0]", 'no group "dya"', '"day"?'),
    ((*NEED, 1, "after"), "intake", f"{N}[1].after", 'no service "intake"', "use one of talk, home"),
    (
        ("participants", 1, "needs", 0, "family"),
        ["mothr"],
        "participants[1].needs[0].family[0]",
        "nobody",
        "mother",
    ),
    (("pins", 0, "participant"), "P7", "pins[0].participant", 'no participant "P7"', "use one of P1, P2, P3"),
    (("pins", 0, "service"), "walk", "pins[0].service", 'no service "walk"', '"talk"?'),
    (("pins", 0, "staff"), ["X"], "pins[0].staff[0]", 'no member of staff "X"', "use one of"),
    (("pins", 0, "room"), "O9", "pins[0].room", 'no room "O9"', "add the room"),
    (("groups", 1, "id"), "day", "groups[1].id", "already that of group number 1", "its own id"),
    (("staff", 1, "id"), "A", "staff[1].id", "already that of member of staff number 1", "its own id"),
    (
        ("participants", 2, "id"),
        "P1",
        "participants[2].id",
        "already that of participant number 1",
        "its own",
    ),
    (
        ("participants", 1, "family"),
        [{"id": "mother", "available": ["Mon 12:00-16:00"]}] * 2,
        "participants[1].family[1].id",
        "already that of family member number 1",
        "its own id",
    ),
]

CLINIC = [
    (("closed",), ["2026-12-07"], "closed[0]", "not in the week that begins on 2026-11-30", "to 2026-12-06"),
    (("services", 0, "minutes"), 50, "services[0].minutes", "no multiple of slot_minutes, 15", "45 or 60"),
    (("services", 3, "minutes"), 180, "services[3].agenda", "last 120 minutes together", "add up to 180"),
    (
        ("services", 0, "agenda"),
        [{"title": "x", "minutes": 60}],
        "services[0].agenda",
        "only for",
        "take the agenda",
    ),
    (("groups", 0, "min_size"), 3, "groups[0].min_size", "more than", "lower min_size"),
    (("groups", 0, "max_size"), 0, "groups[0].max_size", '"min_size" is 1', "raise max_size"),
    (("groups", 0, "service"), "talk", "groups[0].service", 'kind "one_to_one", not "group"', "(block)"),
]

NEEDS = [
    (
        (*NEED, 1, "staff"),
        ["A"],
        f"{N}[1].staff",
        '"staff" is only for services of kind one_to_one or family',
        "out",
    ),
    ((*NEED, 1, "staff"), [], f"{N}[1].staff", "only for", "take the field out"),
    ((*NEED, 1, "staff_tags"), ["x"], f"{N}[1].staff_tags", "only for", "take the field out"),
    ((*NEED, 1, "prefer_staff"), ["A"], f"{N}[1].prefer_staff", "only for", "take the field out"),
    ((*NEED, 1, "same_staff"), False, f"{N}[1].same_staff", "only for", "take the field out"),
    ((*NEED, 1, "remote"), True, f"{N}[1].remote", "only for", "take the field out"),
    (
        (*NEED, 0, "groups"),
        ["day"],
        f"{N}[0].groups",
        "only for services of kind group",
        "take the field out",
    ),
    (
        (*NEED, 0, "mix_groups"),
        True,
        f"{N}[0].mix_groups",
        "this one has kind one_to_one",
        "take the field out",
    ),
    ((*NEED, 0, "family"), [], f"{N}[0].family", "only for services of kind family", "take the field out"),
    ((*NEED, 2, "service"), "talk", f"{N}[2].service", "need number 1 of this participant", "one need"),
    ((*NEED, 1, "after"), "block", f"{N}[1].after", "names its own service", "name another"),
    ((*NEED, 2, "after"), "block", f"{N}[1].after", "block after call after block", "take one of these"),
]


@pytest.mark.parametrize(("place", "value", "path", "what", "remedy"), FIELDS + REFERENCES + CLINIC + NEEDS)
def test_one_mistake_is_one_error(
    spoil: Any, place: tuple[str | int, ...], value: object, path: str, what: str, remedy: str
) -> None:
    """A single mistake is found alone, where it stands, with what is wrong and what would mend it."""
    instance, problems = validate(spoil((place, value)))
    assert instance is None
    (problem,) = problems
    assert problem.severity == "error"
    assert problem.path == path
    assert what in problem.what
    assert any(words in problem.remedy for words in remedy.split("|"))


def test_rooms_of_a_group_whose_service_is_remote(spoil: Any) -> None:
    """A meeting without a room has no choice of rooms."""
    document = spoil((("services", 3, "room_kinds"), ...), (("groups", 0, "rooms"), ["H1"]))
    _, problems = validate(document)
    assert [problem.path for problem in problems] == ["groups[0].rooms"]
    assert "remote" in problems[0].what


def test_a_longer_circle_is_reported_once(spoil: Any) -> None:
    """talk after block after call after talk is one mistake, at its first need; a tail is none."""
    document = spoil(((*NEED, 0, "after"), "block"), ((*NEED, 2, "after"), "talk"))
    document["participants"][0]["needs"].insert(0, {"service": "home", "sessions": 1, "after": "talk"})
    _, problems = validate(document)
    assert [problem.path for problem in problems] == [f"{N}[1].after"]
    assert "talk after block after call after talk" in problems[0].what


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*NEED, 1, "staff"), None),
        ((*NEED, 1, "same_staff"), True),
        ((*NEED, 1, "prefer_staff"), []),
        ((*NEED, 0, "mix_groups"), False),
        ((*NEED, 0, "groups"), None),
        ((*NEED, 0, "after"), None),
        ((*NEED, 0, "after"), "home"),
        (("staff", 1, "max_minutes_per_day"), None),
        (("groups", 0, "rooms"), None),
        (("pins", 0, "room"), None),
        (("pins", 0, "group"), None),
        (("services", 3, "agenda"), None),
        (("services", 0, "start_every"), 20),
        ((*P1, "prefers"), None),
        ((*P1, "tags"), ["adult", "adult", "never heard of"]),
    ],
)
def test_what_says_no_more_than_its_absence_is_no_error(
    spoil: Any, place: tuple[str | int, ...], value: object
) -> None:
    """A default written out, null where none is the default, and free text are all fine."""
    instance, problems = validate(spoil((place, value)))
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert instance is not None
