"""Several solves at a time, each in a process of its own.

CP-SAT can crash natively, and two searches in one process hinder each other; so each has a process, started
as the crew's are (see :mod:`iopsched.solve.crew`). One that is lost takes no other with it.
"""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Final

from iopsched.errors import IopschedError
from iopsched.instance.models import Instance
from iopsched.roster.models import Roster
from iopsched.solve import Stop
from iopsched.solve.processes import end, pipes, spawn

__all__ = ["STOP", "Answer", "LostError", "Solving", "Watched", "solve_all", "solve_apart"]

STOP: Final = "stop"
"""What a process is told to end its search with the best roster so far."""
_PROGRAM: Final = "from iopsched.plan.solving_worker import main; main()"


@dataclass(frozen=True)
class Solving:
    """What one process solves; fields as the arguments of :func:`iopsched.solve.solve`."""

    instance: Instance
    time_limit: float
    workers: int
    seed: int
    deterministic: bool
    baseline: Roster | None = None
    start: Roster | None = None


class LostError(IopschedError):
    """The process that should have solved it ended without an answer, or could not be started."""


Answer = Roster | IopschedError

Watched = Callable[[subprocess.Popen[bytes]], AbstractContextManager[object]]
"""A context around a process's work, in which the process may be killed."""


def solve_all(
    tasks: Sequence[Solving], *, jobs: int, stop: Stop, on_answer: Callable[[int, Answer], object]
) -> list[Answer]:
    """Solve several instances, some at a time.

    Parameters
    ----------
    tasks : sequence of Solving
    jobs : int
        How many processes there are at once.
    stop : Stop
        Ends every search with the best roster so far; one that has not placed its pins by then has none, and
        its answer is an error.
    on_answer : callable
        Called with a task's number and its answer as soon as it is there, from several threads.

    Returns
    -------
    list of Roster or IopschedError
        In the order of the tasks; an error where a process said or was one.
    """

    def carry_out(number: int) -> Answer:
        answer = solve_apart(tasks[number], stop)
        on_answer(number, answer)
        return answer

    with ThreadPoolExecutor(max_workers=max(1, jobs), thread_name_prefix="iopsched-scenario") as pool:
        return list(pool.map(carry_out, range(len(tasks))))


def solve_apart(task: Solving, stop: Stop, *, watched: Watched = nullcontext) -> Answer:
    """Solve one instance in a process of its own, and wait for the answer.

    The process leads a process group, with the workers that it starts in it; it ends, and they with it, as
    soon as this process is gone.

    Parameters
    ----------
    task : Solving
    stop : Stop
        Ends the search with the best roster so far.
    watched : callable, optional
        Gives a context that is entered once the process runs and left when it has answered or is lost.

    Returns
    -------
    Roster or IopschedError
        :class:`LostError` where the process was.
    """
    from iopsched.solve.crew_messages import receive, send  # loads the solver: only where one runs

    try:
        process = spawn(_PROGRAM, leads_group=True)
    except OSError as error:
        return LostError(f"no process could be started: {error.strerror}")
    orders, answers = pipes(process)

    def tell() -> None:
        with suppress(OSError, ValueError):  # it has ended already
            send(orders, STOP)

    try:
        with watched(process):
            send(orders, task)
            stop.add_listener(tell)
            answer = receive(answers)
    except (OSError, EOFError, pickle.PickleError):
        return LostError(f"the process that solved it was lost (exit code {process.wait()})")
    finally:
        with suppress(ValueError):
            stop.remove_listener(tell)
        end(process)
    assert isinstance(answer, Roster | IopschedError)
    return answer
