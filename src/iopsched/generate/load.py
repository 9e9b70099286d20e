"""How many minutes of staff time the participants need, by day and part of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iopsched.generate.cohorts import Cohort
from iopsched.generate.participants import Person
from iopsched.generate.services import Document, leader_minutes
from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["LATE", "PARTS", "Load", "part_of", "therapy_load", "visit_load"]

LATE = 15 * 60 + 30
"""Minute of the day from which a session counts as late: when school and early shifts are over."""

PARTS = ("morning", "afternoon", "late")
"""Parts of a day: before noon, before :data:`LATE`, and after it. Saturday is all morning."""

_FEW = 6
"""Whoever has fewer daytime openings than this is expected late or on Saturday."""


def part_of(start: int) -> tuple[int, str]:
    """Return the day (Monday = 0) and the part of it in which a minute of the week lies."""
    day, minute = divmod(start, MINUTES_PER_DAY)
    if minute < 12 * 60 or day >= 5:
        return day, "morning"
    return day, "afternoon" if minute < LATE else "late"


@dataclass
class Load:
    """Minutes of staff time needed on each day (Monday = 0), by part of the day."""

    minutes: dict[str, list[float]] = field(default_factory=lambda: {part: [0.0] * 7 for part in PARTS})

    def add(self, start: int, minutes: float) -> None:
        """Add minutes at a minute of the week."""
        day, part = part_of(start)
        self.minutes[part][day] += minutes

    def spread(self, starts: Sequence[int], minutes: float) -> None:
        """Spread minutes evenly over the parts of days that have openings.

        Afternoons come first, because late shifts have them to spare; then mornings; evenings and Saturday
        are for those who have few openings else.
        """
        afternoons = [start for start in starts if part_of(start)[1] == "afternoon"]
        by_day = [start for start in starts if part_of(start)[1] != "late" and part_of(start)[0] < 5]
        chosen = next((few for few in (afternoons, by_day) if len(few) >= _FEW), starts)
        places: dict[tuple[int, str], int] = {}
        for start in chosen:
            places.setdefault(part_of(start), start)
        for start in places.values():
            self.add(start, minutes / len(places))

    def total(self, *parts: str) -> float:
        """Return the minutes of the week in some parts of the days, all of them if none is named."""
        return sum(sum(self.minutes[part]) for part in parts or PARTS)

    def times(self, factor: float) -> Load:
        """Return this load with a reserve."""
        return Load({part: [minutes * factor for minutes in days] for part, days in self.minutes.items()})


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
    for cohort in cohorts:
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
