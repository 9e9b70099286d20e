"""The clock of a day: minutes of the week as days and slots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options import Options
from iopsched.weeks.days import DAYS, Indices

__all__ = ["DayClock"]


@dataclass(frozen=True)
class DayClock:
    """The slots of a day between the clinic's first start and last end of the week.

    Attributes
    ----------
    first, slot : int
        Minute of the day at which slot 0 begins, and a slot's length.
    slots : int
        Number of slots.
    """

    first: int
    slot: int
    slots: int

    @classmethod
    def of(cls, options: Options) -> DayClock:
        """Return the clock that covers the hours of a clinic."""
        slot = options.instance.slot_minutes
        open_minutes = options.facts.open.mask().reshape(DAYS, MINUTES_PER_DAY).any(axis=0)
        minutes = np.flatnonzero(open_minutes)
        if not len(minutes):
            return cls(0, slot, 1)
        first = int(minutes[0]) // slot * slot
        return cls(first, slot, -(-(int(minutes[-1]) + 1 - first) // slot))

    def position(self, starts: npt.ArrayLike) -> tuple[Indices, Indices]:
        """Return day and slot of minutes of the week."""
        minutes = np.asarray(starts, np.intp)
        return minutes // MINUTES_PER_DAY, (minutes % MINUTES_PER_DAY - self.first) // self.slot

    def length(self, minutes: int) -> int:
        """Return the slots that begin within so many minutes from a slot's begin."""
        return -(-minutes // self.slot)
