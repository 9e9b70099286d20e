"""What one more unit of each resource would bring: edits of the clinic, and the number reached with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from iopsched.instance.models import Group, Instance, Participant
from iopsched.instance.windows import DAYS
from iopsched.plan.capacity.answer import BANDS, Band, Gain
from iopsched.plan.capacity.counting import counted_limits
from iopsched.plan.capacity.reaching import LEAST_SECONDS, Asked, Reached, reach
from iopsched.plan.capacity.supplies import could_join
from iopsched.plan.edits import Edit, apply_edits, sentence
from iopsched.plan.edits.groups import GroupAdded, GroupSeats
from iopsched.plan.edits.rooms import RoomAdded
from iopsched.plan.edits.staff import Hired
from iopsched.roster.calendar import Span, common, minutes_between, without
from iopsched.roster.timetable import Timetable, timetable
from iopsched.solve.clock import Clock

__all__ = ["gains_of", "more_of_each"]

Change = tuple[Edit, ...]

SECONDS_PER_PARTICIPANT = 0.02
"""What a change needs at least to be looked at: building the options and the model of a step takes that."""
SHORTEST_SHIFT = 60
"""Minutes that a band must be open on a day for a shift or a room to be added there."""


def more_of_each(reached: Reached, instance: Instance, profile: Sequence[Participant]) -> tuple[Change, ...]:
    """Return one more unit of each resource that newcomers need, as edits; what is used most comes first.

    A shift is a band of a day, worked by somebody hired like a member of staff who has most of the skills
    needed. A room is added for a band of a day. A group is added like one that is there; last there is one
    more seat in each group that newcomers could join.

    Parameters
    ----------
    reached : Reached
    instance : Instance
        The clinic with the newcomers admitted.
    profile : sequence of Participant
        Newcomers who could come next.
    """
    table = timetable(instance, reached.roster.sessions)
    free = [_free(table, one) for one in profile]
    ranked = [
        *_shifts(table, profile, free),
        *_added_rooms(table, profile, free),
    ]
    ranked.sort(key=lambda pair: -pair[0])
    return (*(change for _, change in ranked), *_groups(table, profile), *_seats(table, profile))


def gains_of(
    asked: Asked, reached: Reached, changes: Sequence[Change], clock: Clock
) -> tuple[tuple[Gain, ...], tuple[Change, ...]]:
    """Find out how many more can be admitted with each change; return also what there was no time for.

    Parameters
    ----------
    asked : Asked
    reached : Reached
        Without any change.
    changes : sequence of tuple of Edit
    clock : Clock
        Each may take an equal part of what is left, and as much as it takes to look at all; what one leaves
        goes to the others.
    """
    gains: list[Gain] = []
    worthwhile = LEAST_SECONDS + SECONDS_PER_PARTICIPANT * len(asked.instance.participants)
    for k, change in enumerate(changes):
        if asked.stop.requested or clock.remaining < worthwhile:
            return _ranked(gains), tuple(changes[k:])
        own = Clock(max(worthwhile, clock.remaining / (len(changes) - k)), clock.deterministic)
        gains.append(_gain(asked, reached, change, own))
        if clock.deterministic:
            clock.charge_solving(Clock.solver_seconds(own.elapsed))
    return _ranked(gains), ()


def _gain(asked: Asked, reached: Reached, change: Change, clock: Clock) -> Gain:
    edited = replace(asked, instance=apply_edits(asked.instance, change))
    limits = counted_limits(edited.instance, edited.promise, edited.models)
    at_most = limits[0].newcomers if limits else None
    found = reach(edited, Reached(reached.newcomers, reached.roster), at_most, clock)
    known = [limit.newcomers for limit in (*limits[:1], found.limit) if limit is not None]
    return Gain(
        tuple(sentence(edit) for edit in change),
        found.newcomers - reached.newcomers,
        min(known) - reached.newcomers if known else None,
    )


def _ranked(gains: Iterable[Gain]) -> tuple[Gain, ...]:
    return tuple(sorted(gains, key=lambda gain: -gain.newcomers))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A band of a day: when the clinic is open in it."""

    band: Band
    start: datetime
    end: datetime

    @property
    def words(self) -> str:
        """The slot as a window."""
        last = "24:00" if self.end.date() > self.start.date() else f"{self.end:%H:%M}"
        return f"{DAYS[self.start.weekday()]} {self.start:%H:%M}-{last}"


def _slots(table: Timetable) -> list[_Slot]:
    found = []
    for start, end in table.calendar.open_hours(table.instance):
        midnight = datetime.combine(start.date(), datetime.min.time())
        for band, (first, last) in BANDS.items():
            begin = max(start, midnight + timedelta(minutes=first))
            until = min(end, midnight + timedelta(minutes=last))
            if begin < until and minutes_between(begin, until) >= SHORTEST_SHIFT:
                found.append(_Slot(band, begin, until))
    return found


def _free(table: Timetable, one: Participant) -> list[Span]:
    """Return when a newcomer could come."""
    there = list(table.calendar.open_hours(table.instance))
    if one.available is not None:
        there = common(there, list(table.calendar.stretches(one.available)))
    return without(there, table.calendar.commitments(one))


def _wanted(slot: _Slot, free: Sequence[Sequence[Span]]) -> bool:
    """Whether a newcomer could come for an hour of a slot."""
    return any(
        minutes_between(*span) >= SHORTEST_SHIFT
        for own in free
        for span in common(list(own), [(slot.start, slot.end)])
    )


def _fullest(
    slots: Iterable[_Slot], there: Sequence[Sequence[Span]], taken: Sequence[Sequence[Span]]
) -> Iterator[tuple[float, _Slot]]:
    """Yield the fullest slot of each band, with the share of all that is there in the band that is taken."""
    shares: dict[Band, list[tuple[int, int, _Slot]]] = {}
    for slot in slots:
        span = [(slot.start, slot.end)]
        present = [common(list(own), span) for own in there]
        total = sum(minutes_between(*one) for own in present for one in own)
        left = sum(
            minutes_between(*one)
            for own, used in zip(present, taken, strict=True)
            for one in without(own, used)
        )
        shares.setdefault(slot.band, []).append((left, total, slot))
    for found in shares.values():
        left, total = sum(one[0] for one in found), sum(one[1] for one in found)
        slot = min(found, key=lambda one: (one[0], one[2].start))[2]
        yield 1 - left / total if total else 1.0, slot


def _services(table: Timetable, profile: Sequence[Participant]) -> list[str]:
    return list(dict.fromkeys(need.service for one in profile for need in one.needs if need.sessions))


def _shifts(
    table: Timetable, profile: Sequence[Participant], free: Sequence[Sequence[Span]]
) -> Iterator[tuple[float, Change]]:
    services = [table.instance.service_by_id[name] for name in _services(table, profile)]
    missing = {part.skill for service in services for part in service.parts}
    slots = [slot for slot in _slots(table) if _wanted(slot, free)]
    while missing:
        # Whoever has most of what no shift offers yet; the first of them in the file.
        model = max(table.instance.staff, key=lambda member: len(missing & set(member.skills)), default=None)
        if model is None or not missing & set(model.skills):
            return
        skills = missing & set(model.skills)
        missing -= skills
        alike = [member for member in table.instance.staff if skills & set(member.skills)]
        there = [
            without(table.calendar.stretches(member.available), table.calendar.stretches(member.busy))
            for member in alike
        ]
        taken = [[(led.start, led.notes_end) for led in table.led_by.get(member.id, [])] for member in alike]
        name = _new_id(model.id, table.instance.staff_by_id)
        for share, slot in _fullest(slots, there, taken):
            yield share, (Hired(staff=name, like=model.id, when=(slot.words,)),)


def _added_rooms(
    table: Timetable, profile: Sequence[Participant], free: Sequence[Sequence[Span]]
) -> Iterator[tuple[float, Change]]:
    services = [table.instance.service_by_id[name] for name in _services(table, profile)]
    slots = [slot for slot in _slots(table) if _wanted(slot, free)]
    for kinds in dict.fromkeys(frozenset(service.room_kinds) for service in services if service.room_kinds):
        rooms = [room for room in table.instance.rooms if room.kind in kinds]
        if not rooms:
            continue
        model = max(rooms, key=lambda room: room.capacity)
        always = list(table.calendar.open_hours(table.instance))
        there = [
            without(
                always
                if room.available is None
                else common(always, list(table.calendar.stretches(room.available))),
                table.calendar.stretches(room.busy),
            )
            for room in rooms
        ]
        taken = [[(one.start, one.end) for one in table.in_room.get(room.id, [])] for room in rooms]
        name = _new_id(model.id, table.instance.room_by_id)
        full = max(_fullest(slots, there, taken), key=lambda pair: pair[0], default=None)
        if full is not None:
            yield full[0], (RoomAdded(room=name, like=model.id, when=(full[1].words,)),)


def _joinable(table: Timetable, profile: Sequence[Participant]) -> list[Group]:
    return [group for group in table.instance.groups if any(could_join(one, group) for one in profile)]


def _groups(table: Timetable, profile: Sequence[Participant]) -> Iterator[Change]:
    """Yield another group like the fullest that runs, for each service and each set of starts."""
    fullest: dict[tuple[str, tuple[str, ...]], tuple[float, Group]] = {}
    for group in _joinable(table, profile):
        meetings = table.of_group.get(group.id, [])
        seats = group.max_size * len(meetings)
        share = sum(len(one.participants) for one in meetings) / seats if seats else -1.0
        key = group.service, tuple(sorted(group.starts))
        if key not in fullest or share > fullest[key][0]:
            fullest[key] = share, group
    for _, group in sorted(fullest.values(), key=lambda pair: -pair[0]):
        yield (GroupAdded(group=_new_id(group.id, table.instance.group_by_id), like=group.id),)


def _seats(table: Timetable, profile: Sequence[Participant]) -> Iterator[Change]:
    groups = [group for group in _joinable(table, profile) if group.id in table.of_group]
    if groups:
        yield tuple(GroupSeats(group=group.id, seats=group.max_size + 1) for group in groups)


def _new_id(model: str, taken: Iterable[str]) -> str:
    known = set(taken)
    return next(name for k in range(2, len(known) + 3) if (name := f"{model}-{k}") not in known)
