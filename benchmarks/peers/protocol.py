"""How a peer is run and what it leaves behind; ``README.md`` in this folder says the same for people.

A peer is a module ``benchmarks.peers.<name>`` (or a package with ``__main__``) that defines ``versions()``
and runs as ``python -m benchmarks.peers.<name> INSTANCE.json --seconds S --threads N --out DIR``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from iopsched.instance import instance_sha256, load_instance
from iopsched.instance.models import Instance
from iopsched.roster import LEVELS, Bound, Roster, Score, Session, SolverInfo, score_sessions, unmet_needs

__all__ = ["NOT_INSTALLED", "PEERS", "NotInstalledError", "Peer", "Recorder", "run_peer"]

NOT_INSTALLED = 69
"""Exit code of a peer whose solver is not on this machine."""
GRACE = 5.0
"""Seconds past the limit after which a solver that does not stop is cut off, its best roster kept."""


class NotInstalledError(Exception):
    """A peer's solver is missing; the message names it and how to get it, in one line."""


@dataclass(frozen=True)
class Peer:
    """A solver to compare with.

    Attributes
    ----------
    name : str
        Also the module in ``benchmarks.peers``.
    title : str
        What tables and plots call it.
    """

    name: str
    title: str

    @property
    def module(self) -> str:
        """The module that is run."""
        return f"benchmarks.peers.{self.name}"

    def command(self, instance: Path, seconds: float, threads: int, out: Path) -> list[str]:
        """Return the command of one run, to be started from the repository's root."""
        return [
            sys.executable, "-m", self.module, str(instance),
            "--seconds", f"{seconds:g}", "--threads", str(threads), "--out", str(out),
        ]  # fmt: skip

    def versions(self) -> dict[str, str]:
        """Return the versions of what the peer runs on.

        Raises
        ------
        NotInstalledError
            Where something is missing.
        """
        found: dict[str, str] = import_module(self.module).versions()
        return found


PEERS: Mapping[str, Peer] = {
    peer.name: peer
    for peer in (
        Peer("textbook", "One CP-SAT model"),
        Peer("highs", "MIP, HiGHS"),
        Peer("scip", "MIP, SCIP"),
        Peer("timefold", "Timefold"),
    )
}
"""All peers by name, installed or not."""


@dataclass
class Recorder:
    """Keeps the best roster of a run, and writes the trace while it runs.

    Attributes
    ----------
    instance : Instance
    out : Path
        A folder; ``trace.ndjson`` and ``roster.json`` are written there.
    seconds : float
        The time limit, counted from this object's creation.
    info : dict
        What the roster's ``solver`` says besides the seconds.
    """

    instance: Instance
    out: Path
    seconds: float
    info: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._began = time.perf_counter()
        self._needed = sum(need.sessions for person in self.instance.participants for need in person.needs)
        self._bound: dict[str, int | None] = {"unmet": None, "changes": 0, "burden": None, "staffing": None}
        self._lock = threading.RLock()
        self._sessions: tuple[Session, ...] = ()
        self._score = score_sessions(self.instance, ())
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / "trace.ndjson").write_text("")

    @property
    def elapsed(self) -> float:
        """Wall-clock seconds since the instance was loaded."""
        return time.perf_counter() - self._began

    @property
    def remaining(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.seconds - self.elapsed)

    @property
    def score(self) -> Score:
        """The best score so far; of the empty roster before there is one."""
        return self._score

    def found(self, sessions: Sequence[Session]) -> bool:
        """Keep a roster's sessions if they are better than the best; tell whether they are."""
        score = score_sessions(self.instance, sessions)
        with self._lock:
            if self._sessions and score.as_tuple() >= self._score.as_tuple():
                return False
            self._sessions, self._score = tuple(sessions), score
            self._trace()
            return True

    def bound(self, level: str, value: int) -> None:
        """Keep a proved lower limit of a level, given the values reached on the levels before it."""
        with self._lock:
            known = self._bound[level]
            if value >= 0 and (known is None or value > known):
                self._bound[level] = value
                self._trace()

    def proved(self, level: str) -> bool:
        """Tell whether a level's bound equals its value."""
        return bool(self._bound[level] == getattr(self._score, level))

    def finish(self) -> None:
        """Write ``roster.json`` in one step."""
        with self._lock:
            text = self._roster().to_json()
            unfinished = self.out / "roster.json.part"
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(self.out / "roster.json")

    def _trace(self) -> None:
        placed = sum(
            len(session.participants) if session.group is not None else 1 for session in self._sessions
        )
        line = {
            "elapsed": round(self.elapsed, 3),
            "score": self._score.model_dump(),
            "bound": self._bound,
            "sessions": placed,
            "needed": self._needed,
        }
        with (self.out / "trace.ndjson").open("a", encoding="utf-8") as trace:
            trace.write(json.dumps(line) + "\n")

    def _roster(self) -> Roster:
        optimal = all(self.proved(level) for level in LEVELS)
        return Roster(
            instance=self.instance.id,
            instance_sha256=instance_sha256(self.instance),
            week=self.instance.week,
            timezone=self.instance.timezone,
            status="optimal" if optimal else "feasible",
            score=self._score,
            bound=Bound(**self._bound),
            sessions=self._sessions,
            unmet=unmet_needs(self.instance, self._sessions),
            solver=SolverInfo(seconds=round(self.elapsed, 3), time_limit=self.seconds, **self.info),
        )


Search = Callable[[Instance, int, Recorder], None]
"""A peer's search: instance, threads, and where to report; it ends itself when ``remaining`` is 0."""


def run_peer(name: str, search: Search, versions: Callable[[], dict[str, str]]) -> int:
    """Run a peer as its command line says; return the exit code.

    Parameters
    ----------
    name : str
        Of the peer.
    search : callable
    versions : callable
        Raises :class:`NotInstalledError` where the solver is missing. It loads the solver, which is not
        counted into the time.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.peers.{name}")
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    try:
        found = versions()
    except NotInstalledError as missing:
        sys.stderr.write(f"{name}: {missing}\n")
        return NOT_INSTALLED
    instance = load_instance(arguments.instance)
    every = {"iopsched": version("iopsched"), "python": platform.python_version(), **found}
    info = {"workers": arguments.threads, "peer": name, "versions": every}
    recorder = Recorder(instance, arguments.out, arguments.seconds, info)
    watchdog = threading.Timer(arguments.seconds + GRACE, _cut_off, (recorder,))
    watchdog.daemon = True
    watchdog.start()
    search(instance, arguments.threads, recorder)
    watchdog.cancel()
    recorder.finish()
    return 0


def _cut_off(recorder: Recorder) -> None:
    """End a run whose solver does not heed its limit; what it found so far is its answer."""
    recorder.finish()
    os._exit(0)
