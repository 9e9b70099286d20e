from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from report.small_week import ROSTER

# A search that says when it has begun, and goes on until it is asked to stop, or for ever.
_PROGRAM = """
import sys, time
from importlib import import_module
from iopsched.cli import main
from iopsched.roster import parse_roster

def search(instance, *, stop, **options):
    print("searching", file=sys.stderr, flush=True)
    while not (stop.requested and {obedient}):
        time.sleep(0.01)
    return parse_roster({roster!r})

import_module("iopsched.solve").solve = search
main(prog_name="iopsched")
"""


@contextmanager
def _searching(instance: Path, output: Path, *, obedient: bool) -> Iterator[subprocess.Popen[str]]:
    program = _PROGRAM.format(obedient=obedient, roster=json.dumps(ROSTER))
    words = [sys.executable, "-c", program, "solve", str(instance), "-o", str(output)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            assert process.stderr.readline() == "searching\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_keeps_the_best_roster(
    instance_file: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """Ctrl-C, or SIGTERM, ends the search; the roster is written and the exit code is 0."""
    output = tmp_path / "out.json"
    with _searching(instance_file, output, obedient=True) as process:
        process.send_signal(number)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Stopping" in told
    assert json.loads(output.read_text())["instance"] == "small"


def test_the_second_ctrl_c_gives_up(instance_file: Path, tmp_path: Path) -> None:
    """A search that does not end is left: exit code 130, and the old output stands."""
    output = tmp_path / "out.json"
    output.write_text("old")
    with _searching(instance_file, output, obedient=False) as process:
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert "Stopping" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "nothing was written" in told
    assert "Traceback" not in told
    assert output.read_text() == "old"


def test_a_second_sigterm_asks_no_more_than_the_first(instance_file: Path, tmp_path: Path) -> None:
    """Only Ctrl-C gives up; who sends SIGTERM twice still gets the roster in the end."""
    with _searching(instance_file, tmp_path / "out.json", obedient=False) as process:
        for _ in range(2):
            process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        assert process.poll() is None
