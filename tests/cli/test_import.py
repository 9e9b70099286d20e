from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.running import Run
from exchange.by_hand import CLINIC_OF_TEN, edited
from iopsched.cli import main
from iopsched.exchange.reading import read_spreadsheet
from iopsched.instance import load_instance


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """Return a workbook with two slips in it."""
    path = tmp_path / "spoilt.xlsx"
    path.write_bytes(edited({"Staff!F2": "Mon-Thu 7-9", "Needs!D14": "l"}).getvalue())
    return path


def test_a_clinic_becomes_an_instance(run: Run, tmp_path: Path) -> None:
    """The file is the instance; what people read, how many of each, goes to standard error."""
    ended = run("import", CLINIC_OF_TEN, "-o", tmp_path / "instance.json")
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert ended.stderr == (
        "riverside-w49: 10 participants who need 40 sessions, 4 staff, 4 rooms, 2 groups\n"
    )
    assert load_instance(tmp_path / "instance.json") == read_spreadsheet(CLINIC_OF_TEN)[0]


def test_an_id_cannot_command_the_terminal(run: Run, tmp_path: Path, instance_file: Path) -> None:
    """What import and export say of a clinic shows its id without escape sequences."""
    evil = "east\x1b[2J"
    (tmp_path / "evil.json").write_text(json.dumps({**json.loads(instance_file.read_text()), "id": evil}))
    out = run("export", tmp_path / "evil.json", "-o", tmp_path / "evil.xlsx")
    back = run("import", tmp_path / "evil.xlsx", "-o", tmp_path / "back.json")
    assert load_instance(tmp_path / "back.json").id == evil
    for ended in (out, back):
        assert ended.exit_code == 0
        assert ended.stderr.startswith("east\ufffd[2J: ")


def test_everything_wrong_is_told_and_nothing_written(run: Run, tmp_path: Path, spoilt: Path) -> None:
    """Exit code 3, a line for each problem with its cell; a file that was there stays as it was."""
    target = tmp_path / "instance.json"
    target.write_text("old")
    ended = run("import", spoilt, "-o", target)
    assert ended.exit_code == 3
    assert ended.stderr.startswith(f"Error: {spoilt} cannot be used: 2 problems\n")
    assert "\n  Staff!F2: member of staff T1: Available: 7-9 could be" in ended.stderr
    assert "\n  Needs!D14: need of P06: Sessions must be a whole number" in ended.stderr
    assert target.read_text() == "old"


def test_problems_for_programs(run: Run, tmp_path: Path, spoilt: Path) -> None:
    """With ``--json`` the same as a document on standard output."""
    ended = run("import", spoilt, "-o", tmp_path / "instance.json", "--json")
    document = json.loads(ended.stdout)
    assert ended.exit_code == 3
    assert (document["ok"], document["file"]) == (False, str(spoilt))
    assert [problem["path"] for problem in document["problems"]] == ["Staff!F2", "Needs!D14"]


def test_the_summary_for_programs(run: Run, tmp_path: Path) -> None:
    """How many of each, and warnings with their cells."""
    source = tmp_path / "odd.xlsx"
    source.write_bytes(edited({"Services!F2": "office, ofice"}).getvalue())
    ended = run("import", source, "-o", tmp_path / "instance.json", "--json")
    document = json.loads(ended.stdout)
    assert ended.exit_code == 0
    counts = {name: document[name] for name in ("participants", "sessions", "staff", "rooms", "groups")}
    assert counts == {"participants": 10, "sessions": 40, "staff": 4, "rooms": 4, "groups": 2}
    assert [warning["path"] for warning in document["warnings"]] == ["Services!F2"]
    assert "Warning: Services!F2" in ended.stderr


@pytest.mark.parametrize(
    "arguments", [["-o", "-", "--json"], [], ["-o", "nowhere/instance.json"]], ids=" ".join
)
def test_calls_that_make_no_sense_end_with_2(run: Run, arguments: list[str]) -> None:
    """Two documents on standard output, no target, no folder for it."""
    assert run("import", CLINIC_OF_TEN, *arguments).exit_code == 2


@pytest.mark.parametrize("name", ["absent.xlsx", "absent", "absent.csv"])
def test_a_source_that_is_not_there_ends_with_3(run: Run, tmp_path: Path, name: str) -> None:
    """As with every input file, whatever its name says that it is."""
    ended = run("import", tmp_path / name, "-o", "-")
    assert ended.exit_code == 3
    assert "No such file" in ended.stderr


def test_a_workbook_on_standard_input(tmp_path: Path) -> None:
    """``-`` is a workbook there, and standard input in what is said about it."""
    target = str(tmp_path / "instance.json")
    ended = CliRunner().invoke(main, ["import", "-", "-o", target], input=edited({}).getvalue())
    assert ended.exit_code == 0
    assert load_instance(target) == read_spreadsheet(CLINIC_OF_TEN)[0]
    ended = CliRunner().invoke(main, ["import", "-", "-o", target], input=b"x")
    assert ended.exit_code == 3
    assert ended.stderr.startswith("Error: standard input cannot be used")
