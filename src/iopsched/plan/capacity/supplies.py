"""What there is of staff hours, rooms and seats, what a roster uses of it, and what still fits in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from iopsched.instance.models import Group, Instance, Participant, Room, Service, Staff
from iopsched.plan.capacity.answer import BANDS, Band, Supply, SupplyKind
from iopsched.roster.calendar import Span, common, minutes_between, without
from iopsched.roster.models import Roster
from iopsched.roster.timetable import Timetable, timetable

__all__ = ["could_join", "supplies_of"]


@dataclass(frozen=True, slots=True)
class _Session:
    """What has to fit in: minutes, notes after it, and what its starts are multiples of."""

    service: str
    minutes: int
    note: int
    every: int


@dataclass(frozen=True, slots=True)
class _Own:
    """One person's or room's time: when it is there, what takes it, and how many more minutes it may give.

    ``week`` and ``day`` are minutes left, by day; ``None`` for no limit.
    """

    there: Sequence[Span]
    taken: Sequence[Span]
    week: int | None = None
    days: dict[date, int] | None = None


def supplies_of(instance: Instance, roster: Roster, profile: Sequence[Participant]) -> tuple[Supply, ...]:
    """Return what there is of everything that newcomers of a profile need: staff, then rooms, then seats.

    Parameters
    ----------
    instance, roster : Instance, Roster
        The clinic with the newcomers admitted so far, and its roster.
    profile : sequence of Participant
        Newcomers whose needs say what counts.
    """
    table = timetable(instance, roster.sessions)
    services = [
        instance.service_by_id[name]
        for name in dict.fromkeys(need.service for one in profile for need in one.needs if need.sessions)
    ]
    return (
        *_staff(table, services),
        *_rooms(table, services),
        *_seats(table, profile),
    )


def _staff(table: Timetable, services: Iterable[Service]) -> Iterator[Supply]:
    shortest: dict[str, _Session] = {}
    for service in services:
        group = service.kind == "group"
        for part in service.parts:
            every = table.instance.slot_minutes if group else service.start_every
            session = _Session(service.id, part.minutes, service.note_minutes, every)
            known = shortest.get(part.skill)
            if known is None or session.minutes < known.minutes:
                shortest[part.skill] = session
    for skill, session in shortest.items():
        able = [member for member in table.instance.staff if skill in member.skills]
        yield from _by_band("staff", skill, session, [_own_time(table, member) for member in able])


def _own_time(table: Timetable, member: Staff) -> _Own:
    led = table.led_by.get(member.id, [])
    there = common(
        list(table.calendar.open_hours(table.instance)), list(table.calendar.stretches(member.available))
    )
    week, days = None, None
    if member.max_minutes_per_week is not None:
        week = member.max_minutes_per_week - sum(part.minutes for part in led)
    if member.max_minutes_per_day is not None:
        minutes: Counter[date] = Counter()
        for part in led:
            minutes[part.start.date()] += part.minutes
        days = {start.date(): member.max_minutes_per_day - minutes[start.date()] for start, _ in there}
    return _Own(
        without(there, table.calendar.stretches(member.busy)),
        [(part.start, part.notes_end) for part in led],
        week,
        days,
    )


def _rooms(table: Timetable, services: Iterable[Service]) -> Iterator[Supply]:
    shortest: dict[tuple[str, ...], _Session] = {}
    for service in services:
        kinds = tuple(sorted(set(service.room_kinds)))
        every = table.instance.slot_minutes if service.kind == "group" else service.start_every
        session = _Session(service.id, service.minutes, 0, every)
        if kinds and (kinds not in shortest or session.minutes < shortest[kinds].minutes):
            shortest[kinds] = session
    for kinds, session in shortest.items():
        rooms = [_room_time(table, room) for room in table.instance.rooms if room.kind in kinds]
        yield from _by_band("rooms", " or ".join(kinds), session, rooms)


def _room_time(table: Timetable, room: Room) -> _Own:
    there = list(table.calendar.open_hours(table.instance))
    if room.available is not None:
        there = common(there, list(table.calendar.stretches(room.available)))
    taken = [(placed.start, placed.end) for placed in table.in_room.get(room.id, [])]
    return _Own(without(there, table.calendar.stretches(room.busy)), taken)


def _by_band(kind: SupplyKind, name: str, session: _Session, owners: Sequence[_Own]) -> Iterator[Supply]:
    """Yield a row for each band in which somebody is there."""
    there: Counter[Band] = Counter()
    free: Counter[Band] = Counter()
    fits: Counter[Band] = Counter()
    for own in owners:
        there.update(_minutes(own.there))
        free.update(_minutes(without(own.there, own.taken)))
        fits.update(_fitting(own, session))
    for band in BANDS:
        if there[band]:
            yield Supply(kind, name, band, there[band], there[band] - free[band], fits[band], session.service)


def _minutes(spans: Iterable[Span]) -> Counter[Band]:
    found: Counter[Band] = Counter()
    for start, end in spans:
        for band, (first, last) in BANDS.items():
            midnight = datetime.combine(start.date(), datetime.min.time())
            begin, until = midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)
            if max(start, begin) < min(end, until):
                found[band] += minutes_between(max(start, begin), min(end, until))
    return found


def _fitting(own: _Own, session: _Session) -> Counter[Band]:
    """Count the sessions that fit into the gaps one after the other, by the band in which they begin.

    Notes may run past somebody's hours, but not into the next session.
    """
    found: Counter[Band] = Counter()
    week, days = own.week, dict(own.days or {})
    begins = sorted(start for start, _ in own.taken)
    length, notes = timedelta(minutes=session.minutes), timedelta(minutes=session.note)
    for start, end in without(own.there, own.taken):
        following = next((begin for begin in begins if begin >= end), None)
        at = _next_start(start, session.every)
        while at + length <= end and (following is None or at + length + notes <= following):
            day = at.date()
            if (week is not None and week < session.minutes) or days.get(day, 24 * 60) < session.minutes:
                break
            week = None if week is None else week - session.minutes
            if day in days:
                days[day] -= session.minutes
            found[_band_of(at)] += 1
            at = _next_start(at + length + notes, session.every)
    return found


def _next_start(moment: datetime, every: int) -> datetime:
    minute = moment.hour * 60 + moment.minute
    return moment + timedelta(minutes=-minute % every)


def _band_of(moment: datetime) -> Band:
    minute = moment.hour * 60 + moment.minute
    return next(band for band, (first, last) in BANDS.items() if first <= minute < last)


def _seats(table: Timetable, profile: Sequence[Participant]) -> Iterator[Supply]:
    for group in table.instance.groups:
        if not any(could_join(one, group) for one in profile):
            continue
        meetings = table.of_group.get(group.id, [])
        seats = 0
        for placed in meetings:
            room = table.instance.room_by_id.get(placed.session.room or "")
            leaders = max((len(part.staff) for part in placed.parts), default=0)
            seats += min(group.max_size, room.capacity - leaders) if room else group.max_size
        taken = sum(len(placed.participants) for placed in meetings)
        yield Supply("seats", group.id, "week", seats, taken, seats - taken, group.service)


def could_join(one: Participant, group: Group) -> bool:
    """Tell whether a participant needs what a group offers and may be a member."""
    need = one.need_of(group.service)
    return (
        need is not None
        and need.sessions > 0
        and (need.groups is None or group.id in need.groups)
        and set(group.open_to) <= set(one.tags)
    )
