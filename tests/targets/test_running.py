from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.clinics import Clinic
from benchmarks.peers.protocol import NOT_INSTALLED
from benchmarks.targets import running
from benchmarks.targets.figures import Result
from benchmarks.targets.plan import Run
from benchmarks.targets.records import Record, find
from benchmarks.targets.running import carry_out

# Solves nothing: leaves an empty roster, whose score is off by so much, and a trace of one line.
_PROGRAM = """
import json, sys
from pathlib import Path
from iopsched import load_instance
from iopsched.roster import Bound, Roster, score_sessions, unmet_needs

instance, out = load_instance({instance!r}), Path({out!r})
score = score_sessions(instance, ())
score = score.model_copy(update={{"unmet": score.unmet + {off}}})
roster = Roster(instance=instance.id, week=instance.week, status="feasible", score=score, bound=Bound(),
                sessions=(), unmet=unmet_needs(instance, ()))
(out / "roster.json").write_text(roster.to_json())
line = {{"elapsed": 0.5, "score": score.model_dump(), "bound": Bound().model_dump(), "sessions": 0}}
(out / "trace.ndjson").write_text(json.dumps(line) + "\\n")
"""
_CLINIC = Clinic(2, 500, "mixed")


@dataclass
class Pretender:
    """A solver that answers as it is told to, and counts how often it is asked."""

    name: str = "pretender"
    title: str = "Pretender"
    program: str = _PROGRAM
    off: int = 0
    asked: int = 0

    def command(self, instance: Path, seconds: float, threads: int, out: Path) -> list[str]:
        """Return the command of one run."""
        self.asked += 1
        return [sys.executable, "-c", self.program.format(instance=str(instance), out=str(out), off=self.off)]


@pytest.fixture
def commit(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list whose last entry is the commit that everybody is at."""
    commits = ["first"]
    monkeypatch.setattr(running, "commit_of", lambda _: commits[-1])
    return commits


def _only(run: Run, out: Path) -> Record:
    ((record, _),) = find(out, run)
    return record


def test_an_answer_is_judged_and_kept(tmp_path: Path, commit: list[str]) -> None:
    """Score, cost, commit and clinic in the record; the trace beside it."""
    run = Run(Pretender(), _CLINIC, 3.0)
    carry_out([run], tmp_path, any_commit=False)
    ((record, folder),) = find(tmp_path, run)
    assert record.failure is None
    assert (record.who, record.commit, record.seconds) == ("pretender", "first", 3.0)
    assert record.score["unmet"] == record.needed_weight > 0
    assert record.sessions == 0
    assert record.peak_bytes > 1_000_000
    assert [point.elapsed for point in Result.load(record, folder).trace] == [0.5]


def test_what_is_done_is_not_done_again(tmp_path: Path, commit: list[str]) -> None:
    """Not at the same commit; at another one it is, unless any will do; with other seconds in any case."""
    who = Pretender()
    run = Run(who, _CLINIC, 3.0)
    for _ in range(2):
        carry_out([run], tmp_path, any_commit=False)
    assert who.asked == 1
    commit.append("second")
    carry_out([run], tmp_path, any_commit=True)
    assert who.asked == 1
    carry_out([run], tmp_path, any_commit=False)
    assert who.asked == 2
    assert {record.commit for record, _ in find(tmp_path, run)} == {"first", "second"}
    carry_out([Run(who, _CLINIC, 4.0)], tmp_path, any_commit=True)
    assert who.asked == 3


def test_a_result_of_another_state_of_the_generator_does_not_count(tmp_path: Path, commit: list[str]) -> None:
    """The same size, profile and seed, but another clinic by its hash."""
    run = Run(Pretender(), _CLINIC, 3.0)
    carry_out([run], tmp_path, any_commit=False)
    record = _only(run, tmp_path)
    assert find(tmp_path, run, record.instance_sha256)
    assert not find(tmp_path, run, "another")


def test_a_roster_that_the_checker_rejects_is_a_failure(tmp_path: Path, commit: list[str]) -> None:
    """A score that is not so; it is tried again the next time."""
    who = Pretender(off=1, program=_PROGRAM)
    run = Run(who, _CLINIC, 3.0)
    for _ in range(2):
        carry_out([run], tmp_path, any_commit=False)
    assert who.asked == 2
    assert _only(run, tmp_path).failure == "rejected by the checker: score"


def test_nothing_found_is_a_failure_where_something_is_pinned(tmp_path: Path, commit: list[str]) -> None:
    """An empty roster breaks the pins and no other rule; it is called what it is."""
    clinic = Clinic(24, 1, "mixed")
    assert clinic.instance().pins
    run = Run(Pretender(), clinic, 3.0)
    carry_out([run], tmp_path, any_commit=False)
    assert _only(run, tmp_path).failure == "found no roster"


@pytest.mark.parametrize(
    ("program", "failure"),
    [
        ("raise SystemExit(3)", "exit code 3"),
        ("pass", "left no roster that can be read"),
        ("open({out!r} + '/roster.json', 'w').write('no')", "left no roster that can be read"),
    ],
)
def test_a_crash_is_a_failure(tmp_path: Path, commit: list[str], program: str, failure: str) -> None:
    """And so is an answer that is none."""
    run = Run(Pretender(program=program), _CLINIC, 3.0)
    carry_out([run], tmp_path, any_commit=False)
    assert _only(run, tmp_path).failure == failure


def test_who_is_not_installed_is_asked_once(
    tmp_path: Path, commit: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A word for the first clinic, none for the others, and nothing is kept."""
    absent, there = Pretender(program=f"raise SystemExit({NOT_INSTALLED})"), Pretender(name="there")
    other = Clinic(2, 501, "mixed")
    runs = [Run(who, clinic, 3.0) for who in (absent, there) for clinic in (_CLINIC, other)]
    carry_out(runs, tmp_path, any_commit=False)
    assert (absent.asked, there.asked) == (1, 2)
    assert capsys.readouterr().err.count("not installed") == 1
    assert not find(tmp_path, Run(absent, _CLINIC, 3.0))
