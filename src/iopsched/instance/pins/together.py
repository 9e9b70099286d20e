"""Rules that pinned sessions break together: of one participant, of one group, in one room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from iopsched.instance.draft import Finding
from iopsched.instance.models import Instance, Need, Participant
from iopsched.instance.pins.sessions import PinnedSession, breaks
from iopsched.instance.times import overlapping
from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["check_groups", "check_participants", "check_rooms"]

Sessions = Sequence[PinnedSession]


def check_participants(instance: Instance, sessions: Sessions) -> Iterator[Finding]:
    """Find pinned sessions that one participant cannot have in one week."""
    of_participant: dict[str, list[PinnedSession]] = defaultdict(list)
    for session in sorted(sessions, key=lambda session: session.start):
        for name in session.attendance:
            of_participant[name].append(session)
    for name, own in of_participant.items():
        participant = instance.participant_by_id[name]
        yield from _two_at_once(participant, own)
        yield from _day_limit(instance, participant, own)
        of_service: dict[str, list[PinnedSession]] = defaultdict(list)
        for session in own:
            of_service[session.service.id].append(session)
        for need in participant.needs:
            pinned = of_service[need.service]
            yield from _count(participant, need, pinned)
            yield from _spacing(participant, need, pinned)
            yield from _one_group(participant, need, pinned)
            yield from _same_staff(participant, need, pinned)
            yield from _order(participant, need, pinned, of_service.get(need.after or "", []))


def _pins(participant: Participant, sessions: Sessions) -> list[int]:
    return [k for session in sessions for k in session.attendance[participant.id]]


def _names(sessions: Sessions) -> str:
    return " and ".join(session.name for session in sessions)


def _two_at_once(participant: Participant, own: Sessions) -> Iterator[Finding]:
    for pair in overlapping(own, lambda session: session.span):
        text = f"{participant.id} would be in two sessions at once, {_names(pair)}"
        yield breaks("participant-free", _pins(participant, pair), text)


def _day_limit(instance: Instance, participant: Participant, own: Sessions) -> Iterator[Finding]:
    program = instance.program_by_id.get(participant.program)
    if program is None:
        return
    days: dict[int, list[PinnedSession]] = defaultdict(list)
    for session in own:
        days[session.start // MINUTES_PER_DAY].append(session)
    if program.max_days_per_week is not None and len(days) > program.max_days_per_week:
        limit = program.max_days_per_week
        text = f"{participant.id} would come on {len(days)} days, {program.id} allows {limit}"
        yield breaks("day-limit", _pins(participant, own), text)
    for together in days.values():
        minutes = sum(session.service.minutes for session in together)
        if program.max_minutes_per_day is not None and minutes > program.max_minutes_per_day:
            limit = program.max_minutes_per_day
            text = f"{participant.id} would have {minutes} minutes on one day, {program.id} allows {limit}"
            yield breaks("day-limit", _pins(participant, together), text)


def _count(participant: Participant, need: Need, pinned: Sessions) -> Iterator[Finding]:
    if len(pinned) > need.sessions:
        text = f"{len(pinned)} sessions of {need.service} are pinned, {participant.id} needs {need.sessions}"
        yield breaks(
            "need-count", _pins(participant, pinned), text, "drop a pin, or raise the need's sessions"
        )


def _spacing(participant: Participant, need: Need, pinned: Sessions) -> Iterator[Finding]:
    for pair in combinations(pinned, 2):
        days = abs(pair[1].start // MINUTES_PER_DAY - pair[0].start // MINUTES_PER_DAY)
        if days < need.min_days_apart:
            text = f"{_names(pair)} are {days} days apart, the need asks for {need.min_days_apart}"
            yield breaks("need-spacing", _pins(participant, pair), text)


def _one_group(participant: Participant, need: Need, pinned: Sessions) -> Iterator[Finding]:
    groups = sorted({session.group.id for session in pinned if session.group is not None})
    if len(groups) > 1 and not need.mix_groups:
        text = f"{participant.id}'s sessions of {need.service} are pinned in {' and '.join(groups)}"
        remedy = "pin one group alone, or give the need mix_groups"
        yield breaks("group-member", _pins(participant, pinned), text, remedy)


def _same_staff(participant: Participant, need: Need, pinned: Sessions) -> Iterator[Finding]:
    fixed = [session for session in pinned if session.group is None and len(session.staff or ()) == 1]
    staff = sorted({name for session in fixed for name in session.staff or ()})
    if len(staff) > 1 and need.same_staff:
        text = f"{participant.id}'s sessions of {need.service} are pinned with {' and '.join(staff)}"
        remedy = "pin one person alone, or give the need same_staff false"
        yield breaks("staff-fit", _pins(participant, fixed), text, remedy)


def _order(participant: Participant, need: Need, pinned: Sessions, before: Sessions) -> Iterator[Finding]:
    for session in pinned:
        for earlier in before:
            if session.start < earlier.span[1]:
                text = f"{session.name} begins before {earlier.name} has ended, and is to come after it"
                yield breaks("need-order", _pins(participant, (session, earlier)), text)


def check_groups(instance: Instance, sessions: Sessions) -> Iterator[Finding]:
    """Find pinned meetings that one group cannot have, and participants apart in one meeting."""
    of_group: dict[str, list[PinnedSession]] = defaultdict(list)
    for session in sorted(sessions, key=lambda session: session.start):
        if session.group is not None:
            of_group[session.group.id].append(session)
            yield from _apart(instance, session)
    for name, meetings in of_group.items():
        yield from _meetings(instance, name, meetings)


def _apart(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    for one, other in combinations(sorted(session.attendance), 2):
        if (one, other) in instance.apart:
            pins = session.attendance[one] + session.attendance[other]
            yield breaks("apart", pins, f"{one} and {other} are never in one meeting")


def _meetings(instance: Instance, name: str, meetings: Sessions) -> Iterator[Finding]:
    group = instance.group_by_id[name]
    pins = [k for meeting in meetings for k in meeting.pins]
    if len(meetings) > group.meetings:
        text = f"{len(meetings)} meetings of {name} are pinned, it has {group.meetings}"
        yield breaks("group-meetings", pins, text, "drop a pin, or raise the group's meetings")
    for pair in combinations(meetings, 2):
        if pair[0].start // MINUTES_PER_DAY == pair[1].start // MINUTES_PER_DAY:
            text = f"{_names(pair)} are on one day"
            yield breaks("group-meetings", pair[0].pins + pair[1].pins, text)
    if group.same_start and len({meeting.start % MINUTES_PER_DAY for meeting in meetings}) > 1:
        text = f"the meetings of {name} are pinned at different times of day"
        yield breaks("group-meetings", pins, text, "pin one time of day, or give the group same_start false")


def check_rooms(sessions: Sessions) -> Iterator[Finding]:
    """Find pinned sessions that are in one room at once."""
    in_room: dict[str, list[PinnedSession]] = defaultdict(list)
    for session in sessions:
        if session.room is not None:
            in_room[session.room].append(session)
    for room, own in in_room.items():
        for pair in overlapping(own, lambda session: session.span):
            text = f"{_names(pair)} are in {room} at once"
            yield breaks("room-free", pair[0].pins + pair[1].pins, text)
