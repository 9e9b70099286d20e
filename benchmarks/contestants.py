"""Who is measured: ourselves and the peers, each a command that leaves a roster and a trace."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from benchmarks.peers.protocol import PEERS
from benchmarks.processes import ROOT

__all__ = ["DETERMINISTIC", "OURS", "Contestant", "by_name", "commit_of"]


class Contestant(Protocol):
    """A solver in a process of its own, as ``benchmarks/peers/README.md`` describes it."""

    @property
    def name(self) -> str:
        """What files are named by."""

    @property
    def title(self) -> str:
        """What tables and plots call it."""

    def command(self, instance: Path, seconds: float, threads: int, out: Path) -> list[str]:
        """Return the command of one run."""


@dataclass(frozen=True)
class Ourselves:
    """``iopsched solve``; its trace is its standard error."""

    name: str
    title: str
    options: tuple[str, ...] = ()

    def command(self, instance: Path, seconds: float, threads: int, out: Path) -> list[str]:
        """Return the command of one run."""
        return [
            sys.executable, "-m", "iopsched", "solve", str(instance), "-o", str(out / "roster.json"),
            "--time-limit", f"{seconds:g}", "--workers", str(threads), "--progress", "json", *self.options,
        ]  # fmt: skip


OURS = Ourselves("iopsched", "iopsched")
DETERMINISTIC = Ourselves("iopsched-deterministic", "iopsched --deterministic", ("--deterministic",))


def by_name(name: str) -> Contestant:
    """Return ourselves, our deterministic mode, or a peer."""
    ours = {one.name: one for one in (OURS, DETERMINISTIC)}
    return ours[name] if name in ours else PEERS[name]


def commit_of(contestant: Contestant) -> str:
    """Return the last commit that touched what a contestant is made of.

    With changes that are not committed a digest of them follows, so that no two states have one name. Without
    a repository it is the release.
    """
    measured = "src" if isinstance(contestant, Ourselves) else "benchmarks/peers"
    try:
        head = _git("log", "-1", "--format=%h", "--abbrev=10", "--", measured).strip()
        changes = _git("diff", "HEAD", "--", measured)
        added = _git("ls-files", "--others", "--exclude-standard", "--", measured).split()
    except (OSError, subprocess.CalledProcessError):
        return version("iopsched")
    digest = hashlib.sha256(changes.encode())
    for path in sorted(added):
        digest.update(path.encode() + (ROOT / path).read_bytes())
    return f"{head}+{digest.hexdigest()[:6]}" if changes or added else head


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout
