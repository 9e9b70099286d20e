"""How peers are run and what they leave behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.peers.protocol import NOT_INSTALLED, PEERS, NotInstalledError, Recorder, run_peer

from iopsched import Instance, check, load_roster
from iopsched.generate import generate


@pytest.fixture
def clinic() -> Instance:
    return generate(participants=3, seed=1)


def test_every_peer_has_a_command_that_names_its_module() -> None:
    """The harness learns from the registry alone how to run a peer."""
    assert set(PEERS) == {"textbook", "highs", "scip", "timefold"}
    command = PEERS["scip"].command(Path("a.json"), 30, 2, Path("out"))
    assert command[1:] == [
        "-m", "benchmarks.peers.scip", "a.json", "--seconds", "30", "--threads", "2", "--out", "out",
    ]  # fmt: skip


def test_an_empty_roster_is_a_roster(clinic: Instance, tmp_path: Path) -> None:
    """A peer that found nothing reports everything unmet, and the checker agrees."""
    Recorder(clinic, tmp_path, 1.0).finish()
    roster = load_roster(tmp_path / "roster.json")
    assert not roster.sessions
    assert roster.score.unmet > 0
    assert check(clinic, roster).ok


def test_a_bound_is_traced_when_it_is_better_and_says_something(clinic: Instance, tmp_path: Path) -> None:
    """Limits below zero, and those no better than the last, leave no line."""
    recorder = Recorder(clinic, tmp_path, 1.0)
    for value in (-30, 30, 30, 15, 60):
        recorder.bound("unmet", value)
    lines = [json.loads(line) for line in (tmp_path / "trace.ndjson").read_text().splitlines()]
    assert [line["bound"]["unmet"] for line in lines] == [30, 60]


def test_a_missing_solver_is_one_line_and_a_code_of_its_own(
    clinic: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The harness can tell a peer that is not installed from one that crashed."""

    def versions() -> dict[str, str]:
        raise NotInstalledError("no such solver")

    def search(*_: object) -> None:
        raise AssertionError("a peer without its solver does not search")

    monkeypatch.setattr("sys.argv", ["peer", "x.json", "--seconds", "1", "--out", str(tmp_path)])
    assert run_peer("none", search, versions) == NOT_INSTALLED
    assert capsys.readouterr().err == "none: no such solver\n"
