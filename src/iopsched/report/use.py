"""How much of their time staff and rooms are in use, by day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from iopsched.instance.models import Instance
from iopsched.report.views import View, free_time
from iopsched.report.week import led_minutes, minutes_by_day, room_minutes
from iopsched.roster.models import Roster

__all__ = ["OwnUse", "use_of"]

_NOBODY: Final[Counter[date]] = Counter()


@dataclass(frozen=True, slots=True)
class OwnUse:
    """One member of staff's or one room's week: minutes in use, and minutes there, by day.

    Staff are in use while they lead, and there while at work in the clinic's hours.
    """

    name: str
    minutes: Counter[date]
    there: Counter[date]

    @property
    def share(self) -> float | None:
        """The share of the week's minutes there that is in use; none where there are none."""
        there = self.there.total()
        return self.minutes.total() / there if there else None


def use_of(kind: Literal["staff", "room"], instance: Instance, roster: Roster) -> list[OwnUse]:
    """Return the use of each member of staff or room that the instance knows or the roster names."""
    known = instance.staff_by_id if kind == "staff" else instance.room_by_id
    used = led_minutes(roster) if kind == "staff" else room_minutes(roster)
    return [
        OwnUse(name, used.get(name, _NOBODY), minutes_by_day(free_time(View(kind, name), instance)))
        for name in dict.fromkeys((*known, *sorted(used)))
    ]
