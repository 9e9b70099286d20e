"""Creating a scope's variables, and gathering what they mean for each person."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from iopsched.model.builder import Builder, Literal
from iopsched.model.calendars import Calendars
from iopsched.model.scope import Scope
from iopsched.model.sessions import create_sessions
from iopsched.model.standing import standing
from iopsched.model.variables import (
    AttendanceVariables,
    Draft,
    Led,
    MeetingVariables,
    Visit,
)
from iopsched.options.build import Options
from iopsched.options.meetings import AttendanceOptions, MeetingOption
from iopsched.options.plan import Plan
from iopsched.options.sessions import SessionOptions

__all__ = ["draft"]


def _meetings_in_scope(draft: Draft) -> list[int]:
    """Return the meeting options about which anything may be decided, ascending."""
    options, plan, scope = draft.options, draft.plan, draft.scope
    found = {
        index for group in scope.leaders for index in options.meetings_of[group] if index in plan.meetings
    }
    for group in scope.groups:
        found.update(
            index for index in options.meetings_of[group] if scope.meetings is None or index in scope.meetings
        )
    for need in scope.attendances:
        found.update(index for index in options.attendances[need].meetings if index in plan.meetings)
    return sorted(found)


def _meeting_variables(draft: Draft, option: MeetingOption, calendars: Calendars) -> MeetingVariables | None:
    """Create ``run``, ``part`` and ``room``, or constants where the scope leaves them alone.

    Returns ``None`` where what stands leaves no room or too few staff for the meeting.
    """
    build, held = draft.builder, draft.plan.meetings.get(option.index)
    if option.group not in draft.scope.leaders:
        assert held is not None
        fixed_parts = tuple(tuple((member, 1) for member in staff) for staff in held.leaders)
        fixed_rooms = () if option.remote else ((held.room_class, 1),)
        return MeetingVariables(option, 1, fixed_parts, fixed_rooms, {})
    staff = [
        [
            member
            for member in part.staff
            if calendars.member(member).fits_at(part.start, part.end - part.start)
        ]
        for part in option.parts
    ]
    rooms = [
        room for room in option.rooms if calendars.room(room).fits_at(option.start, option.end - option.start)
    ]
    too_few = any(len(some) < part.leaders for some, part in zip(staff, option.parts, strict=True))
    if too_few or not (rooms or option.remote):
        return None
    run: Literal = build.bool(int(held is not None)) if option.group in draft.scope.groups else 1
    parts = []
    for k, part in enumerate(option.parts):
        leads = tuple(
            (member, build.bool(int(held is not None and member in held.leaders[k]))) for member in staff[k]
        )
        build.add(build.sum_of((1, literal) for _, literal in leads) == part.leaders * run)
        parts.append(leads)
    places = tuple((room, build.bool(int(held is not None and held.room_class == room))) for room in rooms)
    if places:
        build.add(build.sum_of((1, literal) for _, literal in places) == run)
    return MeetingVariables(option, run, tuple(parts), places, {})


def _attendance_variables(draft: Draft, need: int, calendars: Calendars) -> AttendanceVariables:
    """Create ``attend`` for the meetings that may run and that what stands leaves open."""
    asked = draft.options.attendances[need]
    free = calendars.participant(asked.participant)
    attends: dict[int, cp_model.IntVar] = {}
    for index in asked.meetings:
        meeting = draft.meetings.get(index)
        if meeting is not None and free.fits_at(meeting.option.start, asked.service.minutes):
            held = draft.plan.meetings.get(index)
            attends[index] = draft.builder.bool(int(held is not None and need in held.members))
            meeting.attends[need] = attends[index]
    return AttendanceVariables(asked, attends)


def _once_a_day(asked: SessionOptions | AttendanceOptions) -> bool:
    return asked.wanted == 1 or asked.need.min_days_apart >= 1


def _collect_visits(draft: Draft) -> None:
    """Gather, for everybody something may be decided for, all that they do or may do this week."""
    for session in draft.sessions.values():
        visits = draft.visits[session.options.participant]
        service = session.options.need.service
        for start, literal in zip(session.times, session.at, strict=True):
            end = start + session.options.minutes
            visits.append(Visit(start, end, literal, service, _once_a_day(session.options)))
    for attendance in draft.attendances.values():
        visits = draft.visits[attendance.options.participant]
        for index, literal in attendance.attends.items():
            option = draft.options.meetings[index]
            visits.append(
                Visit(
                    option.start,
                    option.end,
                    literal,
                    attendance.options.need.service,
                    _once_a_day(attendance.options),
                )
            )
    free = {draft.options.sessions[need].participant for need in draft.scope.sessions}
    free |= {draft.options.attendances[need].participant for need in draft.scope.attendances}
    for participant in free:
        draft.visits[participant] += [
            Visit(item.start, item.end, 1, item.service) for item in draft.standing.attended[participant]
        ]


def _collect_led(draft: Draft) -> None:
    """Gather, for staff who may be asked to lead something, all that they lead or may lead this week."""
    booked: dict[tuple[int, int, int, int], list[cp_model.IntVar]] = defaultdict(list)
    for session in draft.sessions.values():
        minutes, note = session.options.minutes, session.options.note
        for start, leads in zip(session.times, session.leads, strict=True):
            for member, literal in leads:
                booked[member, start, minutes, note].append(literal)
    for pool in draft.pools.values():
        for member, literal in pool.leads:
            booked[member, pool.start, pool.minutes, pool.note].append(literal)
    for (member, start, minutes, note), literals in booked.items():
        end = start + minutes
        draft.led[member].append(Led(start, end, end + note, draft.builder.one_of(literals)))
    for meeting in draft.meetings.values():
        if meeting.option.group in draft.scope.leaders:
            _collect_parts(draft, meeting)
    for member in draft.led:
        frozen = set(draft.standing.frozen_led.get(member, ()))
        draft.led[member] += [
            Led(lead.start, lead.end, lead.occupied_until, 1, lead in frozen)
            for lead in draft.standing.led[member]
        ]


def _collect_parts(draft: Draft, meeting: MeetingVariables) -> None:
    """Gather who leads the parts; notes follow a part unless the same person leads the next."""
    option = meeting.option
    for k, part in enumerate(option.parts):
        following = dict(meeting.parts[k + 1]) if k + 1 < len(option.parts) else {}
        for member, literal in meeting.parts[k]:
            then = following.get(member, 0)
            if not option.note or isinstance(then, int):
                draft.led[member].append(Led(part.start, part.end, part.end + option.note, literal))
                continue
            draft.led[member].append(Led(part.start, part.end, part.end, literal))
            writes = _writes_notes(draft.builder, literal, then)
            draft.led[member].append(Led(part.end, part.end, part.end + option.note, writes))


def _writes_notes(build: Builder, leads: Literal, then: Literal) -> Literal:
    """Return a literal that is 1 exactly when someone leads a part and not the next."""
    assert not isinstance(leads, int)
    assert not isinstance(then, int)
    writes = build.bool(build.value(leads) * (1 - build.value(then)))
    build.model.add_implication(writes, leads)
    build.model.add_implication(writes, then.negated())
    build.model.add_bool_or([writes, leads.negated(), then])
    return writes


def draft(options: Options, plan: Plan, scope: Scope) -> Draft:
    """Create the variables of a scope around a plan.

    Parameters
    ----------
    options : Options
    plan : Plan
        Feasible; what is outside the scope stands as it says, what is inside gives the hint.
    scope : Scope
    """
    made = Draft(options, plan, scope, Builder(), standing(options, plan, scope))
    calendars = Calendars(options, made.standing)
    create_sessions(made, calendars)
    for index in _meetings_in_scope(made):
        variables = _meeting_variables(made, options.meetings[index], calendars)
        if variables is not None:
            made.meetings[index] = variables
    for need in sorted(scope.attendances):
        made.attendances[need] = _attendance_variables(made, need, calendars)
    for index, variables in made.meetings.items():
        held = plan.meetings.get(index)
        for need in sorted(held.members - scope.attendances) if held else ():
            variables.attends[need] = 1
    _collect_visits(made)
    _collect_led(made)
    return made
