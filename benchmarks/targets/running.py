"""Carry runs out: each in a process of its own, its answer judged by the checker, its record kept."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.clinics import needed_sessions, needed_weight
from benchmarks.contestants import commit_of
from benchmarks.peers.protocol import NOT_INSTALLED
from benchmarks.processes import Usage, watch
from benchmarks.targets.plan import THREADS, Run
from benchmarks.targets.records import Record, find, folder_of, save
from iopsched import check, load_roster
from iopsched.errors import InputError
from iopsched.instance import instance_sha256
from iopsched.instance.models import Instance
from iopsched.roster import LEVELS

__all__ = ["carry_out", "machine"]


def carry_out(runs: Iterable[Run], out: Path, *, any_commit: bool) -> None:
    """Carry out the runs that have no answer yet.

    A run that failed is tried again. A peer that is not installed is named once and left out.

    Parameters
    ----------
    runs : iterable of Run
    out : Path
        Where results are, and go.
    any_commit : bool
        Be content with the answer of another commit.
    """
    absent: set[str] = set()
    for run in runs:
        who = run.contestant.name
        if who in absent:
            continue
        commit = commit_of(run.contestant)
        instance = run.clinic.instance()
        before = find(out, run, instance_sha256(instance))
        if any(not record.failure and (any_commit or record.commit == commit) for record, _ in before):
            continue
        _say(f"{who} on {run.clinic.name}, {run.seconds:g} s … ")
        folder = _emptied(folder_of(out, run, commit))
        file = run.clinic.write(out / "instances")
        usage = watch(
            run.contestant.command(file.absolute(), run.seconds, THREADS, folder.absolute()),
            at_most=2 * run.seconds + 120,
            stderr=folder / "stderr.txt",
        )
        if usage.exit_code == NOT_INSTALLED:
            absent.add(who)
            shutil.rmtree(folder)
            _say("not installed\n")
            continue
        record = _record(run, commit, instance, usage, folder)
        save(record, folder)
        _say(f"{record.failure}; see {folder}\n" if record.failure else f"{record.score}\n")


def machine() -> str:
    """Return what the machine is, in one line."""
    model = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        names = [line for line in described.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}"


def _record(run: Run, commit: str, instance: Instance, usage: Usage, folder: Path) -> Record:
    """Put together what is known of a run; whatever it answered is judged."""
    roster, failure = None, _failure(usage)
    if failure is None:
        try:
            roster = load_roster(folder / "roster.json")
        except (OSError, InputError):
            failure = "left no roster that can be read"
    answer: dict[str, Any] = {"score": {}, "bound": {}, "sessions": 0, "solver": {}}
    if roster is not None:
        report = check(instance, roster)
        if not report.ok:
            broken = sorted({violation.rule for violation in report.violations})
            # An empty roster is an answer that every solver has, but for what is pinned.
            nothing = broken == ["pin"] and not roster.sessions
            failure = "found no roster" if nothing else f"rejected by the checker: {', '.join(broken)}"
        answer = {
            "score": {level: getattr(roster.score, level) for level in LEVELS},
            "bound": {level: getattr(roster.bound, level) for level in LEVELS},
            "sessions": report.figures.sessions_delivered,
            "solver": roster.solver.model_dump(mode="json"),
        }
    return Record(
        who=run.contestant.name,
        participants=run.clinic.participants,
        seed=run.clinic.seed,
        profile=run.clinic.profile,
        seconds=run.seconds,
        threads=THREADS,
        commit=commit,
        instance_sha256=instance_sha256(instance),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine(),
        failure=failure,
        wall_seconds=round(usage.seconds, 1),
        peak_bytes=usage.peak_bytes,
        needed=needed_sessions(instance),
        needed_weight=needed_weight(instance),
        **answer,
    )


def _failure(usage: Usage) -> str | None:
    if usage.cut_off:
        return f"still running after {usage.seconds:.0f} s"
    return None if usage.exit_code == 0 else f"exit code {usage.exit_code}"


def _emptied(folder: Path) -> Path:
    """Return a folder without what an earlier run left in it."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
