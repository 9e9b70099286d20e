from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.compare import compared, main, saved


def _benchmark(seconds: float, **extra: Any) -> dict[str, Any]:
    return {"stats": {"median": seconds}, "extra_info": extra}


def test_what_was_reached_stands_side_by_side() -> None:
    """Times with their ratio; of each level value, bound and gap; an unknown bound is a dash."""
    old = {"solve": _benchmark(2.0, unmet={"value": 60, "bound": None, "gap": None}, variables=1200)}
    new = {"solve": _benchmark(1.0, unmet={"value": 30, "bound": 20, "gap": 1 / 3}, variables=900)}
    assert [" ".join(line.split()) for line in compared(old, new)] == [
        "solve",
        "time 2 s → 1 s × 0.50",
        "unmet value 60 → 30 bound – → 20 gap – → 33.3 %",
        "variables 1,200 → 900",
    ]


def test_what_is_in_one_run_only_is_named() -> None:
    """A benchmark that is gone or new has nothing beside it."""
    told = "\n".join(compared({"gone": _benchmark(1.0)}, {"new": _benchmark(1.0)}))
    assert told == "gone\n    only in the old run\nnew\n    only in the new run"


def test_a_run_is_found_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The newest that was saved under it; a file by its path; anything else is refused."""
    folder = tmp_path / "machine"
    folder.mkdir()
    for number, seconds in (("0001", 1.0), ("0002", 2.0)):
        content = {"benchmarks": [{"name": "solve", **_benchmark(seconds)}]}
        (folder / f"{number}_mine.json").write_text(json.dumps(content))
    assert saved("mine", tmp_path).name == "0002_mine.json"
    main([str(folder / "0001_mine.json"), "mine", "--storage", str(tmp_path)])
    assert "× 2.00" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no saved run 'other'"):
        saved("other", tmp_path)
