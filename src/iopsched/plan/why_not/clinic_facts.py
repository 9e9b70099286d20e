"""Facts about the clinic: groups, staff, rooms, hours, pinned meetings, and what the others have.

What the clinic has too little of is set aside by one more of it, as a planner would do: another member of
staff, another room, another group, one more seat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from iopsched.instance.models import Group, Instance, Room, Staff
from iopsched.instance.times import clock
from iopsched.instance.windows import MINUTES_PER_DAY, start_minutes
from iopsched.plan.why_not.facts import Asked, Fact, edited, lifting
from iopsched.plan.why_not.wording import clinic_staff_words, few, seat_words, start_words

__all__ = ["clinic_facts", "others_fact"]

ALL_WEEK = ("Mon-Sun 00:00-24:00",)
EVERY = 30
"""Minutes between the starts that another group could have."""
ANOTHER = "(another)"
"""Part of the id of what is there only while a fact is set aside."""


def clinic_facts(asked: Asked) -> Iterator[Fact]:
    """Yield the facts about the clinic, those that a planner thinks of first in front."""
    if asked.for_group:
        yield from _group_facts(asked)
    yield Fact("staff", clinic_staff_words(asked), lifting(lambda one: _with_staff(one, asked)))
    if not asked.remote:
        yield Fact("rooms", _room_words(asked), lifting(lambda one: _with_room(one, asked)))
    hours = "; ".join(asked.instance.hours)
    opened = lifting(lambda one: one.model_copy(update={"hours": ALL_WEEK}))
    yield Fact("hours", f"The clinic is open {hours}.", opened)
    if asked.instance.closed:
        days = ", ".join(f"{day:%a} {day.isoformat()}" for day in asked.instance.closed)
        reopened = lifting(lambda one: one.model_copy(update={"closed": ()}))
        yield Fact("closed", f"The clinic is closed on {days}.", reopened)
    yield from _pinned_meetings(asked)


def _joined(asked: Asked) -> list[Group]:
    return [group for group in asked.instance.groups if group.service == asked.service.id]


def _group_facts(asked: Asked) -> Iterator[Fact]:
    groups, who = _joined(asked), asked.participant
    names = [group.id for group in groups]

    def fact(kind: str, text: str, **fields: Any) -> Fact:
        def change(one: Group) -> Group:
            return one.model_copy(update=fields)

        return Fact(kind, text, lifting(lambda instance: edited(instance, "groups", names, change)))

    yield Fact("groups", start_words(asked, groups), lifting(lambda one: _with_group(one, asked)))
    if not groups:
        return
    yield Fact("seats", seat_words(groups, asked.sessions), lifting(lambda one: _with_seat(one, names)))
    closed_to = [group for group in groups if not set(group.open_to) <= set(who.tags)]
    if closed_to:
        said = few([f"{group.id} to {', '.join(group.open_to)}" for group in closed_to])
        yield fact("open-to", f"Open to others than {who.id} only: {said}.", open_to=())
    if any(group.min_size > 1 for group in groups):
        said = few([f"{group.id} {group.min_size}" for group in groups if group.min_size > 1])
        yield fact("min-size", f"A meeting runs with so many at least: {said}.", min_size=0)
    said = few([f"{group.id} {group.meetings}" for group in groups])
    yield fact("meetings", f"Meetings a week at most: {said}.", meetings=7)
    if any(group.same_start for group in groups):
        said = few([group.id for group in groups if group.same_start])
        yield fact("same-start", f"All meetings begin at one time of day: {said}.", same_start=False)
    if any(group.staff is not None for group in groups):
        said = few([group.id for group in groups if group.staff is not None])
        yield fact("group-staff", f"Led by the staff named for it only: {said}.", staff=None)
    if any(group.rooms is not None for group in groups):
        said = few([group.id for group in groups if group.rooms is not None])
        yield fact("group-rooms", f"In the rooms named for it only: {said}.", rooms=None)
    others = asked.instance.apart_of.get(who.id, ())
    if others:
        text = f"{who.id} may not meet {few(list(others))} in a group."
        yield Fact("apart", text, lifting(lambda one: _may_meet(one, who.id)))


def _with_seat(instance: Instance, names: list[str]) -> Instance:
    def more(group: Group) -> Group:
        return group.model_copy(update={"max_size": group.max_size + 1})

    return edited(instance, "groups", names, more)


def _may_meet(instance: Instance, who: str) -> Instance:
    people = tuple(
        one.model_copy(
            update={"apart_from": () if one.id == who else tuple(x for x in one.apart_from if x != who)}
        )
        for one in instance.participants
    )
    return instance.model_copy(update={"participants": people})


def _with_group(instance: Instance, asked: Asked) -> Instance:
    """Add a group for this participant alone, which may meet on any day at any time."""
    name = f"{ANOTHER} {asked.service.id}"
    only = f"{ANOTHER} {asked.participant.id}"
    slot = max(EVERY, instance.slot_minutes)
    clocks = [f"{m // 60:02}:{m % 60:02}" for m in range(0, MINUTES_PER_DAY, slot)]
    group = Group(
        id=name,
        service=asked.service.id,
        meetings=7,
        starts=tuple(f"Mon-Sun {clock}" for clock in clocks),
        same_start=False,
        min_size=0,
        max_size=1,
        open_to=(only,),
    )

    def member(person: Any) -> Any:
        needs = tuple(
            need.model_copy(update={"groups": (*need.groups, name)})
            if need.service == asked.service.id and need.groups is not None
            else need
            for need in person.needs
        )
        return person.model_copy(update={"tags": (*person.tags, only), "needs": needs})

    grown = edited(instance, "participants", [asked.participant.id], member)
    return grown.model_copy(update={"groups": (*instance.groups, group)})


def _with_staff(instance: Instance, asked: Asked) -> Instance:
    """Add staff who may lead everything of the service, always there and without limits."""
    parts = asked.service.parts
    names = tuple(f"{ANOTHER} {k + 1}" for k in range(max(part.leaders for part in parts)))
    skills = tuple(dict.fromkeys(part.skill for part in parts))
    twins = tuple(
        Staff(id=name, name=name, skills=skills, tags=asked.need.staff_tags, available=ALL_WEEK)
        for name in names
    )

    def listed(group: Group) -> Group:
        return group if group.staff is None else group.model_copy(update={"staff": (*group.staff, *names)})

    def chosen(person: Any) -> Any:
        needs = tuple(
            need.model_copy(update={"staff": (*need.staff, *names)})
            if need.service == asked.service.id and need.staff is not None
            else need
            for need in person.needs
        )
        return person.model_copy(update={"needs": needs})

    grown = edited(instance, "groups", [group.id for group in _joined(asked)], listed)
    grown = edited(grown, "participants", [asked.participant.id], chosen)
    return grown.model_copy(update={"staff": (*instance.staff, *twins)})


def _with_room(instance: Instance, asked: Asked) -> Instance:
    """Add a room that serves, always open, for as many as there may be."""
    seats = 2 + len(asked.participant.family) + max((group.max_size for group in instance.groups), default=0)
    seats += 1 + max(part.leaders for part in asked.service.parts)
    room = Room(id=ANOTHER, kind=asked.service.room_kinds[0], capacity=seats)

    def listed(group: Group) -> Group:
        return group if group.rooms is None else group.model_copy(update={"rooms": (*group.rooms, ANOTHER)})

    grown = edited(instance, "groups", [group.id for group in _joined(asked)], listed)
    return grown.model_copy(update={"rooms": (*instance.rooms, room)})


def _room_words(asked: Asked) -> str:
    serving = [room for room in asked.instance.rooms if room.kind in asked.service.room_kinds]
    said = few([room.id for room in serving]) or "none"
    return f"Rooms that serve {asked.service.id} ({', '.join(asked.service.room_kinds)}): {said}."


def _pinned_meetings(asked: Asked) -> Iterator[Fact]:
    """Yield the pinned meetings, group by group, those of the service's own groups first."""
    pinned: dict[str, list[int]] = defaultdict(list)
    for pin in asked.instance.pins:
        if pin.group is not None and pin.participant is None:
            pinned[pin.group].extend(start_minutes([pin.start]))
    own = {group.id for group in _joined(asked)}
    for name in sorted(pinned, key=lambda one: (one not in own, one)):
        text = f"Meetings of {name} are pinned at {', '.join(map(clock, sorted(pinned[name])))}."
        yield Fact("pinned-meetings", text, lifting(partial(_unpinned, group=name)), subject=name)


def _unpinned(instance: Instance, *, group: str) -> Instance:
    pins = tuple(pin for pin in instance.pins if pin.group != group or pin.participant is not None)
    return instance.model_copy(update={"pins": pins})


def others_fact(asked: Asked) -> Fact:
    """Return the fact that nobody else loses a session for this one."""
    others = len(asked.instance.participants) - 1
    text = f"Nobody else may lose a session: {others} others keep all that they have."
    return Fact("others", text, lambda case: replace(case, others="lose"))
