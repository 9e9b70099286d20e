from __future__ import annotations

import copy
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from iopsched.errors import InstanceError
from iopsched.instance import instance_warnings, load_instance, parse_instance, validate

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.json"))


def test_the_small_clinic_is_sound(clinic: dict[str, Any]) -> None:
    """The clinic that the tests of this folder spoil has nothing wrong with it."""
    instance, problems = validate(clinic)
    assert problems == ()
    assert instance is not None
    assert instance.id == "small"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_load(path: Path) -> None:
    """The examples of the format load without an error or a warning."""
    instance = load_instance(path)
    assert instance.id == json.loads(path.read_text())["id"]
    assert instance_warnings(instance) == ()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A wrong file name is an input error that repeats the name."""
    with pytest.raises(InstanceError, match=r"cannot read .*nowhere\.json: No such file"):
        load_instance(tmp_path / "nowhere.json")


def test_text_bytes_and_document_are_the_same_instance(clinic: dict[str, Any]) -> None:
    """What has been read already may be given as text, bytes (a byte order mark does no harm) or object."""
    text = json.dumps(clinic)
    from_document = parse_instance(clinic)
    assert parse_instance(text) == parse_instance(text.encode("utf-8-sig")) == from_document


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (b"", "empty", "write an instance"),
        (b'{"id": "\xff"}', "line 1: the text is not UTF-8", "save the file as UTF-8"),
        (b'{\n"id": "a"\n"week": 1}', "line 3, column 1", "put a comma"),
        (b'{"id": "a",}', "line 1, column", "comma"),
        (b'{"closed": [1,]}', "line 1, column", "comma"),
        (b"{'id': 1}", "line 1, column 2", "double quotes"),
        (b'{"id": "a', "line 1, column 8", "close the text"),
        (b'{"id" "a"}', "line 1, column 7", "colon"),
        (b'{"id": "a\nb"}', "line 1, column 10", "\\n"),
        (b'{"id": "C:\\x"}', "line 1, column", "backslash"),
        (b'{"id": "a"} {}', "line 1, column 13", "nothing after"),
        (b'{"id": a}', "line 1, column 8", "write a value"),
        (b"[]", "not one object", "write {"),
        (b"[" * 100_000, "nested too deeply", "format"),
        (b'{"slot_minutes": ' + b"1" * 5000 + b"}", "thousands of digits", "write the number"),
    ],
)
def test_what_is_no_json_object(content: bytes, what: str, remedy: str) -> None:
    """Text that is no JSON object is one problem of the whole file, with its line and a remedy."""
    with pytest.raises(InstanceError) as caught:
        parse_instance(content)
    (problem,) = caught.value.problems
    assert problem.path == ""
    assert what in problem.what
    assert remedy in problem.remedy


def test_a_deep_field_is_wrong_as_a_whole(clinic: dict[str, Any]) -> None:
    """A value nested deeper than the format goes is one wrong value, however deep it is."""
    depth = sys.getrecursionlimit() // 2
    text = json.dumps(clinic).replace('"Mon-Fri 08:00-20:00"', "[" * depth + "]" * depth, 1)
    with pytest.raises(InstanceError) as caught:
        parse_instance(text)
    assert [problem.path for problem in caught.value.problems] == ["hours[0]"]


def test_a_roster_is_no_instance() -> None:
    """A roster file given as an instance is told apart, and not reported field by field."""
    with pytest.raises(InstanceError) as caught:
        parse_instance('{"format": "iopsched-roster/1", "sessions": []}')
    (problem,) = caught.value.problems
    assert problem.path == "format"
    assert "roster, not an instance" in problem.what


def test_a_field_given_twice_is_not_silently_lost(clinic: dict[str, Any]) -> None:
    """JSON allows a field twice in one object and keeps the last; an instance file doesn't."""
    text = json.dumps(clinic).replace('"sessions": 2', '"sessions": 3, "sessions": 2', 1)
    assert json.loads(text) == clinic
    with pytest.raises(InstanceError) as caught:
        parse_instance(text)
    (problem,) = caught.value.problems
    assert problem.path == "participants[0].needs[0].sessions"
    assert "given more than once" in problem.what


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_found_where_it_stands(clinic: dict[str, Any], number: str) -> None:
    """JSON has no NaN and no infinity; each is reported at its place."""
    text = json.dumps(clinic).replace('"rest_hours": 14', f'"rest_hours": {number}')
    with pytest.raises(InstanceError, match="which JSON has no number for") as caught:
        parse_instance(text)
    assert [problem.path for problem in caught.value.problems] == ["staff[0].rest_hours"]


def test_half_a_character_has_a_place(clinic: dict[str, Any]) -> None:
    """A lone surrogate, which no UTF-8 file can hold, is an error and not a later crash."""
    text = json.dumps(clinic).replace('"why": "court"', '"why": "\\ud800"')
    with pytest.raises(InstanceError, match="half a character") as caught:
        parse_instance(text)
    assert caught.value.problems[0].path == "participants[0].busy[0].why"
    assert str(caught.value).encode()


def test_all_problems_at_once_in_file_order(spoil: Any) -> None:
    """Mistakes of every kind are found in one pass; none hides another, none brings a false one along."""
    document = spoil(
        (("timezone",), "Mars/Olympus"),
        (("hours",), ["Mon-Fri 08:00-20:00", "Mon 9-12"]),
        (("services", 1, "minutes"), "60"),
        (("services", 2, "skill"), "telepathy"),
        (("rooms", 1, "id"), "O1"),
        (("staff", 0, "availble"), ["Mon 08:00-09:00"]),
        (("staff", 0, "available"), ...),
        (("staff", 1, "skills", 2), 7),
        (("groups", 0, "service"), "blok"),
        (("groups", 1, "min_size"), 9),
        (("participants", 0, "needs", 0, "service"), "tlak"),
        (("participants", 0, "needs", 0, "sessions"), True),
        (("participants", 0, "needs", 1, "staff"), ["A"]),
        (("participants", 1, "program"), ...),
        (("participants", 1, "needs", 1, "sesions"), 3),
        (("pins", 0, "group"), "eve"),
    )
    instance, problems = validate(document)
    assert instance is None
    assert [problem.path for problem in problems] == [
        "timezone",
        "hours[1]",
        "services[1].minutes",
        "rooms[1].id",
        "staff[0].availble",
        "staff[1].skills[2]",
        "groups[0].service",
        "groups[1].min_size",
        "participants[0].needs[0].service",
        "participants[0].needs[0].sessions",
        "participants[0].needs[1].staff",
        "participants[1].needs[1].sesions",
        "participants[1].program",
        "pins[0]",
    ]
    assert {problem.severity for problem in problems} == {"error"}
    assert all(problem.remedy for problem in problems)


def test_a_warning_stands_beside_the_errors(spoil: Any) -> None:
    """A need that nobody has the skill for is found although other fields of staff and needs are broken."""
    document = spoil(
        (("services", 2, "skill"), "telepathy"),
        (("staff", 0, "available", 0), "Mon 9-12"),
        (("staff", 1, "id"), "A"),
        (("participants", 0, "needs", 0, "sessions"), 51),
    )
    instance, problems = validate(document)
    assert instance is None
    assert [(problem.path, problem.severity) for problem in problems] == [
        ("staff[0].available[0]", "error"),
        ("staff[1].id", "error"),
        ("participants[0].needs[0].sessions", "error"),
        ("participants[0].needs[2].service", "warning"),
    ]


def test_a_misspelt_field_is_judged_under_its_own_name(spoil: Any) -> None:
    """A required field with nearly its name counts as that field; places keep the file's name."""
    document = spoil((("rooms", 0, "Kind"), "office"), (("rooms", 0, "kind"), ...), (("Programs",), [{}]))
    del document["programs"]
    _, problems = validate(document)
    assert [problem.path for problem in problems] == ["rooms[0].Kind", "Programs", "Programs[0].id"]


def test_a_missing_id_brings_no_false_unknown_references(spoil: Any) -> None:
    """While a group has no id, no reference to a group can be called unknown."""
    document = spoil((("groups", 0, "id"), ...))
    assert document["participants"][1]["needs"][2]["groups"] == ["day"]
    _, problems = validate(document)
    assert [problem.path for problem in problems] == ["groups[0].id"]


def test_the_document_is_left_as_it_was(spoil: Any) -> None:
    """Looking for problems changes nothing in what it is given."""
    document = spoil((("hours", 0), 5), (("rooms", 0, "kint"), "x"), (("rooms", 0, "kind"), ...))
    before = copy.deepcopy(document)
    instance, _ = validate(document)
    assert instance is None
    assert document == before


def test_the_error_carries_all_problems_one_a_line(spoil: Any) -> None:
    """What a planner sees names place, object, mistake and remedy."""
    document = spoil((("slot_minutes",), 7), (("groups", 1, "service"), "blok"))
    with pytest.raises(InstanceError) as caught:
        parse_instance(document)
    assert str(caught.value).splitlines() == [
        'slot_minutes: "slot_minutes" must be one of 5, 10, 15, 20, 30, 60, not 7 '
        "(write one of 5, 10, 15, 20, 30, 60)",
        'groups[1].service: group eve: there is no service "blok" (did you mean "block"?)',
    ]


def test_a_thousand_participants_load_in_about_a_second() -> None:
    """Loading grows with the file and no faster; the limit is generous for a busy machine."""
    document = json.loads((Path(__file__).parent / "examples" / "clinic-60.json").read_text())
    some = document["participants"]
    document["participants"] = [
        {**copy.deepcopy(some[k % len(some)]), "id": f"P{k:05}", "apart_from": []} for k in range(1000)
    ]
    text = json.dumps(document)
    began = time.process_time()
    instance = parse_instance(text)
    assert len(instance.participants) == 1000
    assert time.process_time() - began < 3


def test_no_message_repeats_names_or_reasons(spoil: Any) -> None:
    """Messages carry ids: neither the names of staff nor why somebody is busy."""
    document = spoil(
        (("staff", 0, "name"), "Jane Roe"),
        (("pins", 0, "start"), "Mon 09:00"),
        (("participants", 0, "busy", 0, "travel_minutes"), 60),
    )
    _, problems = validate(document)
    assert any("P1 is busy Mon 08:00-10:00" in problem.what for problem in problems)
    assert not any(re.search("court|Jane", str(problem)) for problem in problems)
