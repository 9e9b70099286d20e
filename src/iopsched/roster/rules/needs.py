"""What a treatment plan asks for: ``need-count``, ``need-spacing`` and ``need-order``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from iopsched.instance.models import Need
from iopsched.roster.placed import Placed
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable
from iopsched.roster.words import counted, moment, named

__all__ = ["need_count", "need_order", "need_spacing"]


def need_count(table: Timetable) -> Iterator[Violation]:
    """Check ``need-count``: never more sessions than needed.

    A meeting of a service that a member doesn't need at all is the rule ``group-member``'s.
    """
    for (who, service), sessions in table.of_need.items():
        participant = table.instance.participant_by_id.get(who)
        if participant is None or service not in table.instance.service_by_id:
            continue
        need = participant.need_of(service)
        needed = 0 if need is None else need.sessions
        uninvited = need is None and sessions[0].is_meeting
        if len(sessions) > needed and not uninvited and not all(placed.frozen for placed in sessions):
            what = f"{who} has {counted(len(sessions), 'session')} of {service} and needs {needed}"
            yield concerning("need-count", sessions[-1], what, (who,))


def need_spacing(table: Timetable) -> Iterator[Violation]:
    """Check ``need-spacing``: the dates of any two sessions of one need are ``min_days_apart``."""
    for who, need, sessions in table.needs():
        if need.min_days_apart == 0:
            continue
        for first, second in combinations(sessions, 2):
            days = (second.start.date() - first.start.date()).days
            if days < need.min_days_apart and not (first.frozen and second.frozen):
                least = counted(need.min_days_apart, "day")
                what = f"{who} has {named(first.session)} too; {least} apart at least"
                yield concerning("need-spacing", second, what, (who,))


def need_order(table: Timetable) -> Iterator[Violation]:
    """Check ``need-order``: a need ``after`` another begins when every session of that need has ended.

    While a session of that need is missing, none of these happens. Without that need, or with 0 sessions
    of it, nothing is restricted.
    """
    for participant in table.instance.participants:
        for need in participant.needs:
            earlier = None if need.after is None else participant.need_of(need.after)
            if earlier is not None and earlier.sessions > 0:
                sessions = table.of_need.get((participant.id, need.service), [])
                before = table.of_need.get((participant.id, earlier.service), [])
                yield from _too_early(participant.id, earlier, before, sessions)


def _too_early(
    who: str, earlier: Need, before: Sequence[Placed], sessions: Sequence[Placed]
) -> Iterator[Violation]:
    for placed in sessions:
        unfinished = [other for other in before if placed.start < other.end]
        if len(before) < earlier.sessions and not placed.frozen:
            what = (
                f"{who} has {len(before)} of the {earlier.sessions} sessions of {earlier.service} it follows"
            )
        elif unfinished and not (placed.frozen and all(other.frozen for other in unfinished)):
            last = max(other.end for other in unfinished)
            what = f"{who} has {earlier.service}, which it follows, until {moment(last)}"
        else:
            continue
        yield concerning("need-order", placed, what, (who,))
