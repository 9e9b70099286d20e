"""What each part costs: loading, options, the exact model, the checker."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic
from benchmarks.searches import constructed, roster_of
from iopsched import Instance, check, parse_instance
from iopsched.generate import to_document
from iopsched.model import build_model, everything
from iopsched.options import Plan, build_options

CLINICS = [Clinic(size, 1, profile) for size in (24, 60, 150, 300) for profile in ("mixed", "rich")]


def bench_load(benchmark: BenchmarkFixture, instance: Instance) -> None:
    """Parse and validate an instance file's text."""
    text = to_document(instance)
    assert benchmark(parse_instance, text) == instance


def bench_options(benchmark: BenchmarkFixture, instance: Instance) -> None:
    """Enumerate where each session could go."""
    options = benchmark(build_options, instance)
    benchmark.extra_info["places"] = sum(int(asked.led.sum()) for asked in options.sessions)
    benchmark.extra_info["meetings"] = len(options.meetings)
    assert options.sessions


def bench_exact_model(benchmark: BenchmarkFixture, instance: Instance) -> None:
    """Build the model of everything, all levels."""
    options = build_options(instance)
    model = benchmark.pedantic(build_model, (options, Plan(), everything(options)), rounds=2)
    benchmark.extra_info["variables"] = model.draft.builder.size
    assert not model.model.validate()


def bench_check(benchmark: BenchmarkFixture, clinic: Clinic) -> None:
    """Judge a roster as it is after the construction."""
    search = constructed(clinic)
    assert benchmark(check, search.options.instance, roster_of(search)).ok
