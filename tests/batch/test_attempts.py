"""One clinic in a process of its own: how it is lost, and what is done about it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

import iopsched.plan.solving as module
from batch.clinics import named
from iopsched.batch.attempts import Bounds, Outcome, solve_guarded
from iopsched.batch.memory import can_tell, resident_bytes
from iopsched.plan.solving import Solving
from iopsched.solve import Stop, solve

TASK = Solving(named("a"), 5.0, 1, 0, True)
AMPLE = Bounds(seconds=120.0, memory=None, retries=0)

CRASHES = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
CRASHES_ONCE = f"""
import pathlib
marker = pathlib.Path({{marker!r}})
if not marker.exists():
    marker.touch()
    {CRASHES}
from iopsched.plan.solving_worker import main
main()
"""
HANGS = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
file = pathlib.Path({marker!r})
file.with_suffix(".new").write_text(str(child.pid))
file.with_suffix(".new").rename(file)
time.sleep(600)
"""
SWELLS = "import time; held = b'x' * 200_000_000; time.sleep(600)"

needs_proc = pytest.mark.skipif(not can_tell(), reason="the system does not tell what processes hold")


def runs(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Have processes run a program instead of the search."""
    monkeypatch.setattr(module, "_PROGRAM", program)


def gone(pid: int) -> bool:
    """Wait until a process has ended; tell whether it has."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (OSError, IndexError):
            return True
        time.sleep(0.05)
    return False


def test_what_comes_back_is_what_solve_gives() -> None:
    """The roster is the same, byte for byte; how long it took and what it held is told."""
    outcome = solve_guarded(TASK, AMPLE)
    assert outcome is not None
    assert outcome.roster is not None
    alone = solve(TASK.instance, time_limit=5.0, seed=0, deterministic=True)
    assert outcome.roster.to_json() == alone.to_json()
    assert (outcome.failure, outcome.error, outcome.attempts) == (None, None, 1)
    assert outcome.seconds > 0
    assert outcome.peak_bytes is None or outcome.peak_bytes > 10_000_000


@pytest.mark.parametrize("retries", [0, 2])
def test_a_crash_is_told_after_all_its_tries(monkeypatch: pytest.MonkeyPatch, retries: int) -> None:
    """A process that crashes each time is tried as often as allowed, and named by its signal."""
    runs(monkeypatch, CRASHES)
    outcome = solve_guarded(TASK, Bounds(60.0, None, retries))
    assert outcome is not None
    assert (outcome.roster, outcome.failure, outcome.attempts) == (None, "crash", retries + 1)
    assert "exit code -11" in (outcome.error or "")


def test_a_crash_may_not_come_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The second try gives the roster."""
    runs(monkeypatch, CRASHES_ONCE.format(marker=str(tmp_path / "marker")))
    outcome = solve_guarded(TASK, Bounds(120.0, None, retries=1))
    assert outcome is not None
    assert outcome.roster is not None
    assert (outcome.failure, outcome.attempts) == (None, 2)


def test_a_search_that_hangs_is_killed_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """When its time is up neither it nor its child is left."""
    runs(monkeypatch, HANGS.format(marker=str(tmp_path / "child")))
    outcome = solve_guarded(TASK, Bounds(seconds=3.0, memory=None, retries=0))
    assert outcome is not None
    assert (outcome.failure, outcome.attempts) == ("timeout", 1)
    assert "more than 3 s" in (outcome.error or "")
    assert gone(int((tmp_path / "child").read_text()))


@needs_proc
def test_too_much_memory_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same clinic would hold as much again."""
    runs(monkeypatch, SWELLS)
    outcome = solve_guarded(TASK, Bounds(seconds=60.0, memory=150_000_000, retries=5))
    assert outcome is not None
    assert (outcome.failure, outcome.attempts) == ("memory", 1)
    assert "more than 150 MB" in (outcome.error or "")
    assert outcome.peak_bytes is not None
    assert outcome.peak_bytes > 150_000_000


def test_what_the_search_says_is_not_tried_again() -> None:
    """An error is an answer."""
    outcome = solve_guarded(Solving(named("a"), -1.0, 1, 0, True), Bounds(60.0, None, retries=3))
    assert outcome is not None
    assert (outcome.failure, outcome.attempts) == ("error", 1)
    assert "time_limit is -1.0" in (outcome.error or "")


def test_a_stop_ends_it_at_once_without_a_roster(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is neither done nor failed, and its process is gone."""
    runs(monkeypatch, HANGS.format(marker=str(tmp_path / "child")))
    stop, found = Stop(), list[Outcome | None]()
    thread = threading.Thread(target=lambda: found.append(solve_guarded(TASK, AMPLE, stop)))
    thread.start()
    while not (tmp_path / "child").exists():
        time.sleep(0.02)
    assert thread.is_alive()
    stop.request()
    thread.join(20)
    assert found == [None]
    assert gone(int((tmp_path / "child").read_text()))


@needs_proc
def test_what_is_held_is_counted_with_descendants() -> None:
    """This process holds something; one that is not there holds nothing."""
    assert resident_bytes(os.getpid()) > 1_000_000
    assert resident_bytes(2**22 + 1) == 0
