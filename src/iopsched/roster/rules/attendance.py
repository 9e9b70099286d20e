"""Who can come: ``participant-free`` and ``family-free``."""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.instance.models import Need, Participant
from iopsched.roster.calendar import first_overlap, lies_within
from iopsched.roster.placed import Placed
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable, overlapping
from iopsched.roster.words import listed, named, stretch

__all__ = ["family_free", "participant_free"]


def participant_free(table: Timetable) -> Iterator[Violation]:
    """Check ``participant-free``: a participant is available and not busy during each session.

    Busy times include travel. Nobody is in two sessions at once. Who is available in the clinic's hours
    is not judged by them here: the rule ``hours`` does it.
    """
    for who, sessions in table.of_participant.items():
        participant = table.instance.participant_by_id.get(who)
        if participant is not None:
            yield from _not_there(table, participant, sessions)
        for first, second in overlapping(sessions):
            if not (first.frozen and second.frozen):
                what = f"{who} is in {named(first.session)} at the same time"
                yield concerning("participant-free", second, what, (who,))


def _not_there(table: Timetable, participant: Participant, sessions: list[Placed]) -> Iterator[Violation]:
    who = participant.id
    commitments = table.calendar.commitments(participant)
    for placed in sessions:
        if placed.frozen:
            continue
        if participant.available is not None and not lies_within(
            table.calendar.stretches(participant.available), placed.start, placed.end
        ):
            yield concerning("participant-free", placed, f"{who} isn't available throughout", (who,))
        busy = first_overlap(commitments, placed.start, placed.end)
        if busy is not None:
            what = f"{who} is busy {stretch(*busy)}, travel included"
            yield concerning("participant-free", placed, what, (who,))


def family_free(table: Timetable) -> Iterator[Violation]:
    """Check ``family-free``: every family member required attends, and is available throughout.

    Other relatives of theirs may come along; nobody else is family.
    """
    for placed in table.judged:
        if placed.service is None:
            continue
        required: set[str] = set()
        relatives: set[str] = set()
        for who in placed.participants:
            participant = table.instance.participant_by_id.get(who)
            need = None if participant is None else participant.need_of(placed.service.id)
            if participant is not None and need is not None and placed.service.kind == "family":
                required.update(participant.family_of(need))
                relatives.update(relative.id for relative in participant.family)
                yield from _relatives_away(table, placed, participant, need)
        yield from _wrong_family(placed, required, relatives)


def _wrong_family(placed: Placed, required: set[str], relatives: set[str]) -> Iterator[Violation]:
    attending = set(placed.session.family)
    if required - attending:
        what = f"{listed(required - attending)} of the family must attend and isn't listed"
        yield concerning("family-free", placed, what, placed.participants)
    if attending - relatives:
        what = f"{listed(attending - relatives)} isn't of the family that may attend"
        yield concerning("family-free", placed, what, placed.participants)


def _relatives_away(
    table: Timetable, placed: Placed, participant: Participant, need: Need
) -> Iterator[Violation]:
    required = participant.family_of(need)
    for relative in participant.family:
        if relative.id in required and not lies_within(
            table.calendar.stretches(relative.available), placed.start, placed.end
        ):
            what = f"{relative.id} of the family isn't available throughout"
            yield concerning("family-free", placed, what, (participant.id,))
