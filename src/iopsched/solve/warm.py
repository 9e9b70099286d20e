"""Stage *warm start*: what of an earlier roster can stand in the new week, before anything is changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, time

import numpy as np

from iopsched.model import scope_of
from iopsched.options import Options, Plan
from iopsched.options.meetings import AttendanceOptions, MeetingOption, PartSpan
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Roster, Session
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan

__all__ = ["start_from_baseline"]

Week = dict[tuple[str, str, int], Session]
"""Earlier sessions by participant id (or group id), service and minute of the week."""


def start_from_baseline(search: Search, seconds: float, start: Roster | None = None) -> None:
    """Keep as much of the baseline, or of another roster to start from, as the rules allow now.

    The options are cut down to what that roster says; what is decided is only what of it stays.

    Parameters
    ----------
    search : Search
    seconds : float
        At most about this long.
    start : Roster, optional
        What is kept, in place of the baseline. Nothing is counted against it.
    """
    standing = start or search.options.baseline
    if standing is None:
        return
    search.stage = "warm start"
    narrowed = _narrowed(search.options, standing, search.best.plan)
    everything = replace(
        search, options=narrowed, best=value_plan(narrowed, search.best.plan), on_progress=None
    )
    scope = scope_of(
        narrowed,
        search.best.plan,
        sessions=range(len(narrowed.sessions)),
        attendances=range(len(narrowed.attendances)),
        groups=range(len(narrowed.instance.groups)),
    )
    everything.decide(scope, ("unmet", "changes"), seconds)
    search.adopt(value_plan(search.options, everything.best.plan), "unmet")


def _by_minute(standing: Roster) -> tuple[Week, Week]:
    """Return a roster's sessions by participant, and its meetings by group."""
    monday = datetime.combine(standing.week, time())
    people: Week = {}
    groups: Week = {}
    for session in standing.sessions:
        minute = int((session.start - monday).total_seconds() // 60)
        for participant in session.participants:
            people[participant, session.service, minute] = session
        if session.group is not None:
            groups[session.group, session.service, minute] = session
    return people, groups


def _narrowed(options: Options, standing: Roster, plan: Plan) -> Options:
    """Return the options cut down to a roster; what it does not know stays as the pins ask."""
    people, groups = _by_minute(standing)
    meetings = tuple(_narrowed_meeting(options, option, groups) for option in options.meetings)
    held = {
        option.index
        for option in meetings
        if _meeting_key(options, option) in groups or option.index in plan.meetings
    }
    return replace(
        options,
        meetings=meetings,
        sessions=tuple(_narrowed_session(options, asked, people, plan) for asked in options.sessions),
        attendances=tuple(
            _narrowed_attendance(options, asked, people, held) for asked in options.attendances
        ),
    )


def _meeting_key(options: Options, option: MeetingOption) -> tuple[str, str, int]:
    group = options.instance.groups[option.group]
    return group.id, group.service, option.start


def _narrowed_meeting(options: Options, option: MeetingOption, groups: Week) -> MeetingOption:
    """Keep the earlier leaders of each part, where they can still lead it."""
    session = groups.get(_meeting_key(options, option))
    if session is None or option.pin is not None:
        return option
    staff = options.instance.staff
    agenda = session.agenda or ()
    parts = []
    for k, part in enumerate(option.parts):
        names = agenda[k].staff if k < len(agenda) else session.staff
        same = tuple(member for member in part.staff if staff[member].id in names)
        parts.append(
            PartSpan(part.start, part.end, part.leaders, same if len(same) >= part.leaders else part.staff)
        )
    return replace(option, parts=tuple(parts))


def _narrowed_session(options: Options, asked: SessionOptions, people: Week, plan: Plan) -> SessionOptions:
    """Keep the earlier starts of a need, and its staff and room where they are still possible."""
    participant = options.instance.participants[asked.participant].id
    led, rooms = asked.led.copy(), asked.rooms.copy()
    standing = {placed.start for placed in plan.placements.get(asked.index, ())}
    for k, start in enumerate(asked.times.tolist()):
        session = people.get((participant, asked.need.service, start))
        if session is None:
            if start not in asked.pinned and start not in standing:
                led[k] = False
            continue
        same = np.array([member.id in session.staff for member in options.instance.staff], np.bool_)
        if (led[k] & same).any():
            led[k] &= same
        room = np.array([session.room in c.rooms for c in options.facts.classes], np.bool_)
        if (rooms[k] & room).any():
            rooms[k] &= room
    kept = led.any(axis=1)
    return replace(asked, times=asked.times[kept], led=led[kept], rooms=rooms[kept])


def _narrowed_attendance(
    options: Options, asked: AttendanceOptions, people: Week, held: set[int]
) -> AttendanceOptions:
    """Keep the meetings that the participant was in."""
    participant = options.instance.participants[asked.participant].id
    starts: dict[int, set[str | None]] = defaultdict(set)
    for (person, service, start), session in people.items():
        if person == participant and service == asked.need.service:
            starts[start].add(session.group)
    kept = tuple(
        option
        for option in asked.meetings
        if option in asked.pinned
        or (
            option in held
            and options.instance.groups[options.meetings[option].group].id
            in starts.get(options.meetings[option].start, set())
        )
    )
    return replace(asked, meetings=kept)
