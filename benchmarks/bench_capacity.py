"""How many more: the number reached, its limit and what changes bring, in a given time."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import OVERFULL, Clinic
from iopsched import Instance, capacity, check

CLINICS = [
    *(Clinic(size, 700, "mixed") for size in (24, 60, 150)),
    *(Clinic(size, 700, OVERFULL) for size in (24, 60)),
]
SECONDS = {24: 60.0, 60: 120.0, 150: 240.0}


def bench_capacity(benchmark: BenchmarkFixture, clinic: Clinic, instance: Instance) -> None:
    """Newcomers like those present; the roster that shows the number keeps every rule."""
    limit = SECONDS[clinic.participants]
    answer = benchmark.pedantic(capacity, (instance,), {"time_limit": limit}, rounds=1)
    assert check(answer.instance, answer.roster).ok
    assert answer.at_most is None or answer.reached <= answer.at_most
    benchmark.extra_info["reached"] = answer.reached
    benchmark.extra_info["at_most"] = answer.at_most
    benchmark.extra_info["changes"] = len(answer.gains)
    benchmark.extra_info["unexamined"] = len(answer.unexamined)
