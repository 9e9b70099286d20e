"""A clinic's options as the lines that the Java program reads: a word, then numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from iopsched.options import Options
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions

__all__ = ["problem_lines", "unplaceable"]

NeedOptions = SessionOptions | AttendanceOptions


def problem_lines(options: Options) -> Iterator[str]:
    """Return the lines; whatever is named is named by its position among the lines of its kind.

    Rooms are classes of interchangeable rooms, followed by one for everything remote. Needs are the
    one-to-one and family needs, then the group needs.
    """
    for word, numbers in _lines(options):
        yield " ".join((word, *(str(int(number)) for number in numbers)))


def unplaceable(options: Options) -> int:
    """Return what the needs without any place add to ``unmet``; Java never hears of their sessions."""
    return sum(need.weight * need.wanted for need in options.sessions if not len(need.times)) + sum(
        need.weight * need.wanted for need in options.attendances if not need.meetings
    )


Line = tuple[str, Iterable[int]]


def _lines(options: Options) -> Iterator[Line]:
    weights = options.instance.weights
    yield "weights", (
        weights.visit, weights.wait, weights.off_preference, weights.other_staff, weights.short_day,
        weights.meeting, weights.leader_change, weights.over_target, weights.idle,
    )  # fmt: skip
    yield from _resources(options)
    yield from _people(options)
    yield from _groups(options)
    for asked in options.sessions:
        yield from _places(options, asked)
    for attendance in options.attendances:
        yield from _seats(options, attendance)
    people = options.facts.participant_index
    for one, other in sorted(options.instance.apart):
        yield "apart", (people[one], people[other])


def _limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _resources(options: Options) -> Iterator[Line]:
    for room in options.facts.classes:
        yield "room", (room.places, room.capacity)
    yield "room", (-1, -1)
    for member in options.instance.staff:
        yield (
            "staff",
            (
                _limit(member.max_minutes_per_day),
                _limit(member.max_minutes_per_week),
                _limit(member.max_participants),
                _limit(member.max_minutes_without_break),
                member.break_minutes,
                math.ceil(60 * (member.rest_hours or 0)),
                _limit(member.target_minutes_per_week),
            ),
        )


def _people(options: Options) -> Iterator[Line]:
    for person in options.instance.participants:
        program = options.facts.program(person)
        yield (
            "person",
            (
                _limit(program.max_days_per_week),
                _limit(program.max_minutes_per_day),
                program.billable_day_minutes or 0,
            ),
        )
    needs: list[NeedOptions] = [*options.sessions, *options.attendances]
    for asked in needs:
        need = asked.need
        one_leader = isinstance(asked, SessionOptions) and asked.one_leader
        mixes = isinstance(asked, SessionOptions) or need.mix_groups
        yield "need", (asked.participant, asked.weight, asked.wanted, one_leader, mixes, need.min_days_apart)
    position = {(asked.participant, asked.need.service): k for k, asked in enumerate(needs)}
    for k, asked in enumerate(needs):
        earlier = position.get((asked.participant, asked.need.after or ""))
        if earlier is not None and needs[earlier].wanted:
            yield "after", (k, earlier)


def _groups(options: Options) -> Iterator[Line]:
    for group in options.instance.groups:
        yield "group", (group.meetings, group.same_start, group.min_size, group.max_size)
    remote = len(options.facts.classes)
    for slot in options.meetings:
        rooms = (remote,) if slot.remote else slot.rooms
        yield "slot", (slot.group, slot.start, slot.end, slot.note, slot.pin is not None, *rooms)
        for part in slot.parts:
            yield "part", (slot.index, part.start, part.end, part.leaders, *part.staff)
        for member in (slot.pin and slot.pin.staff) or ():
            yield "crew", (slot.index, options.facts.staff_index[member])


def _places(options: Options, asked: SessionOptions) -> Iterator[Line]:
    """Yield for each start the rooms, then each member of staff with the burden of being led by them."""
    weights = options.instance.weights
    preferred = asked.need.prefer_staff
    other = [
        weights.other_staff if preferred and member.id not in preferred else 0
        for member in options.instance.staff
    ]
    prefers = options.facts.preferences[asked.participant]
    for k, start in enumerate(map(int, asked.times)):
        off = prefers is not None and not prefers.fits_at(start, asked.minutes)
        rooms = [len(options.facts.classes)] if asked.remote else np.flatnonzero(asked.rooms[k]).tolist()
        yield "places", (
            asked.index, start, start + asked.minutes, asked.note, len(rooms), *rooms,
            *(
                number
                for member in np.flatnonzero(asked.led[k]).tolist()
                for number in (member, other[member] + weights.off_preference * off)
            ),
        )  # fmt: skip
    for start in asked.pinned:
        yield "pinned-session", (asked.index, start)


def _seats(options: Options, asked: AttendanceOptions) -> Iterator[Line]:
    need = len(options.sessions) + asked.index
    prefers = options.facts.preferences[asked.participant]
    for index in asked.meetings:
        slot = options.meetings[index]
        off = prefers is not None and not prefers.fits_at(slot.start, slot.end - slot.start)
        yield "seat", (need, index, options.instance.weights.off_preference * off)
    for member in asked.need.not_staff:
        yield "refusal", (need, options.facts.staff_index[member])
    for index in asked.pinned:
        yield "pinned-seat", (need, index)
