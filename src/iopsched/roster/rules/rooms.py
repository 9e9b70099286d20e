"""Where sessions may be: ``room-fit`` and ``room-free``."""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.instance.models import Room, Service
from iopsched.roster.calendar import first_overlap, lies_within
from iopsched.roster.placed import Placed
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable, overlapping
from iopsched.roster.words import listed, named, stretch

__all__ = ["room_fit", "room_free"]


def room_fit(table: Timetable) -> Iterator[Violation]:
    """Check ``room-fit``: the room's kind serves, it is available, and it seats all.

    It is one of the group's ``rooms``. A remote session has none; everything else has exactly one. Remote
    is where the service has no ``room_kinds``, or the need is ``remote``.
    """
    for placed in table.judged:
        if placed.service is None:
            continue
        name = placed.session.room
        if _remote(table, placed, placed.service):
            if name is not None:
                yield _broken(placed, f"it is remote and takes no room, not {name}")
        elif name is None:
            yield _broken(placed, f"it has no room; {placed.service.id} takes one")
        elif name in table.instance.room_by_id:
            yield from _unfit(table, placed, placed.service, table.instance.room_by_id[name])


def _remote(table: Timetable, placed: Placed, service: Service) -> bool:
    if service.remote:
        return True
    participants = table.instance.participant_by_id
    needs = (participants[who].need_of(service.id) for who in placed.participants if who in participants)
    return any(need is not None and need.remote for need in needs)


def _unfit(table: Timetable, placed: Placed, service: Service, room: Room) -> Iterator[Violation]:
    if room.kind not in service.room_kinds:
        yield _broken(
            placed, f"{room.id} is of kind {room.kind}, {service.id} takes {listed(service.room_kinds)}"
        )
    if placed.group is not None and placed.group.rooms is not None and room.id not in placed.group.rooms:
        yield _broken(placed, f"group {placed.group.id} meets in {listed(placed.group.rooms)} only")
    if room.available is not None and not lies_within(
        table.calendar.stretches(room.available), placed.start, placed.end
    ):
        yield _broken(placed, f"{room.id} isn't available throughout")
    busy = first_overlap(table.calendar.stretches(room.busy), placed.start, placed.end)
    if busy is not None:
        yield _broken(placed, f"{room.id} is busy {stretch(*busy)}")
    people = len(placed.participants) + len(set(placed.session.family))
    people += max(len(part.staff) for part in placed.parts)
    if people > room.capacity:
        yield _broken(placed, f"{people} people are in {room.id}, which seats {room.capacity}")


def _broken(placed: Placed, what: str) -> Violation:
    return concerning("room-fit", placed, what, placed.participants, placed.staff)


def room_free(table: Timetable) -> Iterator[Violation]:
    """Check ``room-free``: a room has one session at a time."""
    for room, sessions in table.in_room.items():
        for first, second in overlapping(sessions):
            if not (first.frozen and second.frozen):
                what = f"{room} is taken by {named(first.session)}"
                people = {*first.participants, *second.participants}
                yield concerning("room-free", second, what, people, first.staff | second.staff)
