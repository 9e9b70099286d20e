"""Processes that work for this one: how they are started, and how many there are cores for.

Plain subprocesses, not :mod:`multiprocessing`'s: that would run the caller's main module again, or fork a
process that has threads.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import IO, Final

__all__ = ["cores", "end", "kill", "pipes", "spawn", "take_standard_output"]

_WHERE: Final = "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
"""A process finds its modules where this one does."""
_NO_WINDOW: Final = int(getattr(subprocess, "CREATE_NO_WINDOW", 0))


def cores() -> int:
    """Return how many cores this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spawn(program: str, *, leads_group: bool = False) -> subprocess.Popen[bytes]:
    """Start a process that runs a program, with pipes to its standard input and from its standard output.

    Parameters
    ----------
    program : str
    leads_group : bool
        Put it at the head of a process group of its own, so that :func:`kill` reaches those it starts too.

    Raises
    ------
    OSError
        Where the system refuses.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _WHERE + program, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW,
        process_group=0 if leads_group and hasattr(os, "killpg") else None,
    )


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Return where a process that was spawned reads, and where what it writes is read."""
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, and with it all that is in the process group that it leads."""
    if process.returncode is None and hasattr(os, "killpg"):  # once waited for, its number may be another's
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(process.pid) == process.pid:
                os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def end(process: subprocess.Popen[bytes]) -> None:
    """Make sure that a process is gone, whatever it is at, and close its pipes."""
    kill(process)
    process.wait()
    for stream in pipes(process):
        with suppress(OSError):  # what was not sent yet has nobody to go to
            stream.close()


def take_standard_output() -> IO[bytes]:
    """Return standard output for messages alone; whatever else is printed goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers
