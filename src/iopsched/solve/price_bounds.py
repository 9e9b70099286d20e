"""Stage *bounds*, by prices: bounds of ``unmet`` and ``burden`` that rise while the search goes on.

A step takes a tenth of a second or two and proves a little more or nothing. So steps are taken beside other
work, a share of its time, for as long as they bring something. The first are those that a linear program over
bands of time finds (:mod:`iopsched.solve.band_prices`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from iopsched.solve.band_prices import first_prices
from iopsched.solve.bounds import rounded_up
from iopsched.solve.search import Search
from iopsched.weeks.ascent import Ascent
from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Market
from iopsched.weeks.tariff import Tariff

__all__ = ["PriceBounds", "bound_by_prices", "step_if_due", "tariff_of"]

PRICED = ("unmet", "burden")
SHARE = 0.5
"""Share of the time that goes by which steps may take."""
BARREN = {"unmet": 20, "burden": 60}
"""Steps without a better bound after which a level is given up. Of ``unmet`` the first prices leave little to
find: on three over-full clinics two hundred steps from there proved nothing more."""
TIGHT = 0.0005
"""Part of the bound by which it must rise for a step to count as one that brings something."""

SHARES = (1.0, 0.5, 0.25, 0.125)
"""Parts of the first prices from which the way up for ``burden`` is tried where something is short."""
STEPS_TRIED = 6
"""Steps from each of them; then the best goes on. Most of what a climb brings comes with the first few."""
FIRST_PRICE = 10.0
"""Points of ``burden`` at which a unit of ``unmet`` is priced at first where nothing is short; the ascent
finds a better one."""


@dataclass
class _Climb:
    """The way up of one level, given the ``unmet`` reached."""

    unmet: int
    ascent: Ascent
    least: float
    barren: int = 0


@dataclass
class PriceBounds:
    """Takes steps towards better bounds of a search, when they are due.

    Parameters
    ----------
    search : Search
    level : str
        Levels other than ``unmet`` and ``burden`` have no prices; nothing is due for them.

    Attributes
    ----------
    spent, began : float
        Seconds that steps and preparations have taken, and when there could be one for the first time.
    """

    search: Search
    level: str
    spent: float = 0.0
    began: float = field(init=False)
    _climb: _Climb | None = None

    def __post_init__(self) -> None:
        self.began = self.search.engine.clock.elapsed

    @property
    def settled(self) -> bool:
        """Whether there is nothing to gain: proved, without prices, or they bring nothing more."""
        if self.level not in PRICED or self.search.proved(self.level) or self.search.options.facts.frozen:
            return True
        return self._current().barren >= BARREN[self.level]

    def step_if_due(self) -> bool:
        """Take a step if there is something to gain and the share of time allows it; tell whether one was."""
        if self.spent > SHARE * (self.search.engine.clock.elapsed - self.began) or self.settled:
            return False
        self.step()
        return True

    def step(self) -> None:
        """Take a step, whatever it costs, and prove what comes of it."""
        climb = self._current()
        clock = self.search.engine.clock
        began = clock.elapsed
        best = climb.ascent.step(self.search.value(self.level))
        self.search.prove(self.level, rounded_up(self.search.options, self.level, max(0.0, best)))
        if best > climb.least + TIGHT * abs(climb.least):
            climb.least, climb.barren = best, 0
        else:
            climb.barren += 1
        self._charge_step()
        self.spent += clock.elapsed - began

    @property
    def tariff(self) -> Tariff | None:
        """What the first prices say that time is worth; ``None`` where nothing is short."""
        if self.settled:
            return None
        ascent = self._current().ascent
        return Tariff(ascent.market, ascent.first) if ascent.first[:-1].any() else None

    def _current(self) -> _Climb:
        """Return the climb under the ``unmet`` of by now: a bound of ``burden`` holds under that alone."""
        unmet = self.search.best.unmet
        if self._climb is None or (self.level == "burden" and self._climb.unmet != unmet):
            clock = self.search.engine.clock
            began = clock.elapsed
            market = Market(self.search.options, unmet if self.level == "burden" else None)
            self._climb = _Climb(unmet, self._ascent(market), 0.0)
            clock.charge_responses(len(self.search.options.instance.participants))
            self.spent += clock.elapsed - began
        return self._climb

    def _ascent(self, market: Market) -> Ascent:
        """Return a way up that begins where what is short has a price, and a missed unit a fitting one."""
        search = self.search
        if self.level == "unmet":
            return Ascent(market, first_prices(market))
        if search.best.unmet <= sum(one.unmet for one in search.alone.values()):
            free = np.zeros(market.size)
            free[-1] = FIRST_PRICE * SCALE
            return Ascent(market, free)
        first = first_prices(market)
        tried = [Ascent(market, share * first) for share in SHARES]
        for ascent in tried:
            for _ in range(STEPS_TRIED):
                if not search.engine.exhausted:
                    ascent.step(search.value(self.level))
                    self._charge_step()
        return max(tried, key=lambda one: one.best)

    def _charge_step(self) -> None:
        self.search.engine.clock.charge_responses(len(self.search.options.instance.participants) // 4)


def tariff_of(search: Search) -> Tariff | None:
    """Return what the time of staff and rooms is worth to a search; ``None`` where there is enough."""
    return search.prices.setdefault("unmet", PriceBounds(search, "unmet")).tariff


def bound_by_prices(search: Search, level: str) -> None:
    """Prove at once what the first prices of a level prove."""
    prices = search.prices.setdefault(level, PriceBounds(search, level))
    if not prices.settled:
        prices.step()


def step_if_due(search: Search, level: str) -> bool:
    """Take a step for ``unmet`` or the level that is improved, if one is due; tell whether one was.

    The one on which less time was spent has its turn: a good bound of one says nothing about the other, and
    most of what a climb brings comes early. Both together keep to their share of the time.
    """
    climbs = [search.prices.setdefault(one, PriceBounds(search, one)) for one in ("unmet", level)]
    spent = sum(one.spent for one in search.prices.values())
    if spent > SHARE * (search.engine.clock.elapsed - climbs[0].began):
        return False
    worthwhile = [one for one in climbs if not one.settled]
    return bool(worthwhile) and min(worthwhile, key=lambda one: one.spent).step_if_due()
