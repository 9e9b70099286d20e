"""Spreadsheets in and out: a clinic to a workbook or CSV files, and back to the same instance."""

from __future__ import annotations

import io
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic
from iopsched import Instance
from iopsched.exchange.reading import read_spreadsheet
from iopsched.exchange.spreadsheets import csv_files, workbook

CLINICS = [Clinic(size, 1, "mixed") for size in (300, 1000)]
ROUNDS = 3


def bench_export_workbook(benchmark: BenchmarkFixture, instance: Instance) -> None:
    """Write a workbook with its drop-downs."""
    content = benchmark.pedantic(workbook, (instance,), rounds=ROUNDS)
    benchmark.extra_info["bytes"] = len(content)
    assert read_spreadsheet(io.BytesIO(content))[0] == instance


def bench_import_workbook(benchmark: BenchmarkFixture, instance: Instance) -> None:
    """Read a workbook, and judge it."""
    content = workbook(instance)
    back, _ = benchmark.pedantic(lambda: read_spreadsheet(io.BytesIO(content)), rounds=ROUNDS)
    benchmark.extra_info["needs"] = sum(len(person.needs) for person in instance.participants)
    assert back == instance


def bench_export_csv(benchmark: BenchmarkFixture, instance: Instance) -> None:
    """Make the CSV files."""
    files = benchmark.pedantic(csv_files, (instance,), rounds=ROUNDS)
    benchmark.extra_info["bytes"] = sum(map(len, files.values()))


def bench_import_csv(benchmark: BenchmarkFixture, instance: Instance, tmp_path: Path) -> None:
    """Read a folder of CSV files, and judge it."""
    for name, content in csv_files(instance).items():
        (tmp_path / name).write_bytes(content)
    back, _ = benchmark.pedantic(lambda: read_spreadsheet(tmp_path), rounds=ROUNDS)
    assert back == instance
