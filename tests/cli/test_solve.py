from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from cli.running import REPORTS, FakeSolve, Run
from iopsched.errors import IopschedError
from iopsched.instance import load_instance
from iopsched.roster import load_roster
from report.small_week import INSTANCE, ROSTER


def test_the_roster_is_written_and_summed_up(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """Exit code 0, the roster in its file, standard output empty, a summary for people."""
    output = tmp_path / "out.json"
    ended = run("solve", instance_file, "-o", output)
    assert ended.exit_code == 0
    assert load_roster(output) == fake_solve.answer
    assert ended.stdout == ""
    for part in ("9 of 10 sessions delivered", "unmet needs", "P2-mother and T1", "6 sessions written to"):
        assert part in ended.stderr


def test_options_reach_the_search(
    run: Run, fake_solve: FakeSolve, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """Every option of the call is an argument of ``solve``."""
    options = ["--time-limit", 2.5, "--workers", 3, "--seed", 9, "--deterministic"]
    standing = ["--baseline", roster_file, "--from", "2026-12-01T12:00"]
    ended = run("solve", instance_file, "-o", tmp_path / "out.json", *options, *standing)
    assert ended.exit_code == 0
    called = fake_solve.called_with
    assert called["instance"] == load_instance(instance_file)
    assert [called[name] for name in ("time_limit", "workers", "seed", "deterministic")] == [2.5, 3, 9, True]
    assert called["baseline"] == load_roster(roster_file)
    assert called["frozen_from"] == datetime(2026, 12, 1, 12)


def test_without_options_the_defaults_hold(run: Run, fake_solve: FakeSolve, instance_file: Path) -> None:
    """A minute, as many workers as there are cores, seed 0, nothing that stands."""
    assert run("solve", instance_file, "-o", "-").exit_code == 0
    called = fake_solve.called_with
    assert [called[name] for name in ("time_limit", "workers", "seed", "deterministic")] == [
        60.0,
        None,
        0,
        False,
    ]
    assert called["baseline"] is None
    assert called["frozen_from"] is None


def test_standard_output_carries_the_roster_alone(
    run: Run, fake_solve: FakeSolve, instance_file: Path
) -> None:
    """``-`` reads the instance from a pipe and writes the roster to one."""
    ended = run("solve", "-", "-o", "-", stdin=instance_file.read_text())
    assert ended.exit_code == 0
    assert ended.stdout == fake_solve.answer.to_json()


def test_progress_is_told_in_plain_lines(run: Run, fake_solve: FakeSolve, instance_file: Path) -> None:
    """Away from a terminal: a line for each level, with value, bound, gap and time."""
    lines = run("solve", instance_file, "-o", "-").stderr.splitlines()
    progress = [" ".join(line.split()) for line in lines if " s  " in line and "gap" in line]
    assert progress == [
        "0.5 s unmet needs 90 bound – gap – construction",
        "1.0 s unmet needs 60 bound 60 gap 0 % improvement",
        "1.5 s burden 480 bound 432 gap 10 % improvement",
    ]


def test_json_lines_are_alone_on_standard_error(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """``--progress json``: a line for each report, no warnings, no summary; the roster is written as ever."""
    output = tmp_path / "out.json"
    ended = run("solve", instance_file, "-o", output, "--progress", "json")
    assert ended.exit_code == 0
    assert ended.stdout == ""
    told = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["elapsed"] for line in told] == [report.elapsed for report in REPORTS]
    assert load_roster(output) == fake_solve.answer


def test_json_lines_and_the_json_summary_go_separate_ways(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """``--json`` keeps standard output for itself, and ``--strict`` its exit code."""
    ended = run("solve", instance_file, "-o", tmp_path / "o.json", "--json", "--progress", "json", "--strict")
    assert ended.exit_code == 5
    assert json.loads(ended.stdout)["score"] == ROSTER["score"]
    assert len(ended.stderr.splitlines()) == len(REPORTS)


def test_progress_none_leaves_the_summary(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """Nothing while the search runs; what was delivered is told at the end."""
    shown = run("solve", instance_file, "-o", tmp_path / "out.json").stderr
    assert "construction" in shown
    silent = run("solve", instance_file, "-o", tmp_path / "out.json", "--progress", "none").stderr
    assert "construction" not in silent
    assert "9 of 10 sessions delivered" in silent


def test_an_error_is_told_in_words_beside_json_lines(
    run: Run, fake_solve: FakeSolve, instance_file: Path
) -> None:
    """A program that reads lines sees the exit code, and people see why."""
    fake_solve.error = IopschedError("no")
    ended = run("solve", instance_file, "-o", "-", "--progress", "json")
    assert ended.exit_code == 1
    assert ended.stderr.splitlines()[-1] == "Error: no"


@pytest.mark.parametrize("kind", ["text", "json", "none"])
def test_quiet_says_nothing_whatever_the_kind_of_progress(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path, kind: str
) -> None:
    """``--quiet`` is stronger than ``--progress``."""
    ended = run("solve", instance_file, "-o", tmp_path / "out.json", "--quiet", "--progress", kind)
    assert ended.exit_code == 0
    assert ended.output == ""


def test_json_sums_up_for_programs(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """``--json`` prints one object on standard output."""
    output = tmp_path / "out.json"
    ended = run("solve", instance_file, "-o", output, "--json")
    assert ended.exit_code == 0
    told = json.loads(ended.stdout)
    assert told["status"] == "feasible"
    assert told["score"] == ROSTER["score"]
    assert told["bound"] == ROSTER["bound"]
    assert (told["delivered"], told["needed"]) == (9, 10)
    assert (told["delivered_minutes"], told["needed_minutes"]) == (1230, 1290)
    assert [(item["participant"], item["service"]) for item in told["unmet"]] == [("P2", "family")]
    assert told["output"] == str(output)
    assert told["seconds"] >= 0


def test_strict_ends_with_5_where_a_need_is_unmet(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """The roster is written all the same; without ``--strict`` the code is 0."""
    assert fake_solve.answer.unmet
    output = tmp_path / "out.json"
    assert run("solve", instance_file, "-o", output, "--strict").exit_code == 5
    assert load_roster(output) == fake_solve.answer
    assert run("solve", instance_file, "-o", output).exit_code == 0


def test_strict_ends_with_0_where_nothing_is_unmet(
    run: Run, fake_solve: FakeSolve, instance_file: Path
) -> None:
    """The code speaks of needs, not of proofs."""
    fake_solve.answer = fake_solve.answer.model_copy(update={"unmet": ()})
    assert fake_solve.answer.status == "feasible"
    assert run("solve", instance_file, "-o", "-", "--strict").exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--time-limit", "0"],
        ["--time-limit", "-1"],
        ["--time-limit", "nan"],
        ["--time-limit", "inf"],
        ["--time-limit", "soon"],
        ["--workers", "0"],
        ["--seed", "-1"],
        ["--seed", "2147483648"],
        ["--from", "2026-12-01T12:00"],
        ["--json"],
        ["--progress", "xml"],
    ],
    ids=" ".join,
)
def test_options_that_make_no_sense_end_with_2(
    run: Run, fake_solve: FakeSolve, instance_file: Path, options: list[str]
) -> None:
    """No search begins; ``--json`` and ``-o -`` cannot share standard output."""
    ended = run("solve", instance_file, "-o", "-", *options)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert fake_solve.called_with == {}


def test_an_output_that_cannot_be_written_is_found_first(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """A folder that is missing, a folder in the file's place, the instance itself: nothing is searched."""
    for output in (tmp_path / "missing" / "out.json", tmp_path, instance_file):
        ended = run("solve", instance_file, "-o", output)
        assert ended.exit_code == 2
        assert "cannot write" in ended.stderr
    assert fake_solve.called_with == {}
    assert load_instance(instance_file).id == "small"


def test_a_bad_instance_ends_with_3(run: Run, fake_solve: FakeSolve, tmp_path: Path) -> None:
    """And leaves no output."""
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({**INSTANCE, "week": "soon"}))
    ended = run("solve", bad, "-o", tmp_path / "out.json")
    assert ended.exit_code == 3
    assert "week" in ended.stderr
    assert not (tmp_path / "out.json").exists()
    assert fake_solve.called_with == {}


def test_a_bad_baseline_ends_with_3(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """The message names the baseline's file."""
    bad = tmp_path / "standing.json"
    bad.write_text("{}")
    ended = run("solve", instance_file, "-o", "-", "--baseline", bad)
    assert ended.exit_code == 3
    assert "standing.json" in ended.stderr


def test_a_search_that_fails_leaves_the_old_roster(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """An output that exists is replaced by a complete roster or not at all."""
    output = tmp_path / "out.json"
    output.write_text("last week's")
    fake_solve.error = IopschedError("no")
    assert run("solve", instance_file, "-o", output).exit_code == 1
    assert output.read_text() == "last week's"


def test_a_baseline_can_be_replaced_by_its_successor(
    run: Run, fake_solve: FakeSolve, instance_file: Path, roster_file: Path
) -> None:
    """Re-planning may write over the roster that it starts from, and leaves no other file."""
    before = set(roster_file.parent.iterdir())
    ended = run("solve", instance_file, "-o", roster_file, "--baseline", roster_file)
    assert ended.exit_code == 0
    assert roster_file.read_text() == fake_solve.answer.to_json()
    assert set(roster_file.parent.iterdir()) == before


def test_a_device_is_written_to_and_not_replaced(
    run: Run, fake_solve: FakeSolve, instance_file: Path
) -> None:
    """``-o /dev/null`` must leave the device in its place."""
    assert not Path(os.devnull).is_file()
    assert run("solve", instance_file, "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()
