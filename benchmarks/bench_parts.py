"""What each part costs: loading, options, the exact model, the checker."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from iopsched import Instance, check, parse_instance, solve
from iopsched.generate import to_document
from iopsched.model import build_model, everything
from iopsched.options import Plan, build_options


def bench_load(benchmark: BenchmarkFixture, clinic: Instance) -> None:
    """Parse and validate an instance file's text."""
    text = to_document(clinic)
    assert benchmark(parse_instance, text) == clinic


def bench_options(benchmark: BenchmarkFixture, clinic: Instance) -> None:
    """Enumerate where each session could go."""
    options = benchmark(build_options, clinic)
    benchmark.extra_info["places"] = sum(int(asked.led.sum()) for asked in options.sessions)
    benchmark.extra_info["meetings"] = len(options.meetings)
    assert options.sessions


def bench_exact_model(benchmark: BenchmarkFixture, clinic: Instance) -> None:
    """Build the model of everything, all levels."""
    options = build_options(clinic)
    model = benchmark.pedantic(build_model, (options, Plan(), everything(options)), rounds=2)
    benchmark.extra_info["variables"] = model.draft.builder.size
    assert not model.model.validate()


def bench_check(benchmark: BenchmarkFixture, clinic: Instance) -> None:
    """Judge a roster."""
    roster = solve(clinic, time_limit=20)
    assert benchmark(check, clinic, roster).ok
