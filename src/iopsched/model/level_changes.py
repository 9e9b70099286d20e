"""Level ``changes`` of the score: what differs from the baseline, attendance by attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from ortools.sat.python import cp_model

from iopsched.model.builder import Literal, Term
from iopsched.model.objective import Objective
from iopsched.model.variables import Draft, MeetingVariables, SessionVariables
from iopsched.options.build import Options
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Roster

__all__ = [
    "MOVED",
    "OTHER_GROUP",
    "OTHER_ROOM",
    "OTHER_STAFF",
    "BaselineAttendance",
    "attendances_of",
    "changes",
    "changes_where",
]

MOVED, OTHER_STAFF, OTHER_GROUP, OTHER_ROOM = 10, 3, 3, 1
"""Points of RULES.md: no session of that service at that start; otherwise each difference."""


@dataclass(frozen=True, slots=True)
class BaselineAttendance:
    """One participant in one session of the baseline; ``start`` is a minute of the week."""

    participant: int
    service: str
    start: int
    staff: frozenset[str]
    group: str | None
    room: str | None


def attendances_of(options: Options, baseline: Roster) -> list[BaselineAttendance]:
    """Return the baseline's attendances that count: participant and need are still in the instance."""
    monday = datetime.combine(baseline.week, time())
    found = []
    for session in baseline.sessions:
        start = int((session.start - monday).total_seconds() // 60)
        for person in session.participants:
            participant = options.facts.participant_index.get(person)
            if participant is not None and (participant, session.service) in options.need_index:
                found.append(
                    BaselineAttendance(
                        participant, session.service, start,
                        frozenset(session.staff), session.group, session.room,
                    )
                )  # fmt: skip
    return found


def changes(draft: Draft) -> Objective:
    """Σ over the baseline's attendances: 10 if gone; else 3 for staff, 3 for group, 1 for room."""
    return changes_where(draft, {})


def changes_where(draft: Draft, gone: Mapping[BaselineAttendance, int]) -> Objective:
    """Return level ``changes`` in which some attendances, where gone, count other points than ``MOVED``."""
    objective = Objective()
    if draft.options.baseline is None:
        return objective
    frozen = {
        (participant, session.session.service, session.start)
        for session in draft.options.facts.frozen
        for participant in session.participants
    }
    differs: dict[tuple[object, ...], Literal] = {}
    at_start: dict[int, list[MeetingVariables]] = defaultdict(list)
    for meeting in draft.meetings.values():
        at_start[meeting.option.start].append(meeting)
    for attendance in attendances_of(draft.options, draft.options.baseline):
        if (attendance.participant, attendance.service, attendance.start) in frozen:
            continue
        need = draft.options.need_index[attendance.participant, attendance.service]
        if isinstance(need, SessionOptions):
            session = draft.sessions.get(need.index)
            if session is not None:
                _session_changes(draft, objective, session, attendance, gone.get(attendance, MOVED))
        else:
            attended = [one for one in at_start.get(attendance.start, ()) if need.index in one.attends]
            if need.index in draft.attendances:
                kept = [meeting.attends[need.index] for meeting in attended]
                _gone(draft, objective, gone.get(attendance, MOVED), kept)
            for meeting in attended:
                _meeting_changes(draft, objective, meeting, meeting.attends[need.index], attendance, differs)
    return objective


def _gone(draft: Draft, objective: Objective, points: int, kept: Sequence[Literal]) -> None:
    """Add points where none of the literals is 1: core search lives on terms that are not negative."""
    if not kept:
        objective.constant += points
    elif not any(isinstance(literal, int) for literal in kept):
        gone = draft.builder.bool(1 - max(map(draft.builder.value, kept)))
        draft.builder.at_least_one([*kept, gone])
        objective.add(points, gone)


def _unless(draft: Draft, objective: Objective, points: int, at: cp_model.IntVar, same: Literal) -> None:
    """Add points where a session takes place and is not the ``same``."""
    build = draft.builder
    if isinstance(same, int):
        objective.add(0 if same else points, at)
        return
    differs = build.bool(build.value(at) * (1 - build.value(same)))
    build.at_least_one([build.negated(at), same, differs])
    objective.add(points, differs)


def _session_changes(
    draft: Draft,
    objective: Objective,
    session: SessionVariables,
    attendance: BaselineAttendance,
    points_gone: int,
) -> None:
    if attendance.start not in session.times:
        _gone(draft, objective, points_gone, [])
        return
    k = session.times.index(attendance.start)
    at = session.at[k]
    _gone(draft, objective, points_gone, [at])
    if attendance.group is not None:
        objective.add(OTHER_GROUP, at)
    staff = draft.options.instance.staff
    same = (literal for member, literal in session.leads[k] if attendance.staff == {staff[member].id})
    _unless(draft, objective, OTHER_STAFF, at, next(same, 0))
    if session.options.remote:
        objective.add(OTHER_ROOM if attendance.room is not None else 0, at)
        return
    key = (attendance.start, session.options.minutes, session.rooms[k], session.options.index)
    classes = draft.options.facts.classes
    there = (one for room, one in draft.placed[key].items() if classes[room].rooms[0] == attendance.room)
    _unless(draft, objective, OTHER_ROOM, at, next(there, 0))


def _meeting_changes(
    draft: Draft,
    objective: Objective,
    meeting: MeetingVariables,
    attends: Literal,
    attendance: BaselineAttendance,
    differs: dict[tuple[object, ...], Literal],
) -> None:
    build = draft.builder
    group = draft.options.instance.groups[meeting.option.group].id
    if group != attendance.group:
        objective.add(OTHER_GROUP, attends)
    by_staff = (meeting.option.index, attendance.staff)
    if by_staff not in differs:
        differs[by_staff] = _staff_differ(draft, meeting, attendance.staff)
    objective.add(OTHER_STAFF, build.both(attends, differs[by_staff]))
    by_room = (meeting.option.index, attendance.room)
    if by_room not in differs:
        differs[by_room] = _room_differs(draft, meeting, attendance.room)
    objective.add(OTHER_ROOM, build.both(attends, differs[by_room]))


def _staff_differ(draft: Draft, meeting: MeetingVariables, wanted: frozenset[str]) -> Literal:
    """Return a literal that is 1 where the set of all who lead a meeting is not ``wanted``."""
    build = draft.builder
    leads: dict[str, list[Literal]] = {}
    for part in meeting.parts:
        for member, literal in part:
            leads.setdefault(draft.options.instance.staff[member].id, []).append(literal)
    if wanted - leads.keys():
        return 1
    others = build.any_of(_flatten(literals for name, literals in leads.items() if name not in wanted))
    present = [build.any_of(leads[name]) for name in sorted(wanted)]
    missing: list[Term] = [(-1, literal) for literal in present]
    if isinstance(others, int) and all(isinstance(literal, int) for literal in present):
        return int(bool(others) or not all(present))
    value = int(bool(build.value(others)) or not all(map(build.value, present)))
    differ = build.bool(value)
    build.imply(others, differ)
    build.add(build.sum_of([*missing, (-len(present), differ)]) <= -len(present))
    return differ


def _room_differs(draft: Draft, meeting: MeetingVariables, wanted: str | None) -> Literal:
    """Return a literal that is 1 where a meeting that runs is in another room than ``wanted``."""
    if meeting.option.remote:
        return int(wanted is not None)
    classes = draft.options.facts.classes
    return draft.builder.any_of(
        literal for room_class, literal in meeting.rooms if classes[room_class].rooms[0] != wanted
    )


def _flatten(lists: Iterable[list[Literal]]) -> list[Literal]:
    return [literal for literals in lists for literal in literals]
