"""The best roster of a tiny clinic, found by trying every one: no options, no model, no solver.

Only the judge's rules decide what may be, and only the roster's own score what is better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from iopsched.instance.models import Instance, Participant
from iopsched.instance.windows import DAYS, spans, start_minutes
from iopsched.roster import score_sessions
from iopsched.roster.models import Session
from iopsched.roster.rules import RULES
from iopsched.roster.timetable import timetable
from rules.tiny import meeting, session

MENDED_BY_MORE = {"need-order", "pin"}
"""Rules that a roster may break and, with one session more, keep."""


def best_score(instance: Instance) -> tuple[int, ...]:
    """Return the least score of all rosters that break no rule."""
    return min(score_sessions(instance, sessions).as_tuple() for sessions in rosters(instance))


def rosters(instance: Instance) -> Iterator[list[Session]]:
    """Return every set of sessions that breaks no rule."""
    possible = [one for one in _candidates(instance) if not broken(instance, [one]) - MENDED_BY_MORE]
    yield from _extended(instance, [], possible)


def broken(instance: Instance, sessions: Sequence[Session]) -> set[str]:
    """Return the rules that some sessions break."""
    table = timetable(instance, sessions)
    return {name for name, rule in RULES.items() if any(True for _ in rule(table))}


def _extended(instance: Instance, kept: list[Session], left: list[Session]) -> Iterator[list[Session]]:
    """Return every way to add some of the sessions left to those kept."""
    if not broken(instance, kept):
        yield kept
    for k, one in enumerate(left):
        more = [*kept, one]
        if not broken(instance, more) - MENDED_BY_MORE:
            yield from _extended(instance, more, left[k + 1 :])


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
