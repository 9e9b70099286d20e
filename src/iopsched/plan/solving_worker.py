"""The process that solves one instance for :mod:`iopsched.plan.solving`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import IO

from iopsched.errors import InputError, IopschedError
from iopsched.plan.solving import STOP, Solving
from iopsched.solve import Stop, solve
from iopsched.solve.crew_messages import receive, send
from iopsched.solve.processes import take_standard_output

__all__ = ["main"]


def main() -> None:
    """Read what to solve from standard input, and write the roster, or the error, to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches this process too
    answers = take_standard_output()
    task = receive(sys.stdin.buffer)
    assert isinstance(task, Solving)
    stop = Stop()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, stop), daemon=True).start()
    send(answers, _answer(task, stop))
    os._exit(0)  # the thread that listens waits for a message


def _answer(task: Solving, stop: Stop) -> object:
    try:
        return solve(
            task.instance,
            time_limit=task.time_limit,
            workers=task.workers,
            seed=task.seed,
            deterministic=task.deterministic,
            baseline=task.baseline,
            start=task.start,
            stop=stop,
        )
    except InputError as error:
        return IopschedError("; ".join(str(problem) for problem in error.problems))
    except IopschedError as error:
        return IopschedError(str(error))
    except Exception as error:  # a mistake of ours in one scenario shall not cost the others
        return IopschedError(f"this is iopsched's fault: {type(error).__name__}: {error}")


def _listen(orders: IO[bytes], stop: Stop) -> None:
    """Request a stop when told to; end at once when whoever asked is gone."""
    while True:
        try:
            message = receive(orders)
        except BaseException:
            os._exit(1)
        if message == STOP:
            stop.request()
