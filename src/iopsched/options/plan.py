"""A plan: one choice of options, feasible under every rule. What the search holds and improves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["Meeting", "Placement", "Plan"]


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """A one-to-one or family session: its start (minute of the week), staff and room class.

    ``room_class`` is -1 for a remote session.
    """

    start: int
    staff: int
    room_class: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that runs.

    Attributes
    ----------
    leaders : tuple of tuple of int
        Staff of each part, ascending.
    room_class : int
        -1 for a remote service.
    members : frozenset of int
        Indices of the group needs whose participants attend.
    """

    leaders: tuple[tuple[int, ...], ...]
    room_class: int
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Plan:
    """Decisions on the options of an instance.

    Attributes
    ----------
    placements : mapping of int to tuple of Placement
        For each one-to-one or family need that has any, its sessions by start.
    meetings : mapping of int to Meeting
        For each meeting option that runs, what was decided about it.
    """

    placements: Mapping[int, tuple[Placement, ...]] = field(default_factory=lambda: MappingProxyType({}))
    meetings: Mapping[int, Meeting] = field(default_factory=lambda: MappingProxyType({}))

    def with_changes(
        self, placements: Mapping[int, tuple[Placement, ...]], meetings: Mapping[int, Meeting | None]
    ) -> Plan:
        """Return a plan with some needs and meetings decided anew; ``None`` cancels a meeting."""
        placed = {**self.placements, **placements}
        held = {**self.meetings, **meetings}
        return Plan(
            {need: sessions for need, sessions in sorted(placed.items()) if sessions},
            {option: meeting for option, meeting in sorted(held.items()) if meeting is not None},
        )

    def attended(self) -> dict[int, tuple[int, ...]]:
        """Return the meeting options that serve each group need, ascending."""
        found: dict[int, list[int]] = {}
        for option, meeting in sorted(self.meetings.items()):
            for need in meeting.members:
                found.setdefault(need, []).append(option)
        return {need: tuple(options) for need, options in found.items()}
