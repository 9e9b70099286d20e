"""How much memory a process and those that it has started hold.

What is limited is what is resident, looked at from outside: a limit of the address space (``RLIMIT_AS``)
counts what threads only reserve too, twice of what is used at 60 participants with one worker, and ends the
solver with a crash that says nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

__all__ = ["can_tell", "resident_bytes"]

_PROCESSES: Final = Path("/proc")


def can_tell() -> bool:
    """Tell whether the system says how much memory processes hold."""
    return (_PROCESSES / "self" / "statm").exists()


def resident_bytes(pid: int) -> int:
    """Return the resident bytes of a process and its descendants now; 0 where the system does not tell.

    Pages that several of them share, such as those of libraries, count for each.
    """
    own = _PROCESSES / str(pid)
    try:
        pages = int((own / "statm").read_text().split()[1])
        children = [
            int(child)
            for task in (own / "task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):  # it has ended meanwhile, or there is no such file system
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(resident_bytes, children))
