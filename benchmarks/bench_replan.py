"""Somebody calls in sick: when there is a useful roster, and when it is proved to change least.

Time counts from when solver and instance are loaded. *Useful* is the first roster with the ``unmet`` that the
search ends with; *proved* the moment at which ``changes`` equals its bound and what the search ends with.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic
from iopsched import Instance, Progress, Roster, Stop, check, solve

CLINICS = [Clinic(size, seed, "mixed") for size in (60, 150, 300) for seed in (1, 2, 3)]
SECONDS = 15.0
STANDING_SECONDS = 60.0
"""For the roster that stands: one as a clinic would have it, with hardly anything missed."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


@cache
def _standing(clinic: Clinic) -> Roster:
    return solve(clinic.instance(), time_limit=STANDING_SECONDS, workers=2)


def _sick(instance: Instance, roster: Roster, day: int) -> Instance:
    """Return the clinic without whoever leads most sessions that day; pins that name them go."""
    led = Counter(name for one in roster.sessions if one.start.weekday() == day for name in one.staff)
    who = min(led, key=lambda name: (-led[name], name))
    window = f"{DAYS[day]} 00:00-24:00"
    staff = tuple(
        one.model_copy(update={"busy": (*one.busy, window)}) if one.id == who else one
        for one in instance.staff
    )
    pins = tuple(pin for pin in instance.pins if not pin.staff or who not in pin.staff)
    return instance.model_copy(update={"staff": staff, "pins": pins})


@dataclass
class _Watch:
    """Notes when what was reached, and ends the search once nothing is left to prove of it."""

    stop: Stop = field(default_factory=Stop)
    began: float = field(default_factory=time.monotonic)
    seen: list[tuple[float, int, int, int | None]] = field(default_factory=list)

    def note(self, progress: Progress) -> None:
        score, bounds = progress.score, progress.bounds
        self.seen.append((time.monotonic() - self.began, score.unmet, score.changes, bounds.changes))
        if (score.unmet, score.changes) == (bounds.unmet, bounds.changes):
            self.stop.request()

    def useful(self, unmet: int) -> float:
        return next(at for at, missed, _, _ in self.seen if missed <= unmet)

    def proved(self, changes: int) -> float | None:
        return next((at for at, _, value, bound in self.seen if value == bound == changes), None)


@pytest.mark.parametrize("day", range(5), ids=DAYS)
def bench_sick(benchmark: BenchmarkFixture, clinic: Clinic, instance: Instance, day: int) -> None:
    """Solve again with two threads and the roster from before as the baseline."""
    baseline = _standing(clinic)
    changed = _sick(instance, baseline, day)

    def again() -> tuple[Roster, _Watch]:
        watch = _Watch()
        found = solve(
            changed,
            time_limit=SECONDS,
            workers=2,
            baseline=baseline,
            on_progress=watch.note,
            stop=watch.stop,
        )
        return found, watch

    roster, watch = benchmark.pedantic(again, rounds=1)
    report = check(changed, roster, baseline=baseline)
    assert report.ok, report.violations
    benchmark.extra_info["unmet"] = {"before": baseline.score.unmet, "after": roster.score.unmet}
    benchmark.extra_info["changes"] = {"value": roster.score.changes, "bound": roster.bound.changes}
    benchmark.extra_info["useful_seconds"] = round(watch.useful(roster.score.unmet), 2)
    proved = watch.proved(roster.score.changes)
    benchmark.extra_info["proved_seconds"] = None if proved is None else round(proved, 2)
