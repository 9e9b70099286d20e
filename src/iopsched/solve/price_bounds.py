"""Stage *bounds*, by prices: bounds of ``unmet`` and ``burden`` that rise while the search goes on.

A step takes a tenth of a second or two and proves a little more or nothing. So steps are taken beside other
work, a share of its time, for as long as they bring something.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from iopsched.solve.bounds import rounded_up
from iopsched.solve.search import Search
from iopsched.weeks.ascent import Ascent
from iopsched.weeks.prices import Market

__all__ = ["PriceBounds"]

PRICED = ("unmet", "burden")
SHARE = 0.35
"""Share of the time that goes by which steps may take."""
BARREN = 60
"""Steps without a better bound after which a level is given up."""
TIGHT = 0.0005
"""Part of the bound by which it must rise for a step to count as one that brings something."""

FIRST_PRICE = 10.0
"""Points at which a unit of ``unmet`` is priced at first; the ascent finds a better one."""


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
    """

    search: Search
    level: str
    _spent: float = 0.0
    _began: float = field(init=False)
    _climb: _Climb | None = None

    def __post_init__(self) -> None:
        self._began = self.search.engine.clock.elapsed

    def step_if_due(self) -> bool:
        """Take a step if there is something to gain and the share of time allows it; tell whether one was."""
        clock = self.search.engine.clock
        if self.level not in PRICED or self.search.proved(self.level) or self.search.options.facts.frozen:
            return False
        began = clock.elapsed
        if self._spent > SHARE * (began - self._began) or self._current().barren >= BARREN:
            return False
        self.step()
        clock.charge_responses(len(self.search.options.instance.participants) // 4)
        self._spent += clock.elapsed - began
        return True

    def step(self) -> None:
        """Take a step, whatever it costs, and prove what comes of it."""
        climb = self._current()
        best = climb.ascent.step(self.search.value(self.level))
        self.search.prove(self.level, rounded_up(self.search.options, self.level, max(0.0, best)))
        if best > climb.least + TIGHT * abs(climb.least):
            climb.least, climb.barren = best, 0
        else:
            climb.barren += 1

    def _current(self) -> _Climb:
        """Return the climb under the ``unmet`` of by now: a bound of ``burden`` holds under that alone."""
        unmet = self.search.best.unmet
        if self._climb is None or (self.level == "burden" and self._climb.unmet != unmet):
            market = Market(self.search.options, unmet if self.level == "burden" else None)
            missing = 1.0 if self.level == "unmet" else FIRST_PRICE
            self._climb = _Climb(unmet, Ascent(market, missing), 0.0)
        return self._climb
