from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import Run
from report.small_week import ROSTER


def test_the_whole_week_is_shown(run: Run, instance_file: Path, roster_file: Path) -> None:
    """Without an option the overview, on standard output alone."""
    ended = run("show", instance_file, roster_file)
    assert ended.exit_code == 0
    for section in ("Groups", "Timetable", "Unmet", "Warnings", "Staff", "Rooms"):
        assert f"\n{section}" in ended.stdout
    assert ended.stderr == ""


@pytest.mark.parametrize(
    ("option", "name"),
    [("--participant", "P1"), ("--staff", "T1"), ("--room", "G1"), ("--group", "evening")],
)
def test_ones_own_week_is_shown(
    run: Run, instance_file: Path, roster_file: Path, option: str, name: str
) -> None:
    """Each option shows that one's calendar."""
    ended = run("show", instance_file, roster_file, option, name)
    assert ended.exit_code == 0
    assert ended.stdout.startswith(f"{option.removeprefix('--')} {name}")
    assert "Calendar" in ended.stdout


def test_an_unknown_id_ends_with_2_and_the_nearest(run: Run, instance_file: Path, roster_file: Path) -> None:
    """The message names the id that was probably meant, whatever its case."""
    ended = run("show", instance_file, roster_file, "--group", "Evning")
    assert ended.exit_code == 2
    assert "did you mean 'evening'?" in ended.stderr


def test_an_id_that_only_the_roster_names_is_shown(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """A hand-edited roster may name a room that the instance does not have."""
    first, *others = ROSTER["sessions"]
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps({**ROSTER, "sessions": [{**first, "room": "Cellar"}, *others]}))
    ended = run("show", instance_file, edited, "--room", "Cellar")
    assert ended.exit_code == 0
    assert "individual" in ended.stdout


def test_one_view_at_a_time(run: Run, instance_file: Path, roster_file: Path) -> None:
    """Two options at once make no sense."""
    assert run("show", instance_file, roster_file, "--room", "G1", "--staff", "T1").exit_code == 2


def test_either_file_can_be_standard_input(run: Run, instance_file: Path, roster_file: Path) -> None:
    """The same is shown whichever file comes through a pipe."""
    shown = run("show", instance_file, roster_file).stdout
    assert run("show", "-", roster_file, stdin=instance_file.read_text()).stdout == shown
    assert run("show", instance_file, "-", stdin=roster_file.read_text()).stdout == shown


def test_a_terminal_without_the_letters_is_shown_others(instance_file: Path, roster_file: Path) -> None:
    """Where standard output is ASCII the report has stand-ins, and no error."""
    words = [sys.executable, "-m", "iopsched", "show", str(instance_file), str(roster_file)]
    ended = subprocess.run(
        words,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "TERM": "dumb"},
        capture_output=True,
        check=True,
    )
    assert ended.stdout.isascii()
    assert b"\x1b" not in ended.stdout
    assert b"evening" in ended.stdout


def test_a_roster_that_is_none_ends_with_3(run: Run, instance_file: Path) -> None:
    """An instance in the roster's place is an input error."""
    ended = run("show", instance_file, instance_file)
    assert ended.exit_code == 3
    assert ended.stdout == ""
