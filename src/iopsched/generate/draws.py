"""Random choices that are the same on every Python and platform.

Only ``random.Random.random`` is promised to keep its sequence for ever, so every choice is made from it;
``choice``, ``shuffle`` and ``sample`` may change between versions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Draws"]

T = TypeVar("T")


class Draws:
    """A stream of choices.

    Parameters
    ----------
    *names : str or int
        What names the stream; equal names give equal choices. Separate streams keep one part of a clinic
        as it was when another part draws more or less than before.
    """

    def __init__(self, *names: str | int) -> None:
        self._random = random.Random("/".join(str(name) for name in names))

    def chance(self, share: float) -> bool:
        """Return true in this share (0 to 1) of all calls."""
        return self._random.random() < share

    def below(self, count: int) -> int:
        """Return one of 0, 1, ..., ``count - 1``."""
        return int(self._random.random() * count)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items, each as likely as any other."""
        return items[self.below(len(items))]

    def weighted(self, shares: Sequence[tuple[T, float]]) -> T:
        """Return one of the items of ``(item, weight)`` pairs; weights need not sum to one."""
        point = self._random.random() * sum(weight for _, weight in shares)
        for item, weight in shares:
            point -= weight
            if point < 0:
                return item
        return shares[-1][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in random order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different items (all of them where there are fewer), in random order."""
        return self.shuffled(items)[:count]
