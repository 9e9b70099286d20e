"""Stage *improvement*: neighbourhoods chosen by what they brought, sized by how fast they are solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iopsched.model import Scope
from iopsched.solve.crew import Improving
from iopsched.solve.crew_messages import Task
from iopsched.solve.neighbourhoods import NEIGHBOURHOODS, Neighbourhood
from iopsched.solve.price_bounds import PriceBounds
from iopsched.solve.search import Search

__all__ = ["Improver", "follow", "improve"]

FIRST_SIZE = 8
"""Participants freed at first."""
DECAY = 0.8
"""How much of a neighbourhood's credit its next result leaves."""
SECONDS = 2.0
"""Limit of one neighbourhood's solve."""
POLL_SECONDS = 0.1
"""How often the stop and the clock are looked at while the crew improves."""


@dataclass
class _Record:
    """What a neighbourhood has brought of late, and how large it may be."""

    neighbourhood: Neighbourhood
    credit: float = 1.0
    size: float = FIRST_SIZE

    def learn(self, *, improved: bool, optimal: bool) -> None:
        """Credit success; grow what is solved to the end, shrink what is not."""
        self.credit = max(0.1, DECAY * self.credit + (1 - DECAY) * (3.0 if improved else 0.0))
        self.size = min(40.0, self.size * 1.08) if optimal else max(3.0, self.size * 0.85)


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
        record = self._search.rng.choices(self._records, [record.credit for record in self._records])[0]
        scope = record.neighbourhood.draw(self._search, round(record.size))
        if scope is None:
            record.credit = 0.1
            return None
        improved, optimal = self.attempt(scope, seconds)
        record.learn(improved=improved, optimal=optimal)
        return scope if improved else None

    def attempt(self, scope: Scope, seconds: float) -> tuple[bool, bool]:
        """Decide a scope; tell whether the plan is better, and whether the solver came to its end."""
        limit = min(SECONDS, seconds)
        improved, outcome = self._search.decide(scope, (self._level,), limit)
        if improved and self._level == "unmet":
            # What was gained may have cost more than it had to; the same people can tell at once.
            self._search.decide(scope, ("changes", "burden"), limit)
        return improved, outcome.optimal


def improve(
    search: Search,
    level: str,
    seconds: float,
    patience: int,
    neighbourhoods: Sequence[Neighbourhood] = NEIGHBOURHOODS,
) -> None:
    """Improve a level, the earlier ones never worsened, until time, patience or the gap runs out.

    The crew does it, as soon as there is one that is ready; until then the search itself. Meanwhile prices
    raise the level's bound.

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
    """
    search.stage = "improvement"
    alone = Improver(search, level, neighbourhoods)
    prices = PriceBounds(search, level)
    until = search.engine.clock.elapsed + seconds
    barren = 0
    while barren < patience and not search.engine.exhausted and not search.proved(level):
        left = until - search.engine.clock.elapsed
        if left <= 0:
            return
        if search.crew is not None and search.crew.ready:
            task = Task(level, neighbourhoods, search.alone)
            with search.crew.improving(search.best, task, left, patience) as improving:
                while improving.goes_on and follow(search, improving, level):
                    if not prices.step_if_due():
                        improving.wait(POLL_SECONDS)
            follow(search, improving, level)
            search.engine.count(improving.solves, improving.most_variables)
            barren = improving.barren
        else:
            barren = 0 if alone.step(left) else barren + 1
            prices.step_if_due()


def follow(search: Search, improving: Improving, level: str) -> bool:
    """Adopt the crew's newest plan; tell whether there is reason to improve the level further."""
    search.adopt(improving.take(), level)
    return not search.engine.exhausted and not search.proved(level)
