"""From a plan to a roster: rooms by name, sessions with stable ids, score, unmet needs, warnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import quote

from iopsched.instance.models import Instance
from iopsched.options import Meeting, Options, Placement, Plan
from iopsched.options.meetings import MeetingOption
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import AgendaItem, Session

__all__ = ["sessions_of_plan"]

Rooms = dict[tuple[str, int, int], str | None]
"""The room of a placement (``"session"``, need, start) or a meeting (``"meeting"``, option, start)."""


@dataclass(frozen=True, slots=True)
class _Use:
    start: int
    end: int
    room_class: int
    key: tuple[str, int, int]


def sessions_of_plan(options: Options, plan: Plan) -> tuple[Session, ...]:
    """Return a plan's sessions, frozen ones as they were, sorted as the format asks.

    Parameters
    ----------
    options : Options
    plan : Plan
        Feasible under every rule.
    """
    rooms = _name_rooms(options, plan)
    frozen = [session.session for session in options.facts.frozen]
    ids = _Ids(session.id for session in frozen)
    sessions = list(frozen)
    for need, placements in plan.placements.items():
        asked = options.sessions[need]
        for placed in sorted(placements):
            room = rooms["session", need, placed.start]
            sessions.append(_session(options, asked, placed, room, ids))
    for index, meeting in plan.meetings.items():
        option = options.meetings[index]
        sessions.append(_meeting(options, option, meeting, rooms["meeting", index, option.start], ids))
    return tuple(
        sorted(sessions, key=lambda s: (s.start, s.service, s.group or (s.participants or ("",))[0], s.id))
    )


_PLAIN = " "
"""Left as it is in ids of sessions; above all not the slash that parts them."""


class _Ids:
    """Session ids that stay while participant or group, service and ordinal stay."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def next(self, kind: str, who: str, service: str) -> str:
        """Return the first free id of a participant's (or a group's) sessions of a service."""
        ordinal = 1
        while (
            found := f"{kind}:{quote(who, safe=_PLAIN)}/{quote(service, safe=_PLAIN)}/{ordinal}"
        ) in self._taken:
            ordinal += 1
        self._taken.add(found)
        return found


def _name_rooms(options: Options, plan: Plan) -> Rooms:
    """Give each session a room of its class: first come, first free, which never fails within a class."""
    uses: dict[int, list[_Use]] = defaultdict(list)
    rooms: Rooms = {}
    for need, placements in plan.placements.items():
        for placed in placements:
            key = ("session", need, placed.start)
            rooms[key] = None
            if placed.room_class >= 0:
                end = placed.start + options.sessions[need].minutes
                uses[placed.room_class].append(_Use(placed.start, end, placed.room_class, key))
    for index, meeting in plan.meetings.items():
        option = options.meetings[index]
        key = ("meeting", index, option.start)
        rooms[key] = None
        if meeting.room_class >= 0:
            uses[meeting.room_class].append(_Use(option.start, option.end, meeting.room_class, key))
    for room_class, some in uses.items():
        free_from = dict.fromkeys(options.facts.classes[room_class].rooms, 0)
        for use in sorted(some, key=lambda use: (use.start, use.end, use.key)):
            room = next(room for room, moment in free_from.items() if moment <= use.start)
            free_from[room] = use.end
            rooms[use.key] = room
    return rooms


def _moment(instance: Instance, minute: int) -> datetime:
    return datetime.combine(instance.week, time()) + timedelta(minutes=minute)


def _session(
    options: Options, asked: SessionOptions, placed: Placement, room: str | None, ids: _Ids
) -> Session:
    instance = options.instance
    participant = instance.participants[asked.participant].id
    return Session(
        id=ids.next("p", participant, asked.need.service),
        service=asked.need.service,
        start=_moment(instance, placed.start),
        end=_moment(instance, placed.start + asked.minutes),
        room=room,
        participants=(participant,),
        family=tuple(sorted(asked.family)),
        staff=(instance.staff[placed.staff].id,),
        pinned=placed.start in asked.pinned,
    )


def _meeting(
    options: Options, option: MeetingOption, meeting: Meeting, room: str | None, ids: _Ids
) -> Session:
    instance = options.instance
    group = instance.groups[option.group]
    service = instance.service_by_id[group.service]
    names = [tuple(sorted(instance.staff[k].id for k in leaders)) for leaders in meeting.leaders]
    agenda = None
    if service.agenda is not None:
        agenda = tuple(
            AgendaItem(
                title=part.title,
                start=_moment(instance, span.start),
                end=_moment(instance, span.end),
                staff=staff,
            )
            for part, span, staff in zip(service.agenda, option.parts, names, strict=True)
        )
    members = (options.attendances[need] for need in meeting.members)
    attended = any(option.index in options.attendances[need].pinned for need in meeting.members)
    return Session(
        id=ids.next("g", group.id, service.id),
        service=service.id,
        group=group.id,
        start=_moment(instance, option.start),
        end=_moment(instance, option.end),
        room=room,
        participants=tuple(sorted(instance.participants[member.participant].id for member in members)),
        staff=tuple(sorted({name for part in names for name in part})),
        agenda=agenda,
        pinned=option.pin is not None or attended,
    )
