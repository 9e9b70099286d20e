"""How many minutes of staff time the participants need, by day and part of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iopsched.generate.cohorts import Cohort
from iopsched.generate.participants import Person
from iopsched.generate.services import Document, leader_minutes
from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["LATE", "Load", "therapy_load", "visit_load"]

LATE = 15 * 60 + 30
"""Minute of the day from which a session counts as late: when school and early shifts are over."""

_FEW = 6
"""Whoever has fewer daytime openings than this is expected late or on Saturday."""


@dataclass
class Load:
    """Minutes of staff time needed on each day (Monday = 0): by day, and late."""

    by_day: list[float] = field(default_factory=lambda: [0.0] * 7)
    late: list[float] = field(default_factory=lambda: [0.0] * 7)

    def add(self, start: int, minutes: float) -> None:
        """Add minutes at a minute of the week; Saturday has no late part."""
        day, minute = divmod(start, MINUTES_PER_DAY)
        (self.late if minute >= LATE and day < 5 else self.by_day)[day] += minutes

    def spread(self, starts: Sequence[int], minutes: float) -> None:
        """Spread minutes over the days (or late parts of days) that have openings, evenly."""
        by_day = [
            start for start in starts if start % MINUTES_PER_DAY < LATE and start // MINUTES_PER_DAY < 5
        ]
        chosen = by_day if len(by_day) >= _FEW else starts
        places: dict[tuple[int, bool], int] = {}
        for start in chosen:
            places.setdefault((start // MINUTES_PER_DAY, start % MINUTES_PER_DAY >= LATE), start)
        for start in places.values():
            self.add(start, minutes / len(places))


def _away_from(
    person: Person, cohorts: Mapping[str, Cohort], starts: Sequence[int], minutes: int
) -> list[int]:
    """Return the starts at which a person is not in their group."""
    cohort = cohorts.get(person.cohort or "")
    if cohort is None:
        return list(starts)
    return [
        start
        for start in starts
        if all(start + minutes <= meeting or meeting + cohort.minutes <= start for meeting in cohort.meetings)
    ]


def therapy_load(
    services: Mapping[str, Document],
    people: Sequence[Person],
    cohorts: Sequence[Cohort],
    *,
    blocks: bool = True,
) -> Load:
    """Return the load of therapists: individual and family sessions, intakes, and blocks of all kinds."""
    load = visit_load(services, people, cohorts, ("individual", "family", "intake"))
    for cohort in cohorts if blocks else ():
        if cohort.track is not None:
            for meeting in cohort.meetings:
                load.add(meeting, leader_minutes(services[cohort.service]))
    return load


def visit_load(
    services: Mapping[str, Document],
    people: Sequence[Person],
    cohorts: Sequence[Cohort],
    wanted: Sequence[str],
) -> Load:
    """Return the load of some one-to-one and family services, notes included."""
    load = Load()
    by_name = {cohort.name: cohort for cohort in cohorts}
    for person in people:
        for need in person.needs:
            if need["service"] not in wanted:
                continue
            service = services[need["service"]]
            openings = person.openings(service["minutes"], with_family=service["kind"] == "family")
            starts = _away_from(person, by_name, openings, service["minutes"])
            # Somebody who could only come while in the group takes the meeting's place for planning.
            load.spread(
                starts or openings, need["sessions"] * (service["minutes"] + service.get("note_minutes", 0))
            )
    return load
