"""What each stage of the strategy reaches with a fixed deterministic effort, and how long that takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic
from benchmarks.searches import EFFORT, at_the_start, constructed, improved, judged, replanned
from iopsched.solve.bounds import bound_alone, bound_by_weeks, bound_unmet_by_groups
from iopsched.solve.construct import construct, fill
from iopsched.solve.exact import prove_levels
from iopsched.solve.improve import improve
from iopsched.solve.price_bounds import PriceBounds
from iopsched.solve.search import Search
from iopsched.solve.timetable import timetable

CLINICS = [Clinic(size, seed, "mixed") for size in (24, 60, 150) for seed in (1, 2)]
BARREN = 1000
"""Neighbourhoods in a row without success: the effort ends first."""

PRICE_STEPS = 20
"""Steps towards better bounds of each level."""

Stage = Callable[[Search], None]


def _construction(search: Search) -> None:
    construct(search, EFFORT)
    fill(search, EFFORT)


def _timetable(search: Search) -> None:
    timetable(search.options, search.best.plan, search.engine, EFFORT)


def _bounds_alone(search: Search) -> None:
    bound_by_weeks(search)
    for level in ("unmet", "burden"):
        bound_alone(search, level, EFFORT / 2)


def _bounds_by_prices(search: Search) -> None:
    bound_by_weeks(search)
    prices = [PriceBounds(search, "unmet"), PriceBounds(search, "burden")]
    for _ in range(PRICE_STEPS):
        for one in prices:
            one.step()


STAGES: dict[str, tuple[Callable[[Clinic], Search], Stage]] = {
    "timetable": (at_the_start, _timetable),
    "construction": (at_the_start, _construction),
    "improvement-unmet": (constructed, lambda search: improve(search, "unmet", EFFORT, BARREN)),
    "improvement-changes": (replanned, lambda search: improve(search, "changes", EFFORT, BARREN)),
    "improvement-burden": (improved, lambda search: improve(search, "burden", EFFORT, BARREN)),
    "improvement-staffing": (improved, lambda search: improve(search, "staffing", EFFORT, BARREN)),
    "bounds-alone": (improved, _bounds_alone),
    "bounds-prices": (improved, _bounds_by_prices),
    "bounds-groups": (improved, lambda search: bound_unmet_by_groups(search, EFFORT)),
    "proof": (improved, lambda search: prove_levels(search, EFFORT)),
}


@pytest.mark.parametrize("stage", STAGES)
def bench_stage(benchmark: BenchmarkFixture, clinic: Clinic, stage: str) -> None:
    """Run a stage from where the ones before it leave off; the checker passes, bounds included."""
    prepare, work = STAGES[stage]
    search = prepare(clinic)
    benchmark.pedantic(work, (search,), rounds=1, iterations=1)
    benchmark.extra_info.update(judged(search))
    benchmark.extra_info["effort"] = search.engine.clock.elapsed
