"""Whole solves: each level's value, bound and gap after a fixed time, as extra information."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from iopsched import Instance, check, solve
from iopsched.roster.models import LEVELS


@pytest.mark.parametrize("seconds", [20, 60])
def bench_solve(benchmark: BenchmarkFixture, clinic: Instance, seconds: int) -> None:
    """Solve with two workers; the checker passes."""
    roster = benchmark.pedantic(
        solve, (clinic,), {"time_limit": seconds, "workers": 2}, rounds=1, iterations=1
    )
    report = check(clinic, roster)
    assert report.ok
    for level in LEVELS:
        value, bound = getattr(roster.score, level), getattr(roster.bound, level)
        gap = None if bound is None else (value - bound) / value if value else 0.0
        benchmark.extra_info[level] = {"value": value, "bound": bound, "gap": gap}
    needed = sum(need.sessions for person in clinic.participants for need in person.needs)
    missing = sum(unmet.sessions for unmet in roster.unmet)
    benchmark.extra_info["sessions"] = {"needed": needed, "placed": needed - missing}
