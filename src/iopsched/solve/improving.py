"""What the crew improves: a level of one plan, the newest of which is kept here."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from iopsched.options import Plan
from iopsched.solve.crew_messages import Report, Task
from iopsched.solve.value import Valued

if TYPE_CHECKING:  # the crew makes these
    from iopsched.solve.crew import Crew

__all__ = ["Improving"]


class Improving:
    """A level that the crew improves, until it is ended; :attr:`best` is the newest plan.

    Attributes
    ----------
    best : Valued
    hands : int or None
        So many workers take part, all without a number; the others rest.
    barren : int
        Steps in a row, of all workers, that found nothing better.
    solves, most_variables : int
        Solves so far, and the variables of the largest model.
    """

    def __init__(
        self, crew: Crew, best: Valued, task: Task, seconds: float, patience: int, hands: int | None
    ) -> None:
        self.best = best
        self.task = task
        self.hands = hands
        self.barren = 0
        self.solves = 0
        self.most_variables = 0
        self._crew = crew
        self._taken = best
        self._until = time.monotonic() + seconds
        self._patience = patience

    @property
    def seconds(self) -> float:
        """What is left of the time."""
        return self._until - time.monotonic()

    @property
    def goes_on(self) -> bool:
        """Whether there are time, patience and workers."""
        return self.seconds > 0 and self.barren < self._patience and self._crew.ready > 0

    def take(self) -> Valued:
        """Return the newest plan, which is no news then."""
        with self._crew.changed:
            self._taken = self.best
            return self.best

    def wait(self, seconds: float) -> None:
        """Wait so long for a plan that has not been taken yet, or until there is none to expect."""
        with self._crew.changed:
            self._crew.changed.wait_for(
                lambda: self.best is not self._taken or not self.goes_on, min(seconds, max(0.0, self.seconds))
            )

    def hear(self, base: Plan, found: Plan, report: Report) -> bool:
        """Take a worker's report; tell whether it shall decide the same scope again.

        Parameters
        ----------
        base : Plan
            What the worker started from.
        found : Plan
            What it reports.
        report : Report
        """
        self.solves += report.solves
        self.most_variables = max(self.most_variables, report.most_variables)
        better = None
        if report.scope is not None:
            if base is not self.best.plan:
                return True
            better = self.best.moved_to(found, report.scope)
        if better is not None and better.better_than(self.best):
            self.best, self.barren = better, 0
        else:
            self.barren += 1
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._crew.rest(self)
