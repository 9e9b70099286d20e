from __future__ import annotations

import io
from pathlib import Path

import pytest

from cli.running import Run
from iopsched.exchange.reading import read_spreadsheet
from iopsched.instance import load_instance


@pytest.mark.parametrize("target", ["clinic.xlsx", "clinic"])
def test_an_instance_goes_out_and_comes_back(
    run: Run, tmp_path: Path, instance_file: Path, target: str
) -> None:
    """The instance imported again is the one that was exported."""
    made = run("export", instance_file, "-o", tmp_path / target)
    assert (made.exit_code, made.stdout) == (0, "")
    assert "3 participants" in made.stderr
    assert run("import", tmp_path / target, "-o", tmp_path / "back.json").exit_code == 0
    assert load_instance(tmp_path / "back.json") == load_instance(instance_file)


def test_a_workbook_on_standard_output(run: Run, instance_file: Path) -> None:
    """``-o -`` writes the workbook there, and nothing else."""
    made = run("export", instance_file, "-o", "-")
    assert made.exit_code == 0
    assert read_spreadsheet(io.BytesIO(made.stdout_bytes))[0] == load_instance(instance_file)


def test_an_instance_that_cannot_be_used_leaves_what_was_there(run: Run, tmp_path: Path) -> None:
    """Exit code 3; the old workbook stays."""
    (tmp_path / "bad.json").write_text("{}")
    (tmp_path / "clinic.xlsx").write_text("old")
    ended = run("export", tmp_path / "bad.json", "-o", tmp_path / "clinic.xlsx")
    assert ended.exit_code == 3
    assert (tmp_path / "clinic.xlsx").read_text() == "old"


def test_a_folder_in_the_way_of_a_file_leaves_all_others_unwritten(
    run: Run, tmp_path: Path, instance_file: Path
) -> None:
    """A usage error that names it, before the first file is written."""
    (tmp_path / "clinic" / "needs.csv").mkdir(parents=True)
    ended = run("export", instance_file, "-o", tmp_path / "clinic")
    assert ended.exit_code == 2
    assert "needs.csv: it is a folder" in ended.stderr
    assert [path.name for path in (tmp_path / "clinic").iterdir()] == ["needs.csv"]


def test_files_of_the_same_names_are_replaced_and_others_stay(
    run: Run, tmp_path: Path, instance_file: Path
) -> None:
    """Exporting into a folder again leaves the planner's own notes alone."""
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "rooms.csv").write_text("old")
    assert run("export", instance_file, "-o", tmp_path).exit_code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert "Capacity" in (tmp_path / "rooms.csv").read_text(encoding="utf-8-sig")


def test_the_input_is_not_overwritten(run: Run, tmp_path: Path, instance_file: Path) -> None:
    """A target that is the instance itself, or no spreadsheet, is a usage error."""
    before = instance_file.read_bytes()
    assert run("export", instance_file, "-o", instance_file).exit_code == 2
    assert instance_file.read_bytes() == before
