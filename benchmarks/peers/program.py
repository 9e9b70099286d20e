"""The formulation as a mixed-integer linear program, for whatever solves such programs.

Patterns in time become rows: one for every maximal set of places that share a moment, which is the strongest
there is for intervals. The span of a day (for waiting and idle minutes) is cut at each moment at which
something may begin or end; ``begun`` and ``lasting`` are continuous columns that never fall, or never rise,
over the day, and a stretch is inside the span where both are 1. Given 0/1 sessions their best values are 0
or 1 too, so they need not be integer, and the relaxation is an exact interval hull of fractional sessions.

Tried with HiGHS on a tuning clinic of 24, single runs of 25 seconds: missing sessions as wanted − Σ placed
take 2,757 iterations for the root relaxation, and came to 720 of ``unmet``; as columns of their own they take
6,563, and came to 24,000. The first level's relaxation is 0 at once in both: finding rosters takes the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from benchmarks.peers.builder import Item, Terms, cliques, cuts

__all__ = ["Program"]


class Program:
    """A mixed-integer program under construction, in rows.

    Attributes
    ----------
    upper : list of int
        Each column is between 0 and this.
    integer : list of bool
        Whether a column is an integer.
    starts, columns, coefficients : list of int
        The rows, one after another; row k is ``starts[k]:starts[k + 1]``.
    lowest, highest : list of float
        Limits of each row.
    """

    def __init__(self) -> None:
        self.upper: list[int] = []
        self.integer: list[bool] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.coefficients: list[int] = []
        self.lowest: list[float] = []
        self.highest: list[float] = []

    def bool(self) -> int:
        """Create a 0/1 column."""
        return self._column(1, "integer")

    def count(self, upper: int) -> int:
        """Create an integer column."""
        return self._column(upper, "integer")

    def row(self, terms: Terms, lower: int | None, upper: int | None) -> None:
        """Add a row; a column may appear in it more than once."""
        summed: dict[int, int] = {}
        for coefficient, column in terms:
            summed[column] = summed.get(column, 0) + coefficient
        self.columns += summed.keys()
        self.coefficients += summed.values()
        self.starts.append(len(self.columns))
        self.lowest.append(float("-inf") if lower is None else lower)
        self.highest.append(float("inf") if upper is None else upper)

    def at_most_one(self, variables: Sequence[int], within: int | None = None) -> None:
        """Add Σ variables ≤ 1, or ≤ ``within``."""
        terms = [(1, var) for var in variables]
        if within is not None:
            self.row([*terms, (-1, within)], None, 0)
        elif len(terms) > 1:
            self.row(terms, None, 1)

    def no_overlap(self, items: Sequence[Item], within: int | None = None) -> None:
        """Add a row for each maximal set of items that share a moment."""
        for clique in cliques(items):
            self.at_most_one([item.var for item in clique], within)

    def cumulative(self, items: Sequence[Item], capacity: int) -> None:
        """Add a row for each maximal set of items that share a moment."""
        for clique in cliques(items):
            self.row([(1, item.var) for item in clique], None, capacity)

    def missing(self, placed: Sequence[int], wanted: int) -> tuple[int, Terms]:
        """Return wanted − Σ placed."""
        return wanted, [(-1, var) for var in placed]

    def gaps(self, items: Sequence[Item], within: int) -> Terms:
        """Return Σ stretches × (begun + lasting − within) − Σ lengths × items."""
        terms: Terms = [(item.start - item.end, item.var) for item in items]
        moments = cuts(items)
        begun_before: int | None = None
        lasting_before: int | None = None
        for start, end in pairwise(moments):
            now = [item.var for item in items if item.start <= start and item.end >= end]
            begun, lasting = self._column(1, "continuous"), self._column(1, "continuous")
            self.at_most_one(now, within=begun)
            self.at_most_one(now, within=lasting)
            self.row([(1, begun), (1, lasting), (-1, within)], 0, None)
            if begun_before is not None and lasting_before is not None:
                self.row([(1, begun), (-1, begun_before)], 0, None)
                self.row([(1, lasting_before), (-1, lasting)], 0, None)
            begun_before, lasting_before = begun, lasting
            length = end - start
            terms += [(length, begun), (length, lasting), (-length, within)]
        return terms

    def _column(self, upper: int, kind: Literal["integer", "continuous"]) -> int:
        self.upper.append(upper)
        self.integer.append(kind == "integer")
        return len(self.upper) - 1
