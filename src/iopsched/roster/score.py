"""The score of a roster, worked out from its sessions alone. Formulas: ``docs/rules.md``.

The sums run over what the instance names. Where a session that has happened names somebody who has left,
they cost nothing themselves: no visit or waiting of theirs, no idle minutes; the meeting they were at
counts as one that ran.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time

from iopsched.instance.models import Group, Instance, Participant
from iopsched.roster.calendar import lies_within, minutes_between
from iopsched.roster.models import Roster, Score, Session
from iopsched.roster.placed import Led, Placed
from iopsched.roster.presence import by_day, days_of, minutes_by_day, waiting_minutes
from iopsched.roster.timetable import Timetable, timetable
from iopsched.roster.unmet import unmet_level

__all__ = ["points_of_change", "score_of", "score_sessions"]


def score_sessions(instance: Instance, sessions: Sequence[Session], baseline: Roster | None = None) -> Score:
    """Return the score of a roster's sessions.

    Parameters
    ----------
    instance : Instance
        What was asked.
    sessions : sequence of Session
        What was answered.
    baseline : Roster, optional
        What stood before, in the same week or another; without one ``changes`` is 0.
    """
    return score_of(timetable(instance, sessions), baseline)


def score_of(table: Timetable, baseline: Roster | None) -> Score:
    """Return what :func:`score_sessions` does, of a roster already indexed."""
    return Score(
        unmet=unmet_level(table),
        changes=0 if baseline is None else _changes(table, baseline),
        burden=sum(_burden(table, participant) for participant in table.instance.participants),
        staffing=_staffing(table),
    )


def _changes(table: Timetable, baseline: Roster) -> int:
    """Return Σ over the baseline's attendances of what changed: 10, or 3 + 3 + 1.

    An attendance counts where its participant still has a need of the service in the instance, be it a
    need of no sessions this week.
    """
    stands: dict[tuple[str, str, int, time], list[Session]] = defaultdict(list)
    for placed in table.placed:
        for participant in placed.participants:
            key = (participant, placed.session.service, *_weekly(placed.start))
            stands[key].append(placed.session)
    needed = {(participant, need.service) for participant, need, _ in table.needs()}
    return sum(
        points_of_change(before, stands[key])
        for before in baseline.sessions
        for participant in set(before.participants)
        if (participant, before.service) in needed
        for key in ((participant, before.service, *_weekly(before.start)),)
    )


def points_of_change(before: Session, then: Iterable[Session]) -> int:
    """Return what ``changes`` counts for a participant of a baseline's session.

    Parameters
    ----------
    before : Session
        Of the baseline.
    then : iterable of Session
        The participant's sessions of that service now that begin at that weekday and time of day.
    """
    return min((_difference(before, now) for now in then), default=10)


def _weekly(start: datetime) -> tuple[int, time]:
    return start.weekday(), start.time()


def _difference(before: Session, now: Session) -> int:
    return (
        3 * (set(before.staff) != set(now.staff))
        + 3 * (before.group != now.group)
        + 1 * (before.room != now.room)
    )


def _burden(table: Timetable, participant: Participant) -> int:
    """Return one participant's share of the burden: the rules' formula, line by line."""
    weights = table.instance.weights
    placed = table.of_participant.get(participant.id, [])
    return (
        weights.visit * len(days_of(placed))
        + weights.wait * waiting_minutes(placed)
        + weights.off_preference * _off_preference(table, participant, placed)
        + weights.other_staff * _other_staff(participant, placed)
        + weights.short_day * _short_days(table.instance, participant, placed)
    )


def _off_preference(table: Timetable, participant: Participant, placed: Sequence[Placed]) -> int:
    if participant.prefers is None:
        return 0
    preferred = table.calendar.stretches(participant.prefers)
    return sum(not lies_within(preferred, session.start, session.end) for session in placed)


def _other_staff(participant: Participant, placed: Sequence[Placed]) -> int:
    preferred = {need.service: set(need.prefer_staff) for need in participant.needs if need.prefer_staff}
    return sum(
        not session.is_meeting
        and session.session.service in preferred
        and not session.staff <= preferred[session.session.service]
        for session in placed
    )


def _short_days(instance: Instance, participant: Participant, placed: Sequence[Placed]) -> int:
    billable = instance.program_by_id[participant.program].billable_day_minutes
    if billable is None:
        return 0
    return sum(minutes < billable for minutes in minutes_by_day(placed).values())


def _staffing(table: Timetable) -> int:
    """Return the staffing level: the rules' formula, line by line."""
    weights = table.instance.weights
    return (
        weights.meeting * sum(placed.is_meeting for placed in table.placed)
        + weights.leader_change
        * sum(
            _leader_changes(table.instance, group, table.of_group[group.id])
            for group in table.instance.groups
            if group.id in table.of_group
        )
        + weights.over_target * _over_target(table)
        + weights.idle
        * sum(_idle_minutes(table.led_by.get(member.id, [])) for member in table.instance.staff)
    )


def _leader_changes(instance: Instance, group: Group, meetings: Sequence[Placed]) -> int:
    """Return Σ over parts of (different staff who lead it over the week − its leaders)."""
    changes = 0
    for number, part in enumerate(instance.service_by_id[group.service].parts):
        led = [meeting.parts[number].staff for meeting in meetings if number < len(meeting.parts)]
        if led:
            changes += len(frozenset().union(*led)) - part.leaders
    return changes


def _over_target(table: Timetable) -> int:
    minutes = 0
    for member in table.instance.staff:
        if member.target_minutes_per_week is not None:
            led = sum(part.minutes for part in table.led_by.get(member.id, []))
            minutes += max(0, led - member.target_minutes_per_week)
    return minutes


def _idle_minutes(led: Sequence[Led]) -> int:
    """Return the minutes on one day between a led part's end, notes included, and the next's start."""
    idle = 0
    for day in by_day(led).values():
        until = day[0].notes_end
        for part in day[1:]:
            idle += max(0, minutes_between(until, part.start))
            until = max(until, part.notes_end)
    return idle
