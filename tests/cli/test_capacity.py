from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run
from iopsched import check, load_instance, load_roster
from iopsched.generate import to_document
from rules.tiny import clinic, participant, staff


@pytest.fixture
def three_hours(tmp_path: Path) -> Path:
    """Return the file of a clinic with three hours of staff, of which p1 takes one."""
    path = tmp_path / "clinic.json"
    instance = clinic(staff=[staff(available=["Mon 09:00-12:00"])], participants=[participant()])
    path.write_text(to_document(instance))
    return path


def test_the_answer_is_data_on_standard_output(run: Run, three_hours: Path, tmp_path: Path) -> None:
    """``--json`` prints one document; ``--save`` keeps a clinic and a roster that the checker accepts."""
    folder = tmp_path / "kept"
    ended = run("capacity", three_hours, "--like", "p1", "--json", "--time-limit", 20, "--save", folder)
    assert ended.exit_code == 0
    told = json.loads(ended.stdout)
    assert (told["profile"], told["reached"], told["at_most"], told["proved"]) == ("p1", 2, 2, True)
    assert set(told) == {
        "instance", "profile", "models", "reached", "at_most", "proved", "newcomers", "present_unmet",
        "limits", "tried", "missing", "supplies", "gains", "unexamined", "seconds",
    }  # fmt: skip
    instance = load_instance(folder / "capacity.instance.json")
    roster = load_roster(folder / "capacity.roster.json")
    assert [one.id for one in instance.participants] == ["p1", "p1+1", "p1+2"]
    assert check(instance, roster).ok
    assert roster.unmet == ()


def test_people_are_told_how_far_it_is(run: Run, three_hours: Path) -> None:
    """Progress goes to standard error, nothing of it with ``--quiet``; the answer to standard output."""
    ended = run("capacity", three_hours, "--mix", "--time-limit", 20)
    assert ended.stdout.startswith("2 more participants like those present can be admitted")
    assert "at most 2: what more would bring" in ended.stderr
    assert run("capacity", three_hours, "--time-limit", 2, "--quiet").stderr == ""


def test_calls_that_make_no_sense_are_refused(run: Run, three_hours: Path, tmp_path: Path) -> None:
    """Two profiles at once; somebody nobody knows, with the nearest; a folder that is a file."""
    both = run("capacity", three_hours, "--like", "p1", "--mix")
    assert (both.exit_code, "exclude each other" in both.stderr) == (2, True)
    unknown = run("capacity", three_hours, "--like", "p11")
    assert (unknown.exit_code, 'did you mean "p1"' in unknown.stderr) == (2, True)
    assert run("capacity", three_hours, "--save", three_hours).exit_code == 2


def test_a_roster_of_something_else_is_an_input_error(run: Run, three_hours: Path, roster_file: Path) -> None:
    """Exit code 3, with what does not fit."""
    ended = run("capacity", three_hours, "--roster", roster_file, "--quiet")
    assert ended.exit_code == 3
    assert "cannot be used" in ended.stderr
