"""Time as the search sees it: the wall clock, or deterministic effort that is the same on every run."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

__all__ = ["Clock"]

EFFORT_PER_VARIABLE = 5e-5
EFFORT_PER_SOLVE = 0.005
EFFORT_PER_SOLVER_SECOND = 2.0
EFFORT_PER_RESPONSE = 0.008
"""What deterministic mode charges for building a variable, starting a solve, a second of the solver's own
deterministic time and a participant's best week: rather more than they take on an ordinary machine, so that a
limit in deterministic seconds is seldom longer on the wall clock."""


@dataclass
class Clock:
    """A budget of seconds and what has been used of it.

    Parameters
    ----------
    limit : float
        Seconds in all; deterministic seconds where ``deterministic``.
    deterministic : bool
        Count the solver's deterministic time and a charge for building models, never the wall clock.
    """

    limit: float
    deterministic: bool = False
    _began: float = field(default_factory=time.monotonic)
    _effort: float = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds used."""
        return self._effort if self.deterministic else time.monotonic() - self._began

    @property
    def remaining(self) -> float:
        """Seconds left, not negative."""
        return max(0.0, self.limit - self.elapsed)

    def deadline(self, seconds: float) -> float:
        """Return the moment so many seconds after the clock began, on :func:`time.monotonic`'s clock."""
        return self._began + seconds

    def charge_building(self, variables: int) -> None:
        """Count the building of a model of so many variables."""
        self._effort += EFFORT_PER_SOLVE + variables * EFFORT_PER_VARIABLE

    def charge_responses(self, count: int) -> None:
        """Count the working out of so many participants' best weeks."""
        self._effort += count * EFFORT_PER_RESPONSE

    @staticmethod
    def solver_seconds(seconds: float) -> float:
        """Return the solver's own deterministic time that so many deterministic seconds buy."""
        return seconds / EFFORT_PER_SOLVER_SECOND

    def charge_solving(self, deterministic_time: float) -> None:
        """Count a solve's deterministic time."""
        self._effort += EFFORT_PER_SOLVER_SECOND * deterministic_time
