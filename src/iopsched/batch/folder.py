"""The folder of a batch: who works in it, which rosters it has, what is written there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from iopsched.batch.records import Row
from iopsched.batch.tasks import ROSTERS, Job
from iopsched.errors import IopschedError, RosterError, UsageError
from iopsched.files import leftovers_of, replace_file
from iopsched.roster import load_roster
from iopsched.roster.models import Roster

__all__ = ["SUMMARY", "opened", "roster_of", "write_roster", "write_summary"]

SUMMARY: Final = "summary.ndjson"
_LOCK: Final = ".batch.lock"


@contextmanager
def opened(folder: Path, *, resume: bool) -> Iterator[None]:
    """Hold a folder, made where it is not there, for one batch alone.

    The lock is the system's and goes with the process, however that ends. What a killed batch had not
    written whole is taken away.

    Raises
    ------
    UsageError
        Where another batch holds it, where it has results and ``resume`` is false, or where the system
        refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("ab")
    except OSError as error:
        raise UsageError(f"cannot write into {folder}: {error.strerror}") from error
    with lock:
        if not _locked(lock):
            raise UsageError(f"another batch is at work in {folder}; wait for its end or name another folder")
        if not resume and _has_results(folder):
            raise UsageError(
                f"{folder} has results of an earlier batch; --resume keeps them and does the rest, or name "
                "another folder"
            )
        for pattern in (ROSTERS, SUMMARY):
            for leftover in folder.glob(leftovers_of(pattern)):
                with suppress(OSError):
                    leftover.unlink()
        yield


def _locked(lock: IO[bytes]) -> bool:
    """Lock an open file if nobody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _has_results(folder: Path) -> bool:
    return (folder / SUMMARY).exists() or any(folder.glob(ROSTERS))


def roster_of(folder: Path, job: Job) -> Roster | None:
    """Return the roster of a job that is done; ``None`` where there is none of this clinic."""
    try:
        roster = load_roster(folder / job.file)
    except RosterError:
        return None
    return roster if roster.instance_sha256 == job.sha256 else None


def write_roster(folder: Path, job: Job, roster: Roster) -> None:
    """Write a roster whole.

    Raises
    ------
    IopschedError
        Where the machine refuses.
    """
    _write(folder / job.file, roster.to_json())


def write_summary(folder: Path, rows: Iterable[Row]) -> None:
    """Write a row a line, in place of what stood there.

    Raises
    ------
    IopschedError
        Where the machine refuses.
    """
    lines = (json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in rows)
    _write(folder / SUMMARY, "".join(lines))


def _write(target: Path, text: str) -> None:
    try:
        replace_file(target, text.encode())
    except OSError as error:
        raise IopschedError(f"could not write {target}: {error.strerror}") from error
