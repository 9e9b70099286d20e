from __future__ import annotations

import importlib.util
import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from batch.clinics import FakeSolver, named, written
from cli.running import Run
from iopsched.batch.folder import opened
from iopsched.generate import to_document

NAME, DIAGNOSIS = "Rosalind Quatermain", "anhedonia"


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> FakeSolver:
    """Solve in no time."""
    return FakeSolver(monkeypatch)


def summary(output: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (output / "summary.ndjson").read_text().splitlines()]


def test_all_done_ends_with_0(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """Lines say how it goes, a table what came out, and standard output stays empty."""
    ended = run("batch", written(tmp_path / "in", "north", "south"), "-o", tmp_path / "out")
    assert ended.exit_code == 0
    assert ended.stdout == ""
    assert "2 inputs: 2 clinics to solve" in ended.stderr
    assert "1/2" in ended.stderr
    assert "2/2" in ended.stderr
    assert "2 of 2 inputs done\n" in ended.stderr
    assert [row["instance"] for row in summary(tmp_path / "out")] == ["north", "south"]
    assert max(map(len, ended.stderr.splitlines())) < 100 + len(str(tmp_path))


def test_a_failure_ends_with_6(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """What is wrong is told with its remedy, and the others are done."""
    folder = written(tmp_path / "in", "north", "crash")
    (folder / "bad.json").write_text('{"format": "iopsched-instance/1", "idd": "x"}')
    ended = run("batch", folder, "-o", tmp_path / "out", "--retries", "0")
    assert ended.exit_code == 6
    assert 'unknown field "idd" (did you mean "id"?)' in ended.stderr
    assert "crash  failed (crash): the process that solved it was lost" in ended.stderr
    assert "1 of 3 inputs done, 2 failed" in ended.stderr
    assert solver.ids == ["crash", "north"]


def test_needs_that_are_unmet_are_no_failure(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """A roster that lacks sessions is a result; the table says how many."""
    ended = run("batch", written(tmp_path / "in", "north"), "-o", tmp_path / "out")
    (row,) = summary(tmp_path / "out")
    assert row["unmet_sessions"] == 2
    assert "lacks 2 sessions" in ended.stderr
    assert ended.exit_code == 0


def test_standard_input_is_an_instance_a_line(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """NDJSON; the sources are named by their lines."""
    lines = "\n".join(to_document(named(name)).replace("\n", " ") for name in ("a", "b"))
    ended = run("batch", "-", "-o", tmp_path / "out", "--json", stdin=lines)
    assert ended.exit_code == 0
    document = json.loads(ended.stdout)
    assert [row["source"] for row in document["rows"]] == ["-:1", "-:2"]
    assert document["rows"] == summary(tmp_path / "out")
    assert {key: document[key] for key in ("inputs", "done", "resumed", "failed", "skipped", "left")} == {
        "inputs": 2,
        "done": 2,
        "resumed": 0,
        "failed": 0,
        "skipped": 0,
        "left": 0,
    }


def test_closed_standard_input_ends_with_2(tmp_path: Path) -> None:
    """As cron and services may start a program: without any standard input."""
    command = f'"{sys.executable}" -m iopsched batch - -o "{tmp_path / "out"}" <&-'
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "it is closed" in ended.stderr


def test_progress_for_programs_is_a_line_a_clinic(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """Each as in the summary, with the seconds since the batch began; nothing else."""
    folder = written(tmp_path / "in", "a", "b")
    ended = run("batch", folder, "-o", tmp_path / "out", "--progress", "json")
    told = [json.loads(line) for line in ended.stderr.splitlines()]
    assert sorted(line["instance"] for line in told) == ["a", "b"]
    for line in told:
        assert line.pop("elapsed") >= 0
        assert line in summary(tmp_path / "out")


def test_on_a_terminal_there_is_a_bar(
    run: Run, solver: FakeSolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails is told above it at once, what is done only moves it."""
    monkeypatch.setenv("TERM", "xterm")
    screen = io.StringIO()
    terminal = Console(file=screen, force_terminal=True, width=100, color_system=None, legacy_windows=False)
    monkeypatch.setattr("iopsched.cli.batch_display.error_console", lambda: terminal)
    ended = run("batch", written(tmp_path / "in", "crash", "north"), "-o", tmp_path / "out")
    assert ended.exit_code == 6
    assert "2 clinics to solve" in screen.getvalue()
    assert "2/2" in screen.getvalue()
    assert "1 failed" in screen.getvalue()
    assert "crash  failed (crash)" in screen.getvalue()
    assert "lacks 2 sessions" not in screen.getvalue()


def test_quiet_says_nothing(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """Where all is well there is nothing on either stream."""
    ended = run("batch", written(tmp_path / "in", "a"), "-o", tmp_path / "out", "--quiet")
    assert (ended.exit_code, ended.output) == (0, "")


def test_the_options_reach_the_search(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """Limit, seed, mode and workers of each clinic."""
    words = ["--time-limit", "7", "--seed", "3", "--workers", "2", "--jobs", "1"]
    run("batch", written(tmp_path / "in", "a"), "-o", tmp_path / "out", *words)
    (task,) = solver.asked
    assert (task.time_limit, task.seed, task.workers, task.deterministic) == (7.0, 3, 2, False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.json"], "does not exist"),
        (["-", "-"], "only one of the inputs"),
        (["-", "--address", "10.0.0.5:6379"], "--address needs --engine ray"),
        (["-"], "nothing to solve"),
        (["-", "--memory-limit", "0"], "--memory-limit"),
        (["-", "--timeout", "soon"], "not a number of seconds"),
        ([], "Missing argument"),
    ],
)
def test_calls_that_make_no_sense_end_with_2(run: Run, tmp_path: Path, words: list[str], told: str) -> None:
    """Each says what is wrong, and nothing is made."""
    ended = run("batch", *words, "-o", tmp_path / "out", stdin="")
    assert ended.exit_code == 2
    assert told in " ".join(ended.stderr.split())
    assert not (tmp_path / "out").exists()


def test_a_folder_with_results_needs_resume(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """Nothing is overwritten unasked; with --resume it is done before."""
    call = ["batch", written(tmp_path / "in", "a"), "-o", tmp_path / "out"]
    assert run(*call).exit_code == 0
    refused = run(*call)
    assert refused.exit_code == 2
    assert "--resume" in refused.stderr
    resumed = run(*call, "--resume")
    assert resumed.exit_code == 0
    assert "1 done before" in resumed.stderr
    assert solver.ids == ["a"]


def test_a_folder_in_use_is_refused(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """Two batches in one folder would do the same work twice."""
    with opened(tmp_path / "out", resume=False):
        ended = run("batch", written(tmp_path / "in", "a"), "-o", tmp_path / "out", "--resume")
    assert ended.exit_code == 2
    assert "another batch is at work" in ended.stderr
    assert solver.asked == []


def test_without_ray_its_extra_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is read or made."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    ended = run("batch", written(tmp_path / "in", "a"), "-o", tmp_path / "out", "--engine", "ray")
    assert ended.exit_code == 2
    assert "pip install 'iopsched[ray]'" in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed")
@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1", "nonsense", "127.0.0.1:99999"])
def test_a_cluster_that_does_not_answer_is_told_at_once(run: Run, tmp_path: Path, address: str) -> None:
    """The address is looked at before Ray is."""
    words = ["--engine", "ray", "--address", address]
    ended = run("batch", written(tmp_path / "in", "a"), "-o", tmp_path / "out", *words)
    assert ended.exit_code == 2
    assert address in ended.stderr
    assert not (tmp_path / "out").exists()


def test_names_and_reasons_stay_in_the_instance(run: Run, solver: FakeSolver, tmp_path: Path) -> None:
    """Of a clinic with a name and a diagnosis in it, neither is told nor written, whether it fails or not."""
    folder = written(tmp_path / "in", "a", "crash")
    for file in folder.iterdir():
        document = json.loads(file.read_text())
        document["staff"][0]["name"] = NAME
        document["participants"][0]["busy"] = [{"when": ["Tue 09:00-10:00"], "why": DIAGNOSIS}]
        file.write_text(json.dumps(document))
        assert NAME in file.read_text()
        assert DIAGNOSIS in file.read_text()
    ended = run("batch", folder, "-o", tmp_path / "out", "--json")
    assert ended.exit_code == 6
    written_there = "".join(file.read_text() for file in (tmp_path / "out").iterdir())
    for text in (ended.output, written_there):
        assert "a" in text
        assert NAME not in text
        assert DIAGNOSIS not in text


def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    """After the first of many clinics: exit code 130, what is done is kept, the summary says what is left."""
    names = [f"clinic-{number}" for number in range(30)]
    folder, output = written(tmp_path / "in", *names), tmp_path / "out"
    words = ["batch", str(folder), "-o", str(output), "--deterministic", "--time-limit", "5"]
    command = [sys.executable, "-m", "iopsched", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "30 clinics to solve" in process.stderr.readline()
        assert "1/30" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command with --resume does the rest" in told
    assert "Traceback" not in told
    rows = summary(output)
    assert {row["state"] for row in rows} == {"done", "left"}
    done = {row["roster"] for row in rows if row["state"] == "done"}
    assert {path.name for path in output.glob("*.roster.json")} == done
