"""What the time of staff and rooms is worth where they are short, for those who choose among it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.sessions import SessionOptions
from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Market, Vector
from iopsched.weeks.resources import SessionUse

__all__ = ["Tariff"]

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Tariff:
    """Prices of a market, told by session and by member of staff, in points of ``unmet``.

    Attributes
    ----------
    market : Market
    prices : array of float, shape (market.size,)
        In 1/``SCALE`` points for a unit.
    """

    market: Market
    prices: Vector
    _tables: dict[SessionUse, Points] = field(default_factory=dict, init=False, compare=False)

    def times(self, share: float) -> Tariff:
        """Return the tariff at so much of the prices."""
        return replace(self, prices=self.prices * share)

    def of_session(self, asked: SessionOptions) -> Points:
        """Return what a session takes at each of its starts, shape (starts,): whoever leads it."""
        use = self.market.resources.use_of(asked)
        if use not in self._tables:
            self._tables[use] = self.market.price_of(use, self.prices) / SCALE
        found: Points = self._tables[use][self.market.resources.clock.position(asked.times)]
        return found

    def of_member(self, member: int, start: int, end: int) -> float:
        """Return what a member of staff could bring in elsewhere, from minute to minute of the week."""
        clock = self.market.resources.clock
        day, from_midnight = divmod(start, MINUTES_PER_DAY)
        first = max(0, (from_midnight - clock.first) // clock.slot)
        last = -(-(from_midnight + end - start - clock.first) // clock.slot)
        by_moment, by_minute = self._of_staff
        worth = by_moment[member, day, first:last].sum() + by_minute[member, day] * (end - start)
        return float(worth) / SCALE

    @cached_property
    def _of_staff(self) -> tuple[Points, Points]:
        """What one more of each member of staff is worth: at a moment, and for each minute led on a day.

        Shapes (staff, 7, slots) and (staff, 7). One more person is one more in each pool that they belong to.
        """
        pools = self.market.resources.pools
        everybody = range(len(self.market.options.instance.staff))
        belongs = np.array([[member in pool for pool in pools] for member in everybody], float)
        staff, day, week, _ = self.market.sections(self.prices)
        return np.tensordot(belongs, staff, 1), belongs @ (day + week[:, None])
