"""Several solves at a time, each in a process of its own.

CP-SAT can crash natively, and two searches in one process hinder each other; so each has a process, started
as the crew's are (see :mod:`iopsched.solve.crew`). One that is lost takes no other with it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from iopsched.errors import IopschedError
from iopsched.instance.models import Instance
from iopsched.roster.models import Roster
from iopsched.solve import Stop
from iopsched.solve.processes import end, pipes, spawn

__all__ = ["STOP", "Solving", "solve_all"]

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


Answer = Roster | IopschedError


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
        answer = _answer(tasks[number], stop)
        on_answer(number, answer)
        return answer

    with ThreadPoolExecutor(max_workers=max(1, jobs), thread_name_prefix="iopsched-scenario") as pool:
        return list(pool.map(carry_out, range(len(tasks))))


def _answer(task: Solving, stop: Stop) -> Answer:
    from iopsched.solve.crew_messages import receive, send  # loads the solver: only where one runs

    try:
        process = spawn(_PROGRAM)
    except OSError as error:
        return IopschedError(f"no process could be started: {error.strerror}")
    orders, answers = pipes(process)

    def tell() -> None:
        with suppress(OSError, ValueError):  # it has ended already
            send(orders, STOP)

    try:
        send(orders, task)
        stop.add_listener(tell)
        answer = receive(answers)
    except (OSError, EOFError, pickle.PickleError):
        return IopschedError(f"the process that solved it was lost (exit code {process.wait()})")
    finally:
        with suppress(ValueError):
            stop.remove_listener(tell)
        end(process)
    assert isinstance(answer, Roster | IopschedError)
    return answer
