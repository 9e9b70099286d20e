"""Calendars: when somebody or something is free, minute by minute, with constant-time look-ups."""

from __future__ import annotations

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


class Calendar:
    """The free minutes of one week.

    Parameters
    ----------
    free : array of bool, shape (10080,)
        One entry for each minute of the week, Monday 00:00 first.
    """

    __slots__ = ("_before",)

    def __init__(self, free: BoolArray) -> None:
        self._before = np.zeros(MINUTES_PER_WEEK + 1, np.int16)
        np.cumsum(free, out=self._before[1:])

    def fits(self, starts: IntArray, minutes: int) -> BoolArray:
        """Tell for each start whether all of ``[start, start + minutes)`` is free.

        Parameters
        ----------
        starts : array of int, shape (n,)
            Minutes of the week.
        minutes : int
            Length; an interval that would leave the week does not fit.

        Returns
        -------
        array of bool, shape (n,)
        """
        ends = starts + minutes
        inside = ends <= MINUTES_PER_WEEK
        ends = np.minimum(ends, MINUTES_PER_WEEK)
        fits: BoolArray = inside & (self._before[ends] - self._before[starts] == minutes)
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
        fits: BoolArray = self._before[ends] - self._before[starts] == ends - starts
        return fits

    def fits_at(self, start: int, minutes: int) -> bool:
        """Tell whether all of ``[start, start + minutes)`` is free."""
        end = start + minutes
        return end <= MINUTES_PER_WEEK and int(self._before[end]) - int(self._before[start]) == minutes

    def minutes(self) -> int:
        """Return the number of free minutes in the week."""
        return int(self._before[-1])

    def mask(self) -> BoolArray:
        """Return the free minutes as an array of bool, shape (10080,)."""
        free: BoolArray = np.diff(self._before).astype(np.bool_)
        return free

    def key(self) -> bytes:
        """Return a value that two calendars share exactly when they are equal."""
        return self._before.tobytes()


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
