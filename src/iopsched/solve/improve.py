"""Stage *improvement*: neighbourhoods chosen by what they brought, sized by how fast they are solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iopsched.solve.neighbourhoods import NEIGHBOURHOODS, Neighbourhood
from iopsched.solve.search import Search

__all__ = ["improve"]

FIRST_SIZE = 8
"""Participants freed at first."""
DECAY = 0.8
"""How much of a neighbourhood's credit its next result leaves."""
SECONDS = 2.0
"""Limit of one neighbourhood's solve."""


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


def improve(
    search: Search,
    level: str,
    seconds: float,
    patience: int,
    neighbourhoods: Sequence[Neighbourhood] = NEIGHBOURHOODS,
) -> None:
    """Improve a level, the earlier ones never worsened, until time, patience or the gap runs out.

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
    records = [_Record(one) for one in neighbourhoods if level in one.levels]
    until = search.engine.clock.elapsed + seconds
    barren = 0
    while barren < patience and not search.engine.exhausted and not search.proved(level):
        left = until - search.engine.clock.elapsed
        if left <= 0:
            return
        record = search.rng.choices(records, [record.credit for record in records])[0]
        scope = record.neighbourhood.draw(search, round(record.size))
        if scope is None:
            record.credit = 0.1
            barren += 1
            continue
        improved, outcome = search.decide(scope, (level,), min(SECONDS, left))
        record.learn(improved=improved, optimal=outcome.optimal)
        if improved and level == "unmet":
            # What was gained may have cost more than it had to; the same people can tell at once.
            search.decide(scope, ("changes", "burden"), min(SECONDS, left))
        barren = 0 if improved else barren + 1
