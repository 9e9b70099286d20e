"""Edits of rooms: when they can be used, how many they seat, which there are."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from iopsched.instance.models import Group, Instance, Pin
from iopsched.instance.windows import spans
from iopsched.plan.edits.base import BaseEdit, added, changed, replaced, without
from iopsched.plan.edits.fields import NewRoomId, OneOrMore, OnWhen, RoomId, When
from iopsched.plan.edits.spoken import WHEN
from iopsched.plan.edits.times import windows_without, written_windows

__all__ = ["RoomAdded", "RoomCloses", "RoomDropped", "RoomOpens", "RoomSeats"]


class RoomCloses(BaseEdit):
    """A room cannot be used at these times."""

    FORMS = ("room {room} (closes|is closed) {when}",)
    EXAMPLE = "room R2 closes on Fri from 13:00"
    edit: Literal["room_closes"] = "room_closes"
    room: RoomId
    when: OnWhen

    def applied(self, instance: Instance) -> Instance:
        """Count the time as busy."""
        room = instance.room_by_id[self.room]
        return changed(instance, "rooms", self.room, busy=(*room.busy, *self.when))


class RoomOpens(BaseEdit):
    """A room can be used at these times too, whatever it was kept for."""

    FORMS = ("room {room} (opens|is open|also opens) {when}",)
    EXAMPLE = "room R2 opens on Sat 09:00-13:00"
    edit: Literal["room_opens"] = "room_opens"
    room: RoomId
    when: OnWhen

    def applied(self, instance: Instance) -> Instance:
        """Add to when it is available, and take out of when it is busy."""
        room = instance.room_by_id[self.room]
        fields: dict[str, Any] = {"busy": windows_without(room.busy, self.when)}
        if room.available is not None:
            fields["available"] = written_windows(spans((*room.available, *self.when)))
        return changed(instance, "rooms", self.room, **fields)


class RoomSeats(BaseEdit):
    """A room seats so many, everyone in it counted."""

    FORMS = ("room {room} seats {seats}",)
    EXAMPLE = "room R2 seats 14"
    edit: Literal["room_seats"] = "room_seats"
    room: RoomId
    seats: OneOrMore

    def applied(self, instance: Instance) -> Instance:
        """Set ``capacity``."""
        return changed(instance, "rooms", self.room, capacity=self.seats)


class RoomDropped(BaseEdit):
    """A room is given up; pins of it go with it."""

    FORMS = ("room {room} is (dropped|given up)", "drop room {room}")
    EXAMPLE = "room R2 is dropped"
    edit: Literal["room_dropped"] = "room_dropped"
    room: RoomId

    def applied(self, instance: Instance) -> Instance:
        """Take it out of the rooms and of every list that names it."""

        def of_group(group: Group) -> Group:
            if group.rooms is None:
                return group
            return group.model_copy(
                update={"rooms": tuple(room for room in group.rooms if room != self.room)}
            )

        def stands(pin: Pin) -> bool:
            return pin.room != self.room

        instance = replaced(without(instance, "rooms", self.room), "groups", of_group)
        return instance.model_copy(update={"pins": tuple(filter(stands, instance.pins))})


class RoomAdded(BaseEdit):
    """There is another room like one there is, or one that can be used at other times than it."""

    FORMS = ("add room {room} like {like}[ (for|on) {when}]",)
    EXAMPLE = "add room R9 like R2"
    edit: Literal["room_added"] = "room_added"
    room: NewRoomId
    like: RoomId
    when: Annotated[When | None, WHEN] = None

    def applied(self, instance: Instance) -> Instance:
        """Add a copy under the new id; groups that may meet in the one may meet in the other."""
        fields: dict[str, Any] = {"id": self.room}
        if self.when is not None:
            fields |= {"available": self.when, "busy": ()}
        instance = added(instance, "rooms", [instance.room_by_id[self.like].model_copy(update=fields)])

        def of_group(group: Group) -> Group:
            if group.rooms is None or self.like not in group.rooms:
                return group
            return group.model_copy(update={"rooms": (*group.rooms, self.room)})

        return replaced(instance, "groups", of_group)
