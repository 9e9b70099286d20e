"""Participants who get less than their program promises: reported, neither a rule nor scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopsched.instance.models import Instance, Participant
from iopsched.roster.models import Note, Session
from iopsched.roster.placed import Placed
from iopsched.roster.presence import days_of, minutes_of
from iopsched.roster.timetable import Timetable, timetable

__all__ = ["program_warnings", "program_warnings_of"]


def program_warnings(instance: Instance, sessions: Sequence[Session]) -> tuple[Note, ...]:
    """Return a warning for each minimum of a program that one of its participants doesn't reach.

    Returns
    -------
    tuple of Note
        In the instance's order. Code ``program-minutes`` with the facts ``participant``, ``program``,
        ``minutes`` and ``minimum``, or ``program-days`` with ``days`` in place of minutes. Minutes are
        session minutes, days are days with a session.
    """
    return program_warnings_of(timetable(instance, sessions))


def program_warnings_of(table: Timetable) -> tuple[Note, ...]:
    """Return what :func:`program_warnings` does, of a roster already indexed."""
    return tuple(
        note
        for participant in table.instance.participants
        for note in _shortfalls(table.instance, participant, table.of_participant.get(participant.id, []))
    )


def _shortfalls(instance: Instance, participant: Participant, placed: list[Placed]) -> Iterator[Note]:
    program = instance.program_by_id[participant.program]
    minutes, least = minutes_of(placed), program.min_minutes_per_week
    if least is not None and minutes < least:
        yield Note(
            code="program-minutes",
            text=f"{participant.id} has {minutes} of the {least} minutes a week of program {program.id}",
            participant=participant.id,
            program=program.id,
            minutes=minutes,
            minimum=least,
        )
    days, fewest = len(days_of(placed)), program.min_days_per_week
    if fewest is not None and days < fewest:
        yield Note(
            code="program-days",
            text=f"{participant.id} comes on {days} of the {fewest} days a week of program {program.id}",
            participant=participant.id,
            program=program.id,
            days=days,
            minimum=fewest,
        )
