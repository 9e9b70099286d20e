"""What a program allows: ``day-limit``."""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.roster.presence import by_day, minutes_of
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable

__all__ = ["day_limit"]


def day_limit(table: Timetable) -> Iterator[Violation]:
    """Check ``day-limit``: ``max_days_per_week`` and ``max_minutes_per_day`` of the program hold."""
    for participant in table.instance.participants:
        sessions = table.of_participant.get(participant.id, [])
        program = table.instance.program_by_id[participant.program]
        if all(placed.frozen for placed in sessions):
            continue
        days = by_day(sessions)
        if program.max_days_per_week is not None and len(days) > program.max_days_per_week:
            what = (
                f"{participant.id} comes on {len(days)} days, "
                f"program {program.id} allows {program.max_days_per_week}"
            )
            yield concerning("day-limit", sessions[-1], what, (participant.id,))
        for day, held in days.items():
            minutes, most = minutes_of(held), program.max_minutes_per_day
            if most is not None and minutes > most and not all(placed.frozen for placed in held):
                what = f"{participant.id} has {minutes} minutes on {day}, program {program.id} allows {most}"
                yield concerning("day-limit", held[-1], what, (participant.id,))
