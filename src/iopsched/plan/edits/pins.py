"""Edits of decisions that stand: pins added, removed, moved.

A pin is named by what it is of: a participant and a service, a group, or a participant in a group.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import model_validator

from iopsched.instance.models import Instance, Pin
from iopsched.instance.times import clock
from iopsched.instance.values import Id
from iopsched.instance.windows import parse_start
from iopsched.instance.words import listed
from iopsched.plan.edits.base import BaseEdit, Refused
from iopsched.plan.edits.fields import Opening, PinnedLeaders, PinnedRoom, Refers
from iopsched.plan.edits.spoken import ID

__all__ = ["PinMoved", "Pinned", "Unpinned"]

_LED = "[ led by {staff}][ in room {room}]"


class _OfPin(BaseEdit):
    """What a pin is of: a participant's service, a group's meeting, or a participant's attendance of it."""

    participant: Annotated[Id | None, ID, Refers("participants")] = None
    service: Annotated[Id | None, ID, Refers("services")] = None
    group: Annotated[Id | None, ID, Refers("groups")] = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        named = (self.participant is not None, self.service is not None, self.group is not None)
        if named not in ((True, True, False), (False, False, True), (True, False, True)):
            raise ValueError(
                "a pin is of a participant and a service, of a group, or of a participant and a group; "
                "name these and no more"
            )
        return self

    def _is_of(self, pin: Pin) -> bool:
        return (pin.participant, pin.service, pin.group) == (self.participant, self.service, self.group)


class Pinned(_OfPin):
    """A session, a meeting or an attendance stands, with its leaders and its room where they are named."""

    FORMS = (
        "pin {participant} {service} [at ]{start}" + _LED,
        "pin {participant} in group {group} [at ]{start}",
        "pin group {group} [at ]{start}" + _LED,
    )
    EXAMPLE = "pin P0017 individual Mon 17:30 led by T3 in room R1"
    edit: Literal["pinned"] = "pinned"
    start: Opening
    staff: PinnedLeaders = None
    room: PinnedRoom = None

    def applied(self, instance: Instance) -> Instance:
        """Add a pin."""
        pin = Pin(**self.model_dump(exclude={"edit"}))
        return instance.model_copy(update={"pins": (*instance.pins, pin)})


class Unpinned(_OfPin):
    """What was pinned at this start may be decided anew."""

    FORMS = (
        "unpin {participant} {service} [at ]{start}",
        "unpin {participant} in group {group} [at ]{start}",
        "unpin group {group} [at ]{start}",
    )
    EXAMPLE = "unpin P0017 individual Mon 17:30"
    edit: Literal["unpinned"] = "unpinned"
    start: Opening

    def applied(self, instance: Instance) -> Instance:
        """Take the pin out."""
        return _moved(instance, self, self.start, None)


class PinMoved(_OfPin):
    """What was pinned at one start is pinned at another; leaders and room stay."""

    FORMS = (
        "move the pin of {participant} {service} from {start} to {to}",
        "move the pin of {participant} in group {group} from {start} to {to}",
        "move the pin of group {group} from {start} to {to}",
    )
    EXAMPLE = "move the pin of P0017 individual from Mon 17:30 to Tue 18:00"
    edit: Literal["pin_moved"] = "pin_moved"
    start: Opening
    to: Opening

    def applied(self, instance: Instance) -> Instance:
        """Change the pin's start."""
        return _moved(instance, self, self.start, self.to)


def _moved(instance: Instance, edit: Unpinned | PinMoved, start: str, to: str | None) -> Instance:
    """Return the instance with a pin at another start, or without it."""
    (minute,) = parse_start(start)
    of_it = [pin for pin in instance.pins if edit._is_of(pin)]
    if all(pin.minute != minute for pin in of_it):
        whose = " ".join(filter(None, (edit.participant, edit.service, edit.group)))
        known = listed(clock(pin.minute) for pin in of_it)
        remedy = f"it is pinned at {known}" if known else "there is no pin of it: leave the edit out"
        raise Refused("start", f"{whose} is not pinned at {start}", remedy)
    pins: list[Pin] = []
    for pin in instance.pins:
        if not edit._is_of(pin) or pin.minute != minute:
            pins.append(pin)
        elif to is not None:
            pins.append(pin.model_copy(update={"start": to}))
    return instance.model_copy(update={"pins": tuple(pins)})
