"""Why a group need is short in a plan that could have served it: what keeps its meetings from it."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from iopsched.explain.counting import telling
from iopsched.explain.joining import Meetings, by_group, joining_reasons, meetings_of, said_by_group
from iopsched.explain.occupancy import Occupancy
from iopsched.explain.own_words import day_limit_note, order_note, own_sessions
from iopsched.explain.situation import Situation, own_obstacles
from iopsched.explain.words import few
from iopsched.instance.times import clock
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.calendar import BoolArray
from iopsched.options.meetings import AttendanceOptions, MeetingOption
from iopsched.options.plan import Meeting
from iopsched.roster.models import Note

__all__ = ["attendance_reasons"]

_CODES = {"full": "group-size", "too-few": "group-size", "no-leader": "group-staff", "no-room": "group-staff"}
"""The code of each obstacle that shares its code with another."""


def attendance_reasons(situation: Situation, asked: AttendanceOptions) -> list[Note]:
    """Explain why a group need is short."""
    every = meetings_of(situation, asked)
    notes, possible = joining_reasons(situation, asked, every)
    reached = situation.reached(asked)
    if notes and every.attended(possible) <= reached:
        return notes
    occupancy = situation.taken_by_others(asked)
    meetings = every.only(possible & (every.options >= 0)).beside(occupancy)
    barred = _barred(meetings, occupancy)
    free = ~np.logical_or.reduce(list(barred.values()))
    if meetings.attended(free) > reached:
        return [*notes, _left_over(meetings, free)]

    def leaves(codes: Collection[str]) -> int:
        open_ = np.ones_like(free)
        for code in codes:
            open_ &= ~barred[code]
        return meetings.attended(open_, limited="day-limit" in codes)

    codes = telling(tuple(barred), leaves, reached)
    return notes + [_said(meetings, code, barred[code], occupancy) for code in codes]


def _barred(meetings: Meetings, occupancy: Occupancy) -> dict[str, BoolArray]:
    """Tell for each meeting what in the plan keeps the participant from it, most fundamental first."""
    situation, asked = meetings.situation, meetings.asked
    own = own_obstacles(
        situation, asked.participant, asked.need, meetings.starts, asked.service.minutes, occupancy
    )
    options = [situation.options.meetings[int(k)] for k in meetings.options]
    found = [_obstacle(situation, asked, option) for option in options]
    by_code = {
        code: np.array([code == one for one in found], np.bool_)
        for code in ("not-staff", "apart", "full", "group-meetings", "no-leader", "no-room", "too-few")
    }
    return {"pin": _pinned(meetings, options), **own, **by_code}


def _obstacle(situation: Situation, asked: AttendanceOptions, option: MeetingOption) -> str | None:
    """Return what about a meeting keeps somebody from it, whether it is held or not."""
    held = situation.plan.meetings.get(option.index)
    if held is not None:
        return _obstacle_of_held(situation, asked, option, held)
    unheld = situation.unheld(option)
    if unheld.held_otherwise:
        return "group-meetings"
    never = {situation.facts.staff_index[member] for member in asked.need.not_staff}
    leaders = zip(unheld.leaders, option.parts, strict=True)
    if any(len(free - never) < part.leaders for free, part in leaders):
        return "no-leader"
    if not unheld.room_left:
        return "no-room"
    group = situation.options.instance.groups[option.group]
    return "too-few" if len(unheld.could_come | {asked.index}) < group.min_size else None


def _obstacle_of_held(
    situation: Situation, asked: AttendanceOptions, option: MeetingOption, held: Meeting
) -> str | None:
    options = situation.options
    person = situation.person(asked)
    never = {options.facts.staff_index[member] for member in asked.need.not_staff}
    if any(never & set(leaders) for leaders in held.leaders):
        return "not-staff"
    others = held.members - {asked.index}
    apart = options.instance.apart_of.get(person.id, ())
    if any(options.instance.participants[options.attendances[k].participant].id in apart for k in others):
        return "apart"
    seats = options.instance.groups[option.group].max_size
    if held.room_class >= 0:
        seats = min(seats, options.facts.classes[held.room_class].capacity - option.most_leaders)
    return "full" if len(others) >= seats else None


def _pinned(meetings: Meetings, options: list[MeetingOption]) -> BoolArray:
    """Tell which meetings the pins alone bar: the participant's own, and those of the meetings' groups."""
    situation, asked = meetings.situation, meetings.asked
    starts, minutes = meetings.starts, asked.service.minutes
    barred = np.zeros(len(starts), np.bool_)
    own = [situation.options.meetings[k] for k in asked.pinned]
    for item in situation.pinned.attended(asked.participant):
        if item.service != asked.need.service:
            barred |= (starts < item.end) & (starts + minutes > item.start)
    for pin in own:
        near = np.abs(starts // MINUTES_PER_DAY - pin.day) < asked.need.min_days_apart
        barred |= near & (meetings.options != pin.index)
        if not asked.need.mix_groups:
            barred |= meetings.groups != pin.group
    pins = situation.pinned_meetings
    for k, option in enumerate(options):
        if option.group in pins:
            barred[k] |= _pinned_otherwise(situation, option, pins[option.group])
    return barred


def _pinned_otherwise(situation: Situation, option: MeetingOption, pins: set[int]) -> bool:
    """Tell whether a group's pinned meetings leave none for this one."""
    group = situation.options.instance.groups[option.group]
    if option.start in pins:
        return False
    return (
        len(pins) >= group.meetings
        or any(minute // MINUTES_PER_DAY == option.day for minute in pins)
        or (group.same_start and any(minute % MINUTES_PER_DAY != option.time_of_day for minute in pins))
    )


def _said(meetings: Meetings, code: str, barred: BoolArray, occupancy: Occupancy) -> Note:
    """Return the note of what keeps a participant from meetings."""
    situation, asked = meetings.situation, meetings.asked
    if code == "order":
        return order_note(situation, asked, occupancy)
    if code == "day-limit":
        return day_limit_note(situation, asked, occupancy)
    found = by_group(meetings, barred)
    where, person = said_by_group(found), situation.person(asked).id
    held = own_sessions(asked, occupancy, meetings.starts[barred])
    text = {
        "pin": f"What is pinned rules out {where}.",
        "own-sessions": f"{person} is in another session ({few(held, 4)}) during {where}.",
        "not-staff": f"Staff whom the need excludes lead {where}.",
        "apart": f"Somebody whom {person} must not meet attends {where}.",
        "full": f"All seats are taken in {where}.",
        "too-few": f"Not held, because too few who still need it could come for the least size: {where}.",
        "group-meetings": f"Not held, because the groups meet at other times: {where}.",
        "no-leader": f"Not held, because all who could lead some part are taken: {where}.",
        "no-room": f"Not held, because all rooms that serve are taken: {where}.",
    }[code]
    return Note(code=_CODES.get(code, code), text=text, groups=list(found), starts=found)


def _left_over(meetings: Meetings, free: BoolArray) -> Note:
    """Say that meetings are left: one that could be joined as the plan stands, or none that is held."""
    situation = meetings.situation
    direct = _direct(meetings, free)
    found = by_group(meetings, free)
    if direct is not None:
        group = situation.options.instance.groups[direct.group].id
        text = f"{group} still has a seat at {clock(direct.start)}: the search ended before it was taken."
        return Note(code="search-ended", text=text, groups=[group], starts={group: [clock(direct.start)]})
    text = (
        f"No single fact explains it: by themselves these would be possible ({said_by_group(found)}), but "
        "the search found no way to hold one beside all that stands."
    )
    return Note(code="combination", text=text, groups=list(found), starts=found)


def _direct(meetings: Meetings, free: BoolArray) -> MeetingOption | None:
    """Return a meeting that is held and that the participant could join without moving anything."""
    situation, asked = meetings.situation, meetings.asked
    own = [situation.options.meetings[k] for k in situation.attended.get(asked.index, ())]
    if own:
        free = ~np.logical_or.reduce(list(_barred(meetings, situation.taken).values()))
    for index in map(int, meetings.options[free]):
        option = situation.options.meetings[index]
        fits = all(
            abs(option.day - other.day) >= asked.need.min_days_apart
            and (asked.need.mix_groups or option.group == other.group)
            for other in own
        )
        if fits and index in situation.plan.meetings:
            return option
    return None
