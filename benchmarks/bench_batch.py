"""Many clinics as a batch, against the same clinics solved one after the other.

``python -m benchmarks.bench_batch`` solves 200 clinics of 24 to 60 participants three times; ``--count``,
``--sizes`` and ``--time-limit`` make it shorter. It is a program, not a benchmark that pytest collects: one
run takes from minutes to hours, and its ways are compared within it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clinics import MIXTURE, Clinic
from benchmarks.processes import watch
from iopsched import Roster, check, load_instance, load_roster
from iopsched.batch import Settings, find_sources, run_batch
from iopsched.roster.models import LEVELS
from iopsched.solve.processes import cores


@dataclass(frozen=True)
class Way:
    """What one way to solve all clinics came to.

    Attributes
    ----------
    name : str
    seconds : float
        Of the wall clock, for all.
    clinics : list of float
        Of the wall clock, for each: from the start of its process to its end.
    rosters : list of Roster
    peak_bytes : int
        The most that one clinic's processes held.
    """

    name: str
    seconds: float
    clinics: list[float]
    rosters: list[Roster]
    peak_bytes: int

    @property
    def overhead(self) -> float:
        """Seconds for each clinic that its search had not: start, loading, checks, writing."""
        searched = sum(roster.solver.seconds or 0.0 for roster in self.rosters)
        return (sum(self.clinics) - searched) / len(self.clinics)

    def row(self, alone: float) -> str:
        """Return it as a row of the table; ``alone`` are the seconds of the first way."""
        total = [sum(roster.score.as_tuple()[k] for roster in self.rosters) for k in range(len(LEVELS))]
        cells = [self.name, f"{self.seconds:.0f}", f"{3600 * len(self.clinics) / self.seconds:,.0f}"]
        cells += [f"{alone / self.seconds:.2f}", f"{self.overhead:.2f}", f"{self.peak_bytes / 1e6:.0f}"]
        cells += [f"{total[0]:,}", f"{total[2]:,}"]
        return f"| {' | '.join(cells)} |"


HEAD = """\
| way | seconds | clinics an hour | times the first | overhead, s each | peak, MB each | unmet | burden |
|---|---|---|---|---|---|---|---|"""


def clinics(count: int, sizes: Sequence[int]) -> list[Clinic]:
    """Return clinics of the sizes in turn, of the profiles of the mixture, on tuning seeds."""
    return [Clinic(sizes[k % len(sizes)], 1 + k, MIXTURE[k % len(MIXTURE)]) for k in range(count)]


def one_after_the_other(files: Sequence[Path], folder: Path, limit: float) -> Way:
    """Call ``iopsched solve`` for each clinic, with all cores."""
    folder.mkdir()
    began, seconds, peak = time.monotonic(), [], 0
    for file in files:
        call = [sys.executable, "-m", "iopsched", "solve", str(file), "-o", str(folder / file.name)]
        usage = watch([*call, "--time-limit", str(limit)], at_most=10 * limit + 60, stderr=folder / "stderr")
        assert usage.exit_code == 0, (folder / "stderr").read_text()
        seconds.append(usage.seconds)
        peak = max(peak, usage.peak_bytes)
    rosters = [load_roster(folder / file.name) for file in files]
    return Way("solve, one after the other", time.monotonic() - began, seconds, rosters, peak)


def as_batch(files: Sequence[Path], folder: Path, limit: float, jobs: int, workers: int) -> Way:
    """Solve all clinics as a batch."""
    sources = find_sources([str(file) for file in files])
    batch = run_batch(sources, folder, Settings(time_limit=limit), jobs=jobs, workers=workers)
    assert batch.count("done") == len(files), [row for row in batch.rows if row.state != "done"]
    rosters = [load_roster(folder / str(row.roster)) for row in batch.rows]
    seconds = [row.seconds or 0.0 for row in batch.rows]
    peak = max(row.peak_bytes or 0 for row in batch.rows)
    return Way(f"batch, {jobs} × {workers} workers", batch.seconds, seconds, rosters, peak)


def ways(files: Sequence[Path], folder: Path, limit: float) -> Iterator[Way]:
    """Solve all clinics in each way."""
    count = cores()
    yield one_after_the_other(files, folder / "single", limit)
    yield as_batch(files, folder / "wide", limit, count, 1)
    yield as_batch(files, folder / "deep", limit, 1, count)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for each way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_batch", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="clinics")
    parser.add_argument("--sizes", default="24,36,48,60", help="participants, in turn")
    parser.add_argument("--time-limit", type=float, default=10.0, help="seconds for each")
    asked = parser.parse_args(arguments)
    told = sys.stdout
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = clinics(asked.count, [int(size) for size in asked.sizes.split(",")])
        files = [clinic.write(folder / "clinics") for clinic in chosen]
        instances = [load_instance(file) for file in files]
        told.write(f"{len(files)} clinics, {asked.time_limit:g} s each, {cores()} cores\n\n{HEAD}\n")
        alone = None
        for way in ways(files, folder, asked.time_limit):
            for instance, roster in zip(instances, way.rosters, strict=True):
                assert check(instance, roster).ok, instance.id
            alone = alone or way.seconds
            told.write(f"{way.row(alone)}\n")
            told.flush()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told.write(
            f"\nThe process that led the batches held {own / 1000:.0f} MB at most, all rosters included.\n"
        )


if __name__ == "__main__":
    main()
