"""What is to be run and what is to be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.clinics import FIRST_REPORTING_SEED, Clinic, clinics_of
from benchmarks.contestants import DETERMINISTIC, OURS, Contestant

__all__ = ["PEERS_SOLVE", "SIZES", "THREADS", "Conditions", "Run", "Size", "planned"]

THREADS = 2
PEERS_SOLVE = 3
"""Clinics of each size that peers solve too, and that deterministic mode does of its size."""


@dataclass(frozen=True)
class Size:
    """Clinics of one size and what they should come to; means over the clinics, ``None`` where reported only.

    Attributes
    ----------
    unmet : float
        At most ``unmet`` over its bound, % of all needed weighted minutes.
    unmet_proved, burden_proved : int or None
        At least so many of the clinics with that level proved optimal.
    burden : float or None
        At most ``burden`` over its bound, % of the bound.
    first : float
        At most so many seconds until the first roster with 90 % of the sessions.
    burden_each : float or None
        At most so much ``burden`` for each participant.
    memory : float or None
        At most so many bytes in any run.
    peers, deterministic : bool
        Whether peers, and our deterministic mode, are compared with.
    """

    participants: int
    seconds: float
    clinics: int
    unmet: float
    unmet_proved: int | None
    burden: float | None
    first: float
    burden_proved: int | None = None
    burden_each: float | None = None
    memory: float | None = None
    peers: bool = True
    deterministic: bool = False


SIZES = (
    Size(24, 30, 10, unmet=0.05, unmet_proved=9, burden_proved=5, burden=5, first=1),
    Size(60, 60, 10, unmet=0.2, unmet_proved=7, burden=10, first=4, burden_each=230, deterministic=True),
    Size(150, 60, 10, unmet=0.5, unmet_proved=5, burden=15, first=10, burden_each=230),
    Size(300, 120, 5, unmet=0.5, unmet_proved=2, burden=20, first=25),
    Size(1000, 600, 2, unmet=1, unmet_proved=None, burden=None, first=120, memory=4e9, peers=False),
)


@dataclass(frozen=True)
class Conditions:
    """Under which conditions the sizes are run.

    Attributes
    ----------
    scale : float
        Of all seconds; below 1 to try the machinery.
    first_seed : int
        Of each size's clinics.
    """

    scale: float = 1.0
    first_seed: int = FIRST_REPORTING_SEED

    @property
    def binding(self) -> bool:
        """Whether results under these conditions are held against the targets for good."""
        return self == Conditions()

    def seconds(self, size: Size) -> float:
        """Return the limit of each run on a size."""
        return size.seconds * self.scale

    def clinics(self, size: Size) -> list[Clinic]:
        """Return a size's clinics."""
        return clinics_of(size.participants, size.clinics, self.first_seed)


@dataclass(frozen=True)
class Run:
    """One contestant on one clinic."""

    contestant: Contestant
    clinic: Clinic
    seconds: float


def planned(sizes: Sequence[Size], peers: Sequence[Contestant], conditions: Conditions) -> Iterator[Run]:
    """Yield the runs of some sizes, ours first."""
    for size in sizes:
        clinics, seconds = conditions.clinics(size), conditions.seconds(size)
        yield from (Run(OURS, clinic, seconds) for clinic in clinics)
        if size.deterministic:
            yield from (Run(DETERMINISTIC, clinic, seconds) for clinic in clinics[:PEERS_SOLVE])
        if size.peers:
            yield from (Run(peer, clinic, seconds) for peer in peers for clinic in clinics[:PEERS_SOLVE])
