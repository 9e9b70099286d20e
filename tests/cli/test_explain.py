from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from cli.running import Run
from report.small_week import ROSTER


def test_every_unmet_need_is_explained(run: Run, instance_file: Path, roster_file: Path) -> None:
    """On standard output, with what is proved and what would mend it."""
    ended = run("explain", instance_file, roster_file, "--time-limit", 20)
    assert ended.exit_code == 0, ended.output
    assert "P2, family: 1 session missing" in ended.stdout
    assert "P2-mother" in ended.stdout
    assert "--edit" in ended.stdout


def test_json_is_one_document(run: Run, instance_file: Path, roster_file: Path) -> None:
    """Each need with its verdicts, facts and mends; sentences and their JSON side by side."""
    ended = run("explain", instance_file, roster_file, "--json", "--participant", "P2")
    assert ended.exit_code == 0, ended.output
    document = json.loads(ended.stdout)
    assert document.keys() == {"instance", "participant", "needs", "not_examined", "seconds"}
    (need,) = document["needs"]
    assert (need["participant"], need["service"], need["missing"]) == ("P2", "family", 1)
    assert need["irreducible"]
    assert {fact["kind"] for fact in need["facts"]} >= {"family"}
    assert need["mends"]
    for mend in need["mends"]:
        assert len(mend["edits"]) == len(mend["documents"])


def test_what_is_printed_is_taken_by_whatif(run: Run, instance_file: Path, roster_file: Path) -> None:
    """The first mend, typed as it stands: whatif delivers the session, and nobody loses one."""
    printed = run("explain", instance_file, roster_file, "--participant", "P2").stdout
    line = next(line for line in printed.splitlines() if "--edit" in line and "each --edit" not in line)
    asks, *edit = shlex.split(line)
    assert asks.isdigit()
    told = run("whatif", instance_file, "--roster", roster_file, *edit, "--time-limit", 3, "--json")
    assert told.exit_code == 0, told.stderr
    (scenario,) = json.loads(told.stdout)["scenarios"]
    assert [(one["participant"], one["service"]) for one in scenario["gains"]] == [("P2", "family")]
    assert scenario["losses"] == []


def test_whoever_has_everything_needs_no_explanation(
    run: Run, instance_file: Path, roster_file: Path
) -> None:
    """P1 misses nothing, which says nothing about the others."""
    ended = run("explain", instance_file, roster_file, "--participant", "P1")
    assert ended.exit_code == 0
    assert "Nothing is unmet: every need of P1 has all its sessions." in ended.stdout


def test_an_unknown_participant_ends_with_2(run: Run, instance_file: Path, roster_file: Path) -> None:
    """The nearest id is offered."""
    ended = run("explain", instance_file, roster_file, "--participant", "P22")
    assert ended.exit_code == 2
    assert "did you mean" in ended.stderr


@pytest.mark.parametrize("limit", ["0", "soon"])
def test_a_time_limit_is_a_number_of_seconds(
    run: Run, instance_file: Path, roster_file: Path, limit: str
) -> None:
    """Anything else is a usage error."""
    assert run("explain", instance_file, roster_file, "--time-limit", limit).exit_code == 2


def test_a_roster_that_breaks_a_rule_ends_with_3(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """What is broken is named; nothing is explained on top of it."""
    first, *others = ROSTER["sessions"]
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps({**ROSTER, "sessions": [{**first, "room": "Cellar"}, *others]}))
    ended = run("explain", instance_file, edited)
    assert ended.exit_code == 3
    assert "Cellar" in ended.stderr
    assert ended.stdout == ""


def test_one_file_at_most_is_standard_input(run: Run) -> None:
    """Two cannot both come through one pipe."""
    assert run("explain", "-", "-").exit_code == 2
