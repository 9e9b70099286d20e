"""A command in a process of its own: how it ended, how long it took and how much memory it held."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage

__all__ = ["ROOT", "Usage", "resident_bytes", "watch"]

ROOT = Path(__file__).parents[1]
"""The repository: where commands are started, so that ``python -m benchmarks…`` finds its modules."""

_SAMPLE_SECONDS = 0.2
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Usage:
    """What a process cost.

    Attributes
    ----------
    exit_code : int
        Negative where a signal ended it.
    cut_off : bool
        Whether it was still there when its time was up.
    seconds : float
        From start to end, loading included.
    peak_bytes : int
        The most memory that it and its children held at one moment (sampled), and no less than what the
        system says of the largest of them.
    """

    exit_code: int
    cut_off: bool
    seconds: float
    peak_bytes: int


def watch(command: list[str], *, at_most: float, stderr: Path) -> Usage:
    """Run a command to its end, or kill it and all that it has started when its time is up.

    Parameters
    ----------
    command : list of str
        Started in :data:`ROOT`; its standard output is dropped.
    at_most : float
        Seconds.
    stderr : Path
        Where its standard error goes.
    """
    began, sampled, cut_off = time.monotonic(), 0, False
    with stderr.open("wb") as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    try:
        while (ended := _ended(process)) is None:
            if not cut_off and time.monotonic() - began > at_most:
                cut_off = True
                os.killpg(process.pid, signal.SIGKILL)
            sampled = max(sampled, resident_bytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it left behind, and itself if this is an exception
    peak = max(sampled, ended.ru_maxrss * _MAXRSS_UNIT)
    return Usage(process.returncode, cut_off, time.monotonic() - began, peak)


def _ended(process: subprocess.Popen[bytes]) -> struct_rusage | None:
    """Return what the system counted of a process that has ended."""
    pid, status, usage = os.wait4(process.pid, os.WNOHANG)
    if not pid:
        return None
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def resident_bytes(pid: int) -> int:
    """Return the resident bytes of a process and its descendants now; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):  # it has ended meanwhile, or there is no such file system
        return 0
    return pages * _PAGE + sum(map(resident_bytes, children))
