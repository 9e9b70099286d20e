"""A batch as a whole: each clinic once, whatever becomes of its neighbours."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

import iopsched.plan.solving as module
from batch.clinics import FakeSolver, named, written
from iopsched.batch import Batch, Begun, Limits, Row, Settings, find_sources, run_batch
from iopsched.errors import IopschedError, UsageError
from iopsched.instance import parse_instance
from iopsched.roster import check, load_roster
from iopsched.solve import Stop, solve
from rules.tiny import roster_of

QUICK = Settings(time_limit=5.0, deterministic=True)

POISONED = """
import os, signal
import iopsched.plan.solving_worker as worker
search = worker._answer

def answer(task, stop):
    if task.instance.id == "poison":
        os.kill(os.getpid(), signal.SIGSEGV)
    return search(task, stop)

worker._answer = answer
worker.main()
"""


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> FakeSolver:
    """Solve in no time."""
    return FakeSolver(monkeypatch)


def batch_of(folder: Path, output: Path, **options: Any) -> Batch:
    """Solve a folder's clinics."""
    return run_batch(find_sources([str(folder)]), output, **{"settings": QUICK, **options})


def states(batch: Batch) -> dict[str, str]:
    return {Path(row.source).stem: row.state for row in batch.rows}


def test_a_crash_takes_no_neighbour_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three clinics one kills its process natively; the others' rosters are those that solve gives."""
    monkeypatch.setattr(module, "_PROGRAM", POISONED)
    folder = written(tmp_path / "in", "a", "poison", "z")
    batch = batch_of(folder, tmp_path / "out", jobs=2, limits=Limits(retries=1))
    assert states(batch) == {"a": "done", "poison": "failed", "z": "done"}
    _, poison, _ = batch.rows
    assert (poison.failure, poison.attempts, poison.roster) == ("crash", 2, None)
    for row in batch.rows:
        if row.roster is not None:
            assert row.instance is not None
            instance = named(row.instance)
            alone = solve(instance, time_limit=5.0, deterministic=True)
            assert (tmp_path / "out" / row.roster).read_text() == alone.to_json()
            assert check(instance, load_roster(tmp_path / "out" / row.roster)).ok
    assert len(list((tmp_path / "out").glob("*.roster.json"))) == 2


def test_the_summary_has_a_line_for_each_input(tmp_path: Path, solver: FakeSolver) -> None:
    """In the order of the inputs, as the rows; bad input is told by the places of its problems."""
    folder = written(tmp_path / "in", "a", "crash", "refuse")
    (folder / "bad.json").write_text('{"id": "x", "participants": [{"id": "Jane", "why": "anaemia"}]}')
    told: list[Row] = []
    batch = batch_of(folder, tmp_path / "out", on_row=told.append)
    assert solver.ids == ["a", "crash", "crash", "refuse"]
    text = (tmp_path / "out" / "summary.ndjson").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines == [row.to_dict() for row in batch.rows] == batch.to_dict()["rows"]
    assert [(line["state"], line["failure"]) for line in lines] == [
        ("done", None),
        ("failed", "input"),
        ("failed", "crash"),
        ("failed", "error"),
    ]
    assert lines[0]["unmet_sessions"] == 2
    assert "participants[0].why" in lines[1]["error"]
    assert len(batch.rows[1].problems) > 1
    assert "Jane" not in text
    assert "anaemia" not in text
    assert lines[3]["error"] == "two pins of p1 are at one time"
    assert {row.source for row in told} == {line["source"] for line in lines}


def test_the_same_clinic_is_solved_once(tmp_path: Path, solver: FakeSolver) -> None:
    """A copy under another name, or the file named again, is answered by the same roster."""
    folder = written(tmp_path / "in", "a", "b")
    (folder / "copy.json").write_text((folder / "a.json").read_text())
    sources = find_sources([str(folder), str(folder / "b.json")])
    batch = run_batch(sources, tmp_path / "out", QUICK)
    assert solver.ids == ["a", "b"]
    a, b, copy, again = batch.rows
    assert (copy.same_as, copy.roster, copy.state) == (a.source, a.roster, "done")
    assert (again.same_as, again.roster) == (b.source, b.roster)
    assert (a.same_as, b.same_as) == (None, None)


def test_two_clinics_of_one_id_have_a_roster_each(tmp_path: Path, solver: FakeSolver) -> None:
    """The id is no key."""
    folder = written(tmp_path / "in", "a")
    document = json.loads((folder / "a.json").read_text())
    document["rooms"][0]["capacity"] = 3
    (folder / "other.json").write_text(json.dumps(document))
    rows = batch_of(folder, tmp_path / "out").rows
    assert solver.ids == ["a", "a"]
    assert rows[0].instance == rows[1].instance
    assert rows[0].roster != rows[1].roster


def test_rosters_among_the_inputs_are_passed_over(tmp_path: Path, solver: FakeSolver) -> None:
    """In a folder they are skipped, so that a batch may write where it reads; named, they fail."""
    folder = written(tmp_path / "in", "a")
    batch_of(folder, folder)
    assert solver.ids == ["a"]
    again = batch_of(folder, folder, resume=True)
    assert sorted(row.state for row in again.rows) == ["done", "skipped"]
    (roster,) = folder.glob("*.roster.json")
    (row,) = run_batch(find_sources([str(roster)]), tmp_path / "out", QUICK).rows
    assert (row.state, row.failure) == ("failed", "input")


def test_resume_does_the_rest(tmp_path: Path, solver: FakeSolver) -> None:
    """What has a roster is left as it is, what failed or is new is solved."""
    folder = written(tmp_path / "in", "a", "crash")
    first = batch_of(folder, tmp_path / "out")
    assert states(first) == {"a": "done", "crash": "failed"}
    file = tmp_path / "out" / str(first.rows[0].roster)
    before = file.stat()
    written(folder, "b")
    solver.asked.clear()
    begun: list[Begun] = []
    second = batch_of(folder, tmp_path / "out", resume=True, on_begun=begun.append)
    assert solver.ids == ["b", "crash", "crash"]
    assert (begun[0].inputs, begun[0].to_do, begun[0].resumed) == (3, 2, 1)
    assert [row.resumed for row in second.rows] == [True, False, False]
    assert second.rows[0].score == first.rows[0].score
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_other_settings_are_another_job(tmp_path: Path, solver: FakeSolver) -> None:
    """A longer search is made although a short one is there; workers and jobs do not matter."""
    folder = written(tmp_path / "in", "a")
    usual = Settings(time_limit=5.0)
    batch_of(folder, tmp_path / "out", settings=usual, jobs=1, workers=1)
    for options, solved in (
        ({"settings": usual, "jobs": 2, "workers": 2}, 0),
        ({"settings": Settings(time_limit=9.0)}, 1),
        ({"settings": Settings(time_limit=5.0, seed=3)}, 1),
    ):
        solver.asked.clear()
        batch_of(folder, tmp_path / "out", resume=True, **options)
        assert len(solver.asked) == solved
    assert len(list((tmp_path / "out").glob("*.roster.json"))) == 3


def test_a_clinic_that_changes_meanwhile_is_not_solved_under_the_old_key(
    tmp_path: Path, solver: FakeSolver
) -> None:
    """It fails with the remedy; resumed, it is solved as it is by then."""
    folder = written(tmp_path / "in", "a")

    def change(_: Begun) -> None:
        written(tmp_path / "other", "b")
        (folder / "a.json").write_text((tmp_path / "other" / "b.json").read_text())

    (row,) = batch_of(folder, tmp_path / "out", on_begun=change).rows
    assert (row.state, row.failure) == ("failed", "input")
    assert "--resume" in (row.error or "")
    assert solver.asked == []
    (row,) = batch_of(folder, tmp_path / "out", resume=True).rows
    assert (row.state, row.instance) == ("done", "b")


def test_a_stop_keeps_what_is_done(tmp_path: Path, solver: FakeSolver) -> None:
    """After the first of three nothing else is begun; the others are left, and a resumed batch does them."""
    folder = written(tmp_path / "in", "a", "b", "c")
    stop = Stop()
    first_alone = threading.Event()

    def end(row: Row) -> None:
        stop.request()
        first_alone.set()

    search = solver.__call__

    def waits(task: Any, halt: Stop, *, watched: Any) -> Any:
        if solver.asked:
            assert first_alone.wait(30)
        return search(task, halt, watched=watched)

    module_name = "iopsched.batch.attempts.solve_apart"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module_name, waits)
        batch = batch_of(folder, tmp_path / "out", jobs=1, stop=stop, on_row=end)
    assert batch.count("left") >= 1
    assert batch.rows[0].state == "done"
    assert batch.rows[-1].state == "left"
    assert batch.rows[-1].key is not None
    again = batch_of(folder, tmp_path / "out", resume=True)
    assert again.count("done") == 3
    assert again.begun.resumed == batch.count("done")


def test_a_roster_that_cannot_be_written_ends_the_batch(
    tmp_path: Path, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Solving on for nothing helps nobody; the error names the file."""
    folder = written(tmp_path / "in", *"abcdefgh")

    def full(*_: object) -> None:
        raise IopschedError("could not write it: No space left on device")

    monkeypatch.setattr("iopsched.batch.run.write_roster", full)
    with pytest.raises(IopschedError, match="No space left"):
        batch_of(folder, tmp_path / "out", jobs=1)
    assert not list((tmp_path / "out").glob("*.roster.json"))


def test_nothing_to_solve_is_a_usage_error(tmp_path: Path) -> None:
    """An empty folder; and nothing is made for it."""
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="nothing to solve"):
        batch_of(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ({}, (3, 2)),
        ({"jobs": 1}, (1, 6)),
        ({"jobs": 4}, (4, 1)),
        ({"jobs": 9}, (9, 1)),
        ({"workers": 3}, (2, 3)),
        ({"workers": 9}, (1, 9)),
        ({"jobs": 2, "workers": 2}, (2, 2)),
        ({"settings": QUICK}, (3, 1)),
    ],
    ids=str,
)
def test_six_cores_are_shared_out_to_three_clinics(
    asked: dict[str, Any],
    given: tuple[int, int],
    tmp_path: Path,
    solver: FakeSolver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By default none is idle; deterministic searches have one worker each."""
    monkeypatch.setattr("iopsched.batch.run.cores", lambda: 6)
    folder = written(tmp_path / "in", "a", "b", "c")
    batch = batch_of(folder, tmp_path / "out", **{"settings": Settings(), **asked})
    assert (batch.begun.jobs, batch.begun.workers) == given
    assert {task.workers for task in solver.asked} == {given[1]}


def test_a_limit_of_memory_that_cannot_be_kept_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system does not tell what processes hold."""
    monkeypatch.setattr("iopsched.batch.run.can_tell", lambda: False)
    with pytest.raises(UsageError, match="limit of memory"):
        batch_of(written(tmp_path / "in", "a"), tmp_path / "out", limits=Limits(memory=10**9))


def test_the_roster_of_the_fake_lacks_what_its_clinic_needs() -> None:
    """The premise of these tests: two talks, none of them in the roster made without a solver."""
    instance = parse_instance(named("a").model_dump(mode="json", exclude_none=True))
    assert sum(need.sessions for need in roster_of(instance).unmet) == 2
