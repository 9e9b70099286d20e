"""All inputs of a batch, read before the first is solved: what is bad, what is there twice, what is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from iopsched.batch.folder import roster_of
from iopsched.batch.inputs import Source, holds_a_roster, read_source
from iopsched.batch.records import Row, State
from iopsched.batch.tasks import Job, Settings, job_of
from iopsched.errors import InstanceError
from iopsched.roster.models import Roster
from iopsched.solve import Stop

__all__ = ["Inputs", "done_row", "failed_row", "read_all"]


@dataclass
class Inputs:
    """What the inputs of a batch are.

    Attributes
    ----------
    sources : sequence of Source
    settled : dict of int to Row
        By number of the source: those that are no clinic to be solved.
    keys : dict of int to str
        By number of the source: the key of its job.
    jobs : list of Job
        What is to be solved, each once.
    done : dict of str to Row
        By key: what was there before.
    """

    sources: Sequence[Source]
    settled: dict[int, Row] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    done: dict[str, Row] = field(default_factory=dict)

    def rows(self, solved: Mapping[str, Row]) -> tuple[Row, ...]:
        """Return a row for each source, given those of the jobs that were solved, by key."""
        left = {job.key: _row(job, "left") for job in self.jobs}
        by_key = {**left, **self.done, **solved}
        rows = []
        told: set[str] = set()
        for number, source in enumerate(self.sources):
            row = self.settled.get(number, Row(source.name, "left"))
            key = self.keys.get(number)
            if key is not None:
                row = by_key[key]
                if key in told:
                    row = replace(row, source=source.name, same_as=row.source)
                told.add(key)
            rows.append(row)
        return tuple(rows)


def read_all(
    sources: Sequence[Source], settings: Settings, folder: Path, stop: Stop, on_row: Callable[[Row], object]
) -> Inputs:
    """Read every source, and look which rosters are there.

    Parameters
    ----------
    sources : sequence of Source
    settings : Settings
    folder : Path
        The batch's.
    stop : Stop
        Ends the reading; the rest is left.
    on_row : callable
        Told of what is no clinic to be solved.
    """
    inputs = Inputs(sources)
    seen: set[str] = set()
    for number, source in enumerate(sources):
        if stop.requested:
            break
        try:
            job = job_of(source, read_source(source), settings)
        except InstanceError as error:
            inputs.settled[number] = _no_clinic(source, error)
            on_row(inputs.settled[number])
            continue
        inputs.keys[number] = job.key
        if job.key in seen:
            continue
        seen.add(job.key)
        roster = roster_of(folder, job)
        if roster is None:
            inputs.jobs.append(job)
        else:
            inputs.done[job.key] = replace(done_row(job, roster), resumed=True)
    return inputs


def _no_clinic(source: Source, error: InstanceError) -> Row:
    """Return the row of a source that is no instance."""
    if source.in_folder and holds_a_roster(source):
        return Row(source.name, "skipped", error="it is a roster")
    wrong = tuple(problem for problem in error.problems if problem.severity == "error")
    places = ", ".join(dict.fromkeys(problem.path or "file" for problem in wrong))
    return Row(source.name, "failed", failure="input", error=f"it is no instance: {places}", problems=wrong)


def done_row(job: Job, roster: Roster) -> Row:
    """Return the row of a job whose roster is there."""
    return replace(
        _row(job, "done"),
        roster=job.file,
        status=roster.status,
        score=roster.score,
        bound=roster.bound,
        unmet_sessions=sum(need.sessions for need in roster.unmet),
    )


def failed_row(job: Job) -> Row:
    """Return the row of a job that has no roster."""
    return _row(job, "failed")


def _row(job: Job, state: State) -> Row:
    return Row(job.source.name, state, job.instance, job.sha256, job.key)
