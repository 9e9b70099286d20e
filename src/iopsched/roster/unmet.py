"""The needs that a roster leaves short."""

from __future__ import annotations

from collections.abc import Sequence

from iopsched.instance.models import Instance
from iopsched.roster.models import Session, Unmet
from iopsched.roster.timetable import Timetable, timetable

__all__ = ["unmet_level", "unmet_needs", "unmet_of"]


def unmet_needs(instance: Instance, sessions: Sequence[Session]) -> tuple[Unmet, ...]:
    """Return what is missing of each need that is short.

    Returns
    -------
    tuple of Unmet
        In the instance's order, without reasons. ``minutes`` are the service's times the sessions missing.
    """
    return unmet_of(timetable(instance, sessions))


def unmet_of(table: Timetable) -> tuple[Unmet, ...]:
    """Return what :func:`unmet_needs` does, of a roster already indexed."""
    return tuple(
        Unmet(
            participant=participant,
            service=need.service,
            sessions=need.sessions - len(placed),
            minutes=(need.sessions - len(placed)) * table.instance.service_by_id[need.service].minutes,
        )
        for participant, need, placed in table.needs()
        if len(placed) < need.sessions
    )


def unmet_level(table: Timetable) -> int:
    """Return Σ over needs of ``priority`` × service minutes × missing sessions."""
    return sum(
        need.priority
        * table.instance.service_by_id[need.service].minutes
        * max(0, need.sessions - len(placed))
        for _, need, placed in table.needs()
    )
