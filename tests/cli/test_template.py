from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run
from iopsched.instance import load_instance


@pytest.mark.parametrize("target", ["clinic.xlsx", "clinic"])
def test_a_template_is_imported_again(run: Run, tmp_path: Path, target: str) -> None:
    """A workbook or a folder, by the name of the target; import takes both as they are."""
    made = run("template", "-o", tmp_path / target)
    assert made.exit_code == 0
    assert "iopsched import" in made.stderr
    assert made.stdout == ""
    assert (tmp_path / target).is_dir() == (target == "clinic")
    assert run("import", tmp_path / target, "-o", tmp_path / "instance.json").exit_code == 0
    assert load_instance(tmp_path / "instance.json").id == "example-clinic"


@pytest.mark.parametrize("target", ["clinic.xls", "clinic.csv", "nowhere/clinic.xlsx", "nowhere/clinic"])
def test_what_cannot_be_written_ends_with_2(run: Run, tmp_path: Path, target: str) -> None:
    """Another ending than .xlsx is no folder's name either; a folder that is not there is not made."""
    assert run("template", "-o", tmp_path / target).exit_code == 2
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("target", ["clinic.xlsx", "clinic"])
def test_what_may_have_been_filled_in_is_not_replaced(run: Run, tmp_path: Path, target: str) -> None:
    """The same command again is a usage error that names what is in the way; nothing is written."""
    assert run("template", "-o", tmp_path / target).exit_code == 0
    filled = tmp_path / target / "rooms.csv" if target == "clinic" else tmp_path / target
    if target == "clinic":
        for path in filled.parent.iterdir():
            if path != filled:
                path.unlink()
    filled.write_text("mine")
    again = run("template", "-o", tmp_path / target)
    assert again.exit_code == 2
    assert filled.name in again.stderr
    assert filled.read_text() == "mine"
    assert target != "clinic" or [*filled.parent.iterdir()] == [filled]


def test_a_folder_keeps_what_else_is_in_it(run: Run, tmp_path: Path) -> None:
    """Other files stay."""
    (tmp_path / "notes.txt").write_text("mine")
    assert run("template", "-o", tmp_path).exit_code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert "Capacity" in (tmp_path / "rooms.csv").read_text(encoding="utf-8-sig")
    assert [path for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
