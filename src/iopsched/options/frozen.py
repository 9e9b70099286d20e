"""What has already happened: baseline sessions that start before the moment re-planning begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from iopsched.instance.models import Instance
from iopsched.options.rooms import RoomClass
from iopsched.roster.models import Roster, Session

__all__ = ["FrozenSession", "Lead", "frozen_sessions", "minute_of_week"]


@dataclass(frozen=True, slots=True)
class Lead:
    """A stretch that a member of staff leads; ``occupied_until`` includes notes. Minutes of the week."""

    staff: int
    start: int
    end: int
    occupied_until: int


@dataclass(frozen=True, slots=True)
class FrozenSession:
    """A baseline session that stands exactly as it was, in terms of this instance.

    Staff and rooms that have left the instance are not listed: they bind nobody. Participants who have left
    are ``departed``: they count for a caseload.
    """

    session: Session
    start: int
    end: int
    group: int | None
    participants: tuple[int, ...]
    departed: tuple[str, ...]
    leads: tuple[Lead, ...]
    room_class: int | None

    def leaders_by_part(self, instance: Instance) -> tuple[tuple[str, ...], ...]:
        """Return the ids of who led each part."""
        return tuple(staff for _, _, staff in parts_of(instance, self.session))


def minute_of_week(instance: Instance, moment: datetime, *, up: bool = False) -> int:
    """Return a moment as minutes since the instance's Monday 00:00 (may lie outside the week).

    Seconds are rounded down, or ``up``.
    """
    seconds = (moment - datetime.combine(instance.week, time())).total_seconds()
    return int(-(-seconds // 60) if up else seconds // 60)


def parts_of(instance: Instance, session: Session) -> list[tuple[datetime, datetime, tuple[str, ...]]]:
    """Return the start, end and staff of each part of a session.

    Where a roster leaves the agenda out, a part is led by those of the session's staff who have its skill, if
    just as many have it as lead it for every part; otherwise all are taken to lead all of it.
    """
    if session.agenda:
        return sorted((item.start, item.end, item.staff) for item in session.agenda)
    whole = [(session.start, session.end, session.staff)]
    service = instance.service_by_id.get(session.service)
    if service is None or not service.agenda:
        return whole
    parts, start = [], session.start
    for part in service.agenda:
        able = tuple(
            name
            for name in session.staff
            if name in instance.staff_by_id and part.skill in instance.staff_by_id[name].skills
        )
        if len(able) != part.leaders:
            return whole
        end = start + timedelta(minutes=part.minutes)
        parts.append((start, end, able))
        start = end
    return parts


def _leads(instance: Instance, session: Session, staff_index: dict[str, int]) -> tuple[Lead, ...]:
    service = instance.service_by_id.get(session.service)
    note = service.note_minutes if service else 0
    parts = parts_of(instance, session)
    leads = []
    for k, (start, end, staff) in enumerate(parts):
        following = parts[k + 1][2] if k + 1 < len(parts) else ()
        for member in staff:
            if member in staff_index:
                last = minute_of_week(instance, end)
                writes = 0 if member in following else note
                first = minute_of_week(instance, start)
                leads.append(Lead(staff_index[member], first, last, last + writes))
    return tuple(leads)


def frozen_sessions(
    instance: Instance, baseline: Roster | None, frozen_from: datetime | None, classes: tuple[RoomClass, ...]
) -> tuple[FrozenSession, ...]:
    """Return the baseline's sessions that start before ``frozen_from``, by start (rule ``frozen``)."""
    if baseline is None or frozen_from is None:
        return ()
    staff_index = {member.id: k for k, member in enumerate(instance.staff)}
    participant_index = {participant.id: k for k, participant in enumerate(instance.participants)}
    group_index = {group.id: k for k, group in enumerate(instance.groups)}
    class_of = {room: room_class.index for room_class in classes for room in room_class.rooms}
    return tuple(
        FrozenSession(
            session,
            minute_of_week(instance, session.start),
            minute_of_week(instance, session.end),
            None if session.group is None else group_index.get(session.group),
            tuple(participant_index[p] for p in session.participants if p in participant_index),
            tuple(p for p in session.participants if p not in participant_index),
            _leads(instance, session, staff_index),
            None if session.room is None else class_of.get(session.room),
        )
        for session in sorted(baseline.sessions, key=lambda session: (session.start, session.id))
        if session.start < frozen_from
    )
