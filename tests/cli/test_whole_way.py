from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from cli.running import Run


def test_what_is_solved_passes_the_check_and_is_shown(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """The real search on a week of three: the roster is proved, judged in order, and shown."""
    roster = tmp_path / "roster.json"
    solved = run("solve", instance_file, "-o", roster, "--time-limit", 20, "--workers", 1, "--json")
    assert solved.exit_code == 0, solved.stderr
    told = json.loads(solved.stdout)
    assert told["status"] == "optimal"
    assert told["score"]["unmet"] == told["bound"]["unmet"]
    assert run("check", instance_file, roster).exit_code == 0
    assert "every level of the score is proved" in run("show", instance_file, roster).stdout


def test_ctrl_c_ends_the_real_search(instance_file: Path, tmp_path: Path) -> None:
    """The first Ctrl-C leaves a roster that passes the check, whatever the solver does with signals."""
    clinic, roster = tmp_path / "clinic.json", tmp_path / "roster.json"
    words = [sys.executable, "-m", "iopsched"]
    made = ["generate", "--participants", "40", "--seed", "3", "-o", str(clinic)]
    subprocess.run([*words, *made], check=True, capture_output=True)
    solve = [*words, "solve", str(clinic), "-o", str(roster), "--time-limit", "300", "--workers", "1"]
    with subprocess.Popen(solve, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while "gap" not in (line := process.stderr.readline()):
            assert line, "the search ended before it reported anything"
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0
    subprocess.run([*words, "check", str(clinic), str(roster)], check=True, capture_output=True)
