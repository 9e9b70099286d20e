from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.processes import resident_bytes, watch

_HOLD = "held = bytearray(60_000_000); print(flush=True); input()"


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_exit_code_time_and_what_was_said(tmp_path: Path) -> None:
    """A command's standard error is kept, its standard output is not."""
    told = tmp_path / "told"
    program = "import sys; print('data'); sys.stderr.write('why'); sys.exit(7)"
    usage = watch(_python(program), at_most=60, stderr=told)
    assert (usage.exit_code, usage.cut_off) == (7, False)
    assert 0 < usage.seconds < 60
    assert told.read_text() == "why"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_memory_is_of_the_process_and_its_children_together() -> None:
    """A parent whose two children hold 60 MB each, as long as nobody writes to them, holds 120 MB."""
    program = (
        "import subprocess, sys; pipe = subprocess.PIPE\n"
        f"words = [sys.executable, '-c', {_HOLD!r}]\n"
        "children = [subprocess.Popen(words, stdin=pipe, stdout=pipe) for _ in range(2)]\n"
        "for child in children: child.stdout.readline()\n"
        "print(flush=True)\n"
        "input()\n"
        "for child in children: child.communicate(b'\\n')"
    )
    with subprocess.Popen(_python(program), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"\n"
        assert 120_000_000 < resident_bytes(parent.pid) < 240_000_000
        parent.communicate(b"\n")
    assert resident_bytes(parent.pid) == 0


def test_the_peak_is_no_less_than_what_was_held_for_a_moment(tmp_path: Path) -> None:
    """Too short to be sampled, but the system has counted it, from the fork of the test's own process on."""
    usage = watch(_python("held = bytearray(60_000_000); del held"), at_most=60, stderr=tmp_path / "told")
    assert usage.exit_code == 0
    assert 60_000_000 < usage.peak_bytes < 240_000_000 + 2 * resident_bytes(os.getpid())


def test_a_process_is_cut_off_with_all_that_it_started(tmp_path: Path) -> None:
    """Its child, which writes a line every moment for a minute, writes no more."""
    lines = tmp_path / "lines"
    beat = (
        "import time\n"
        f"file = open({str(lines)!r}, 'a')\n"
        "for _ in range(3000): print(file=file, flush=True); time.sleep(0.02)"
    )
    program = f"import subprocess, time; subprocess.Popen({_python(beat)!r}); time.sleep(60)"
    usage = watch(_python(program), at_most=4, stderr=tmp_path / "told")
    assert usage.cut_off
    assert usage.exit_code < 0
    assert usage.seconds < 50
    written = lines.stat().st_size
    assert written
    time.sleep(0.3)
    assert lines.stat().st_size == written
