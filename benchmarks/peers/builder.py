"""What the formulation asks of whoever holds it: variables, linear rows, and three patterns in time.

Variables are numbers from 0, so that a solution is a sequence of values. CP-SAT and mixed-integer programs
differ in how they like the patterns; everything else they are told in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

__all__ = ["Builder", "Item", "Terms", "cliques", "cuts"]

Terms = list[tuple[int, int]]
"""Coefficients and the variables they multiply."""


class Item(NamedTuple):
    """Something that happens in ``[start, end)`` (minutes of the week) if a 0/1 variable is 1."""

    start: int
    end: int
    var: int


class Builder(Protocol):
    """A model under construction."""

    def bool(self) -> int:
        """Create a 0/1 variable."""

    def count(self, upper: int) -> int:
        """Create an integer variable in ``[0, upper]``."""

    def row(self, terms: Terms, lower: int | None, upper: int | None) -> None:
        """Require ``lower <= Σ coefficient × variable <= upper``."""

    def at_most_one(self, variables: Sequence[int], within: int | None = None) -> None:
        """Require at most one of some 0/1 variables to be 1; none where ``within`` is 0."""

    def no_overlap(self, items: Sequence[Item], within: int | None = None) -> None:
        """Require that no two items share a moment; none happens where the 0/1 variable ``within`` is 0."""

    def cumulative(self, items: Sequence[Item], capacity: int) -> None:
        """Require that at any moment at most ``capacity`` happen; an item's variable may be an integer."""

    def missing(self, placed: Sequence[int], wanted: int) -> tuple[int, Terms]:
        """Return a constant and terms that say how many of the 0/1 variables are short of ``wanted``.

        No more than ``wanted`` are 1. The sum is at least that, and equal to it where it is minimised.
        """

    def gaps(self, items: Sequence[Item], within: int) -> Terms:
        """Return the minutes between items that do not overlap, from the first to the last of them.

        The terms are at least that, and equal to it where they are minimised. ``within`` is 1 where any
        item happens.
        """


def cliques(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield every maximal set of items that share a moment."""
    active: list[Item] = []
    grown = False
    for item in sorted(items):
        if grown and any(other.end <= item.start for other in active):
            yield active
            grown = False
        active = [other for other in active if other.end > item.start]
        active.append(item)
        grown = True
    if grown:
        yield active


def cuts(items: Iterable[Item]) -> list[int]:
    """Return every moment at which an item may begin or end, ascending."""
    return sorted({moment for item in items for moment in (item.start, item.end)})
