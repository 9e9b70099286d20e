"""Whole solves in a process of their own: what is reached in a given time, with how much memory."""

from __future__ import annotations

from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic, needed_sessions
from benchmarks.contestants import OURS
from benchmarks.extra import reached
from benchmarks.processes import watch
from iopsched import Instance, check, load_roster

SECONDS = {24: 10, 60: 20, 150: 30, 300: 60, 1000: 300}
THREADS = 2
CLINICS = [
    *(Clinic(size, seed, "mixed") for size in SECONDS for seed in (1, 2)),
    *(
        Clinic(size, seed, profile)
        for size in SECONDS
        for seed in (1, 2)
        for profile in ("tight", "overfull", "rich")
        if size < 1000
    ),
]


def bench_solve(benchmark: BenchmarkFixture, clinic: Clinic, instance: Instance, tmp_path: Path) -> None:
    """Solve on two threads; the checker passes. The time is the process's, and seldom says anything."""
    seconds = SECONDS[clinic.participants]
    command = OURS.command(clinic.write(tmp_path), seconds, THREADS, tmp_path)
    usage = benchmark.pedantic(
        watch, (command,), {"at_most": 2 * seconds + 60, "stderr": tmp_path / "trace.ndjson"}, rounds=1
    )
    assert usage.exit_code == 0, (tmp_path / "trace.ndjson").read_text()[-500:]
    roster = load_roster(tmp_path / "roster.json")
    report = check(instance, roster)
    assert report.ok, report.violations
    benchmark.extra_info.update(
        reached(
            roster.score,
            roster.bound,
            placed=report.figures.sessions_delivered,
            needed=needed_sessions(instance),
            variables=roster.solver.model_dump()["most_variables"],
        )
    )
    benchmark.extra_info["peak_bytes"] = usage.peak_bytes
