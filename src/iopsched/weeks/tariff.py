"""What the time of staff and rooms is worth where they are short, for those who choose among it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.sessions import SessionOptions
from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Market, Vector, over

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
    _sessions: dict[tuple[object, ...], Points] = field(default_factory=dict, compare=False)

    def times(self, share: float) -> Tariff:
        """Return the tariff at so much of the prices."""
        return replace(self, prices=self.prices * share, _sessions={})

    def of_session(self, asked: SessionOptions) -> Points:
        """Return what a session takes at each of its starts, shape (starts,): whoever leads it."""
        resources = self.market.resources
        pools = resources.pools_of(np.flatnonzero(asked.led.any(axis=0)).tolist())
        rooms = () if asked.remote else resources.rooms_of(asked.service.room_kinds)
        kind = (pools, rooms, asked.service.minutes, asked.note)
        if kind not in self._sessions:
            self._sessions[kind] = self._table(pools, rooms, asked.service.minutes, asked.note)
        found: Points = self._sessions[kind][resources.clock.position(asked.times)]
        return found

    def _table(self, pools: tuple[int, ...], rooms: tuple[int, ...], minutes: int, note: int) -> Points:
        clock = self.market.resources.clock
        staff, day, week, places = self.market.sections(self.prices)
        table = np.zeros(self.market.resources.shape)
        for pool in pools:
            table += over(staff[pool], clock.length(minutes + note))
            table += minutes * (day[pool] + week[pool])[:, None]
        for kinds in rooms:
            table += over(places[kinds], minutes // clock.slot)
        return table / SCALE

    def of_member(self, member: int, start: int, end: int) -> float:
        """Return what a member of staff could bring in elsewhere, from minute to minute of the week.

        One more minute of a person is one more in each pool that they belong to.
        """
        clock = self.market.resources.clock
        day, from_midnight = divmod(start, MINUTES_PER_DAY)
        first = max(0, (from_midnight - clock.first) // clock.slot)
        last = -(-(from_midnight + end - start - clock.first) // clock.slot)
        staff, by_day, week, _ = self.market.sections(self.prices)
        worth = 0.0
        for pool, members in enumerate(self.market.resources.pools):
            if member in members:
                worth += float(staff[pool, day, first:last].sum())
                worth += float(by_day[pool, day] + week[pool]) * (end - start)
        return worth / SCALE
