"""Every meeting a group could hold, who could lead its parts, where, and who could attend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from iopsched.instance.models import Group, Need, Pin, Service
from iopsched.instance.windows import MINUTES_PER_DAY, start_minutes
from iopsched.options.calendar import IntArray
from iopsched.options.facts import Facts

__all__ = [
    "AttendanceOptions",
    "MeetingOption",
    "PartSpan",
    "attendance_options",
    "may_join",
    "meeting_options",
]


@dataclass(frozen=True, slots=True)
class PartSpan:
    """A part of a meeting on the week's clock, in minutes of the week, and who could lead it."""

    start: int
    end: int
    leaders: int
    staff: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MeetingOption:
    """A meeting that a group could hold.

    Attributes
    ----------
    index, group : int
        Positions among the meeting options and the groups.
    start, end : int
        Minutes of the week.
    parts : tuple of PartSpan
        The agenda on the clock, with whoever could lead each part.
    rooms : tuple of int
        Room classes that would serve; empty for a remote service.
    pin : Pin or None
        A pin that says this meeting stands, with what it fixes.
    """

    index: int
    group: int
    start: int
    end: int
    note: int
    parts: tuple[PartSpan, ...]
    rooms: tuple[int, ...]
    remote: bool
    pin: Pin | None

    @property
    def day(self) -> int:
        """Day number, Monday = 0."""
        return self.start // MINUTES_PER_DAY

    @property
    def time_of_day(self) -> int:
        """Start in minutes from midnight."""
        return self.start % MINUTES_PER_DAY

    @property
    def most_leaders(self) -> int:
        """Staff of the part with the most leaders: who is in the room besides participants."""
        return max((part.leaders for part in self.parts), default=0)


@dataclass(frozen=True)
class AttendanceOptions:
    """The meetings that could serve one group need of one participant.

    Attributes
    ----------
    index : int
        Position among all group needs.
    wanted : int
        Sessions still to be attended: those needed less those frozen.
    meetings : tuple of int
        Meeting options that this participant could attend.
    pinned : tuple of int
        Those of them that a pin says they attend.
    """

    index: int
    participant: int
    need: Need
    service: Service
    wanted: int
    meetings: tuple[int, ...]
    pinned: tuple[int, ...]

    @property
    def weight(self) -> int:
        """What one missing session adds to the level ``unmet``."""
        return self.need.priority * self.service.minutes


def may_join(facts: Facts, k: int, need: Need, group: Group) -> bool:
    """Tell whether a participant may belong to a group at all (rule ``group-member``)."""
    return (
        group.service == need.service
        and (need.groups is None or group.id in need.groups)
        and set(group.open_to) <= set(facts.instance.participants[k].tags)
    )


class _Leaders:
    """Who could lead a service's parts, worked out once for all its groups."""

    def __init__(self, facts: Facts, service: Service) -> None:
        self._facts = facts
        self._service = service
        self._able = [
            [
                k
                for k, member in enumerate(facts.instance.staff)
                if part.skill in member.skills and facts.lead_fits(k, part.minutes, 0)
            ]
            for part in service.parts
        ]
        self._at: dict[int, tuple[PartSpan, ...]] = {}

    def parts(self, start: int, allowed: set[int] | None) -> tuple[PartSpan, ...]:
        """Lay the agenda on the clock; a part that too few could lead has fewer staff than leaders.

        Parameters
        ----------
        start : int
            Minute of the week.
        allowed : set of int or None
            Staff whom the group and its pin allow; ``None`` for all.
        """
        if start not in self._at:
            self._at[start] = self._laid_out(start)
        parts = self._at[start]
        if allowed is None:
            return parts
        return tuple(
            PartSpan(part.start, part.end, part.leaders, tuple(k for k in part.staff if k in allowed))
            for part in parts
        )

    def _laid_out(self, start: int) -> tuple[PartSpan, ...]:
        facts, parts = self._facts, []
        for part, able in zip(self._service.parts, self._able, strict=True):
            end = start + part.minutes
            occupied_until = min(end + self._service.note_minutes, 7 * MINUTES_PER_DAY)
            staff = tuple(
                k
                for k in able
                if facts.staff[k].fits_at(start, part.minutes)
                and (not facts.frozen or facts.unoccupied[k].fits_at(start, occupied_until - start))
            )
            parts.append(PartSpan(start, end, part.leaders, staff))
            start = end
        return tuple(parts)


def _allowed_staff(facts: Facts, group: Group, pin: Pin | None) -> set[int] | None:
    """Return the staff whom a group, and a pin of its meeting, allow; ``None`` for all."""
    named = [members for members in (group.staff, None if pin is None else pin.staff) if members is not None]
    if not named:
        return None
    return set.intersection(*({facts.staff_index[one] for one in members} for members in named))


def _allowed_starts(facts: Facts, k: int, group: Group, service: Service) -> IntArray:
    """Return the group's starts on the grid, in the hours, and in keeping with its frozen meetings."""
    starts = np.array(start_minutes(group.starts), np.int32)
    starts = facts.within_hours(starts[starts % facts.instance.slot_minutes == 0], service.minutes)
    frozen = [session for session in facts.frozen if session.group == k]
    if len(frozen) >= group.meetings:
        return starts[:0]
    for session in frozen:
        starts = starts[starts // MINUTES_PER_DAY != session.start // MINUTES_PER_DAY]
        if group.same_start:
            starts = starts[starts % MINUTES_PER_DAY == session.start % MINUTES_PER_DAY]
    return starts


def _pins_of(facts: Facts, group: Group) -> dict[int, Pin]:
    """Return a group's pins by start; what several say of one meeting is put together."""
    pins: dict[int, Pin] = {}
    for pin in facts.instance.pins:
        if pin.group == group.id and pin.participant is None:
            said = pins.get(pin.minute, pin)
            pins[pin.minute] = pin.model_copy(
                update={
                    "staff": said.staff if pin.staff is None else pin.staff,
                    "room": said.room if pin.room is None else pin.room,
                }
            )
    return pins


def meeting_options(facts: Facts) -> tuple[MeetingOption, ...]:
    """Enumerate the meetings that could happen: in the hours, with a room and staff for each part."""
    instance = facts.instance
    options: list[MeetingOption] = []
    leaders = {s.id: _Leaders(facts, s) for s in instance.services if s.kind == "group"}
    for k, group in enumerate(instance.groups):
        service = instance.service_by_id[group.service]
        pins = _pins_of(facts, group)
        for start in map(int, _allowed_starts(facts, k, group, service)):
            pin = pins.get(start)
            parts = leaders[service.id].parts(start, _allowed_staff(facts, group, pin))
            if any(len(part.staff) < part.leaders for part in parts):
                continue
            least = max(part.leaders for part in parts) + group.min_size
            rooms = tuple(
                room_class.index
                for room_class in facts.classes
                if room_class.kind in service.room_kinds
                and room_class.capacity >= least
                and (group.rooms is None or room_class.rooms[0] in group.rooms)
                and (pin is None or pin.room is None or pin.room in room_class.rooms)
                and room_class.calendar.fits_at(start, service.minutes)
            )
            if rooms or service.remote:
                end = start + service.minutes
                options.append(
                    MeetingOption(
                        len(options), k, start, end, service.note_minutes, parts, rooms, service.remote, pin
                    )
                )
    return tuple(options)


def _compatible_with_frozen(facts: Facts, k: int, need: Need, option: MeetingOption) -> bool:
    """Tell whether attending keeps ``need-spacing`` and one group's membership with what is frozen."""
    return not facts.frozen or all(
        abs(option.day - frozen.start // MINUTES_PER_DAY) >= need.min_days_apart
        and (need.mix_groups or frozen.session.group == facts.instance.groups[option.group].id)
        for frozen in facts.frozen_of(k, need)
    )


def attendance_options(
    facts: Facts, index: int, k: int, need: Need, meetings: Sequence[MeetingOption]
) -> AttendanceOptions:
    """Enumerate the meetings that a participant could attend for one group need.

    Parameters
    ----------
    facts : Facts
    index : int
        Position of the need among the group needs.
    k : int
        Index of the participant.
    need : Need
    meetings : sequence of MeetingOption
        The meeting options of the need's service.
    """
    instance = facts.instance
    participant = instance.participants[k]
    service = instance.service_by_id[need.service]
    wanted = max(0, need.sessions - len(facts.frozen_of(k, need)))
    never = {facts.staff_index[member] for member in need.not_staff}
    chosen: list[MeetingOption] = []
    if wanted and meetings and facts.day_fits(participant, service.minutes):
        starts = np.array([option.start for option in meetings], np.int32)
        groups = np.array([option.group for option in meetings], np.int32)
        joinable = np.zeros(len(instance.groups), np.bool_)
        for g in np.unique(groups).tolist():
            joinable[g] = may_join(facts, k, need, instance.groups[g])
        free = joinable[groups] & facts.participants[k].fits(starts, service.minutes)
        chosen = [
            option
            for option in (meetings[j] for j in np.flatnonzero(free).tolist())
            if (not never or _led_without(option, never)) and _compatible_with_frozen(facts, k, need, option)
        ]
    pinned = {
        (pin.group, pin.minute)
        for pin in instance.pins
        if pin.group is not None and pin.participant == participant.id
    }
    attended = tuple(
        option.index for option in chosen if (instance.groups[option.group].id, option.start) in pinned
    )
    return AttendanceOptions(
        index, k, need, service, wanted, tuple(option.index for option in chosen), attended
    )


def _led_without(option: MeetingOption, never: set[int]) -> bool:
    """Tell whether a meeting could be led without some staff."""
    return all(len(set(part.staff) - never) >= part.leaders for part in option.parts)
