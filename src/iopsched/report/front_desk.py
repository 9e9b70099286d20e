"""Who comes when: what a front desk needs to know of each day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from iopsched.roster.calendar import minutes_between
from iopsched.roster.models import Roster, Session

__all__ = ["SLOT", "Flow", "Visit", "flow_of", "visits_by_day"]

SLOT = 30
"""Minutes for which arrivals and leavings are counted together."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One participant's day at the clinic, from the first session in a room to the end of the last."""

    participant: str
    arrives: datetime
    leaves: datetime
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Half an hour of one day: participants who arrive and leave in it, and the most who are there at once.

    Attributes
    ----------
    minute : int
        Of the day, when the half hour begins.
    arrivals, leavings, present : int
        Whoever leaves at a moment makes room for whoever arrives then.
    """

    minute: int
    arrivals: int
    leavings: int
    present: int


def visits_by_day(roster: Roster) -> dict[date, list[Visit]]:
    """Return each day's visits by time of arrival; sessions without a room bring nobody to the clinic."""
    of_day: dict[tuple[date, str], list[Session]] = defaultdict(list)
    for session in sorted(roster.sessions, key=lambda session: (session.start, session.id)):
        if session.room is not None:
            for participant in session.participants:
                of_day[session.start.date(), participant].append(session)
    visits: dict[date, list[Visit]] = defaultdict(list)
    for (day, participant), sessions in sorted(of_day.items(), key=lambda item: item[0]):
        arrives = sessions[0].start
        leaves = max(arrives, *(session.end for session in sessions))
        visits[day].append(Visit(participant, arrives, leaves, tuple(sessions)))
    return {
        day: sorted(of_one, key=lambda visit: (visit.arrives, visit.leaves, visit.participant))
        for day, of_one in visits.items()
    }


def flow_of(visits: Sequence[Visit]) -> list[Flow]:
    """Return a day's half hours, from the first arrival to the last leaving, without a gap."""
    midnight = min(visit.arrives for visit in visits).replace(hour=0, minute=0)
    arrivals = Counter(minutes_between(midnight, visit.arrives) for visit in visits)
    leavings = Counter(minutes_between(midnight, visit.leaves) for visit in visits)
    first, last = min(arrivals) // SLOT * SLOT, max(leavings)
    flows = []
    present = 0
    for minute in range(first, last + 1, SLOT):
        most = present
        for moment in sorted({minute, *_within(minute, arrivals), *_within(minute, leavings)}):
            present += arrivals[moment] - leavings[moment]
            most = present if moment == minute else max(most, present)
        flows.append(Flow(minute, _sum(minute, arrivals), _sum(minute, leavings), most))
    return flows


def _within(minute: int, moments: Iterable[int]) -> list[int]:
    return [moment for moment in moments if minute <= moment < minute + SLOT]


def _sum(minute: int, counts: Counter[int]) -> int:
    return sum(counts[moment] for moment in _within(minute, counts))
