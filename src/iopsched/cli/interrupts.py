"""A search that Ctrl-C ends in good order: the first keeps the best roster, the second gives up."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, TypeVar

from iopsched.cli.consoles import error_console
from iopsched.cli.failures import INTERRUPTED
from iopsched.solve.control import Stop

__all__ = ["abort", "run_interruptibly"]

_Result = TypeVar("_Result")

_POLL_SECONDS = 0.1
"""Not every system wakes a waiting thread for a signal."""


def run_interruptibly(work: Callable[[Stop], _Result], *, on_stop: Callable[[], object]) -> _Result:
    """Run ``work`` in a thread of its own and wait for it, listening for signals meanwhile.

    The first SIGINT, or a SIGTERM, requests the stop that ``work`` was given and calls ``on_stop``.

    Raises
    ------
    KeyboardInterrupt
        At a SIGINT after a stop was requested. The thread is left behind, so the process has to end.
    """
    stop = Stop()
    outcome: Future[_Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(work(stop))
        except BaseException as error:
            outcome.set_exception(error)

    with _signals_to(stop, on_stop):
        thread = threading.Thread(target=run, name="iopsched-search", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(_POLL_SECONDS)
    return outcome.result()


@contextmanager
def _signals_to(stop: Stop, on_stop: Callable[[], object]) -> Iterator[None]:
    def handle(number: int, _: FrameType | None) -> None:
        if not stop.requested:
            stop.request()
            on_stop()
        elif number == signal.SIGINT:
            raise KeyboardInterrupt

    previous = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def abort() -> NoReturn:
    """End the process at once: the search is left in native code, which an orderly exit would crash in."""
    console = error_console()
    console.print("Aborted; nothing was written.")
    console.file.flush()
    os._exit(INTERRUPTED)
