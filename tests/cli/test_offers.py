"""``iopsched offers``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.running import Run
from iopsched.generate import to_document
from iopsched.instance import load_instance
from iopsched.roster import check, load_roster
from rules.tiny import clinic, group, meeting, need, participant, roster_of

CLINIC = clinic(groups=[group()], participants=[participant("p1", need("class"))])
NEW: dict[str, Any] = participant("new", need("talk"), need("class"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Write a clinic whose class has seats, its roster, and a newcomer who needs a talk too."""
    instance, roster, newcomer = tmp_path / "clinic.json", tmp_path / "roster.json", tmp_path / "new.json"
    instance.write_text(to_document(CLINIC), encoding="utf-8")
    roster.write_text(roster_of(CLINIC, meeting("Mon 09:00", "p1")).to_json(), encoding="utf-8")
    newcomer.write_text(json.dumps(NEW), encoding="utf-8")
    return instance, roster, newcomer


def test_offers_are_read_out(run: Run, files: tuple[Path, Path, Path]) -> None:
    """Each with days, times, who leads, where, and what is missing."""
    ended = run("offers", *files, "--top", "2")
    assert ended.exit_code == 0, ended.stderr
    assert ended.stdout.startswith("2 complete weeks for new; nobody else moves")
    assert ended.stdout.count("09:00–10:00  class (g)") == 2
    assert "with ana, in office" in ended.stdout
    assert ended.stdout.count("Nothing is missing.") == 2


def test_json_is_one_document(run: Run, files: tuple[Path, Path, Path]) -> None:
    """Numbered offers with their sessions."""
    ended = run("offers", *files, "--top", "3", "--json")
    assert ended.exit_code == 0
    document = json.loads(ended.stdout)
    assert [one["number"] for one in document["offers"]] == [1, 2, 3]
    assert {one["service"] for one in document["offers"][0]["sessions"]} == {"talk", "class"}
    assert document["proved"] is True


def test_an_accepted_offer_is_written(run: Run, files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """The folder holds the instance with the newcomer pinned, and a roster that answers it."""
    ended = run("offers", *files, "--accept", "1", "-o", tmp_path / "taken")
    assert ended.exit_code == 0, ended.stderr
    instance = load_instance(tmp_path / "taken" / "instance.json")
    roster = load_roster(tmp_path / "taken" / "roster.json")
    assert [pin.participant for pin in instance.pins] == ["new", "new"]
    assert check(instance, roster).ok
    assert "Offer 1 is taken" in ended.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--accept", "1"], "go together"),
        (["-o", "there"], "go together"),
        (["--accept", "9", "-o", "there", "--top", "2"], "no offer 9; choose from 1 to 2"),
    ],
)
def test_calls_that_make_no_sense(
    run: Run,
    files: tuple[Path, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    options: list[str],
    words: str,
) -> None:
    """Exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    ended = run("offers", *files, *options)
    assert ended.exit_code == 2
    assert words in " ".join(ended.stderr.split())
    assert not (tmp_path / "there").exists()


def test_the_newcomer_may_come_from_standard_input(run: Run, files: tuple[Path, Path, Path]) -> None:
    """The same offers as from the file; what is wrong is said of standard input."""
    said = run("offers", *files[:2], "-", stdin=files[2].read_bytes())
    assert said.stdout == run("offers", *files).stdout
    wrong = run("offers", *files[:2], "-", stdin=b"[]")
    assert wrong.exit_code == 3
    assert "standard input cannot be used" in wrong.stderr
    assert "write one participant" in wrong.stderr


def test_a_clinic_is_no_newcomer(run: Run, files: tuple[Path, Path, Path]) -> None:
    """An instance where the newcomer should be is one problem, not one for each of its fields."""
    ended = run("offers", *files[:2], files[0])
    assert ended.exit_code == 3
    assert "1 problem" in ended.stderr
    assert "no single participant" in ended.stderr


def test_a_newcomer_who_does_not_fit_is_an_input_error(run: Run, files: tuple[Path, Path, Path]) -> None:
    """Exit code 3, the file, the field and a remedy."""
    files[2].write_text(json.dumps({**NEW, "needs": [need("yoga")]}), encoding="utf-8")
    ended = run("offers", *files)
    assert ended.exit_code == 3
    assert files[2].name in ended.stderr
    assert "yoga" in ended.stderr
