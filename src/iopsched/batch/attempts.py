"""One clinic, solved in a process of its own that is killed when it takes too much, and tried again."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from iopsched.batch.memory import resident_bytes
from iopsched.batch.records import Failure
from iopsched.plan.solving import Answer, LostError, Solving, solve_apart
from iopsched.roster.models import Roster
from iopsched.solve import Stop
from iopsched.solve.processes import kill

__all__ = ["Bounds", "Outcome", "solve_guarded"]

_RETRIED: Final = frozenset({"crash", "timeout"})
"""What another try may mend: crashes and hangs in native code depend on how its threads happen to run. The
same clinic would hold as much memory again, and the search would say the same again."""
_LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True)
class Bounds:
    """What a try may take, and how many there may be.

    Attributes
    ----------
    seconds : float
        Of the wall clock.
    memory : int or None
        Bytes, of the process and those that it starts.
    retries : int
    """

    seconds: float
    memory: int | None
    retries: int


@dataclass(frozen=True)
class Outcome:
    """What came of a clinic.

    Attributes
    ----------
    roster : Roster or None
    failure : str or None
        Why there is no roster, of :data:`iopsched.batch.records.Failure`.
    error : str or None
        The same in words.
    attempts : int
    seconds : float
    peak_bytes : int or None
    """

    roster: Roster | None
    failure: Failure | None = None
    error: str | None = None
    attempts: int = 1
    seconds: float = 0.0
    peak_bytes: int | None = None


class _Guard:
    """Watches one process: kills it when it takes too much or the batch ends, and remembers why."""

    def __init__(self, bounds: Bounds, stop: Stop) -> None:
        self.reason: Failure | None = None
        self.peak = 0
        self._bounds = bounds
        self._stop = stop
        self._over = threading.Event()

    @contextmanager
    def watching(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Watch a process until the context is left."""
        thread = threading.Thread(target=self._watch, args=(process,), name="iopsched-guard", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + self._bounds.seconds
        while True:
            held = resident_bytes(process.pid)
            self.peak = max(self.peak, held)
            if self._bounds.memory is not None and held > self._bounds.memory:
                self.reason = "memory"
            elif time.monotonic() > deadline:
                self.reason = "timeout"
            if self.reason or self._stop.requested:
                kill(process)
                return
            if self._over.wait(_LOOK_SECONDS):
                return


def solve_guarded(task: Solving, bounds: Bounds, stop: Stop | None = None) -> Outcome | None:
    """Solve one clinic in a process of its own, as often as it takes and is allowed.

    Parameters
    ----------
    task : Solving
    bounds : Bounds
    stop : Stop, optional
        Ends the work at once, without a roster: what the search has by then is not what was asked for.

    Returns
    -------
    Outcome or None
        ``None`` where the stop ended it.
    """
    stop = stop or Stop()
    began, peak, attempts = time.monotonic(), 0, 0
    while True:
        attempts += 1
        guard = _Guard(bounds, stop)
        answer = solve_apart(task, Stop(), watched=guard.watching)
        peak = max(peak, guard.peak)
        if stop.requested and isinstance(answer, LostError):
            return None
        failure, error = _judged(answer, guard.reason, bounds)
        if failure not in _RETRIED or attempts > bounds.retries:
            break
    roster = answer if isinstance(answer, Roster) else None
    return Outcome(roster, failure, error, attempts, time.monotonic() - began, peak or None)


def _judged(answer: Answer, reason: Failure | None, bounds: Bounds) -> tuple[Failure | None, str | None]:
    """Return why there is no roster, for programs and in words."""
    if isinstance(answer, Roster):
        return None, None
    if not isinstance(answer, LostError):
        return "error", str(answer)
    if reason == "timeout":
        return "timeout", f"it took more than {bounds.seconds:g} s and was ended (--timeout allows more)"
    if reason == "memory":
        assert bounds.memory is not None
        megabytes = bounds.memory // 1_000_000
        return "memory", f"it held more than {megabytes} MB and was ended (--memory-limit allows more)"
    return "crash", str(answer)
