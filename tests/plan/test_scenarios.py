"""Scenarios from files: one that builds on another, one that sweeps over values, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iopsched.errors import InputError
from iopsched.plan.edits import sentence
from iopsched.plan.scenarios import Scenario, gather_scenarios, load_scenarios, parse_scenarios
from rules.tiny import clinic, group, need, participant, staff

TINY = clinic(
    staff=[staff("T3"), staff("T5")],
    groups=[group("G4")],
    participants=[participant("P1", need("class")), participant("P2")],
)

FILE = """
[scenarios.sick]
edits = ["T3 is away on Tue"]

[scenarios.covered]
extends = "sick"
edits = ["hire T20 like T3", {edit = "staff_works", staff = "T20", when = ["Tue 12:00-20:00"]}]

[scenarios.seats]
extends = "sick"
sweep = [8, 10, 12]
edits = ["group G4 seats {value}"]

[scenarios.both]
extends = "seats"
sweep = [1, 2]
edits = [{edit = "group_minimum", group = "G4", seats = "{value}"}]
"""


def told(scenarios: tuple[Scenario, ...]) -> dict[str, list[str]]:
    """Return each scenario's sentences by its name."""
    return {one.name: [sentence(edit) for edit in one.edits] for one in scenarios}


def test_a_file_of_scenarios(tmp_path: Path) -> None:
    """What is built on comes first; a sweep makes a scenario of each value, and so does building on one."""
    (tmp_path / "plan.toml").write_text(FILE)
    scenarios = told(load_scenarios(tmp_path / "plan.toml", TINY))
    assert scenarios["sick"] == ["T3 is away on Tue"]
    assert scenarios["covered"] == ["T3 is away on Tue", "hire T20 like T3", "T20 works Tue 12:00-20:00"]
    assert scenarios["seats-10"] == ["T3 is away on Tue", "group G4 seats 10"]
    assert scenarios["both-12-2"] == [*scenarios["seats-12"], "group G4 needs at least 2"]
    assert len(scenarios) == 1 + 1 + 3 + 6


def test_json_says_the_same(tmp_path: Path) -> None:
    """The same scenarios in JSON are the same."""
    (tmp_path / "plan.json").write_text(json.dumps({"scenarios": {"sick": {"edits": ["T3 is away on Tue"]}}}))
    (tmp_path / "plan.toml").write_text(FILE)
    assert load_scenarios(tmp_path / "plan.json", TINY) == load_scenarios(tmp_path / "plan.toml", TINY)[:1]


def test_newcomers_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    """A scenario file can be moved together with the files that it names."""
    (tmp_path / "new.json").write_text(json.dumps(participant("P9")))
    (tmp_path / "plan.toml").write_text('[scenarios.new]\nedits = ["admit new.json"]')
    (only,) = load_scenarios(tmp_path / "plan.toml", TINY)
    assert '"id": "P9"' in sentence(only.edits[0])


@pytest.mark.parametrize(
    ("tables", "path", "words"),
    [
        ({}, "scenarios", "holds no scenarios"),
        ({"a": []}, "scenarios.a", "a list […] is no scenario"),
        ({"a": {"edit": ["T3 leaves"]}}, "scenarios.a.edit", 'did you mean "edits"?'),
        ({"a": {"edits": "T3 leaves"}}, "scenarios.a.edits", "square brackets"),
        ({"a": {"edits": ["T33 leaves"]}}, "scenarios.a.edits[0].staff", 'did you mean "T3"?'),
        ({"sick": {}, "a": {"extends": "sik"}}, "scenarios.a.extends", 'did you mean "sick"?'),
        ({"a": {"extends": "b"}, "b": {"extends": "a"}}, "scenarios.a.extends", "a → b → a"),
        ({"a": {"sweep": [], "edits": ["group G4 seats {value}"]}}, "scenarios.a.sweep", "no values"),
        ({"a": {"sweep": [8], "edits": ["T3 leaves"]}}, "scenarios.a.edits", "no edit has a place"),
        ({"a": {"edits": [7]}}, "scenarios.a.edits[0]", "7 is no edit"),
        (
            {"a": {"sweep": [8, "many"], "edits": ["group G4 seats {value}"]}},
            "scenarios.a-many.edits[0].seats",
            '"many" is no whole number',
        ),
        ({"a": {"edits": ["group G4 seats {value}"]}}, "scenarios.a.edits", "the scenario has no sweep"),
        ({"base": {"edits": ["T3 leaves"]}}, "scenarios.base", "the clinic as it is"),
        ({"": {"edits": ["T3 leaves"]}}, "scenarios.", "no name"),
        ({"a": {"edits": [{"edit": "vanish"}]}}, "scenarios.a.edits[0].edit", "write one of staff_away"),
        (
            {"a": {"sweep": [8], "edits": ["group G4 seats {value}"]}, "a-8": {}},
            "scenarios.a-8",
            'two scenarios come out as "a-8"',
        ),
    ],
)
def test_what_cannot_be_used_says_why(tables: dict[str, Any], path: str, words: str) -> None:
    """The problem names scenario, edit and field, and ends with a remedy."""
    with pytest.raises(InputError) as refused:
        parse_scenarios({"scenarios": tables}, TINY)
    (problem,) = [one for one in refused.value.problems if words in str(one)]
    assert problem.path == path
    assert problem.remedy


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.toml", "[scenarios", "this is not TOML"),
        ("plan.json", "{", "this is not JSON"),
        ("plan.json", "[]", 'write {"scenarios"'),
        ("plan.json", '{"scenarios": {"a": {"edits": []}, "a": {}}}', '"a" is given more than once'),
        ("plan.json", '{"scenario": {}}', 'the field "scenarios" is missing'),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str, content: str, words: str) -> None:
    """The file's name stands beside what is wrong with it; so does that of one that is not there."""
    (tmp_path / name).write_text(content)
    for file, what in ((name, words), ("nothing.json", "cannot read")):
        with pytest.raises(InputError, match=what) as refused:
            load_scenarios(tmp_path / file, TINY)
        assert refused.value.__notes__ == [str(tmp_path / file)]


def test_problems_of_all_sources_are_told_at_once(tmp_path: Path) -> None:
    """Edits make one scenario; where they and a file are wrong, each problem names where it is."""
    (one,) = gather_scenarios(["T3 leaves", "T5 leaves"], [], TINY)
    assert (one.name, len(one.edits)) == ("edits", 2)
    (tmp_path / "plan.json").write_text('{"scenarios": {"a": {"edits": ["T6 leaves"]}}}')
    with pytest.raises(InputError) as refused:
        gather_scenarios(["T7 leaves"], [tmp_path / "plan.json"], TINY)
    paths = [problem.path for problem in refused.value.problems]
    assert paths == ["--edit: edits[0].staff", f"{tmp_path / 'plan.json'}: scenarios.a.edits[0].staff"]


def test_a_circle_is_one_problem() -> None:
    """Of three scenarios that build on each other and one that builds on one of them, it is told once."""
    tables = {name: {"extends": parent} for name, parent in (("c", "a"), ("a", "b"), ("b", "c"), ("d", "a"))}
    with pytest.raises(InputError) as refused:
        parse_scenarios({"scenarios": tables}, TINY)
    (problem,) = refused.value.problems
    assert problem.path == "scenarios.a.extends"
    assert "a → b → c → a" in problem.what


def test_two_sources_have_no_name_in_common(tmp_path: Path) -> None:
    """The problem names the other file, or the edits outside of files, which make a scenario too."""
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text('{"scenarios": {"a": {"edits": ["T3 leaves"]}}}')
    assert len(gather_scenarios([], [tmp_path / "one.json"], TINY)) == 1
    with pytest.raises(InputError, match=r"one\.json has a scenario") as refused:
        gather_scenarios([], [tmp_path / "one.json", tmp_path / "two.json"], TINY)
    assert refused.value.__notes__ == [str(tmp_path / "two.json")]
    (tmp_path / "edits.json").write_text('{"scenarios": {"edits": {"edits": ["T3 leaves"]}}}')
    with pytest.raises(InputError, match="--edit has a scenario"):
        gather_scenarios(["T5 leaves"], [tmp_path / "edits.json"], TINY)
