"""``iopsched diff``."""

from __future__ import annotations

import json
from pathlib import Path

from cli.running import Run
from report.small_week import ROSTER


def changed(tmp_path: Path) -> Path:
    """Write the roster with P3's first session half an hour later."""
    sessions = [dict(one) for one in ROSTER["sessions"]]
    sessions[0].update(start="2026-11-30T12:30", end="2026-11-30T13:30")
    path = tmp_path / "changed.json"
    path.write_text(json.dumps({**ROSTER, "sessions": sessions}), encoding="utf-8")
    return path


def test_whom_to_call_about_what(run: Run, instance_file: Path, roster_file: Path, tmp_path: Path) -> None:
    """P3 and who leads it are named with the old and the new time, the others are counted."""
    ended = run("diff", instance_file, roster_file, changed(tmp_path))
    assert ended.exit_code == 0
    assert "1 participant and 1 of staff to tell" in ended.stdout
    assert "Level changes of the score: 10, for 1 change that count" in " ".join(ended.stdout.split())
    assert "individual moves from Mon 30 Nov 12:00-13:00" in ended.stdout
    assert "Participants: nothing changes for 2 more" in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 100


def test_the_same_roster_twice(run: Run, instance_file: Path, roster_file: Path) -> None:
    """Nothing changes, and it says so."""
    ended = run("diff", instance_file, roster_file, roster_file)
    assert ended.exit_code == 0
    assert ended.stdout.startswith("Nothing changes for anybody.")


def test_json_is_one_document(run: Run, instance_file: Path, roster_file: Path, tmp_path: Path) -> None:
    """Standard output holds the difference and nothing else."""
    ended = run("diff", instance_file, roster_file, changed(tmp_path), "--json")
    assert ended.exit_code == 0
    assert json.loads(ended.stdout)["totals"]["moved"] == 1


def test_a_file_that_is_no_roster_is_named(run: Run, instance_file: Path, roster_file: Path) -> None:
    """Exit code 3, with the file's name."""
    ended = run("diff", instance_file, roster_file, instance_file)
    assert ended.exit_code == 3
    assert "cannot be used" in ended.stderr
    assert instance_file.name in ended.stderr
