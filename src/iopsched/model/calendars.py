"""Calendars of what stands while a scope is decided, made when first asked for."""

from __future__ import annotations

from iopsched.model.standing import Standing
from iopsched.options.build import Options
from iopsched.options.calendar import Calendar

__all__ = ["Calendars"]


class Calendars:
    """When people and rooms are not taken by what stands outside a scope."""

    def __init__(self, options: Options, standing: Standing) -> None:
        self._options = options
        self._standing = standing
        self._participants: dict[int, Calendar] = {}
        self._staff: dict[int, Calendar] = {}
        self._rooms: dict[int, Calendar] = {}

    def participant(self, k: int) -> Calendar:
        """When nothing that stands holds a participant."""
        if k not in self._participants:
            self._participants[k] = self._standing.participant_calendar(k)
        return self._participants[k]

    def member(self, k: int) -> Calendar:
        """When nothing that stands, its notes included, occupies a member of staff."""
        if k not in self._staff:
            self._staff[k] = self._standing.staff_calendar(k)
        return self._staff[k]

    def room(self, k: int) -> Calendar:
        """When a class of rooms has a place left."""
        if k not in self._rooms:
            self._rooms[k] = self._standing.room_calendar(k, self._options.facts.classes[k].places)
        return self._rooms[k]
