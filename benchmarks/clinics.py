"""The clinics that are solved: generated, by size, profile and seed, and written to files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iopsched.generate import generate, to_document
from iopsched.instance.models import Instance

__all__ = [
    "FIRST_REPORTING_SEED",
    "MIXTURE",
    "OVERFULL",
    "Clinic",
    "clinics_of",
    "needed_sessions",
    "needed_weight",
]

FIRST_REPORTING_SEED = 1000
"""Seeds from here on are for reporting and never looked at in development; tuning uses those below."""

OVERFULL = "overfull"
"""The profile with more need than staff, seats and rooms can give."""
MIXTURE = ("mixed", "rich", "tight", "mixed", "mixed", OVERFULL, "evening", "mixed", "php", "mixed")
"""Profiles of ten clinics of one size. Where there are fewer, they are the first of these."""


@dataclass(frozen=True, order=True)
class Clinic:
    """A clinic that ``iopsched generate`` makes."""

    participants: int
    seed: int
    profile: str

    @property
    def name(self) -> str:
        """Also the instance's id."""
        return f"{self.profile}-{self.participants}-{self.seed}"

    def instance(self) -> Instance:
        """Make the clinic."""
        return generate(self.participants, self.seed, self.profile)

    def write(self, folder: Path) -> Path:
        """Write the instance file and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.json"
        path.write_text(to_document(self.instance()), encoding="utf-8")
        return path


def clinics_of(participants: int, count: int, first_seed: int) -> list[Clinic]:
    """Return clinics of a size on as many seeds from the first on, at most as many as the mixture has."""
    return [Clinic(participants, first_seed + k, profile) for k, profile in enumerate(MIXTURE[:count])]


def needed_weight(instance: Instance) -> int:
    """Return Σ priority × service minutes × sessions over all needs: ``unmet`` of an empty roster."""
    minutes = {service.id: service.minutes for service in instance.services}
    return sum(
        need.priority * minutes[need.service] * need.sessions
        for person in instance.participants
        for need in person.needs
    )


def needed_sessions(instance: Instance) -> int:
    """Return how many sessions are asked for."""
    return sum(need.sessions for person in instance.participants for need in person.needs)
