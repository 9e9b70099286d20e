"""Java, Timefold's jars, and the program compiled against them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import IO

from benchmarks.peers.protocol import NotInstalledError

__all__ = ["Machine", "versions"]

JARS_VARIABLE = "IOPSCHED_TIMEFOLD_JARS"
"""Environment variable that names a folder with the jars, where the package is not installed."""
CORE = re.compile(r"timefold-solver-core-(.+)\.jar")
SOURCES = Path(__file__).parent / "sources"


@cache
def jars() -> tuple[Path, ...]:
    """Return Timefold's jars.

    Raises
    ------
    NotInstalledError
        Where there are none.
    """
    named = os.environ.get(JARS_VARIABLE)
    if named:
        found = sorted(Path(named).glob("*.jar"))
    else:
        try:
            listed = files("timefold") or []
        except PackageNotFoundError:
            listed = []
        found = sorted(Path(str(one.locate())) for one in listed if one.name.endswith(".jar"))
    if not any(CORE.fullmatch(jar.name) for jar in found):
        raise NotInstalledError(
            f"Timefold's jars are missing; pip install --no-deps timefold==1.24.0b0, or set {JARS_VARIABLE}"
        )
    return tuple(found)


def versions() -> dict[str, str]:
    """Return the versions of Timefold and Java.

    Raises
    ------
    NotInstalledError
        Where one of them is missing.
    """
    core = next(match for jar in jars() if (match := CORE.fullmatch(jar.name)))
    java = subprocess.run([_program("java"), "-version"], capture_output=True, text=True, check=True)
    _program("javac")
    return {"timefold": core[1], "java": java.stderr.splitlines()[0]}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotInstalledError(f"{name} is missing; install a JDK 17 or later")
    return found


def _class_path(*first: Path) -> str:
    return os.pathsep.join(map(str, (*first, *jars())))


def _compiled() -> Path:
    """Return the folder with the program's classes, compiled where this version of it is not there yet."""
    sources = sorted(SOURCES.rglob("*.java"))
    digest = hashlib.sha256(_class_path().encode())
    for source in sources:
        digest.update(source.read_bytes())
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    target = caches / "iopsched-peers" / f"timefold-{digest.hexdigest()[:16]}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=target.parent))
        subprocess.run(
            [_program("javac"), "-nowarn", "-cp", _class_path(), "-d", unfinished, *sources], check=True
        )
        try:
            unfinished.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(unfinished)
            if not target.exists():
                raise
    return target


class Machine:
    """A Java virtual machine with the program loaded, ready for problems.

    It ends when this process does, or after :meth:`close`.
    """

    def __init__(self) -> None:
        options = ["-XX:+UseParallelGC", f"-Dlogback.configurationFile={SOURCES / 'logback.xml'}"]
        command = [_program("java"), *options, "-cp", _class_path(_compiled()), "clinic.Main"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def solve(self, problem: Path, seconds: float, threads: int) -> IO[str]:
        """Start on a problem; return the lines of the answer, which end with ``done``."""
        commands, answers = self._process.stdin, self._process.stdout
        assert commands is not None
        assert answers is not None
        commands.write(f"{problem} {round(1000 * seconds)} {threads}\n")
        commands.flush()
        return answers

    def close(self) -> None:
        """End the machine."""
        self._process.communicate()
