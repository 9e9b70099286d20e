"""Every place a one-to-one or family session could take, and what in a plan bars it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from iopsched.explain.counting import held_by_day
from iopsched.explain.limits import limit_of_day, limit_of_week
from iopsched.explain.occupancy import Occupancy
from iopsched.explain.situation import ANY_WEEK, OwnWeek, Situation, own_obstacles
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.calendar import BoolArray
from iopsched.options.sessions import SessionOptions

__all__ = ["Places", "places_of", "with_somebody"]


@dataclass(frozen=True)
class Places:
    """The places (start × staff) of a need, and what bars them; arrays of shape (starts, staff).

    Attributes
    ----------
    barred : dict of str to array of bool
        For each code, which places it bars, most fundamental first; ``not-together`` bars none unless one
        more session is to be placed.
    own, booked, full : array of bool
        Where the participant is in another session, the staff are booked, no room is left.
    limits : dict of (staff index, limit) to int
        At how many starts a limit bars someone who is otherwise free.
    """

    situation: Situation
    asked: SessionOptions
    occupancy: Occupancy
    barred: dict[str, BoolArray]
    own: BoolArray
    booked: BoolArray
    full: BoolArray
    limits: Counter[tuple[int, str]]

    @cached_property
    def week(self) -> OwnWeek:
        """The participant's other sessions."""
        return OwnWeek.of(self.occupancy, self.asked.participant)

    @cached_property
    def free(self) -> BoolArray:
        """Places that nothing bars."""
        free: BoolArray = self.asked.led & ~np.logical_or.reduce(list(self.barred.values()))
        return free

    def leaves(self, codes: Collection[str]) -> int:
        """Return the most sessions that could be held if nothing but some obstacles were in the way."""
        open_ = np.ones_like(self.asked.led)
        for code in codes:
            open_ &= ~self.barred[code]
        return self.serves(open_, limited="day-limit" in codes)

    def serves(self, open_: BoolArray, *, one_leader: bool | None = None, limited: bool = True) -> int:
        """Return the most sessions of the need that some places could hold.

        Parameters
        ----------
        open_ : array of bool, shape (starts, staff)
        one_leader : bool, default as the need says
            One person leads all of them.
        limited : bool
            Whether the program's limits hold (rule ``day-limit``).
        """
        one_leader = self.asked.one_leader if one_leader is None else one_leader
        week = self.week if limited else ANY_WEEK
        open_ = open_ & self.asked.led
        if not one_leader:
            return self._spread(with_somebody(open_), week)
        led = (self._spread(open_[:, k], week) for k in np.flatnonzero(open_.any(axis=0)))
        return max(led, default=0)

    def _spread(self, starts: BoolArray, week: OwnWeek) -> int:
        """Return the most sessions that some starts could hold beside a week."""
        apart = self.asked.need.min_days_apart
        held = held_by_day(self.asked.times[starts], self.asked.minutes, apart)
        return week.most(held, self.asked.minutes, apart)

    def starts_barred(self, barred: BoolArray) -> BoolArray:
        """Tell which starts are left with nobody when some places are barred; shape (starts,)."""
        return ~with_somebody(self.asked.led & ~barred)


def with_somebody(places: BoolArray) -> BoolArray:
    """Tell for each start whether it is among some places (start × staff) at all."""
    starts: BoolArray = np.logical_or.reduce(places, axis=1)
    return starts


def places_of(situation: Situation, asked: SessionOptions, *, one_more: bool = False) -> Places:
    """Work out what bars each place of a need beside what a plan takes.

    Parameters
    ----------
    situation, asked
        The need and its plan.
    one_more : bool
        Whether the need's own sessions stay where they are and one more is to be placed; else all of them
        are to be placed anew.
    """
    occupancy = situation.taken if one_more else situation.taken_by_others(asked)

    def wide(starts: BoolArray) -> BoolArray:
        return np.broadcast_to(starts[:, None], asked.led.shape)

    own = {
        code: wide(barred)
        for code, barred in own_obstacles(
            situation, asked.participant, asked.need, asked.times, asked.minutes, occupancy
        ).items()
    }
    booked, full = _booked(asked, occupancy), wide(_full(asked, occupancy))
    taken = own["own-sessions"] | booked | full
    astray = _not_together(situation, asked) if one_more else np.zeros_like(asked.led)
    # One person who leads all sessions must have time for every one of them.
    more = situation.reached(asked) + 1 if asked.one_leader and not one_more else 1
    open_ = asked.led & ~(own["order"] | own["day-limit"] | taken | astray)
    beyond, limits = _beyond_limits(asked, occupancy, open_, booked | astray, more * asked.minutes)
    barred = {
        "pin": _pinned(situation, asked),
        "order": own["order"],
        "day-limit": own["day-limit"],
        "not-together": astray,
        "times-taken": taken,
        "staff-limits": beyond,
    }
    return Places(situation, asked, occupancy, barred, own["own-sessions"], booked, full, limits)


def _not_together(situation: Situation, asked: SessionOptions) -> BoolArray:
    """Tell which places the need itself does not allow beside its sessions in the plan."""
    barred = np.zeros_like(asked.led)
    for placed in situation.plan.placements.get(asked.index, ()):
        days = np.abs(asked.times // MINUTES_PER_DAY - placed.start // MINUTES_PER_DAY)
        barred |= (days < asked.need.min_days_apart)[:, None]
        if asked.one_leader:
            barred |= np.arange(barred.shape[1]) != placed.staff
    return barred


def _booked(asked: SessionOptions, occupancy: Occupancy) -> BoolArray:
    """Tell where each member of staff leads something else, or writes notes; shape (starts, staff)."""
    booked = np.zeros_like(asked.led)
    for member in np.flatnonzero(asked.led.any(axis=0)):
        booked[:, member] = occupancy.staff_taken(int(member), asked.times, asked.minutes + asked.note)
    return booked


def _full(asked: SessionOptions, occupancy: Occupancy) -> BoolArray:
    """Tell at which starts no room is left; shape (starts,)."""
    if asked.remote:
        return np.zeros(len(asked.times), np.bool_)
    left = np.zeros(len(asked.times), np.bool_)
    for room_class in np.flatnonzero(asked.rooms.any(axis=0)):
        left |= asked.rooms[:, room_class] & occupancy.room_left(int(room_class), asked.times, asked.minutes)
    return ~left


def _beyond_limits(
    asked: SessionOptions, occupancy: Occupancy, open_: BoolArray, out: BoolArray, minutes: int
) -> tuple[BoolArray, Counter[tuple[int, str]]]:
    """Tell which places a limit of the staff bars who are free then; limits of a day only at open places.

    ``out`` are places where they are not, or that do not matter; ``minutes`` is how much one person would
    have to lead in the week for the need to be better served.
    """
    beyond = np.zeros_like(asked.led)
    limits: Counter[tuple[int, str]] = Counter()
    for member in map(int, np.flatnonzero(asked.led.any(axis=0))):
        limit = limit_of_week(occupancy, member, asked.participant, minutes)
        if limit is not None:
            beyond[:, member] = asked.led[:, member] & ~out[:, member]
            if beyond[:, member].any():
                limits[member, limit] = int(beyond[:, member].sum())
            continue
        days = np.array([lead.start // MINUTES_PER_DAY for lead in occupancy.led(member)], np.int32)
        bearing = np.isin(asked.times // MINUTES_PER_DAY, np.concatenate((days - 1, days, days + 1)))
        for row in map(int, np.flatnonzero(open_[:, member] & bearing)):
            limit = limit_of_day(occupancy, asked, member, int(asked.times[row]))
            if limit is not None:
                beyond[row, member] = True
                limits[member, limit] += 1
    return beyond, limits


def _pinned(situation: Situation, asked: SessionOptions) -> BoolArray:
    """Tell which places the pins alone bar, this need's own pins included."""
    pinned, starts = situation.pinned, asked.times
    barred = _full(asked, pinned)
    for item in pinned.attended(asked.participant):
        if item.service != asked.need.service:
            barred |= (starts < item.end) & (starts + asked.minutes > item.start)
    for pin in asked.pinned:
        near = np.abs(starts // MINUTES_PER_DAY - pin // MINUTES_PER_DAY) < asked.need.min_days_apart
        barred |= near
    places = barred[:, None] | _booked(asked, pinned)
    rows = np.flatnonzero(np.isin(starts, asked.pinned))
    places[rows] = False
    if asked.one_leader and len(rows):
        places |= ~np.logical_and.reduce(asked.led[rows], axis=0)
    return places
