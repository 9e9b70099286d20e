"""The score of a plan, person by person, so that a small change costs a small recount.

The search compares plans with this; what a roster says is recomputed by :mod:`iopsched.roster`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model import Scope
from iopsched.model.level_changes import (
    MOVED,
    OTHER_GROUP,
    OTHER_ROOM,
    OTHER_STAFF,
    BaselineAttendance,
    attendances_of,
)
from iopsched.model.objective import gaps
from iopsched.model.standing import leads_of_meeting
from iopsched.options.build import Options
from iopsched.options.frozen import Lead
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.plan import Placement, Plan
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Score

__all__ = ["Valued", "value_plan", "value_week"]


@dataclass(frozen=True)
class Valued:
    """A plan and what it is worth.

    Attributes
    ----------
    short : tuple of int
        For each participant, what their missing sessions add to ``unmet``.
    load : tuple of int
        For each participant, their ``burden``.
    """

    options: Options
    plan: Plan
    short: tuple[int, ...]
    load: tuple[int, ...]
    changes: int

    @cached_property
    def staffing(self) -> int:
        """The level ``staffing``."""
        return _staffing(self.options, self.plan)

    @cached_property
    def unmet(self) -> int:
        """The level ``unmet``."""
        return sum(self.short)

    @cached_property
    def burden(self) -> int:
        """The level ``burden``."""
        return sum(self.load)

    @property
    def score(self) -> Score:
        """All four levels."""
        return Score(unmet=self.unmet, changes=self.changes, burden=self.burden, staffing=self.staffing)

    def better_than(self, other: Valued) -> bool:
        """Compare level by level; ``staffing`` is only worked out where two plans tie on all else."""
        mine = (self.unmet, self.changes, self.burden)
        theirs = (other.unmet, other.changes, other.burden)
        if mine != theirs:
            return mine < theirs
        return self.plan != other.plan and self.staffing < other.staffing

    def moved_to(self, plan: Plan, scope: Scope) -> Valued:
        """Value a plan that differs from this one inside a scope only."""
        touched = {self.options.sessions[need].participant for need in scope.sessions}
        touched |= {self.options.attendances[need].participant for need in scope.attendances}
        short, load = list(self.short), list(self.load)
        for participant, (missing, burden) in _people(self.options, plan, touched).items():
            short[participant], load[participant] = missing, burden
        changes = _changes(self.options, plan)
        return replace(self, plan=plan, short=tuple(short), load=tuple(load), changes=changes)


def value_plan(options: Options, plan: Plan) -> Valued:
    """Value a plan from nothing."""
    people = _people(options, plan, range(len(options.instance.participants)))
    return Valued(
        options,
        plan,
        tuple(people[k][0] for k in range(len(people))),
        tuple(people[k][1] for k in range(len(people))),
        _changes(options, plan),
    )


def _people(options: Options, plan: Plan, participants: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return ``unmet`` and ``burden`` of each of some participants."""
    wanted = set(participants)
    attended: dict[int, list[int]] = defaultdict(list)
    for option, meeting in plan.meetings.items():
        for need in meeting.members:
            if options.attendances[need].participant in wanted:
                attended[need].append(option)
    frozen: dict[int, list[tuple[int, int]]] = defaultdict(list)
    others: dict[int, int] = defaultdict(int)
    for session in options.facts.frozen:
        for participant in session.participants:
            frozen[participant].append((session.start, session.end))
            asked_for = options.instance.participants[participant].need_of(session.session.service)
            if asked_for is not None and options.instance.service_by_id[asked_for.service].kind != "group":
                others[participant] += _outside(session.session.staff, asked_for.prefer_staff)
    return {
        participant: value_week(
            options, participant, plan.placements, attended, frozen[participant], others[participant]
        )
        for participant in wanted
    }


def value_week(
    options: Options,
    participant: int,
    placements: Mapping[int, Collection[Placement]],
    attended: Mapping[int, Collection[int]],
    frozen: Iterable[tuple[int, int]] = (),
    outside: int = 0,
) -> tuple[int, int]:
    """Return what a participant's week adds to ``unmet`` and ``burden``.

    Parameters
    ----------
    options : Options
    participant : int
    placements : mapping of int to collection of Placement
        Sessions of one-to-one needs, others' too.
    attended : mapping of int to collection of int
        Meeting options that serve group needs, others' too.
    frozen : iterable of (int, int)
        Starts and ends of what has happened already.
    outside : int
        Sessions of that led by others than the preferred staff.
    """
    missing, spans = 0, list(frozen)
    for need in options.sessions_of[participant]:
        asked, placed_there = options.sessions[need], placements.get(need, ())
        missing += asked.weight * (asked.wanted - len(placed_there))
        for placed in placed_there:
            spans.append((placed.start, placed.start + asked.minutes))
            outside += _outside((options.instance.staff[placed.staff].id,), asked.need.prefer_staff)
    for need in options.attendances_of[participant]:
        attendance, meetings = options.attendances[need], attended.get(need, ())
        missing += attendance.weight * (attendance.wanted - len(meetings))
        spans += [(options.meetings[k].start, options.meetings[k].end) for k in meetings]
    burden = _burden(options, participant, spans) + options.instance.weights.other_staff * outside
    return missing, burden


def _outside(staff: Iterable[str], preferred: tuple[str, ...]) -> int:
    return int(bool(preferred) and not set(staff) <= set(preferred))


def _burden(options: Options, participant: int, spans: list[tuple[int, int]]) -> int:
    """Return a participant's burden less the staff they would rather have had."""
    weights = options.instance.weights
    program = options.facts.program(options.instance.participants[participant])
    prefers = options.facts.preferences[participant]
    days: dict[int, list[tuple[int, int]]] = defaultdict(list)
    burden = 0
    for start, end in spans:
        days[start // MINUTES_PER_DAY].append((start, end))
        if prefers is not None and not prefers.fits_at(start, end - start):
            burden += weights.off_preference
    for day in days.values():
        burden += weights.visit + weights.wait * gaps(day)
        if (
            program.billable_day_minutes
            and sum(end - start for start, end in day) < program.billable_day_minutes
        ):
            burden += weights.short_day
    return burden


def _leads(options: Options, plan: Plan) -> dict[int, list[Lead]]:
    led: dict[int, list[Lead]] = defaultdict(list)
    for frozen in options.facts.frozen:
        for lead in frozen.leads:
            led[lead.staff].append(lead)
    for need, placements in plan.placements.items():
        asked = options.sessions[need]
        for placed in placements:
            end = placed.start + asked.minutes
            led[placed.staff].append(Lead(placed.staff, placed.start, end, end + asked.note))
    for index, meeting in plan.meetings.items():
        for lead in leads_of_meeting(options.meetings[index], meeting):
            led[lead.staff].append(lead)
    return led


def _staffing(options: Options, plan: Plan) -> int:
    """Return the level ``staffing``."""
    weights = options.instance.weights
    total = 0
    for member, leads in _leads(options, plan).items():
        target = options.instance.staff[member].target_minutes_per_week
        if target is not None:
            minutes = sum(lead.end - lead.start for lead in leads)
            total += weights.over_target * max(0, minutes - target)
        days: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for lead in leads:
            days[lead.start // MINUTES_PER_DAY].append((lead.start, lead.occupied_until))
        total += weights.idle * sum(gaps(day) for day in days.values())
    return total + _meetings(options, plan)


def _meetings(options: Options, plan: Plan) -> int:
    """Return what the meetings that run and their changes of leaders add to ``staffing``."""
    weights = options.instance.weights
    runs = 0
    leaders: dict[tuple[int, int], set[str]] = defaultdict(set)
    for index, meeting in plan.meetings.items():
        runs += 1
        for part, staff in enumerate(meeting.leaders):
            leaders[options.meetings[index].group, part] |= {options.instance.staff[k].id for k in staff}
    for frozen in options.facts.frozen:
        if frozen.session.group is not None:
            runs += 1
        if frozen.group is not None:
            for part, names in enumerate(frozen.leaders_by_part(options.instance)):
                leaders[frozen.group, part] |= set(names)
    changed = 0
    for (group, part), names_led in leaders.items():
        parts = options.instance.service_by_id[options.instance.groups[group].service].parts
        if part < len(parts):
            changed += len(names_led) - parts[part].leaders
    return weights.meeting * runs + weights.leader_change * changed


def _changes(options: Options, plan: Plan) -> int:
    """Return the level ``changes``; frozen attendances stand as they were."""
    if options.baseline is None:
        return 0
    frozen = {
        (participant, session.session.service, session.start)
        for session in options.facts.frozen
        for participant in session.participants
    }
    attended = plan.attended()
    return sum(
        _change(options, plan, attended, attendance)
        for attendance in attendances_of(options, options.baseline)
        if (attendance.participant, attendance.service, attendance.start) not in frozen
    )


def _change(
    options: Options, plan: Plan, attended: dict[int, tuple[int, ...]], was: BaselineAttendance
) -> int:
    asked: SessionOptions | AttendanceOptions = options.need_index[was.participant, was.service]
    classes = options.facts.classes
    if isinstance(asked, SessionOptions):
        for placed in plan.placements.get(asked.index, ()):
            if placed.start == was.start:
                room = None if placed.room_class < 0 else classes[placed.room_class].rooms[0]
                return _points({options.instance.staff[placed.staff].id}, None, room, was)
        return MOVED
    for index in attended.get(asked.index, ()):
        option, meeting = options.meetings[index], plan.meetings[index]
        if option.start == was.start:
            staff = {options.instance.staff[k].id for part in meeting.leaders for k in part}
            room = None if meeting.room_class < 0 else classes[meeting.room_class].rooms[0]
            return _points(staff, options.instance.groups[option.group].id, room, was)
    return MOVED


def _points(staff: set[str], group: str | None, room: str | None, was: BaselineAttendance) -> int:
    return (
        OTHER_STAFF * (staff != was.staff)
        + OTHER_GROUP * (group != was.group)
        + OTHER_ROOM * (room != was.room)
    )
