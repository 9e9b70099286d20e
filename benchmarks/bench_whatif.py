"""How long a scenario takes: somebody is away for a day, asked with the roster that stands.

The answer is complete when the base and the scenario are solved to a proof or their time is over, each in a
process of its own: start of the processes and loading of the solver are counted.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic
from benchmarks.searches import improved, roster_of
from iopsched import Instance, Roster, check, scenario_of_edits, what_if

CLINICS = [Clinic(size, 1, "mixed") for size in (60, 150, 300)]
SECONDS = 10.0


@cache
def _standing(clinic: Clinic) -> Roster:
    return roster_of(improved(clinic))


def bench_whatif(benchmark: BenchmarkFixture, clinic: Clinic, instance: Instance) -> None:
    """The base and one scenario, two processes at a time: whoever leads most on Tuesday is away then."""
    roster = _standing(clinic)
    led = Counter(name for one in roster.sessions if one.start.weekday() == 1 for name in one.staff)
    who = min(led, key=lambda name: (-led[name], name))
    unpinned = [
        f"unpin group {pin.group} {pin.start}"
        if pin.group
        else f"unpin {pin.participant} {pin.service} {pin.start}"
        for pin in instance.pins
        if who in (pin.staff or ())
    ]
    sick = scenario_of_edits("sick", [*unpinned, f"{who} is away on Tue"], instance)
    answer = benchmark.pedantic(
        what_if, (instance, [sick]), {"roster": roster, "time_limit": SECONDS, "jobs": 2}, rounds=1
    )
    (outcome,) = answer.scenarios
    assert outcome.roster is not None
    report = check(outcome.instance, outcome.roster, baseline=roster)
    assert report.ok, report.violations
    benchmark.extra_info["score"] = outcome.roster.score.model_dump()
    benchmark.extra_info["bound"] = outcome.roster.bound.model_dump()
    benchmark.extra_info["losses"] = len(outcome.losses)
