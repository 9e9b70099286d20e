"""What a model may decide anew; all else stands as in the plan it starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iopsched.options.build import Options
from iopsched.options.plan import Plan

__all__ = ["Scope", "Shortlist", "everything", "scope_of"]


@dataclass(frozen=True)
class Shortlist:
    """Who is asked to lead one-to-one and family sessions: of all who could at a start, the first few.

    Whoever leads a session now and whom its need prefers are asked besides.

    Attributes
    ----------
    order : tuple of int
        All staff, those to be asked first in front.
    length : int
        How many are asked for each start.
    """

    order: tuple[int, ...]
    length: int


@dataclass(frozen=True)
class Scope:
    """A part of the clinic that is set free.

    Attributes
    ----------
    sessions : frozenset of int
        One-to-one and family needs whose sessions may take other times, staff and rooms.
    attendances : frozenset of int
        Group needs that may be served by other meetings.
    groups : frozenset of int
        Groups whose meetings may run at other times or not at all, with other leaders and rooms.
    leaders : frozenset of int
        Groups whose meetings stay, but may have other leaders and rooms; contains ``groups``.
    meetings : frozenset of int or None
        The meeting options that ``groups`` may choose from besides those that run; ``None`` for all.
    shortlist : Shortlist or None
        Whom ``sessions`` may choose from; ``None`` for all.
    """

    sessions: frozenset[int]
    attendances: frozenset[int]
    groups: frozenset[int]
    leaders: frozenset[int]
    meetings: frozenset[int] | None = None
    shortlist: Shortlist | None = None


def scope_of(
    options: Options,
    plan: Plan,
    *,
    participants: Iterable[int] = (),
    sessions: Iterable[int] = (),
    attendances: Iterable[int] = (),
    groups: Iterable[int] = (),
    leaders: Iterable[int] = (),
    meetings: Iterable[int] | None = None,
    shortlist: Shortlist | None = None,
) -> Scope:
    """Make a scope whole: who attends a group that is free must be free to leave it.

    Parameters
    ----------
    options, plan
        What there is and how it stands.
    participants : iterable of int
        Participants all of whose needs are free.
    sessions, attendances, groups, leaders, meetings : iterable of int
        Further needs and groups, and what groups may choose from, as in :class:`Scope`.
    shortlist : Shortlist, optional
        Whom sessions may choose from.
    """
    free_groups = frozenset(groups)
    free_sessions = set(sessions)
    free_attendances = set(attendances)
    for participant in participants:
        free_sessions.update(options.sessions_of[participant])
        free_attendances.update(options.attendances_of[participant])
    for option, meeting in plan.meetings.items():
        if options.meetings[option].group in free_groups:
            free_attendances |= meeting.members
    return Scope(
        frozenset(free_sessions),
        frozenset(free_attendances),
        free_groups,
        free_groups | frozenset(leaders),
        None if meetings is None else frozenset(meetings),
        shortlist,
    )


def everything(options: Options) -> Scope:
    """Return the scope in which all of a clinic is free: the exact model."""
    groups = frozenset(range(len(options.instance.groups)))
    return Scope(
        frozenset(range(len(options.sessions))),
        frozenset(range(len(options.attendances))),
        groups,
        groups,
    )
