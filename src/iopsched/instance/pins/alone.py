"""Rules that one pinned session can break by itself, other than those of who leads it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from iopsched.instance.draft import Draft, Finding
from iopsched.instance.models import Group, Instance, Participant, Room
from iopsched.instance.pins.sessions import PinnedSession, breaks
from iopsched.instance.times import Span, clock, crosses, inside, opening, stretch
from iopsched.instance.windows import MINUTES_PER_DAY, spans, start_minutes
from iopsched.instance.words import listed

__all__ = ["check_alone"]


def check_alone(draft: Draft, session: PinnedSession) -> Iterator[Finding]:
    """Find what one pinned session breaks: grid, hours, free people, membership, room."""
    instance = draft.instance
    yield from _grid(instance, session)
    yield from _hours(instance, session)
    yield from _participants(instance, session)
    if session.group is None:
        yield from _needed(instance, session)
        yield from _family(instance, session)
    else:
        yield from _members(instance, session, session.group)
        if draft.sound("participants"):
            yield from _enough(instance, session, session.group)
    if session.room is not None or draft.sound("rooms"):
        yield from _room(instance, session)


def _grid(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    minute = session.start % MINUTES_PER_DAY
    every = session.service.start_every if session.group is None else 1
    step = math.lcm(instance.slot_minutes, every)
    if session.group is not None and session.start not in start_minutes(session.group.starts):
        remedy = f"its starts are {listed(session.group.starts)}"
        yield breaks("grid", session.pins, f"{clock(session.start)} is none of the group's starts", remedy)
    if minute % step:
        earlier = session.start - minute % step
        text = f"{clock(session.start)} is no multiple of {step} minutes from midnight"
        yield breaks("grid", session.pins, text, f"start it at {clock(earlier)} or {clock(earlier + step)}")


def _hours(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    if session.start // MINUTES_PER_DAY in instance.closed_days:
        text = f"the clinic is closed on the day of {session.name}"
        yield breaks("hours", session.pins, text)
    elif not inside(session.span, opening(instance)):
        text = f"{stretch(session.span)} is not within the clinic's hours"
        yield breaks("hours", session.pins, text, f"the hours are {listed(instance.hours) or 'empty'}")


def _why_not_free(participant: Participant, span: Span) -> str | None:
    """Return why a participant cannot come at a time, without a word of what keeps them."""
    if participant.available is not None and not inside(span, spans(participant.available)):
        return f"{participant.id} is not available throughout"
    for busy in participant.busy:
        for start, end in spans(busy.when):
            if crosses(span, [(start - busy.travel_minutes, end + busy.travel_minutes)]):
                travel = f", with {busy.travel_minutes} minutes of travel" if busy.travel_minutes else ""
                return f"{participant.id} is busy {stretch((start, end))}{travel}"
    return None


def _participants(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    for name, pins in session.attendance.items():
        reason = _why_not_free(instance.participant_by_id[name], session.span)
        if reason is not None:
            yield breaks("participant-free", pins, reason)


def _needed(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    (name,) = session.attendance
    need = instance.participant_by_id[name].need_of(session.service.id)
    if need is None:
        text = f"{name} has no need of {session.service.id}"
        yield breaks("need-count", session.pins, text, "add the need, or drop the pin")


def _family(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    if session.service.kind != "family":
        return
    for participant, need in session.needs(instance):
        required = participant.family_of(need)
        for relative in participant.family:
            if relative.id in required and not inside(session.span, spans(relative.available)):
                text = f"{relative.id}, who must attend, is not available throughout"
                yield breaks("family-free", session.pins, text)


def _why_no_member(participant: Participant, group: Group) -> str | None:
    need = participant.need_of(group.service)
    if need is None or need.sessions == 0:
        return f"{participant.id} has no need of {group.service}"
    if need.groups is not None and group.id not in need.groups:
        return f"{participant.id}'s need does not name {group.id} among its groups"
    missing = sorted(set(group.open_to) - set(participant.tags))
    if missing:
        return f"{participant.id} has not the tags {listed(missing)} that {group.id} is open to"
    return None


def _members(instance: Instance, session: PinnedSession, group: Group) -> Iterator[Finding]:
    for name, pins in session.attendance.items():
        reason = _why_no_member(instance.participant_by_id[name], group)
        if reason is not None:
            yield breaks("group-member", pins, reason, "pin another group, or drop the pin")
    if len(session.attendance) > group.max_size:
        pins = tuple(k for numbers in session.attendance.values() for k in numbers)
        text = f"{len(session.attendance)} participants are pinned into {session.name}, {group.max_size} fit"
        yield breaks("group-size", pins, text, "raise max_size, or drop one of these pins")


def _enough(instance: Instance, session: PinnedSession, group: Group) -> Iterator[Finding]:
    """Report a meeting that cannot reach its size: everyone counts who could come if alone in the week."""
    staff = session.staff or frozenset()
    could_come = 0
    for participant in instance.participants:
        if could_come >= group.min_size:
            return
        need = participant.need_of(group.service)
        if (
            need is not None
            and _why_no_member(participant, group) is None
            and _why_not_free(participant, session.span) is None
            and not staff & set(need.not_staff)
        ):
            could_come += 1
    if could_come < group.min_size:
        text = f"{could_come} participants could come to {session.name}, it takes {group.min_size}"
        yield breaks("group-size", session.pins, text, "lower min_size, or move or drop the pin")


def _room(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    remote = session.service.remote or any(
        need.remote for _, need in session.needs(instance) if session.group is None
    )
    if remote:
        if session.room is not None:
            yield breaks("room-fit", session.pins, f"{session.name} is remote", "take the room out")
    elif session.room is not None:
        reason = _why_no_room(instance, session, instance.room_by_id[session.room])
        if reason is not None:
            yield breaks("room-fit", session.pins, reason, "name another room, or move or drop the pin")
    elif all(_why_no_room(instance, session, room) is not None for room in instance.rooms):
        yield breaks("room-fit", session.pins, f"no room can take {session.name}")


def _why_no_room(instance: Instance, session: PinnedSession, room: Room) -> str | None:
    seats = _seats(instance, session)
    if room.kind not in session.service.room_kinds:
        return f"{room.id} is no room of kind {listed(session.service.room_kinds)}"
    if session.group is not None and session.group.rooms is not None and room.id not in session.group.rooms:
        return f"{room.id} is none of the group's rooms"
    if room.capacity < seats:
        return f"{room.id} seats {room.capacity}, at least {seats} people come"
    if room.available is not None and not inside(session.span, spans(room.available)):
        return f"{room.id} is not available throughout"
    if crosses(session.span, spans(room.busy)):
        return f"{room.id} is busy"
    return None


def _seats(instance: Instance, session: PinnedSession) -> int:
    leaders = max(part.leaders for part in session.service.parts)
    if session.group is not None:
        return leaders + max(session.group.min_size, len(session.attendance))
    relatives = 0
    if session.service.kind == "family":
        relatives = sum(len(participant.family_of(need)) for participant, need in session.needs(instance))
    return leaders + 1 + relatives
