"""Classes of interchangeable rooms.

Rooms of one kind that seat the same sessions, are available at the same times and are named by nobody
are one class with a number of places. A set of intervals fits into ``n`` equal rooms exactly when no moment
is covered more than ``n`` times (interval graphs are perfect), so the model may count within a class and
the roster can still name a room for each session.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from iopsched.instance.models import Instance
from iopsched.options.calendar import Calendar, room_calendar

__all__ = ["RoomClass", "room_classes"]


@dataclass(frozen=True, slots=True)
class RoomClass:
    """Rooms that are all the same to every session.

    Attributes
    ----------
    index : int
        Position among the classes.
    rooms : tuple of str
        Their ids, in the instance's order.
    kind : str
        Their kind.
    capacity : int
        How many people each seats; the least among them, which is enough for whatever distinguishes rooms.
    calendar : Calendar
        When they can be used.
    """

    index: int
    rooms: tuple[str, ...]
    kind: str
    capacity: int
    calendar: Calendar

    @property
    def places(self) -> int:
        """How many sessions the class holds at a time."""
        return len(self.rooms)


def _most_people(instance: Instance) -> dict[str, int]:
    """Return for each kind of room the most people that any one session could bring into it."""
    most: dict[str, int] = defaultdict(int)
    for group in instance.groups:
        service = instance.service_by_id[group.service]
        people = group.max_size + max(part.leaders for part in service.parts)
        for kind in service.room_kinds:
            most[kind] = max(most[kind], people)
    for participant in instance.participants:
        for need in participant.needs:
            service = instance.service_by_id[need.service]
            if service.kind != "group":
                relatives = len(participant.family_of(need)) if service.kind == "family" else 0
                for kind in service.room_kinds:
                    most[kind] = max(most[kind], 2 + relatives)
    return most


def room_classes(instance: Instance, *, singletons: bool = False) -> tuple[RoomClass, ...]:
    """Partition the rooms into classes.

    Parameters
    ----------
    instance : Instance
    singletons : bool
        Make every room a class of its own, for when its identity matters (a baseline).
    """
    most = _most_people(instance)
    pinned = {pin.room for pin in instance.pins if pin.room is not None}
    members: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for room in instance.rooms:
        named_by = tuple(
            k for k, group in enumerate(instance.groups) if group.rooms and room.id in group.rooms
        )
        own = room.id if singletons or room.id in pinned else ""
        seats = min(room.capacity, most[room.kind])
        members[room.kind, seats, named_by, own, room_calendar(room).key()].append(room.id)
    return tuple(
        RoomClass(
            index,
            tuple(rooms),
            instance.room_by_id[rooms[0]].kind,
            min(instance.room_by_id[room].capacity for room in rooms),
            room_calendar(instance.room_by_id[rooms[0]]),
        )
        for index, rooms in enumerate(members.values())
    )
