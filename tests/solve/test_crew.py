"""The crew: processes that improve one plan together, come what may, and are gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Timer

import pytest

from iopsched.generate import generate
from iopsched.roster import check
from iopsched.solve import Progress, Stop, crew, solve
from iopsched.solve.clock import Clock
from iopsched.solve.crew import Crew
from iopsched.solve.crew_messages import Begin
from iopsched.solve.engine import Engine
from iopsched.solve.improve import improve
from iopsched.solve.search import Search
from solve.searches import CLINICS, WEDNESDAY, replanned, resumed, roster_of_plan

PATIENCE = 30


def unimproved(stop: Stop | None = None) -> Search:
    """Return a search that holds a plan far from the best, on the wall clock."""
    base = replanned(*CLINICS[0], WEDNESDAY)
    search = resumed(base.options, base.best.plan)
    search.engine = Engine(Clock(60.0), stop or Stop(), workers=2, seed=0)
    return search


def started(search: Search, count: int = 2) -> Crew:
    options = search.options
    return Crew.start(Begin(options.instance, options.baseline, options.frozen_from, 0), count)


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 30.0
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


ASKING_KILLS = pytest.mark.skipif(sys.platform == "win32", reason="there, asking for a process ends it")


def runs(process: int) -> bool:
    """Tell whether a process is there, be it only waiting to be asked how it ended."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def interrupted(some: Crew) -> None:
    with some:
        raise KeyboardInterrupt


def assert_sound(search: Search) -> None:
    report = check(
        search.options.instance,
        roster_of_plan(search),
        baseline=search.options.baseline,
        frozen_from=search.options.frozen_from,
    )
    assert [str(violation) for violation in report.violations] == []


def test_two_workers_improve_a_plan_level_after_level() -> None:
    """The score falls, the judge agrees, the solves are counted, and both were there to the end."""
    search = unimproved()
    before = search.best.score.as_tuple()
    with started(search) as search.crew:
        wait_until(lambda: search.crew is not None and search.crew.ready == 2)
        for level in ("burden", "staffing"):
            improve(search, level, 1.5, PATIENCE)
        assert search.crew.ready == 2
    after = search.best.score.as_tuple()
    assert after[:2] <= before[:2]
    assert after < before
    assert search.engine.solves > 0
    assert search.engine.most_variables > 0
    assert_sound(search)


@pytest.mark.parametrize("lost", [1, 2])
def test_lost_workers_are_done_without(lost: int) -> None:
    """Killed in the middle of their work: the other goes on, or without any the search itself."""
    search = unimproved()
    before = search.best.score.as_tuple()
    with started(search) as search.crew:
        wait_until(lambda: search.crew is not None and search.crew.ready == 2)
        for process in search.crew.processes[:lost]:
            Timer(0.1, os.kill, (process, signal.SIGTERM)).start()
        improve(search, "burden", 1.5, patience=10**6)
        assert search.crew.ready == 2 - lost
    assert search.best.score.as_tuple() < before
    assert_sound(search)


@ASKING_KILLS
def test_nothing_is_left_running() -> None:
    """Neither when all is done, nor while workers are still starting, nor after an exception."""
    search = unimproved()
    with started(search) as ready:
        wait_until(lambda: ready.ready == 2)
        processes = ready.processes
    with started(search) as starting:
        processes += starting.processes
    failing = started(search)
    processes += failing.processes
    with pytest.raises(KeyboardInterrupt):
        interrupted(failing)
    assert len(set(processes)) == 6
    assert not any(runs(process) for process in processes)


ABANDONED = """
import os, signal, sys
sys.path[:0] = {path!r}
from solve.test_crew import started, unimproved, wait_until
crew = started(unimproved())
wait_until(lambda: crew.ready == 2)
print(*crew.processes, flush=True)
os.kill(os.getpid(), signal.SIGTERM)
"""


@ASKING_KILLS
def test_workers_end_with_the_process_that_started_them() -> None:
    """Even where that had no chance to say so."""
    program = ABANDONED.format(path=sys.path)
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert done.returncode != 0
    processes = [int(process) for process in done.stdout.split()]
    assert len(processes) == 2
    wait_until(lambda: not any(runs(process) for process in processes))


def test_a_stop_ends_the_crew_s_work_at_once() -> None:
    """With all the time and patience in the world."""
    stop = Stop()
    search = unimproved(stop)
    with started(search) as search.crew:
        wait_until(lambda: search.crew is not None and search.crew.ready == 2)
        Timer(0.3, stop.request).start()
        began = time.monotonic()
        improve(search, "burden", 50.0, patience=10**6)
        assert time.monotonic() - began < 5.0
    assert stop.requested
    assert_sound(search)


def test_without_an_interpreter_there_is_no_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within another program nothing is started, and where the system refuses nothing fails."""
    search = unimproved()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "")
        with started(search) as nobody:
            assert nobody.processes == ()

    def refuse() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(crew, "_started", refuse)
    with started(search) as nobody:
        assert nobody.processes == ()


SCRIPT = """
import sys
from iopsched.generate import generate
from iopsched.solve import crew, solve
start = crew.Crew.start.__func__
def counted(cls, begin, count):
    found = start(cls, begin, count)
    print(len(found.processes))
    return found
crew.Crew.start = classmethod(counted)
print(solve(generate(14, 1, "mixed"), time_limit=5.0, workers=2).status)
"""


def test_a_script_without_a_guard_may_solve() -> None:
    """Read from standard input, it runs once, and its crew has two workers."""
    done = subprocess.run(
        [sys.executable, "-"], input=SCRIPT, stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )
    count, status = done.stdout.split()
    assert count == "2"
    assert status in ("feasible", "optimal")


@pytest.mark.parametrize("asked", [{"deterministic": True}, {"workers": 1}, {"time_limit": 1.0}])
def test_no_process_is_started_where_none_is_wanted(
    asked: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the same bytes, for one worker, for a moment."""

    def never() -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(crew, "_started", never)
    stop = Stop()

    def end_when_improving(progress: Progress) -> None:
        if progress.stage == "improvement":
            stop.request()

    arguments = {"time_limit": 4.0, "workers": 2, **asked}
    roster = solve(generate(14, 1, "mixed"), stop=stop, on_progress=end_when_improving, **arguments)
    assert roster.sessions
