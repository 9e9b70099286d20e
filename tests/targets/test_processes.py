from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from benchmarks.processes import watch

_HOLD = "held = bytearray({bytes}); print(flush=True); input()"


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_exit_code_time_and_what_was_said(tmp_path: Path) -> None:
    """A command's standard error is kept, its standard output is not."""
    told = tmp_path / "told"
    program = "import sys; print('data'); sys.stderr.write('why'); sys.exit(7)"
    usage = watch(_python(program), at_most=20, stderr=told)
    assert (usage.exit_code, usage.cut_off) == (7, False)
    assert 0 < usage.seconds < 20
    assert told.read_text() == "why"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_memory_is_of_the_process_and_its_children_together(tmp_path: Path) -> None:
    """Two children that hold 60 MB each at one time are 120 MB, not 60."""
    child = _HOLD.format(bytes=60_000_000)
    program = (
        "import subprocess, sys, time\n"
        f"words = [sys.executable, '-c', {child!r}]\n"
        "pipes = {'stdin': subprocess.PIPE, 'stdout': subprocess.PIPE}\n"
        "children = [subprocess.Popen(words, **pipes) for _ in range(COUNT)]\n"
        "for child in children: child.stdout.readline()\n"
        "time.sleep(0.6)\n"
        "for child in children: child.communicate(b'\\n')"
    )
    alone, together = (
        watch(_python(program.replace("COUNT", count)), at_most=20, stderr=tmp_path / count).peak_bytes
        for count in ("1", "2")
    )
    assert 60_000_000 < alone < 120_000_000
    assert together > alone + 60_000_000


def test_a_process_is_cut_off_with_all_that_it_started(tmp_path: Path) -> None:
    """Its child, which writes a line every moment for a minute, writes no more."""
    lines = tmp_path / "lines"
    beat = (
        "import time\n"
        f"file = open({str(lines)!r}, 'a')\n"
        "for _ in range(3000): print(file=file, flush=True); time.sleep(0.02)"
    )
    program = f"import subprocess, time; subprocess.Popen({_python(beat)!r}); time.sleep(60)"
    usage = watch(_python(program), at_most=2.5, stderr=tmp_path / "told")
    assert usage.cut_off
    assert usage.exit_code < 0
    assert usage.seconds < 20
    written = lines.stat().st_size
    assert written
    time.sleep(0.3)
    assert lines.stat().st_size == written
