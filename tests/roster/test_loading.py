"""Roster files: any roster in the format loads, and everything that keeps one from it is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iopsched.errors import RosterError
from iopsched.roster import Roster, load_roster, parse_roster, roster_schema
from roster.weeks import evening_clinic, evening_roster

TEXT = evening_roster(evening_clinic()).to_json()


def document() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(TEXT)
    return read


def changed(path: str, value: object) -> dict[str, Any]:
    """Return the roster's document with one value changed, or taken out where it is ``...``."""
    whole = node = document()
    *above, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in above:
        node = node[step]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return whole


def test_a_roster_survives_the_file(tmp_path: Path) -> None:
    """Written and read again it is the same, from a file, a text, bytes or an object."""
    roster = parse_roster(TEXT)
    file = tmp_path / "roster.json"
    file.write_text(TEXT, encoding="utf-8")
    assert roster.to_json() == TEXT
    assert load_roster(file) == load_roster(str(file)) == roster
    assert parse_roster(TEXT.encode()) == parse_roster("\ufeff" + TEXT) == parse_roster(document()) == roster


def test_the_least_that_a_roster_is() -> None:
    """What has a default may be left out, and what a later version adds is passed over."""
    least = {
        "format": "iopsched-roster/1",
        "instance": "x",
        "week": "2026-11-23",
        "status": "feasible",
        "score": {"unmet": 0, "changes": 0, "burden": 0, "staffing": 0},
        "bound": {},
        "sessions": [],
        "unmet": [],
    }
    roster = parse_roster(json.dumps({**least, "colour": "green"}))
    assert isinstance(roster, Roster)
    assert roster.bound.unmet is None
    assert roster == parse_roster(least)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("format", "iopsched-roster/9", '"iopsched-roster/1"'),
        ("format", "iopsched-instance/1", "an instance, not a roster"),
        ("format", ..., "is missing"),
        ("sessions", ..., "is missing"),
        ("sessions", {}, "a list"),
        ("sessions.0", "talk", "an object"),
        ("sessions.0.start", ..., "is missing"),
        ("sessions.0.start", "Monday", "2026-11-23T17:30"),
        ("sessions.0.start", 17, "2026-11-23T17:30"),
        ("sessions.0.start", "2026-11-23T17:30+01:00", "wall clock"),
        ("sessions.0.start", "9999-12-31T23:30", "no time in the life of a clinic"),
        ("sessions.0.staff", "ana", "a list"),
        ("sessions.0.staff.0", 7, "text"),
        ("sessions.1.agenda.0.end", None, "2026-11-23T17:30"),
        ("score.unmet", "300", "a whole number"),
        ("score.unmet", "\ud800", "a whole number"),
        ("score.unmet", True, "a whole number"),
        ("score.burden", 1.5, "a whole number"),
        ("score.changes", ..., "is missing"),
        ("bound.unmet", "none", "a whole number"),
        ("unmet.0.sessions", None, "a whole number"),
        ("status", "best", '"optimal" or "feasible"'),
        ("week", "next", "a date"),
        ("solver.seconds", "long", "a number"),
        ("solver", [], "an object"),
        ("solver.seed", float("nan"), "a whole number"),
        ("sessions.0.pinned", "maybe", "true or false"),
        ("sessions.0.id", "\ud800", "whole character"),
    ],
)
def test_a_field_that_is_wrong_is_named(path: str, value: object, words: str) -> None:
    """Each problem has its path in the file, what is wrong with it and a remedy."""
    assert parse_roster(document())
    with pytest.raises(RosterError) as error:
        parse_roster(json.dumps(changed(path, value)))
    (problem,) = error.value.problems
    where = "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in path.split("."))
    assert problem.path == where.removeprefix(".")
    assert words in f"{problem.what} {problem.remedy}"
    assert problem.remedy
    assert str(error.value).encode()


def test_all_problems_are_told_at_once() -> None:
    """Three mistakes in three places, in the order of the file, with the session named by its id."""
    wrong = document()
    wrong["score"]["unmet"] = "none"
    wrong["sessions"][0]["end"] = "late"
    wrong["unmet"][0]["minutes"] = None
    with pytest.raises(RosterError) as error:
        parse_roster(wrong)
    paths = [problem.path for problem in error.value.problems]
    assert paths == ["score.unmet", "sessions[0].end", "unmet[0].minutes"]
    assert f"session {wrong['sessions'][0]['id']}" in error.value.problems[1].what
    assert "unmet need of p3" in error.value.problems[2].what


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("{", "line 1"),
        ('{"format": }', "column 12"),
        ("[]", "not one object"),
        (b"\xff\xfe", "UTF-8"),
        ("[" * 100_000, "nested"),
        ('{"format": "iopsched-roster/1", "format": "iopsched-roster/1"}', "more than once"),
    ],
)
def test_what_is_no_json_object_is_said_plainly(content: str | bytes, words: str) -> None:
    """No traceback, a remedy, and not a word of instances where a roster was meant."""
    with pytest.raises(RosterError) as error:
        parse_roster(content)
    assert words in str(error.value)
    assert "an instance" not in str(error.value)
    assert all(problem.remedy for problem in error.value.problems)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is an error of the roster that names it."""
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(RosterError, match="cannot read"):
            load_roster(path)


def test_the_schema_is_that_of_the_file() -> None:
    """It names every field of the format, and writes times as files do: no seconds, no offset."""
    schema = roster_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(document()) <= set(schema["properties"])
    assert set(document()["sessions"][1]) <= set(schema["$defs"]["Session"]["properties"])
    assert "pattern" in schema["$defs"]["Session"]["properties"]["start"]
    assert json.loads(json.dumps(schema)) == schema
