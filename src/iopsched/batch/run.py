"""A batch: every clinic solved once, each in a process of its own; what is done stays done."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from iopsched.batch.attempts import Bounds, Outcome, solve_guarded
from iopsched.batch.folder import opened, write_roster, write_summary
from iopsched.batch.inputs import Source, read_source
from iopsched.batch.local import solved_here
from iopsched.batch.memory import can_tell
from iopsched.batch.on_ray import connected, require_ray, solved_on_ray
from iopsched.batch.reading import done_row, failed_row, read_all
from iopsched.batch.records import Batch, Begun, Row
from iopsched.batch.tasks import Cpus, Job, Limits, Settings
from iopsched.errors import InstanceError, UsageError
from iopsched.instance import instance_sha256
from iopsched.plan.solving import Solving
from iopsched.solve import Stop
from iopsched.solve.processes import cores

__all__ = ["ENGINES", "EngineName", "run_batch"]

EngineName: TypeAlias = Literal["local", "ray"]
"""This machine, or a Ray cluster."""
ENGINES: Final[tuple[EngineName, ...]] = get_args(EngineName)


def run_batch(
    sources: Sequence[Source],
    folder: Path,
    settings: Settings | None = None,
    limits: Limits | None = None,
    *,
    jobs: int | None = None,
    workers: int | None = None,
    engine: EngineName = "local",
    address: str | None = None,
    resume: bool = False,
    stop: Stop | None = None,
    on_begun: Callable[[Begun], object] = lambda _: None,
    on_row: Callable[[Row], object] = lambda _: None,
) -> Batch:
    """Solve many clinics and write their rosters into a folder.

    A roster is written whole as soon as it is there, under a name with the key of its job, so that a batch
    may be killed at any moment and resumed. All inputs are read first; the same clinic is solved once.

    Parameters
    ----------
    sources : sequence of Source
        See :func:`iopsched.batch.find_sources`.
    folder : Path
        For the rosters and ``summary.ndjson``; made where it is not there.
    settings : Settings, optional
        How each clinic is solved.
    limits : Limits, optional
        What each may cost.
    jobs : int, optional
        How many are solved at a time; by default as many as there are cores for.
    workers : int, optional
        Processes that improve each roster, and threads of the solver elsewhere; by default the cores
        that there are for each job. One in deterministic mode.
    engine : {"local", "ray"}
    address : str, optional
        Of the Ray cluster.
    resume : bool
        Keep the results that the folder has, and do the rest.
    stop : Stop, optional
        Ends the batch at once: what is done is kept, what is at work is not.
    on_begun : callable, optional
        Called once all inputs have been read.
    on_row : callable, optional
        Called with the row of each input that is bad, as it is read, and of each job as it ends.

    Returns
    -------
    Batch

    Raises
    ------
    UsageError
        Where there is nothing to read, the folder is in use or has results, or the engine is not there.
    IopschedError
        Where a roster cannot be written.
    """
    began = time.monotonic()
    settings, limits, stop = settings or Settings(), limits or Limits(), stop or Stop()
    if not sources:
        raise UsageError("there is nothing to solve: no file is named, and no folder or line holds one")
    if limits.memory is not None and engine == "local" and not can_tell():
        raise UsageError(
            "a limit of memory cannot be kept here: the system does not tell what processes hold"
        )
    with _cpus(engine, address) as cpus, opened(folder, resume=resume):
        inputs = read_all(sources, settings, folder, stop, on_row)
        at_once, workers = _shared_out(cpus, len(inputs.jobs), jobs, 1 if settings.deterministic else workers)
        begun = Begun(len(sources), len(inputs.jobs), len(inputs.done), at_once, workers)
        on_begun(begun)
        solved: dict[str, Row] = {}
        with closing(_ended(engine, inputs.jobs, begun, settings, limits, stop)) as ended:
            for job, outcome in ended:
                solved[job.key] = _row(folder, job, outcome)
                on_row(solved[job.key])
        rows = inputs.rows(solved)
        write_summary(folder, rows)
    return Batch(folder, rows, engine, begun, time.monotonic() - began)


def _cpus(engine: EngineName, address: str | None) -> AbstractContextManager[Cpus]:
    if engine == "ray":
        require_ray()
        return connected(address)
    return nullcontext(Cpus(cores(), cores()))


def _shared_out(cpus: Cpus, to_do: int, jobs: int | None, workers: int | None) -> tuple[int, int]:
    """Return how many jobs there are at a time and how many workers each has, so that no CPU is idle."""
    if jobs is None:
        jobs = max(1, min(cpus.in_all // (workers or 1), to_do))
    return jobs, workers or max(1, min(cpus.in_all // jobs, cpus.together))


def _ended(
    engine: EngineName, jobs: Sequence[Job], begun: Begun, settings: Settings, limits: Limits, stop: Stop
) -> Generator[tuple[Job, Outcome], None, None]:
    """Yield each job and what came of it as soon as it is there."""
    bounds = Bounds(limits.seconds(settings), limits.memory, limits.retries)

    def task_of(job: Job) -> Solving | Outcome:
        return _task(job, settings, begun.workers)

    def solved(job: Job, halt: Stop) -> Outcome | None:
        task = task_of(job)
        return task if isinstance(task, Outcome) else solve_guarded(task, bounds, halt)

    if engine == "ray":
        return solved_on_ray(jobs, begun.jobs, task_of, bounds, stop)
    return solved_here(jobs, begun.jobs, solved, stop)


def _task(job: Job, settings: Settings, workers: int) -> Solving | Outcome:
    """Read a clinic again now that its turn has come: what waits is not held in memory."""
    try:
        instance = read_source(job.source)
    except InstanceError:
        instance = None
    if instance is None or instance_sha256(instance) != job.sha256:
        return Outcome(
            None, "input", "it was changed after the batch began; --resume reads it anew", attempts=0
        )
    return Solving(instance, settings.time_limit, workers, settings.seed, settings.deterministic)


def _row(folder: Path, job: Job, outcome: Outcome) -> Row:
    """Write the roster, if there is one, and return the job's row."""
    if outcome.roster is None:
        row = replace(failed_row(job), failure=outcome.failure, error=outcome.error)
    else:
        write_roster(folder, job, outcome.roster)
        row = done_row(job, outcome.roster)
    return replace(row, attempts=outcome.attempts, seconds=outcome.seconds, peak_bytes=outcome.peak_bytes)
