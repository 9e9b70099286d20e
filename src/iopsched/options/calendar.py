"""Calendars: when somebody or something is free, minute by minute, with constant-time look-ups."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from iopsched.instance.models import Instance, Participant, Room, Staff
from iopsched.instance.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK, spans

__all__ = [
    "BoolArray",
    "Calendar",
    "IntArray",
    "clinic_calendar",
    "family_calendar",
    "participant_calendar",
    "preference_calendar",
    "room_calendar",
    "staff_calendar",
]

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int32]


NEVER = -(2**31)
"""A moment before every other."""


class Calendar:
    """The free minutes of one week, kept as the stretches that they form.

    Parameters
    ----------
    free : array of bool, shape (10080,)
        One entry for each minute of the week, Monday 00:00 first.
    """

    __slots__ = ("_begins", "_ends")

    def __init__(self, free: BoolArray) -> None:
        bounded = np.zeros(MINUTES_PER_WEEK + 2, np.bool_)
        bounded[1:-1] = free
        edges = np.flatnonzero(bounded[1:] != bounded[:-1]).tolist()
        # An empty stretch comes before all others, so that each moment has a stretch that began by then.
        self._begins: list[int] = [NEVER, *edges[::2]]
        self._ends: list[int] = [NEVER, *edges[1::2]]

    def fits(self, starts: IntArray, minutes: int) -> BoolArray:
        """Tell for each start whether all of ``[start, start + minutes)`` is free.

        Parameters
        ----------
        starts : array of int, shape (n,)
            Minutes of the week.
        minutes : int
            Length; an interval that would leave the week does not fit, and an empty one in it does.

        Returns
        -------
        array of bool, shape (n,)
        """
        fits: BoolArray = starts + minutes <= self._free_until(starts, minutes)
        return fits

    def fits_clipped(self, starts: IntArray, minutes: int) -> BoolArray:
        """Tell the same where what lies beyond the week's end is free: notes may run past it.

        Parameters
        ----------
        starts : array of int, shape (n,)
            Minutes of the week.
        minutes : int
            Length before clipping.

        Returns
        -------
        array of bool, shape (n,)
        """
        ends = np.minimum(starts + minutes, MINUTES_PER_WEEK)
        fits: BoolArray = ends <= self._free_until(starts, minutes)
        return fits

    def fits_at(self, start: int, minutes: int) -> bool:
        """Tell whether all of ``[start, start + minutes)`` is free."""
        last = MINUTES_PER_WEEK if not minutes else self._ends[bisect_right(self._begins, start) - 1]
        return start + minutes <= last

    def minutes(self) -> int:
        """Return the number of free minutes in the week."""
        return sum(self._ends) - sum(self._begins)

    def mask(self) -> BoolArray:
        """Return the free minutes as an array of bool, shape (10080,)."""
        free = np.zeros(MINUTES_PER_WEEK, np.bool_)
        for begin, end in zip(self._begins[1:], self._ends[1:], strict=True):
            free[begin:end] = True
        return free

    def key(self) -> tuple[int, ...]:
        """Return a value that two calendars share exactly when they are equal."""
        return (*self._begins, *self._ends)

    def _free_until(self, starts: IntArray, minutes: int) -> IntArray:
        """Return up to when each start is followed by free time; nothing has to be free for no minutes."""
        if not minutes:
            return np.full(len(starts), MINUTES_PER_WEEK, np.int32)
        stretch = np.searchsorted(self._begins, starts, side="right") - 1
        return np.array(self._ends, np.int32)[stretch]


def _mask(windows: Iterable[str], travel: int = 0) -> BoolArray:
    """Return the minutes covered by windows, each grown by ``travel`` minutes at both ends."""
    mask = np.zeros(MINUTES_PER_WEEK, np.bool_)
    for start, end in spans(windows):
        mask[max(0, start - travel) : min(MINUTES_PER_WEEK, end + travel)] = True
    return mask


def _free(available: Iterable[str] | None, busy: Iterable[str]) -> Calendar:
    free = np.ones(MINUTES_PER_WEEK, np.bool_) if available is None else _mask(available)
    return Calendar(free & ~_mask(busy))


def clinic_calendar(instance: Instance) -> Calendar:
    """When the clinic is open: its hours less its closed days."""
    free = _mask(instance.hours)
    for day in instance.closed_days:
        free[day * MINUTES_PER_DAY : (day + 1) * MINUTES_PER_DAY] = False
    return Calendar(free)


def participant_calendar(participant: Participant) -> Calendar:
    """When a participant could be here: available, and not busy or under way (rule ``participant-free``)."""
    available = participant.available
    free = np.ones(MINUTES_PER_WEEK, np.bool_) if available is None else _mask(available)
    for busy in participant.busy:
        free &= ~_mask(busy.when, busy.travel_minutes)
    return Calendar(free)


def family_calendar(participant: Participant, members: Iterable[str]) -> Calendar:
    """When all the named relatives are available (rule ``family-free``); always, with none named."""
    wanted = set(members)
    free = np.ones(MINUTES_PER_WEEK, np.bool_)
    for relative in participant.family:
        if relative.id in wanted:
            free &= _mask(relative.available)
    return Calendar(free)


def preference_calendar(participant: Participant) -> Calendar | None:
    """When a participant would rather come; ``None`` where no preference is stated."""
    return None if participant.prefers is None else Calendar(_mask(participant.prefers))


def staff_calendar(member: Staff) -> Calendar:
    """When a member of staff can lead: at work and not busy (rule ``staff-free``)."""
    return _free(member.available, member.busy)


def room_calendar(room: Room) -> Calendar:
    """When a room can be used (rule ``room-fit``)."""
    return _free(room.available, room.busy)
