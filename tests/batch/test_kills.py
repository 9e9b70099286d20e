"""A batch that is killed at any moment, and resumed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from batch.clinics import named, written
from batch.test_attempts import gone
from iopsched.batch.memory import can_tell
from iopsched.roster import check, load_roster
from iopsched.solve import solve

CLINICS = [f"clinic-{number:02}" for number in range(18)]
BEGUN, AT_WORK, DONE = ("begun", 0.8), ("at work", 0.8), ("done", 0.3)
MOMENTS = (BEGUN, AT_WORK, DONE, AT_WORK, DONE, AT_WORK, BEGUN, AT_WORK, DONE, AT_WORK)
"""After what a batch is killed, and at most how many seconds later."""


def started(folder: Path, output: Path) -> subprocess.Popen[bytes]:
    words = ["batch", str(folder), "-o", str(output), "--resume", "--jobs", "2"]
    words += ["--deterministic", "--time-limit", "5", "--progress", "json"]
    return subprocess.Popen(
        [sys.executable, "-m", "iopsched", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started, and theirs; none of one that ends meanwhile."""
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from descendants(int(child))


def rosters(output: Path) -> dict[str, tuple[int, int]]:
    """Return the rosters that are there, with what would change if one were written anew."""
    found = {path: path.stat() for path in output.glob("*.roster.json")}
    return {path.name: (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}


@pytest.mark.skipif(not can_tell(), reason="the system does not tell which processes there are")
def test_killed_ten_times_and_resumed_each_clinic_is_solved_once(tmp_path: Path) -> None:
    """No result is lost, none is half-written, none is made anew, and no process is left behind."""
    folder, output = written(tmp_path / "in", *CLINICS), tmp_path / "out"
    rng = random.Random(5)
    known: dict[str, tuple[int, int]] = {}
    at_work = 0
    for moment, seconds in MOMENTS:
        with started(folder, output) as process:
            assert process.stderr is not None
            while moment == "at work" and not any(descendants(process.pid)):
                time.sleep(0.01)
            if moment == "done":
                assert process.stderr.readline()
            time.sleep(rng.uniform(0, seconds))
            assert process.poll() is None, "it was to be killed before its end"
            theirs = list(descendants(process.pid))
            process.kill()
        at_work += len(theirs)
        assert all(gone(pid) for pid in theirs)
        now = rosters(output)
        assert {name: now[name] for name in known} == known
        for name in now.keys() - known.keys():
            roster = load_roster(output / name)
            assert check(named(roster.instance), roster).ok
        known = now
    assert at_work >= len(MOMENTS)
    assert 0 < len(known) < len(CLINICS)

    with started(folder, output) as process:
        _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    rows = [json.loads(line) for line in (output / "summary.ndjson").read_text().splitlines()]
    assert [row["instance"] for row in rows] == CLINICS
    assert {row["roster"] for row in rows if row["resumed"]} == known.keys()
    now = rosters(output)
    assert {name: now[name] for name in known} == known
    assert now.keys() == {row["roster"] for row in rows}
    assert {path.name for path in output.iterdir()} == {*now, "summary.ndjson", ".batch.lock"}
    alone = solve(named(CLINICS[0]), time_limit=5, deterministic=True)
    assert (output / rows[0]["roster"]).read_text() == alone.to_json()
