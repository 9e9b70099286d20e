from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import iopsched.plan.what_if as module
from cli.running import Run
from iopsched import load_instance, parse_roster
from iopsched.errors import IopschedError
from iopsched.plan.solving import Solving
from iopsched.roster import score_sessions, unmet_needs
from iopsched.roster.models import Bound, Roster
from report.small_week import INSTANCE, ROSTER


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[Solving]:
    """Answer each scenario with the sessions of the small week whose participants it still has."""
    tasks: list[Solving] = []

    def answer(task: Solving) -> Roster | IopschedError:
        tasks.append(task)
        known = set(task.instance.participant_by_id)
        small = parse_roster(json.dumps(ROSTER))
        sessions = tuple(one for one in small.sessions if known.issuperset(one.participants))
        return small.model_copy(
            update={
                "sessions": sessions,
                "bound": Bound(unmet=0),
                "score": score_sessions(task.instance, sessions, task.baseline),
                "unmet": unmet_needs(task.instance, sessions),
            }
        )

    def all_of(some: list[Solving], **options: Any) -> list[Roster | IopschedError]:
        answers = [answer(task) for task in some]
        for number, one in enumerate(answers):
            options["on_answer"](number, one)
        return answers

    monkeypatch.setattr(module, "solve_all", all_of)
    return tasks


def test_scenarios_stand_beside_the_base(
    run: Run, instance_file: Path, roster_file: Path, solved: list[Solving]
) -> None:
    """A table with a column for each, then each scenario's edits and who gains or loses what."""
    ended = run(
        *("whatif", instance_file, "--roster", roster_file),
        *("--edit", "P3 is discharged", "--edit", "two more like P2"),
    )
    assert ended.exit_code == 0, ended.stderr
    head, *_ = ended.stdout.splitlines()
    assert head.split() == ["base", "edits"]
    for words in ("unmet needs", "changes", "burden", "staffing", "sessions delivered", "staff hours in use"):
        assert words in ended.stdout
    assert "• P3 is discharged" in ended.stdout
    assert "P2+1 is new: 0 of" in ended.stdout
    assert "No longer there: P3" in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 100
    assert "Bound: no roster with the values above it is lower than that." in ended.stdout
    assert "base: unmet needs 60" in ended.stderr
    assert all(task.baseline is not None and task.start == task.baseline for task in solved)


def test_json_is_the_whole_answer(run: Run, instance_file: Path, solved: list[Solving]) -> None:
    """``--json`` prints one object; without a roster changes are not counted."""
    ended = run("whatif", instance_file, "--edit", "P3 is discharged", "--json")
    answer = json.loads(ended.stdout)
    assert answer["compares"] is False
    assert answer["base"]["name"] == "base"
    (scenario,) = answer["scenarios"]
    assert scenario["sentences"] == ["P3 is discharged"]
    assert scenario["left"] == ["P3"]
    assert {"score", "bound", "needed", "delivered", "staff", "rooms", "gains", "losses"} <= scenario.keys()


def test_scenarios_are_saved(run: Run, instance_file: Path, tmp_path: Path, solved: list[Solving]) -> None:
    """``--save`` writes instance and roster of each, under names that a file system takes."""
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"scenarios": {"a/b": {"edits": ["P3 is discharged"]}, "a_b": {"edits": []}}}))
    ended = run("whatif", instance_file, "--scenario", plan, "--save", tmp_path / "out")
    assert ended.exit_code == 0, ended.stderr
    names = {file.name for file in (tmp_path / "out").iterdir()}
    stems = ("base", "a_b", "a_b-2")
    assert names == {f"{stem}.{kind}.json" for stem in stems for kind in ("instance", "roster")}
    assert "P3" not in load_instance(tmp_path / "out" / "a_b.instance.json").participant_by_id
    assert load_instance(tmp_path / "out" / "base.instance.json") == load_instance(instance_file)
    assert ended.stdout.count("Nothing is different from the base.") == 1


def test_a_roster_of_another_clinic_is_told_of(
    run: Run, instance_file: Path, tmp_path: Path, solved: list[Solving]
) -> None:
    """One of the same week under another id is odd, and used; one of another week is not odd."""
    for week, odd in ((ROSTER["week"], True), ("2026-01-05", False)):
        other = tmp_path / "other.json"
        other.write_text(json.dumps({**ROSTER, "instance": "elsewhere", "week": week}))
        ended = run("whatif", instance_file, "--roster", other, "--edit", "P3 is discharged")
        assert ended.exit_code == 0, ended.stderr
        assert ('the roster answers "elsewhere"' in ended.stderr) == odd


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "say what would be different"),
        (("--edit", "T1 leaves", "--free"), "--free needs --roster"),
    ],
)
def test_calls_that_make_no_sense_end_with_2(
    run: Run, instance_file: Path, arguments: tuple[str, ...], words: str
) -> None:
    """Nothing is solved."""
    ended = run("whatif", instance_file, *arguments)
    assert ended.exit_code == 2
    assert words in ended.stderr


def test_bad_edits_end_with_3_and_the_nearest_form(run: Run, instance_file: Path) -> None:
    """All are told at once, also as JSON."""
    assert "P3" in {one["id"] for one in INSTANCE["participants"]}
    wrong = ("--edit", "P33 is discharged", "--edit", "P3 is discharhged")
    ended = run("whatif", instance_file, *wrong)
    assert ended.exit_code == 3
    assert "--edit cannot be used: 2 problems" in ended.stderr
    assert 'did you mean "P3"?' in ended.stderr
    assert '"P0017 is discharged"' in ended.stderr
    told = json.loads(run("whatif", instance_file, *wrong, "--json").stdout)
    assert [one["path"] for one in told["problems"]] == ["edits[0].participant", "edits[1]"]
