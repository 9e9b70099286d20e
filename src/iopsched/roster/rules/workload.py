"""How much staff may lead: ``staff-load``, ``staff-break`` and ``staff-rest``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from iopsched.instance.models import Staff
from iopsched.roster.calendar import minutes_between
from iopsched.roster.placed import Led, Placed
from iopsched.roster.presence import by_day
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable
from iopsched.roster.words import moment, stretch

__all__ = ["staff_break", "staff_load", "staff_rest"]


def staff_load(table: Timetable) -> Iterator[Violation]:
    """Check ``staff-load``: ``max_minutes_per_day``, ``max_minutes_per_week`` and ``max_participants`` hold.

    Minutes are led minutes, notes not counted; the caseload is the different participants in one-to-one
    and family sessions of the week.
    """
    for member, led in _staff_who_lead(table):
        if member.max_minutes_per_day is not None:
            for day, parts in by_day(led).items():
                yield from _too_much(member, parts, member.max_minutes_per_day, f"on {day}")
        if member.max_minutes_per_week is not None:
            yield from _too_much(member, led, member.max_minutes_per_week, "in the week")
        if member.max_participants is not None:
            yield from _caseload(member, led, member.max_participants)


def _staff_who_lead(table: Timetable) -> Iterator[tuple[Staff, list[Led]]]:
    for member in table.instance.staff:
        if member.id in table.led_by:
            yield member, table.led_by[member.id]


def _all_frozen(parts: Sequence[Led]) -> bool:
    return all(part.frozen for part in parts)


def _too_much(member: Staff, parts: Sequence[Led], limit: int, when: str) -> Iterator[Violation]:
    minutes = sum(part.minutes for part in parts)
    if minutes > limit and not _all_frozen(parts):
        what = f"{member.id} leads {minutes} minutes {when}, {limit} at most"
        yield concerning("staff-load", parts[-1].placed, what, staff=(member.id,))


def _caseload(member: Staff, led: Sequence[Led], limit: int) -> Iterator[Violation]:
    own = [part for part in led if not part.placed.is_meeting]
    participants = {who for part in own for who in part.placed.participants}
    if len(participants) > limit and not _all_frozen(own):
        what = f"{member.id} sees {len(participants)} different participants in the week, {limit} at most"
        yield concerning("staff-load", own[-1].placed, what, participants, (member.id,))


@dataclass(frozen=True, slots=True)
class _Stint:
    """A led part, or the notes after one."""

    start: datetime
    end: datetime
    placed: Placed


def staff_break(table: Timetable) -> Iterator[Violation]:
    """Check ``staff-break``: no run is longer than ``max_minutes_without_break``.

    It is measured from its first start to its last end. Runs cut a person's day: led parts and notes with
    less than ``break_minutes`` between one's end and the next's start are in one run.
    """
    for member, led in _staff_who_lead(table):
        limit = member.max_minutes_without_break
        if limit is None:
            continue
        for day in by_day(led).values():
            for run in _runs(day, timedelta(minutes=member.break_minutes)):
                start, end = run[0].start, max(stint.end for stint in run)
                if end - start > timedelta(minutes=limit) and not all(s.placed.frozen for s in run):
                    what = (
                        f"{member.id} works {stretch(start, end)} without a break of {member.break_minutes} "
                        f"minutes: {minutes_between(start, end)} minutes, {limit} at most"
                    )
                    yield concerning("staff-break", run[-1].placed, what, staff=(member.id,))


def _runs(day: Sequence[Led], least_break: timedelta) -> list[list[_Stint]]:
    stints = [_Stint(part.start, part.end, part.placed) for part in day]
    stints += [_Stint(part.end, part.notes_end, part.placed) for part in day if part.end < part.notes_end]
    runs: list[list[_Stint]] = []
    until = datetime.min
    for stint in sorted(stints, key=attrgetter("start", "end")):
        if runs and stint.start - until < least_break:
            runs[-1].append(stint)
            until = max(until, stint.end)
        else:
            runs.append([stint])
            until = stint.end
    return runs


def staff_rest(table: Timetable) -> Iterator[Violation]:
    """Check ``staff-rest``: ``rest_hours`` lie between a day's last led end and the next day's first."""
    for member, led in _staff_who_lead(table):
        if member.rest_hours is None:
            continue
        days = by_day(led)
        for day, parts in days.items():
            following = days.get(day + timedelta(days=1))
            if following is None:
                continue
            last, first = max(parts, key=attrgetter("end")), following[0]
            rest = first.start - last.end
            if rest < timedelta(hours=member.rest_hours) and not (last.frozen and first.frozen):
                what = (
                    f"{member.id} led until {moment(last.end)} and has {rest / timedelta(hours=1):g} hours "
                    f"of rest, {member.rest_hours:g} at least"
                )
                yield concerning("staff-rest", first.placed, what, staff=(member.id,))
