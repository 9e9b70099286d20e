"""Prices on their way to a better bound: a subgradient method.

Prices rise where more is asked than there is and fall elsewhere, along an average of the latest subgradients
(Camerini, Fratta and Maffioli, *Mathematical Programming Study* 3, 1975) with Polyak's step.
"""

from __future__ import annotations

import numpy as np

from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Market, Vector

__all__ = ["Ascent"]

MEMORY = 0.9
"""Share of the last direction in the next.

A seat or an hour that is short attracts everybody when it is cheap and nobody when it is dear; it takes the
average of many answers to tell by how much it is short."""
PACE = 0.1
"""First step, as a part of the step that would reach the target if the bound were as steep all the way."""
STALLED = 10
"""Steps without a better bound after which steps become shorter."""
SHORTER = 0.9


class Ascent:
    """Prices on their way to a better bound.

    Parameters
    ----------
    market : Market
    first : array of float, shape (market.size,)
        Prices to begin with, in 1/``SCALE`` points for a unit.
    """

    def __init__(self, market: Market, first: Vector) -> None:
        e = market.resources.edges
        steps = np.ones(market.size)
        # A minute is a smaller thing to own than somebody's presence at a moment.
        steps[e[1] : e[2]], steps[e[2] : e[3]], steps[-1] = 1 / 60, 1 / 300, 1 / 60
        self.market = market
        self.first = first
        self.best = -np.inf
        self._steps = steps
        self._prices = first / steps
        self._fixed = market.allowed is None or market.allowed == 0
        self._direction: Vector | None = None
        self._pace = PACE
        self._barren = 0

    def step(self, target: float) -> float:
        """Try prices a step further on; return the best bound so far, in points.

        Parameters
        ----------
        target : float
            A value that the bound cannot exceed: that of some roster.
        """
        offer = self.market.offer(np.rint(self._prices * self._steps).astype(np.int64))
        if offer.bound > self.best:
            self.best, self._barren = offer.bound, 0
        else:
            self._barren += 1
            if self._barren >= STALLED:
                self._pace, self._barren = self._pace * SHORTER, 0
        excess = offer.excess * self._steps
        if self._fixed:
            excess[-1] = 0.0
        last = self._direction
        self._direction = excess if last is None else MEMORY * last + (1 - MEMORY) * excess
        usable = np.where((self._prices <= 0) & (self._direction < 0), 0.0, self._direction)
        length = float(usable @ usable)
        if length > 0:
            ahead = max(target - offer.bound, 0.001 * abs(target)) * SCALE
            self._prices = np.maximum(0.0, self._prices + self._pace * ahead / length * usable)
        return self.best
