"""What a batch is asked: the options that all its clinics share, and its jobs, each with its key."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Final

from iopsched.batch.inputs import Source
from iopsched.instance import instance_sha256
from iopsched.instance.models import Instance

__all__ = ["ROSTERS", "Cpus", "Job", "Limits", "Settings", "job_of"]

ROSTERS: Final = "*.roster.json"
"""What matches the names of the rosters of a batch."""

_KEY_DIGITS: Final = 16
_LONGEST_NAME: Final = 80
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Settings:
    """How each clinic is solved: the arguments of :func:`iopsched.solve` that decide what is asked.

    Attributes
    ----------
    time_limit : float
        Seconds of search for each clinic; deterministic seconds in deterministic mode.
    seed : int
    deterministic : bool
        Each roster is, byte for byte, what ``solve`` gives for the same clinic and settings.
    """

    time_limit: float = 60.0
    seed: int = 0
    deterministic: bool = False


@dataclass(frozen=True)
class Limits:
    """What one clinic may cost before its process is killed, and how often it is tried again.

    Attributes
    ----------
    timeout : float or None
        Seconds of the wall clock for one try, loading included; ``None``: three times the time limit and a
        minute.
    memory : int or None
        Bytes that the process and those it starts may hold; ``None``: no limit.
    retries : int
        How often a clinic is tried again whose process crashed or ran out of time.
    """

    timeout: float | None = None
    memory: int | None = None
    retries: int = 1

    def seconds(self, settings: Settings) -> float:
        """Return how many seconds of the wall clock a try may take."""
        return 3 * settings.time_limit + 60 if self.timeout is None else self.timeout


@dataclass(frozen=True)
class Cpus:
    """What there is to solve with.

    Attributes
    ----------
    in_all : int
    together : int
        The most that one machine has.
    """

    in_all: int
    together: int


@dataclass(frozen=True)
class Job:
    """One clinic to be solved once.

    Attributes
    ----------
    source : Source
        Where it was read; it is read again when its turn comes.
    instance : str
        The instance's id.
    sha256 : str
        Of the instance's canonical form.
    key : str
        Digits that tell this job from all others: a hash of the instance and of the settings.
    """

    source: Source
    instance: str
    sha256: str
    key: str

    @property
    def file(self) -> str:
        """The roster's file: its name is the instance's id, as far as it suits, and the key."""
        name = _NOT_IN_NAMES.sub("_", self.instance).lstrip(".-")[:_LONGEST_NAME] or "clinic"
        return f"{name}.{self.key}{ROSTERS.removeprefix('*')}"


def job_of(source: Source, instance: Instance, settings: Settings) -> Job:
    """Return the job of an instance under some settings.

    The number of workers is not part of the key: it says how fast, not what.
    """
    sha256 = instance_sha256(instance)
    asked = [sha256, float(settings.time_limit), settings.seed, settings.deterministic]
    key = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:_KEY_DIGITS]
    return Job(source, instance.id, sha256, key)
