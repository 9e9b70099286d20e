"""From a solution's values to the sessions of a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.peers.clinic import Asked, Clinic, Held, Like
from iopsched.roster import AgendaItem, Session

__all__ = ["sessions_of"]

Values = Sequence[float]


class _Placed(NamedTuple):
    start: int
    end: int
    room_class: int
    what: Asked | Held
    staff: int


def sessions_of(clinic: Clinic, values: Values) -> tuple[Session, ...]:
    """Return the sessions that a solution describes, in order of time.

    Parameters
    ----------
    clinic : Clinic
    values : sequence of number
        The value of each variable; 0/1 variables may be a little off.
    """
    placed = _placed(clinic, values)
    free_from = {
        room_class.index: dict.fromkeys(room_class.rooms, 0) for room_class in clinic.options.facts.classes
    }
    ordinals: dict[str, int] = defaultdict(int)
    sessions = []
    for item in sorted(placed, key=lambda item: item[:2]):
        room = None
        if item.room_class >= 0:
            rooms = free_from[item.room_class]
            room = next(name for name, moment in rooms.items() if moment <= item.start)
            rooms[room] = item.end
        if isinstance(item.what, Asked):
            session = _session(clinic, item.what, item, room)
        else:
            session = _meeting(clinic, item.what, room, values)
        ordinals[session.id] += 1
        sessions.append(session.model_copy(update={"id": f"{session.id}/{ordinals[session.id]}"}))
    return tuple(sessions)


def _placed(clinic: Clinic, values: Values) -> list[_Placed]:
    seats: dict[Like, list[int]] = {
        like: [room for room, var in counts.items() for _ in range(round(values[var]))]
        for like, counts in clinic.seated.items()
    }
    placed = []
    for asked in clinic.asked.values():
        minutes = asked.options.minutes
        for (start, member), var in asked.lead.items():
            if values[var] > 0.5:
                classes = asked.rooms[start]
                room = -1
                if not asked.options.remote:
                    room = classes[0] if len(classes) == 1 else seats[start, minutes, classes].pop()
                placed.append(_Placed(start, start + minutes, room, asked, member))
    for held in clinic.held.values():
        if values[held.run] > 0.5:
            room = next((room for room, var in held.rooms.items() if values[var] > 0.5), -1)
            placed.append(_Placed(held.option.start, held.option.end, room, held, -1))
    return placed


def _moment(clinic: Clinic, minute: int) -> datetime:
    return datetime.combine(clinic.options.instance.week, time()) + timedelta(minutes=minute)


def _session(clinic: Clinic, asked: Asked, placed: _Placed, room: str | None) -> Session:
    instance, options = clinic.options.instance, asked.options
    participant = instance.participants[options.participant].id
    return Session(
        id=f"p:{quote(participant, safe='')}/{quote(options.need.service, safe='')}",
        service=options.need.service,
        start=_moment(clinic, placed.start),
        end=_moment(clinic, placed.end),
        room=room,
        participants=(participant,),
        family=tuple(sorted(options.family)),
        staff=(instance.staff[placed.staff].id,),
        pinned=placed.start in options.pinned,
    )


def _meeting(clinic: Clinic, held: Held, room: str | None, values: Values) -> Session:
    instance, option = clinic.options.instance, held.option
    group = instance.groups[option.group]
    service = instance.service_by_id[group.service]
    leaders = [
        tuple(sorted(instance.staff[k].id for k, var in part.items() if values[var] > 0.5))
        for part in held.parts
    ]
    agenda = None
    if service.agenda is not None:
        agenda = tuple(
            AgendaItem(
                title=part.title,
                start=_moment(clinic, span.start),
                end=_moment(clinic, span.end),
                staff=staff,
            )
            for part, span, staff in zip(service.agenda, option.parts, leaders, strict=True)
        )
    attendances = clinic.options.attendances
    members = [attendances[need] for need, var in held.attend.items() if values[var] > 0.5]
    return Session(
        id=f"g:{quote(group.id, safe='')}/{quote(service.id, safe='')}",
        service=service.id,
        group=group.id,
        start=_moment(clinic, option.start),
        end=_moment(clinic, option.end),
        room=room,
        participants=tuple(sorted(instance.participants[one.participant].id for one in members)),
        staff=tuple(sorted({name for part in leaders for name in part})),
        agenda=agenda,
        pinned=option.pin is not None or any(option.index in one.pinned for one in members),
    )
