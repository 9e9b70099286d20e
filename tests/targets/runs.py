"""Results of runs that nobody made, for tests of what is told of them."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.targets.figures import Result
from benchmarks.targets.records import Limits, Point, Record, Values

__all__ = ["point", "result", "score"]

_RECORD = Record(
    who="iopsched",
    participants=10,
    seed=1000,
    profile="mixed",
    seconds=30.0,
    threads=2,
    commit="abc",
    instance_sha256="00",
    date="2026-11-22T10:00:00+00:00",
    machine="a machine",
    failure=None,
    wall_seconds=31.0,
    peak_bytes=500_000_000,
    needed=100,
    needed_weight=10_000,
    sessions=98,
    score={"unmet": 60, "changes": 0, "burden": 2_400, "staffing": 900},
    bound={"unmet": 20, "changes": 0, "burden": 2_000, "staffing": None},
    solver={"most_variables": 1234, "versions": {"ortools": "9"}},
)


def score(unmet: int = 60, burden: int = 2_400, staffing: int = 900) -> Values:
    """Return a score without changes."""
    return {"unmet": unmet, "changes": 0, "burden": burden, "staffing": staffing}


def point(elapsed: float, sessions: int, reached: Values | None = None) -> Point:
    """Return where a search stood, nothing proved."""
    nothing: Limits = {"unmet": None, "changes": None, "burden": None, "staffing": None}
    return Point(elapsed, reached or score(), nothing, sessions)


def result(*trace: Point, **fields: object) -> Result:
    """Return a run with some fields of its own."""
    return Result(replace(_RECORD, **fields), trace)  # type: ignore[arg-type]
