"""One's own part of a week: a participant's, a member of staff's, a room's, a group's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iopsched.instance.models import Instance
from iopsched.roster.calendar import Calendar, Span, common, minutes_between, without
from iopsched.roster.leading import led_stretches
from iopsched.roster.models import Roster, Session
from iopsched.roster.views import View, ViewKind, known_ids, sessions_by_id, sessions_of

__all__ = [
    "View",
    "ViewKind",
    "attending",
    "free_time",
    "known_ids",
    "known_in_order",
    "own_minutes",
    "sessions_by_id",
    "sessions_of",
]


def known_in_order(kind: ViewKind, instance: Instance, roster: Roster) -> list[str]:
    """Return the ids of one kind: the instance's in its order, then those that only the roster names."""
    named: dict[ViewKind, Iterable[str]] = {
        "participant": instance.participant_by_id,
        "staff": instance.staff_by_id,
        "room": instance.room_by_id,
        "group": instance.group_by_id,
    }
    return list(dict.fromkeys([*named[kind], *sorted(known_ids(kind, instance, roster))]))


def attending(view: View, session: Session) -> tuple[str, ...]:
    """Return the ids of who attends a session, as far as a view may name them.

    A group's members are named in its own week alone. A participant's own week names their family.
    """
    if view.kind == "participant":
        return session.family
    if session.group is None:
        return (*session.participants, *session.family)
    return session.participants if view.kind == "group" else ()


def own_minutes(view: View, sessions: Iterable[Session]) -> int:
    """Return the session minutes of a view; for a member of staff, the minutes that they lead."""
    if view.kind == "staff":
        return sum(
            minutes_between(part.start, part.end)
            for session in sessions
            for part in led_stretches(session, view.id)
        )
    return sum(minutes_between(session.start, session.end) for session in sessions)


def free_time(view: View, instance: Instance) -> list[Span]:
    """Return when a view could have sessions: open, available, not busy; an unknown id is always free."""
    calendar = Calendar(instance.week)
    available: tuple[str, ...] | None = None
    busy: Sequence[Span] = ()
    if view.kind == "participant" and view.id in instance.participant_by_id:
        participant = instance.participant_by_id[view.id]
        available, busy = participant.available, calendar.commitments(participant)
    elif view.kind == "staff" and view.id in instance.staff_by_id:
        member = instance.staff_by_id[view.id]
        available, busy = member.available, calendar.stretches(member.busy)
    elif view.kind == "room" and view.id in instance.room_by_id:
        room = instance.room_by_id[view.id]
        available, busy = room.available, calendar.stretches(room.busy)
    free = list(calendar.open_hours(instance))
    if available is not None:
        free = common(free, calendar.stretches(available))
    return without(free, busy)
