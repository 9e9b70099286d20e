"""What could be asked of the clinic: staff, rooms, hours, pinned meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from iopsched.instance.models import Instance, Staff
from iopsched.instance.times import Span
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY, spans
from iopsched.plan.edits import Edit
from iopsched.plan.edits.base import replaced
from iopsched.plan.edits.clinic import OpenAlso
from iopsched.plan.edits.needs import NeedRemote
from iopsched.plan.edits.rooms import RoomAdded, RoomOpens, RoomSeats
from iopsched.plan.edits.staff import (
    Hired,
    StaffCanLead,
    StaffFree,
    StaffMinutesPerDay,
    StaffMinutesPerWeek,
    StaffParticipants,
    StaffWorksAlso,
)
from iopsched.plan.edits.times import written_windows
from iopsched.plan.why_not.facts import Asked, Fact
from iopsched.plan.why_not.group_mends import group_mends
from iopsched.plan.why_not.own_mends import pin_proposal
from iopsched.plan.why_not.proposals import (
    ALL_WEEK,
    Asking,
    Proposal,
    exactly,
    grown,
    led_by,
    minutes_in,
    outside,
    span_of,
)
from iopsched.roster.models import Roster

__all__ = ["clinic_mends"]

WIDER = (60, 180, 24 * 60)
"""Minutes by which shifts and hours could be longer: a little first, then by any time of the day."""
HIRE, TRAIN, ROOM, OPENED = 600, 300, 400, 300
"""Points of another member of staff, of learning to lead something, of another room, of opening on a holiday,
besides the time it takes."""
SEATED, REMOTE = 45, 60
"""Points of one more seat in a room, of sessions by video."""


def clinic_mends(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    """Propose what would set aside a fact about the clinic, or as much of it as it takes."""
    makers: dict[str, Callable[[Asked], Iterator[Proposal]]] = {
        "staff": _staff,
        "rooms": _rooms,
        "hours": _hours,
        "closed": _closed,
    }
    if fact.kind in makers:
        yield from makers[fact.kind](asked)
    elif fact.kind == "pinned-meetings":
        for pin in asked.instance.pins:
            if pin.group == fact.subject and pin.participant is None:
                yield pin_proposal(asked.instance, pin, 180)
    else:
        yield from group_mends(asked, fact)


def _able(asked: Asked) -> list[Staff]:
    skills = {part.skill for part in asked.service.parts}
    return [member for member in asked.instance.staff if skills & set(member.skills)]


def _staff(asked: Asked) -> Iterator[Proposal]:
    able = {member.id for member in _able(asked)}

    def each(change: Callable[[Staff], dict[str, Any]]) -> Instance:
        return replaced(
            asked.instance,
            "staff",
            lambda one: one.model_copy(update=change(one)) if one.id in able else one,
        )

    for wider in WIDER:
        yield Proposal("shifts", 30, each(partial(_longer, minutes=wider)), _Led(asked, _works_also))
    yield Proposal("staff at any time", 60, each(lambda _: {"available": ALL_WEEK}), _Led(asked, _works_also))
    yield Proposal("staff busy", 30, each(lambda _: {"busy": ()}), _Led(asked, _free))
    limits = ("max_minutes_per_day", "max_minutes_per_week", "max_participants")
    unlimited = each(lambda _: dict.fromkeys(limits))
    yield Proposal("staff limits", 60, unlimited, lambda roster: _limits(asked, roster))
    yield from _others(asked, able)


def _others(asked: Asked, able: set[str]) -> Iterator[Proposal]:
    """Propose that others learn to lead it, or that somebody is hired."""
    instance = asked.instance
    for skill in dict.fromkeys(part.skill for part in asked.service.parts):

        def trained(roster: Roster, skill: str = skill) -> Asking:
            skills = {one.id: one.skills for one in instance.staff}
            new = sorted(
                {
                    name
                    for session in roster.sessions
                    if asked.participant.id in session.participants and session.service == asked.service.id
                    for name in session.staff
                    if name in skills and skill not in skills[name]
                }
            )
            return Asking(tuple(StaffCanLead(staff=name, skill=skill) for name in new), TRAIN * len(new))

        every = replaced(instance, "staff", partial(_able_too, skill=skill))
        yield Proposal(f"skill {skill}", TRAIN, every, trained)
    for like in [member.id for member in instance.staff if member.id in able][:3]:
        name = _new_name("new-staff", instance.staff_by_id)
        hired = Hired(staff=name, like=like, when=instance.hours)

        def of_roster(roster: Roster, name: str = name, like: str = like, hired: Hired = hired) -> Asking:
            when = written_windows(spans(outside(led_by(hired.applied(instance), roster).get(name, ()), ())))
            return Asking((Hired(staff=name, like=like, when=when or None),), HIRE + minutes_in(when))

        yield Proposal("hired", HIRE, hired.applied(instance), of_roster)


def _new_name(stem: str, known: Any) -> str:
    return next(name for k in range(1, 1000) if (name := f"{stem}-{k}") not in known)


def _longer(member: Staff, *, minutes: int) -> dict[str, Any]:
    return {"available": grown(member.available, minutes)}


def _able_too(member: Staff, *, skill: str) -> Staff:
    return member.model_copy(update={"skills": (*member.skills, skill)})


class _Led:
    """The edits by which each member of staff may lead what a roster has them lead."""

    def __init__(self, asked: Asked, edit_of: Callable[[Staff, list[Span]], tuple[Edit, int] | None]) -> None:
        self._asked = asked
        self._edit_of = edit_of

    def __call__(self, roster: Roster) -> Asking:
        led = led_by(self._asked.instance, roster)
        found = [self._edit_of(member, led.get(member.id, [])) for member in self._asked.instance.staff]
        edits = [one for one in found if one is not None]
        return Asking(tuple(edit for edit, _ in edits), sum(points for _, points in edits))


def _works_also(member: Staff, led: list[Span]) -> tuple[Edit, int] | None:
    when = outside(led, member.available)
    return (StaffWorksAlso(staff=member.id, when=when), minutes_in(when)) if when else None


def _free(member: Staff, led: list[Span]) -> tuple[Edit, int] | None:
    taken = [
        (max(start, first), min(end, last))
        for start, end in led
        for first, last in spans(member.busy)
        if first < end and start < last
    ]
    when = written_windows(spans(written_windows(taken)))
    return (StaffFree(staff=member.id, when=when), minutes_in(when)) if when else None


def _limits(asked: Asked, roster: Roster) -> Asking:
    """Return the limits raised as far as a roster takes it."""
    instance, edits, points = asked.instance, list[Edit](), 0
    led = led_by(instance, roster)
    for member in instance.staff:
        days: dict[int, int] = {}
        for start, end in led.get(member.id, []):
            days[start // MINUTES_PER_DAY] = days.get(start // MINUTES_PER_DAY, 0) + end - start
        day, week = max(days.values(), default=0), sum(days.values())
        seen = {
            session.participants[0]
            for session in roster.sessions
            if session.group is None and member.id in session.staff
        }
        if member.max_minutes_per_day is not None and day > member.max_minutes_per_day:
            edits.append(StaffMinutesPerDay(staff=member.id, minutes=day))
            points += day - member.max_minutes_per_day
        if member.max_minutes_per_week is not None and week > member.max_minutes_per_week:
            edits.append(StaffMinutesPerWeek(staff=member.id, minutes=week))
            points += week - member.max_minutes_per_week
        if member.max_participants is not None and len(seen) > member.max_participants:
            edits.append(StaffParticipants(staff=member.id, participants=len(seen)))
            points += 60 * (len(seen) - member.max_participants)
    return Asking(tuple(edits), points)


def _rooms(asked: Asked) -> Iterator[Proposal]:
    instance = asked.instance
    serving = [room for room in instance.rooms if room.kind in asked.service.room_kinds]
    names = {room.id for room in serving}
    if not asked.for_group:
        remote = NeedRemote(participant=asked.participant.id, service=asked.service.id)
        yield exactly("remote", REMOTE, instance, remote)
    opened = replaced(
        instance,
        "rooms",
        lambda one: one.model_copy(update={"available": None, "busy": ()}) if one.id in names else one,
    )
    yield Proposal("rooms open", 30, opened, lambda roster: _opened(instance, names, roster))
    for room in serving:
        seats = room.capacity + 1
        seated = RoomSeats(room=room.id, seats=seats)
        yield exactly(f"room {room.id}", SEATED, instance, seated)
    for room in serving[:1]:
        name = _new_name("new-room", instance.room_by_id)
        more = RoomAdded(room=name, like=room.id, when=ALL_WEEK)

        def of_roster(roster: Roster, name: str = name, like: str = room.id) -> Asking:
            used = [span_of(instance, one) for one in roster.sessions if one.room == name]
            when = outside(used, ())
            return Asking((RoomAdded(room=name, like=like, when=when or None),), ROOM + minutes_in(when))

        yield Proposal("another room", ROOM, more.applied(instance), of_roster)


def _opened(instance: Instance, names: set[str], roster: Roster) -> Asking:
    edits, points = list[Edit](), 0
    for room in instance.rooms:
        used = [span_of(instance, one) for one in roster.sessions if one.room == room.id]
        known = ALL_WEEK if room.available is None else room.available
        free = outside(spans(known), room.busy)
        when = outside(used, free) if room.id in names else ()
        if when:
            edits.append(RoomOpens(room=room.id, when=when))
            points += minutes_in(when)
    return Asking(tuple(edits), points)


def _hours(asked: Asked) -> Iterator[Proposal]:
    instance = asked.instance

    def of_roster(roster: Roster) -> Asking:
        when = outside([span_of(instance, one) for one in roster.sessions], instance.hours)
        return Asking((OpenAlso(when=when),) if when else (), 2 * minutes_in(when))

    for wider in WIDER:
        widened = instance.model_copy(update={"hours": grown(instance.hours, wider)})
        yield Proposal("hours", 60, widened, of_roster)
    yield Proposal("hours", 120, instance.model_copy(update={"hours": ALL_WEEK}), of_roster)


def _closed(asked: Asked) -> Iterator[Proposal]:
    instance = asked.instance
    for day in sorted(instance.closed_days):
        usual = [span for span in spans(instance.hours) if span[0] // MINUTES_PER_DAY == day]
        when = written_windows(usual) or (f"{DAYS[day]} 08:00-20:00",)
        edit = OpenAlso(when=when)
        yield exactly(f"closed {day}", OPENED + minutes_in(when), instance, edit)
