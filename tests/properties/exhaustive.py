"""The best roster of a tiny clinic, found by trying every one: no options, no model, no solver.

Only the judge's rules decide what may be, and only the roster's own score what is better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, combinations

from iopsched.instance.models import Instance, Participant
from iopsched.instance.windows import DAYS, spans, start_minutes
from iopsched.roster import score_sessions
from iopsched.roster.models import Roster, Session
from iopsched.roster.rules import RULES
from iopsched.roster.timetable import timetable
from rules.tiny import meeting, session

MENDED_BY_MORE = {"need-order", "pin"}
"""Rules that a roster may break and, with one session more, keep."""


@dataclass(frozen=True)
class Question:
    """A clinic, with what stood before and the moment from which on it is planned anew, if any."""

    instance: Instance
    baseline: Roster | None = None
    frozen_from: datetime | None = None

    def best_score(self) -> tuple[int, ...]:
        """Return the least score of all rosters that break no rule."""
        return min(
            score_sessions(self.instance, sessions, self.baseline).as_tuple() for sessions in self.rosters()
        )

    def rosters(self) -> Iterator[list[Session]]:
        """Return every set of sessions that breaks no rule."""
        happened, moment = [], self.frozen_from
        if self.baseline is not None and moment is not None:
            happened = [one for one in self.baseline.sessions if one.start < moment]
        possible = [
            one
            for one in _candidates(self.instance)
            if (moment is None or one.start >= moment) and not self.broken([*happened, one]) - MENDED_BY_MORE
        ]
        yield from self._extended(happened, possible)

    def broken(self, sessions: Sequence[Session]) -> set[str]:
        """Return the rules that some sessions break."""
        before = () if self.baseline is None else self.baseline.sessions
        table = timetable(self.instance, sessions, before, self.frozen_from)
        return {name for name, rule in RULES.items() if any(True for _ in rule(table))}

    def _extended(self, kept: list[Session], left: list[Session]) -> Iterator[list[Session]]:
        """Return every way to add some of the sessions left to those kept."""
        if not self.broken(kept):
            yield kept
        for k, one in enumerate(left):
            more = [*kept, one]
            if not self.broken(more) - MENDED_BY_MORE:
                yield from self._extended(more, left[k + 1 :])


def _candidates(instance: Instance) -> Iterator[Session]:
    for person in instance.participants:
        for asked in person.needs:
            kind = instance.service_by_id[asked.service]
            if kind.kind != "group" and asked.sessions:
                yield from _visits(instance, person, asked.service)
    for group in instance.groups:
        minutes = instance.service_by_id[group.service].minutes
        people = [person.id for person in instance.participants if person.need_of(group.service)]
        subsets = chain.from_iterable(combinations(people, size) for size in range(1, len(people) + 1))
        for who in list(subsets):
            for start in start_minutes(group.starts):
                for leader in instance.staff:
                    for room in instance.rooms:
                        yield meeting(
                            _text(start), " ".join(who), leader.id, group.id,
                            service=group.service, minutes=minutes, room=room.id,
                        )  # fmt: skip


def _visits(instance: Instance, person: Participant, name: str) -> Iterator[Session]:
    kind = instance.service_by_id[name]
    for first, last in spans(instance.hours):
        for start in range(first, last, kind.start_every):
            for leader in instance.staff:
                for room in instance.rooms:
                    yield session(
                        _text(start), person.id, leader.id, service=name, minutes=kind.minutes, room=room.id
                    )


def _text(minute: int) -> str:
    return f"{DAYS[minute // 1440]} {minute % 1440 // 60:02d}:{minute % 60:02d}"
