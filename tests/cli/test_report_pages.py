from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from cli.running import Run


def test_the_ending_says_which(run: Run, instance_file: Path, roster_file: Path, tmp_path: Path) -> None:
    """A page for .html, a workbook for .xlsx."""
    page, book = tmp_path / "out.html", tmp_path / "out.xlsx"
    run("report", instance_file, roster_file, "-o", page)
    run("report", instance_file, roster_file, "-o", book)
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert openpyxl.load_workbook(book).sheetnames[0] == "Overview"


@pytest.mark.parametrize("view", ["participant=P1", "staff=T1", "room=G1", "group=evening"])
def test_ones_own_part_is_one_board(run: Run, instance_file: Path, roster_file: Path, view: str) -> None:
    """Each kind of view, as a page and as a workbook, on standard output."""
    page = run("report", instance_file, roster_file, "-o", "-", "--format", "html", f"--{view}").stdout
    name = view.partition("=")[2]
    assert f"</small> {name}</h1>" in page
    assert "Find" not in page
    book = run("report", instance_file, roster_file, "-o", "-", "--format", "xlsx", f"--{view}").stdout_bytes
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames[0] == "Week"


def test_names_are_put_on(run: Run, instance_file: Path, roster_file: Path, tmp_path: Path) -> None:
    """A file of names reaches both."""
    names = tmp_path / "names.csv"
    names.write_text("id,name\nP1,Ada Long\n", encoding="utf-8")
    call = ("report", instance_file, roster_file, "-o", "-", "--names", names, "--format")
    assert "Ada Long" in run(*call, "html").stdout
    book = openpyxl.load_workbook(io.BytesIO(run(*call, "xlsx").stdout_bytes))
    assert "Ada Long" in {row[0] for row in book["Participants"].iter_rows(values_only=True)}
