"""One's own part of a roster: a participant's, a member of staff's, a room's, a group's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from iopsched.instance.models import Instance
from iopsched.roster.models import Roster, Session

__all__ = ["View", "ViewKind", "known_ids", "narrowed", "sessions_by_id", "sessions_of"]

ViewKind = Literal["participant", "staff", "room", "group"]


@dataclass(frozen=True, slots=True)
class View:
    """Whose week is looked at."""

    kind: ViewKind
    id: str


def known_ids(kind: ViewKind, instance: Instance, roster: Roster) -> frozenset[str]:
    """Return the ids of one kind that the instance or the roster names."""
    named = {
        "participant": set(instance.participant_by_id),
        "staff": set(instance.staff_by_id),
        "room": set(instance.room_by_id),
        "group": set(instance.group_by_id),
    }[kind]
    return frozenset(named | {name for session in roster.sessions for name in _ids(kind, session)})


def sessions_of(view: View, roster: Roster) -> tuple[Session, ...]:
    """Return the sessions that a view has part in, by start."""
    mine = (session for session in roster.sessions if view.id in _ids(view.kind, session))
    return tuple(sorted(mine, key=lambda session: (session.start, session.id)))


def sessions_by_id(kind: ViewKind, roster: Roster) -> dict[str, tuple[Session, ...]]:
    """Return what :func:`sessions_of` does, for all ids of one kind that the roster names."""
    sessions: dict[str, list[Session]] = defaultdict(list)
    for session in sorted(roster.sessions, key=lambda session: (session.start, session.id)):
        for name in dict.fromkeys(_ids(kind, session)):
            sessions[name].append(session)
    return {name: tuple(own) for name, own in sessions.items()}


def narrowed(view: View, roster: Roster) -> Roster:
    """Return a roster with one's own sessions alone; a participant's names no other participant."""
    mine = sessions_of(view, roster)
    if view.kind == "participant":
        mine = tuple(session.model_copy(update={"participants": (view.id,)}) for session in mine)
    return roster.model_copy(update={"sessions": mine})


def _ids(kind: ViewKind, session: Session) -> tuple[str, ...]:
    if kind == "participant":
        return session.participants
    if kind == "staff":
        return (*session.staff, *(name for item in session.agenda or () for name in item.staff))
    one = session.room if kind == "room" else session.group
    return () if one is None else (one,)
