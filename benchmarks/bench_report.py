"""A roster as a page and as a workbook: how long it takes, and how large they become."""

from __future__ import annotations

import io

import openpyxl
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic
from benchmarks.searches import constructed, roster_of
from iopsched import check
from iopsched.exchange.names import Names
from iopsched.report.page import html_report
from iopsched.report.views import View
from iopsched.report.workbook import workbook_report

CLINICS = [Clinic(size, 1, "mixed") for size in (60, 300, 1000)]


def bench_page(benchmark: BenchmarkFixture, clinic: Clinic) -> None:
    """The whole clinic's page of a roster that keeps every rule; everybody has a board."""
    search = constructed(clinic)
    instance, roster = search.options.instance, roster_of(search)
    assert check(instance, roster).ok
    page = benchmark.pedantic(html_report, (instance, roster, Names()), rounds=3, warmup_rounds=1)
    assert page.count('id="participant-') == clinic.participants
    benchmark.extra_info["sessions"] = len(roster.sessions)
    benchmark.extra_info["bytes"] = len(page.encode())


def bench_own_page(benchmark: BenchmarkFixture, clinic: Clinic) -> None:
    """One participant's page."""
    search = constructed(clinic)
    instance, roster = search.options.instance, roster_of(search)
    view = View("participant", instance.participants[0].id)
    page = benchmark(html_report, instance, roster, Names(), view)
    assert view.id in page
    benchmark.extra_info["bytes"] = len(page.encode())


def bench_workbook(benchmark: BenchmarkFixture, clinic: Clinic) -> None:
    """The whole clinic's workbook; the timetable has a row for each session."""
    search = constructed(clinic)
    instance, roster = search.options.instance, roster_of(search)
    content = benchmark.pedantic(workbook_report, (instance, roster, Names()), rounds=3, warmup_rounds=1)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = list(book["Timetable"].iter_rows(min_row=5, values_only=True))
    assert len(rows) == len(roster.sessions)
    benchmark.extra_info["bytes"] = len(content)
