"""Level after level with one model: solve, fix what was reached, go on with the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.peers.builder import Builder
from benchmarks.peers.clinic import Clinic, build_clinic
from benchmarks.peers.levels import LEVELS, Objective
from benchmarks.peers.protocol import Recorder
from benchmarks.peers.rosters import sessions_of
from benchmarks.peers.rules import RULES
from iopsched.options import build_options

__all__ = ["Engine", "Task", "solve_levels"]

Values = Sequence[float]

SHARES = {"unmet": 0.8, "burden": 0.8, "staffing": 1.0}
"""What each level may use of the time that is left; a level that is proved leaves its rest to the next.

The first level decides a comparison, and a program's first good roster may come late: HiGHS had 38 of 138
sessions after 18 seconds and nearly all (720 minutes short) after 22.
"""
COMPLETION = 0.2
"""What finding the values of a level's new variables may use of the time that is left."""


@dataclass(frozen=True)
class Task:
    """One solve.

    Attributes
    ----------
    objective : Objective
        To be minimised.
    seconds : float
        Wall-clock limit.
    hint : sequence of number or None
        Values of the first so many variables in the best solution so far.
    fixed : bool
        Leave the hinted variables as they are: only the others are sought.
    on_solution, on_bound : callable
        To be told of each better solution and each better bound, the objective's constant included.
    """

    objective: Objective
    seconds: float
    hint: Values | None
    fixed: bool
    on_solution: Callable[[Values], None]
    on_bound: Callable[[float], None]


class Engine(Builder, Protocol):
    """A model that can be solved as it stands."""

    def solve(self, task: Task) -> None:
        """Carry out a task; return when it is proved or its seconds are used up."""


def solve_levels(engine: Engine, recorder: Recorder) -> None:
    """Build the model of a clinic in an engine, and solve its levels in their order."""
    clinic = build_clinic(build_options(recorder.instance), engine)
    for rule in RULES:
        rule(clinic)
    best = _Best(clinic, recorder)
    reached: Objective | None = None
    for level, share in SHARES.items():
        objective = LEVELS[level](clinic)
        if reached is not None and best.values is not None:
            _complete(engine, best, objective, recorder)
        if recorder.remaining < 0.1:
            return
        engine.solve(
            Task(
                objective,
                share * recorder.remaining,
                best.values,
                False,
                best.take,
                _bounded(recorder, level, objective),
            )
        )
        if best.values is None:
            return
        reached = objective
        value = getattr(recorder.score, level)
        engine.row(objective.terms, None, value - objective.constant)


class _Best:
    """The best solution so far."""

    def __init__(self, clinic: Clinic, recorder: Recorder) -> None:
        self._clinic, self._recorder = clinic, recorder
        self.values: Values | None = None

    def take(self, values: Values) -> None:
        """Keep a solution if its roster is better."""
        if self._recorder.found(sessions_of(self._clinic, values)):
            self.values = values

    def extend(self, values: Values) -> None:
        """Keep a solution that says more about the same roster."""
        self.values = values


def _complete(engine: Engine, best: _Best, objective: Objective, recorder: Recorder) -> None:
    """Find the new variables' values for the best roster, so that the next level's hint is complete."""
    seconds = COMPLETION * recorder.remaining
    engine.solve(Task(objective, seconds, best.values, True, best.extend, lambda bound: None))


def _bounded(recorder: Recorder, level: str, objective: Objective) -> Callable[[float], None]:
    """Return what reports a bound: rounded up, since every value of a level is constant + a multiple."""
    step = math.gcd(*(coefficient for coefficient, _ in objective.terms)) or 1

    def report(bound: float) -> None:
        if math.isfinite(bound):
            steps = math.ceil((bound - objective.constant) / step - 1e-4)
            recorder.bound(level, objective.constant + steps * step)

    return report
