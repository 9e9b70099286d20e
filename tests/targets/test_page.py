from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.contestants import DETERMINISTIC, OURS, Contestant
from benchmarks.peers.protocol import PEERS
from benchmarks.targets.figures import Result
from benchmarks.targets.page import BEGIN, END, write_page
from benchmarks.targets.plan import Conditions, Run, Size
from benchmarks.targets.records import folder_of, read_trace, save

from targets.runs import point, result, score

_SIZE = Size(10, 30, 2, unmet=0.5, unmet_proved=2, burden=25, first=2, deterministic=True)
_TRIAL = Conditions(scale=0.5)
_TRACE = (point(0.4, 50, score(unmet=5_000, burden=900)), point(1.2, 95), point(9.0, 98))


def _keep(out: Path, who: Contestant, kept: Result, conditions: Conditions) -> None:
    """Leave a result where a run would."""
    clinic = next(one for one in conditions.clinics(_SIZE) if one.seed == kept.record.seed)
    run = Run(who, clinic, conditions.seconds(_SIZE))
    record = replace(kept.record, who=who.name, seconds=run.seconds, profile=clinic.profile)
    folder = folder_of(out, run, record.commit)
    folder.mkdir(parents=True)
    lines = ("error in words\n", *(json.dumps({**asdict(one), "needed": 100}) + "\n" for one in kept.trace))
    (folder / "stderr.txt").write_text("".join(lines))
    save(record, folder)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a folder with a page that has something before, between and after the marks."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "benchmarks.md").write_text(f"before\n\n{BEGIN}\n\nold\n\n{END}\n\nafter\n")
    return folder


def _written(docs: Path, out: Path, conditions: Conditions) -> str:
    write_page([_SIZE], out, docs, conditions)
    return (docs / "benchmarks.md").read_text()


def test_only_what_is_between_the_marks_is_replaced(docs: Path, tmp_path: Path) -> None:
    """Words written by hand stay, however often the page is made; without results it says so."""
    once = _written(docs, tmp_path / "out", Conditions())
    assert once.startswith(f"before\n\n{BEGIN}\n")
    assert once.endswith(f"{END}\n\nafter\n")
    assert "old" not in once
    assert "Nothing has been run yet" in once
    assert _written(docs, tmp_path / "out", Conditions()) == once


def test_a_page_without_marks_is_left_alone(docs: Path, tmp_path: Path) -> None:
    """Nobody's text is overwritten."""
    (docs / "benchmarks.md").write_text("by hand")
    with pytest.raises(SystemExit, match="marks"):
        _written(docs, tmp_path / "out", Conditions())
    assert (docs / "benchmarks.md").read_text() == "by hand"


def test_the_page_tells_what_was_measured(docs: Path, tmp_path: Path) -> None:
    """Targets, peers, deterministic mode and every run, with its commit; the newest result of a run."""
    out = tmp_path / "out"
    peer = PEERS["scip"]
    _keep(out, OURS, result(*_TRACE), Conditions())
    _keep(out, peer, result(*_TRACE, score=score(unmet=600), date="2026-11-20"), Conditions())
    _keep(out, peer, result(*_TRACE, score=score(unmet=120), commit="newer", date="2026-11-21"), Conditions())
    _keep(out, DETERMINISTIC, result(*_TRACE, score=score(unmet=90)), Conditions())
    page = _written(docs, out, Conditions())
    assert "| 10 participants, 30 s: 1 of 2 | unmet over its bound, mean | ≤ 0.5 % | 0.400 % | met |" in page
    assert "| | MIP, SCIP | 120 | 2,400 | 98 of 100 | better | |" in page
    assert "600" not in page
    assert "after 1.2 s, 4.0 % of the time" in page
    assert "| | deterministic | 90, 20 | 2,400, 2,000 | 31 s | yes |" in page
    assert "`newer`" in page
    assert "![Value and bound against time, clinics of 10](benchmarks-10.svg)" in page


def test_a_failure_is_told_and_not_drawn(docs: Path, tmp_path: Path) -> None:
    """Whoever crashed has no roster to compare with."""
    out = tmp_path / "out"
    _keep(out, OURS, result(*_TRACE), Conditions())
    _keep(out, PEERS["highs"], result(failure="exit code 9", score={}, bound={}), Conditions())
    page = _written(docs, out, Conditions())
    assert "exit code 9" in page
    assert "MIP, HiGHS" not in (docs / "benchmarks-10.svg").read_text()


def test_a_peer_on_another_clinic_is_not_compared(docs: Path, tmp_path: Path) -> None:
    """The same name, but made by another state of the generator."""
    out = tmp_path / "out"
    _keep(out, OURS, result(*_TRACE), Conditions())
    _keep(out, PEERS["highs"], result(*_TRACE, instance_sha256="another"), Conditions())
    assert "HiGHS" not in _written(docs, out, Conditions())


def test_a_trial_says_that_it_is_one(docs: Path, tmp_path: Path) -> None:
    """Its results stay apart from those that count, and so do its pictures."""
    out = tmp_path / "out"
    _keep(out, OURS, result(*_TRACE), _TRIAL)
    page = _written(docs, out, _TRIAL)
    assert "A trial" in page
    assert (docs / "benchmarks-10-trial.svg").exists()
    assert "Nothing has been run yet" in _written(docs, out, Conditions())


def test_the_picture_has_a_line_for_each_value_and_each_bound(docs: Path, tmp_path: Path) -> None:
    """Well-formed, with everybody's title; bounds are dotted, and there is one of each level."""
    out = tmp_path / "out"
    bounded = tuple(replace(one, bound={**one.bound, "unmet": 20, "burden": 2_000}) for one in _TRACE)
    _keep(out, OURS, result(*bounded), Conditions())
    _keep(out, PEERS["highs"], result(*_TRACE), Conditions())
    _written(docs, out, Conditions())
    root = ElementTree.parse(docs / "benchmarks-10.svg").getroot()
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"iopsched", "MIP, HiGHS", "mixed, seed 1000", "seconds"} <= set(texts)
    paths = [element.attrib for element in root.iter("{http://www.w3.org/2000/svg}path")]
    curves = [path for path in paths if path.get("fill") == "none"]
    legend = 3
    assert len(curves) == legend + 4 + 2
    assert sum(path.get("stroke-dasharray") == "1.5 3" for path in curves) == 1 + 2


def test_words_in_a_trace_are_passed_over() -> None:
    """So is a line that a killed process left unfinished."""
    whole = json.dumps({**asdict(_TRACE[0]), "needed": 100}) + "\n"
    assert read_trace(["Error: no\n", whole, whole[:40]]) == [_TRACE[0]]
