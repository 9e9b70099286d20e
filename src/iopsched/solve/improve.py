"""Stage *improvement*: neighbourhoods chosen by what they bring for the time, of a size soon solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from iopsched.model import Scope
from iopsched.solve.crew_messages import Task
from iopsched.solve.improving import Improving
from iopsched.solve.neighbourhoods import NEIGHBOURHOODS, Neighbourhood
from iopsched.solve.price_bounds import step_if_due
from iopsched.solve.search import Search

__all__ = ["Improver", "follow", "improve"]

FIRST_SIZE = 8
"""Participants freed at first."""
DECAY = 0.9
"""How much of what a neighbourhood has brought, and of the time it took, its next result leaves."""
FLOOR = 0.1
"""The least likelihood of a neighbourhood, as a part of the best one's."""
SOON = 0.6
"""Seconds within which a neighbourhood that is solved to the end may grow; at twice as many it shrinks."""
SECONDS = 2.0
"""Limit of one neighbourhood's solve."""
POLL_SECONDS = 0.1
"""How often the stop and the clock are looked at while the crew improves."""


@dataclass
class _Record:
    """What a neighbourhood has brought of late, in what time, and how large it may be."""

    neighbourhood: Neighbourhood
    brought: float = 0.0
    spent: float = 0.0
    size: float = FIRST_SIZE

    @property
    def rate(self) -> float | None:
        """What it brought for a second; ``None`` before it was tried."""
        return self.brought / self.spent if self.spent else None

    def learn(self, brought: float, seconds: float, *, optimal: bool) -> None:
        """Credit what was gained for the time; grow what is soon solved to the end, shrink what is not."""
        self.brought = DECAY * self.brought + brought
        self.spent = DECAY * self.spent + seconds
        if not optimal:
            self.size = max(3.0, self.size * 0.85)
        elif seconds < SOON:
            self.size = min(40.0, self.size * 1.08)
        elif seconds > 2 * SOON:
            self.size = max(3.0, self.size * 0.95)


class Beside(Protocol):
    """Work on a level that goes on while it is improved."""

    threads: int

    def tell(self) -> None:
        """Tell the search what has come of it so far."""


class Improver:
    """Takes steps: draws a neighbourhood by what each has brought, decides it, learns from what came of it.

    Parameters
    ----------
    search : Search
    level : str
        The level to improve.
    neighbourhoods : sequence of Neighbourhood
        Those to choose from; only those made for the level are used.
    """

    def __init__(self, search: Search, level: str, neighbourhoods: Sequence[Neighbourhood]) -> None:
        self._search = search
        self._level = level
        self._records = [_Record(one) for one in neighbourhoods if level in one.levels]

    def step(self, seconds: float) -> Scope | None:
        """Draw and decide once, in at most so many seconds; return the scope of a better plan."""
        search = self._search
        record = search.rng.choices(self._records, self._weights())[0]
        before, began = search.value(self._level), search.engine.clock.elapsed
        scope = record.neighbourhood.draw(search, round(record.size))
        if scope is None:
            return None
        improved, optimal = self.attempt(scope, seconds)
        gained, took = before - search.value(self._level), search.engine.clock.elapsed - began
        record.learn(gained, took, optimal=optimal)
        return scope if improved else None

    def _weights(self) -> list[float]:
        """Return how likely each neighbourhood shall be: its rate, untried ones like the best."""
        rates = [record.rate for record in self._records]
        best = max((rate for rate in rates if rate is not None), default=0.0) or 1.0
        return [best if rate is None else max(rate, FLOOR * best) for rate in rates]

    def attempt(self, scope: Scope, seconds: float) -> tuple[bool, bool]:
        """Decide a scope; tell whether the plan is better, and whether the solver came to its end."""
        improved, outcome = self._search.decide(scope, (self._level,), min(SECONDS, seconds))
        return improved, outcome.optimal


def improve(
    search: Search,
    level: str,
    seconds: float,
    patience: int,
    neighbourhoods: Sequence[Neighbourhood] = NEIGHBOURHOODS,
    beside: Beside | None = None,
) -> None:
    """Improve a level, the earlier ones never worsened, until time, patience or the gap runs out.

    The crew does it, as soon as there is one that is ready; until then the search itself. Meanwhile prices
    raise the bounds.

    Parameters
    ----------
    search : Search
    level : str
        The level to improve.
    seconds : float
        At most about this long.
    patience : int
        Give up after so many neighbourhoods in a row without a better plan.
    neighbourhoods : sequence of Neighbourhood
        Those to choose from; only those made for the level are used.
    beside : Beside, optional
        Other work on the level at the same time: it keeps some of the cores and is asked for its news.
    """
    search.stage = "improvement"
    alone = Improver(search, level, neighbourhoods)
    until = search.engine.clock.elapsed + seconds
    barren = 0
    while barren < patience and not search.engine.exhausted and not search.proved(level):
        left = until - search.engine.clock.elapsed
        if left <= 0:
            return
        if search.crew is not None and search.crew.ready:
            task = Task(level, neighbourhoods, search.alone)
            hands = max(1, search.engine.workers - beside.threads) if beside else None
            with search.crew.improving(search.best, task, left, patience, hands) as improving:
                while improving.goes_on and follow(search, improving, level):
                    if beside is not None:
                        beside.tell()
                    if not step_if_due(search, level):
                        improving.wait(POLL_SECONDS)
            follow(search, improving, level)
            search.engine.count(improving.solves, improving.most_variables)
            barren = improving.barren
        else:
            barren = 0 if alone.step(left) else barren + 1
            step_if_due(search, level)


def follow(search: Search, improving: Improving, level: str) -> bool:
    """Adopt the crew's newest plan; tell whether there is reason to improve the level further."""
    search.adopt(improving.take(), level)
    return not search.engine.exhausted and not search.proved(level)
