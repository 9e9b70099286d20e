from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.running import Run
from report.small_week import INSTANCE, ROSTER


def _moved() -> dict[str, Any]:
    """Return the roster with P3's first session moved off the grid."""
    first, *others = ROSTER["sessions"]
    return {
        **ROSTER,
        "sessions": [{**first, "start": "2026-11-30T12:10", "end": "2026-11-30T13:10"}, *others],
    }


def test_a_roster_that_holds_is_ok(run: Run, instance_file: Path, roster_file: Path) -> None:
    """Exit code 0, the score worked out again, what was delivered."""
    ended = run("check", instance_file, roster_file)
    assert ended.exit_code == 0
    assert ended.stdout.startswith("ok   small, 6 sessions: no rule is broken")
    assert "unmet needs 60, changes 0, burden 480, staffing 435" in ended.stdout
    assert "9 of 10 sessions delivered" in ended.stdout
    assert ended.stderr == ""


def test_a_broken_rule_ends_with_4(run: Run, instance_file: Path) -> None:
    """Every violation stands under its rule's id with who, when and where."""
    ended = run("check", instance_file, "-", stdin=json.dumps(_moved()))
    assert ended.exit_code == 4
    assert "grid  1 violation" in ended.stdout
    assert "P3" in ended.stdout
    assert "12:10" in ended.stdout


def test_a_changed_score_ends_with_4_too(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """The score a roster claims is worked out again."""
    claimed = tmp_path / "claimed.json"
    claimed.write_text(json.dumps({**ROSTER, "score": {**ROSTER["score"], "burden": 479}}))
    ended = run("check", instance_file, claimed)
    assert ended.exit_code == 4
    assert "score  1 violation" in ended.stdout


def test_json_is_the_whole_report(run: Run, instance_file: Path) -> None:
    """``--json`` prints one object with violations, score and figures, and keeps the exit code."""
    ended = run("check", instance_file, "-", "--json", stdin=json.dumps(_moved()))
    assert ended.exit_code == 4
    report = json.loads(ended.stdout)
    assert report["ok"] is False
    assert "grid" in {violation["rule"] for violation in report["violations"]}
    assert report["figures"]["sessions_delivered"] == 9


def test_all_problems_of_a_file_are_told_at_once(run: Run, tmp_path: Path, roster_file: Path) -> None:
    """Exit code 3; the file's name, then a line for each problem, on standard error."""
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({**INSTANCE, "week": "2026-12-01", "weeek": 1, "slot_minutes": 7}))
    ended = run("check", bad, roster_file)
    assert ended.exit_code == 3
    assert ended.stdout == ""
    first, *problems = ended.stderr.splitlines()
    assert first.startswith(f"Error: {bad} cannot be used:")
    for field in ("week:", "weeek:", "slot_minutes:"):
        assert any(problem.strip().startswith(field) for problem in problems)


def test_json_has_the_problems_of_a_file(run: Run, instance_file: Path) -> None:
    """With ``--json`` standard output says which file and what, for programs."""
    ended = run("check", instance_file, "-", "--json", stdin="{}")
    assert ended.exit_code == 3
    told = json.loads(ended.stdout)
    assert (told["ok"], told["error"], told["file"]) == (False, "roster", "standard input")
    assert {"path", "what", "remedy", "severity"} == set(told["problems"][0])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "iopsched-roster/1"}'])
def test_a_file_that_is_no_instance_ends_with_3(run: Run, tmp_path: Path, content: bytes) -> None:
    """Empty, cut off, no object, not UTF-8, another format: an input error, never a traceback."""
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    ended = run("check", bad, bad)
    assert ended.exit_code == 3
    assert "cannot be used" in ended.stderr


def test_a_file_that_is_not_there_ends_with_3(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """The message names it."""
    ended = run("check", instance_file, tmp_path / "nowhere.json")
    assert ended.exit_code == 3
    assert "nowhere.json" in ended.stderr


def test_only_one_file_is_standard_input(run: Run) -> None:
    """Both at once cannot be."""
    ended = run("check", "-", "-", stdin="{}")
    assert ended.exit_code == 2
    assert "standard input" in ended.stderr


def test_a_baseline_counts_the_changes(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """Against a roster in which P3 came an hour earlier the changes are 10, which the roster denies."""
    first, *others = ROSTER["sessions"]
    assert first["participants"] == ["P3"]
    earlier = {**first, "start": "2026-11-30T11:00", "end": "2026-11-30T12:00"}
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps({**ROSTER, "sessions": [earlier, *others]}))
    ended = run("check", instance_file, roster_file, "--baseline", baseline)
    assert ended.exit_code == 4
    assert "changes 10" in ended.stdout


def test_what_has_happened_is_frozen(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """With ``--from`` a change to the past breaks the rule ``frozen``."""
    first, *others = ROSTER["sessions"]
    baseline = tmp_path / "baseline.json"
    baseline.write_text(json.dumps({**ROSTER, "sessions": [{**first, "room": "G1"}, *others]}))
    ended = run("check", instance_file, roster_file, "--baseline", baseline, "--from", "2026-12-01T00:00")
    assert ended.exit_code == 4
    assert "frozen" in ended.stdout


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("2026-12-09T12:00", "outside the instance's week"),
        ("2026-11-29T23:00", "outside the instance's week"),
        ("2026-12-01T12:00+01:00", "not a time on the clinic's wall clock"),
        ("Tuesday", "not a time on the clinic's wall clock"),
    ],
)
def test_from_is_a_moment_of_the_week(
    run: Run, instance_file: Path, roster_file: Path, moment: str, says: str
) -> None:
    """Anything else is a usage error that says what is wrong."""
    ended = run("check", instance_file, roster_file, "--baseline", roster_file, "--from", moment)
    assert ended.exit_code == 2
    assert says in " ".join(ended.stderr.split())


def test_from_needs_a_baseline(run: Run, instance_file: Path, roster_file: Path) -> None:
    """Without a roster that stands nothing can have happened."""
    ended = run("check", instance_file, roster_file, "--from", "2026-12-01T12:00")
    assert ended.exit_code == 2
    assert "--baseline" in ended.stderr


def test_from_needs_a_baseline_of_the_same_week(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """Last week's roster can be a baseline, but has no past in this week."""
    last_week = tmp_path / "last-week.json"
    last_week.write_text(json.dumps({**ROSTER, "week": "2026-11-23", "sessions": []}))
    arguments = ("check", instance_file, roster_file, "--baseline", last_week)
    assert run(*arguments).exit_code == 0
    ended = run(*arguments, "--from", "2026-12-01T12:00")
    assert ended.exit_code == 2
    assert "2026-11-23" in ended.stderr


def test_warnings_about_the_instance_are_for_people(run: Run, tmp_path: Path, roster_file: Path) -> None:
    """What is odd but allowed is told on standard error and changes nothing else."""
    service = {"id": "yoga", "kind": "one_to_one", "minutes": 60, "room_kinds": ["nowhere"]}
    odd = {**INSTANCE, "services": [*INSTANCE["services"], service]}
    file = tmp_path / "odd.json"
    file.write_text(json.dumps(odd))
    ended = run("check", file, roster_file, "--json")
    assert ended.exit_code == 0
    assert "Warning:" in ended.stderr
    assert json.loads(ended.stdout)["ok"] is True
