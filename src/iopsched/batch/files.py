"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

__all__ = ["LEFTOVERS", "replace_file"]

LEFTOVERS = ".*.tmp"
"""What matches the files that are left behind where a process is killed while it writes."""


def replace_file(target: Path, content: bytes) -> None:
    """Write beside the target and move over it: the old content stands until the new one is complete.

    Raises
    ------
    OSError
        Where the machine refuses; the target is as it was.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
