"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

__all__ = ["leftovers_of", "replace_file"]


def leftovers_of(pattern: str) -> str:
    """Return what matches the files that a process left when it was killed while it wrote such files."""
    return f".{pattern}.*.tmp"


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
