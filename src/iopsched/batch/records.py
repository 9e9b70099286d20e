"""What became of a batch: a row for each input, and all of them together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from iopsched.errors import Problem
from iopsched.roster.models import Bound, Score

__all__ = ["Batch", "Begun", "Failure", "Row", "State"]

State = Literal["done", "failed", "skipped", "left"]
"""A roster is there; there is none; a roster in a folder, no input; the batch ended before its turn."""
Failure = Literal["input", "error", "crash", "timeout", "memory"]
"""Not an instance; the search says why not; its process was lost; or was killed for its time or memory."""


@dataclass(frozen=True)
class Row:
    """What became of one input.

    Attributes
    ----------
    source : str
        The path, or ``-:3`` for the third line of standard input.
    state : {"done", "failed", "skipped", "left"}
    instance, sha256, key : str or None
        The instance's id, the hash of its canonical form, the key of the job; ``None`` where it is none.
    resumed : bool
        The roster was there before the batch began.
    same_as : str or None
        The source of the same content that was solved for both.
    roster : str or None
        The roster's file in the batch's folder.
    status : {"optimal", "feasible"} or None
    score, bound : Score, Bound or None
        Of the roster.
    unmet_sessions : int or None
        Sessions that the roster lacks.
    failure : {"input", "error", "crash", "timeout", "memory"} or None
    error : str or None
        Why there is no roster. Of bad input only the places of its problems: what stands there may be
        anybody's name.
    problems : tuple of Problem
        Of bad input, for people; kept in no file.
    attempts : int or None
        How often it was tried in this batch.
    seconds : float or None
        Seconds of the wall clock that the tries took, from process to process's end.
    peak_bytes : int or None
        The most memory that a try held, sampled; ``None`` where the system does not tell.
    """

    source: str
    state: State
    instance: str | None = None
    sha256: str | None = None
    key: str | None = None
    resumed: bool = False
    same_as: str | None = None
    roster: str | None = None
    status: str | None = None
    score: Score | None = None
    bound: Bound | None = None
    unmet_sessions: int | None = None
    failure: Failure | None = None
    error: str | None = None
    problems: tuple[Problem, ...] = ()
    attempts: int | None = None
    seconds: float | None = None
    peak_bytes: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values, a line of ``summary.ndjson``."""
        return {
            "source": self.source,
            "state": self.state,
            "instance": self.instance,
            "sha256": self.sha256,
            "key": self.key,
            "resumed": self.resumed,
            "same_as": self.same_as,
            "roster": self.roster,
            "status": self.status,
            "score": None if self.score is None else self.score.model_dump(),
            "bound": None if self.bound is None else self.bound.model_dump(),
            "unmet_sessions": self.unmet_sessions,
            "failure": self.failure,
            "error": self.error,
            "attempts": self.attempts,
            "seconds": None if self.seconds is None else round(self.seconds, 2),
            "peak_bytes": self.peak_bytes,
        }


@dataclass(frozen=True)
class Begun:
    """What a batch is about to do, once all inputs have been read.

    Attributes
    ----------
    inputs : int
        All inputs, whatever is in them.
    to_do, resumed : int
        Clinics to be solved, and those whose rosters are there.
    jobs, workers : int
        How many are solved at a time, and with how many workers each.
    """

    inputs: int
    to_do: int
    resumed: int
    jobs: int
    workers: int


@dataclass(frozen=True)
class Batch:
    """What became of a batch.

    Attributes
    ----------
    folder : Path
        Where the rosters and ``summary.ndjson`` are.
    rows : tuple of Row
        One for each input, in the order of the inputs.
    engine : str
    begun : Begun
    seconds : float
        Seconds of the wall clock that all of it took.
    """

    folder: Path
    rows: tuple[Row, ...]
    engine: str
    begun: Begun
    seconds: float

    def count(self, state: State) -> int:
        """Return how many inputs ended so."""
        return Counter(row.state for row in self.rows)[state]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values; ``rows`` as in ``summary.ndjson``."""
        return {
            "output": str(self.folder),
            "inputs": self.begun.inputs,
            "done": self.count("done"),
            "resumed": self.begun.resumed,
            "failed": self.count("failed"),
            "skipped": self.count("skipped"),
            "left": self.count("left"),
            "engine": self.engine,
            "jobs": self.begun.jobs,
            "workers": self.begun.workers,
            "seconds": round(self.seconds, 2),
            "rows": [row.to_dict() for row in self.rows],
        }
