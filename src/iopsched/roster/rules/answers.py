"""What a roster says of itself and must be true: ids, references, score, unmet list, bounds and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iopsched.instance.models import Instance
from iopsched.roster.models import LEVELS, Roster, Score, Unmet
from iopsched.roster.placed import Placed
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable
from iopsched.roster.words import counted, listed

__all__ = ["bound", "reference", "score", "session_id", "status", "unmet", "week"]


def session_id(table: Timetable) -> Iterator[Violation]:
    """Check ``session-id``: no two sessions have one id."""
    seen: set[str] = set()
    for placed in table.placed:
        if placed.session.id in seen:
            what = f"its id {placed.session.id} is another session's too"
            yield concerning("session-id", placed, what, placed.participants, placed.staff)
        seen.add(placed.session.id)


def reference(table: Timetable) -> Iterator[Violation]:
    """Check ``reference``: a session names only what the instance knows, and what belongs together.

    A group's service needs a group of that service, and no other session has one. What has happened may
    name what has left the instance since.
    """
    for placed in table.judged:
        unknown = list(_unknown(table.instance, placed))
        what = f"the instance has no {', no '.join(unknown)}" if unknown else _mismatch(placed)
        if what:
            yield concerning("reference", placed, what, placed.participants, placed.staff)


def _unknown(instance: Instance, placed: Placed) -> Iterator[str]:
    session = placed.session
    if placed.service is None:
        yield f"service {session.service}"
    if session.group is not None and placed.group is None:
        yield f"group {session.group}"
    participants = set(placed.participants) - instance.participant_by_id.keys()
    if participants:
        yield f"participant {listed(participants)}"
    staff = (placed.staff | set(session.staff)) - instance.staff_by_id.keys()
    if staff:
        yield f"staff {listed(staff)}"
    if session.room is not None and session.room not in instance.room_by_id:
        yield f"room {session.room}"


def _mismatch(placed: Placed) -> str:
    session = placed.session
    if placed.is_meeting and session.group is None:
        return f"{session.service} is held by groups, and it names none"
    if not placed.is_meeting and session.group is not None:
        return f"{session.service} isn't held by groups, and it names {session.group}"
    if placed.group is not None and placed.group.service != session.service:
        return f"group {placed.group.id} is for {placed.group.service}"
    return ""


def week(instance: Instance, roster: Roster) -> Iterator[Violation]:
    """Check ``reference``: the roster's week is the instance's, or it answers something else."""
    if roster.week != instance.week:
        yield Violation("reference", f"the roster is of week {roster.week}, the instance of {instance.week}")


def score(stated: Score, true: Score) -> Iterator[Violation]:
    """Check ``score``: the stated score is the recomputed one, on each level."""
    for level, said, is_so in zip(LEVELS, stated.as_tuple(), true.as_tuple(), strict=True):
        if said != is_so:
            yield Violation("score", f"{level} is {is_so}, the roster says {said}")


def unmet(stated: tuple[Unmet, ...], true: tuple[Unmet, ...]) -> Iterator[Violation]:
    """Check ``unmet``: the stated unmet list is the recomputed one, by participant, service and sessions."""
    said = Counter((item.participant, item.service, item.sessions) for item in stated)
    is_so = Counter((item.participant, item.service, item.sessions) for item in true)
    for participant, service, sessions in sorted((is_so - said).elements()):
        what = (
            f"{participant} is {counted(sessions, 'session')} of {service} short; the roster doesn't say so"
        )
        yield Violation("unmet", what, participants=(participant,))
    for participant, service, sessions in sorted((said - is_so).elements()):
        what = (
            f"the roster says that {participant} is {counted(sessions, 'session')} of {service} short; not so"
        )
        yield Violation("unmet", what, participants=(participant,))


def bound(roster: Roster) -> Iterator[Violation]:
    """Check ``bound``: no bound is above its value."""
    for level, value, limit in zip(LEVELS, roster.score.as_tuple(), roster.bound.as_tuple(), strict=True):
        if limit is not None and limit > value:
            yield Violation("bound", f"{level} is {value}, below its bound {limit}")


def status(roster: Roster) -> Iterator[Violation]:
    """Check ``status``: an ``optimal`` roster has every bound equal to its value."""
    if roster.status == "optimal" and roster.bound.as_tuple() != roster.score.as_tuple():
        open_levels = [
            level
            for level, value, limit in zip(
                LEVELS, roster.score.as_tuple(), roster.bound.as_tuple(), strict=True
            )
            if limit != value
        ]
        yield Violation("status", f"optimal, but the bound is not the value of {', '.join(open_levels)}")
