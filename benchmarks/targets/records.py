"""What is kept of a run: one small file, written when the run is over, beside its roster and its trace."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from benchmarks.targets.plan import Run
from iopsched.roster import LEVELS

__all__ = ["Point", "Record", "find", "folder_of", "read_trace", "save"]

Values = dict[str, int]
Limits = dict[str, int | None]


@dataclass(frozen=True)
class Record:
    """One run.

    Attributes
    ----------
    failure : str or None
        Why there is no answer to speak of: a crash, or a roster that the checker rejects.
    needed_weight : int
        ``unmet`` of an empty roster.
    wall_seconds : float
        Of the process, loading and writing included; ``seconds`` is the limit that it was given.
    """

    who: str
    participants: int
    seed: int
    profile: str
    seconds: float
    threads: int
    commit: str
    instance_sha256: str
    date: str
    machine: str
    failure: str | None
    wall_seconds: float
    peak_bytes: int
    needed: int
    needed_weight: int
    sessions: int
    score: Values
    bound: Limits
    solver: dict[str, Any]


@dataclass(frozen=True)
class Point:
    """Where a search stood at a moment."""

    elapsed: float
    score: Values
    bound: Limits
    sessions: int

    @property
    def levels(self) -> tuple[int, ...]:
        """The score, to be compared."""
        return tuple(self.score[level] for level in LEVELS)


def folder_of(out: Path, run: Run, commit: str) -> Path:
    """Return where a run leaves its files."""
    name = f"{run.contestant.name}-{run.seconds:g}s-{commit}"
    return out / str(run.clinic.participants) / f"{run.clinic.profile}-{run.clinic.seed}" / name


def find(out: Path, run: Run, instance_sha256: str | None = None) -> list[tuple[Record, Path]]:
    """Return the records of a run and their folders, oldest first, of whatever commit.

    Parameters
    ----------
    out : Path
    run : Run
    instance_sha256 : str, optional
        Pass over those of another state of the generator, which made another clinic.
    """
    found = [(_load(path), path.parent) for path in folder_of(out, run, "").parent.glob("*/record.json")]
    mine = [
        (record, folder)
        for record, folder in found
        if record.who == run.contestant.name
        and record.seconds == run.seconds
        and instance_sha256 in (None, record.instance_sha256)
    ]
    return sorted(mine, key=lambda one: one[0].date)


def save(record: Record, folder: Path) -> None:
    """Write a record in one step."""
    unfinished = folder / "record.json.part"
    unfinished.write_text(json.dumps(asdict(record), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    unfinished.replace(folder / "record.json")


def _load(path: Path) -> Record:
    document = json.loads(path.read_text(encoding="utf-8"))
    return Record(**{field.name: document[field.name] for field in fields(Record)})


def read_trace(lines: Iterable[str]) -> list[Point]:
    """Return the points of a trace; a line that is no object (an error told in words) is passed over."""
    documents = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}\n")]
    return [
        Point(document["elapsed"], document["score"], document["bound"], document["sessions"])
        for document in documents
    ]
