"""Groups in the making: who could meet when, with one timetable of the groups that is known to work.

Each cohort is built around reference meetings that enough participants can attend. They size the staff and
the rooms, and the clinic that comes out can hold its groups; where a group may really meet is usually wider.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from iopsched.generate.draws import Draws
from iopsched.generate.participants import Person
from iopsched.generate.profiles import Profile
from iopsched.generate.services import PARTIAL_MINUTES, block_minutes
from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["TRACKS", "Cohort", "Track", "form_cohorts"]

_LARGEST = 12
"""Most participants of a group; ten to twelve are usual."""


_USUAL = ((0, 1, 3), (0, 2, 4))
"""Days of published tracks of three blocks: Monday, Tuesday, Thursday, or Monday, Wednesday, Friday."""


def _unusual(pattern: tuple[int, ...]) -> tuple[bool, tuple[int, ...]]:
    return pattern not in _USUAL, pattern


@dataclass(frozen=True, slots=True)
class Track:
    """A kind of cohort: the service it is for, the times of day it may begin at, its days, its tag."""

    name: str
    service: str
    starts: tuple[int, ...]
    open_to: str
    days: int = 5


TRACKS: Final = {
    "day": Track("day", "iop-group", (540, 570, 600, 750, 780), "adult"),
    "evening": Track("evening", "iop-group", (1080, 1050, 1020), "adult"),
    "women": Track("women", "iop-group", (600, 1050), "women", days=4),
    "teen": Track("teen", "teen-group", (990, 960, 1020), "teen"),
    "php": Track("php", "php-day", (540, 570), "adult"),
}
"""Tracks by name; starts in minutes from midnight, as clinics publish them."""


@dataclass(eq=False)
class Cohort:
    """A group in the making.

    Attributes
    ----------
    meetings : tuple of int
        Reference meetings, in minutes of the week.
    minutes : int
        Length of a meeting.
    members : list of Person
        Who is meant to come.
    guests : int
        Seats that participants of several groups may take besides.
    """

    name: str
    track: Track | None
    service: str
    minutes: int
    meetings: tuple[int, ...]
    members: list[Person] = field(default_factory=list)
    guests: int = 0

    @property
    def full(self) -> bool:
        """Whether nobody else can join."""
        return len(self.members) + self.guests >= _LARGEST

    def attended_by(self, person: Person) -> tuple[int, ...]:
        """Return the reference meetings that a person is free for, if the group is open to them at all."""
        if self.track is None or self.track.open_to not in person.tags:
            return ()
        return tuple(start for start in self.meetings if person.free(start, self.minutes))


class _Former:
    """Forms the cohorts of one clinic; keeps count of how many meet on each day in each part of it."""

    def __init__(self, draws: Draws, profile: Profile, people: Sequence[Person]) -> None:
        self.draws = draws
        self.people = people
        self.target = max(1, min(round(11 / profile.seats), 16))
        self.block = block_minutes(profile)
        self.weekdays = sorted({first // MINUTES_PER_DAY for first, _ in people[0].hours} - {5, 6})
        self.meeting_count: Counter[tuple[int, bool]] = Counter()
        self.cohorts: list[Cohort] = []
        self.leftovers: list[Person] = []

    def minutes(self, track: Track) -> int:
        return {"teen-group": 180, "php-day": PARTIAL_MINUTES}.get(track.service, self.block)

    def days_free(self, track: Track, person: Person, start: int) -> int:
        """Return the weekdays on which a person could meet at a time of day, as a bit mask."""
        return sum(
            1 << day
            for day in self.weekdays
            if day < track.days and person.free(day * MINUTES_PER_DAY + start, self.minutes(track))
        )

    def form(self, track: Track, people: Sequence[Person], most: int | None = None) -> None:
        """Form cohorts of a track until everybody is in one, or nobody left fits with others."""
        masks = {
            person.id: {start: self.days_free(track, person, start) for start in track.starts}
            for person in people
        }
        remaining = list(people)
        while remaining and (most is None or most > 0):
            size = -(-len(remaining) // -(-len(remaining) // self.target))
            days = min(len(self.weekdays), max(3, *(person.block_need["sessions"] for person in remaining)))
            start, pattern, fitting = self.best_option(track, remaining, masks, days, size)
            if len(fitting) < min(3, len(people)):
                break
            cohort = self.start_cohort(track, start, pattern)
            fitting.sort(
                key=lambda person: (-person.block_need["sessions"], masks[person.id][start].bit_count())
            )
            for person in fitting[:size]:
                self.join(person, cohort)
                remaining.remove(person)
            most = None if most is None else most - 1
        self.leftovers += remaining if most is None else []

    def best_option(
        self, track: Track, people: Sequence[Person], masks: dict[str, dict[int, int]], days: int, size: int
    ) -> tuple[int, tuple[int, ...], list[Person]]:
        """Return the time of day and the days that suit most people, then those with fewest other groups."""
        options: list[tuple[int, int, int, int, tuple[int, ...], list[Person]]] = []
        weekdays = [day for day in self.weekdays if day < track.days]
        patterns = sorted(combinations(weekdays, min(days, len(weekdays))), key=_unusual)
        for start in track.starts:
            for pattern in patterns:
                wanted = sum(1 << day for day in pattern)
                fitting = [
                    person
                    for person in people
                    if (masks[person.id][start] & wanted).bit_count() >= person.block_need["sessions"]
                ]
                crowd = sum(self.meeting_count[day, start >= 900] for day in pattern)
                options.append((-min(len(fitting), size), crowd, len(options), start, pattern, fitting))
        best = min(options, key=lambda option: option[:3])
        return best[3], best[4], best[5]

    def start_cohort(self, track: Track, start: int, pattern: tuple[int, ...]) -> Cohort:
        number = sum(cohort.track == track for cohort in self.cohorts) + 1
        meetings = tuple(day * MINUTES_PER_DAY + start for day in pattern)
        cohort = Cohort(f"{track.name}-{number}", track, track.service, self.minutes(track), meetings)
        self.meeting_count.update((day, start >= 900) for day in pattern)
        self.cohorts.append(cohort)
        return cohort

    def join(self, person: Person, cohort: Cohort) -> None:
        cohort.members.append(person)
        person.cohort = cohort.name

    def seat(self, person: Person) -> None:
        """Find a place for somebody who fits no new cohort: in an existing one, in several, or in a new one.

        What somebody's work leaves no room for at all is agreed with them: they come less often, or take
        leave for the treatment.
        """
        need = person.block_need
        hosts = [
            (cohort, cohort.attended_by(person))
            for cohort in self.cohorts
            if cohort.service == need["service"] and not cohort.full
        ]
        for cohort, meetings in hosts:
            if len(meetings) >= need["sessions"]:
                self.join(person, cohort)
                return
        days = {start // MINUTES_PER_DAY for _, meetings in hosts for start in meetings}
        if len(days) >= 2:
            need["sessions"] = min(need["sessions"], len(days))
            need["mix_groups"] = True
            for cohort, meetings in hosts:
                cohort.guests += bool(meetings)
            return
        self.seat_alone(person)

    def seat_alone(self, person: Person) -> None:
        track = TRACKS[{"iop": "day", "iop-teen": "teen", "php": "php"}[person.level]]
        if person.level == "iop" and not self.regular(track, person):
            track = TRACKS["evening"]
        if not self.regular(track, person):
            person.release()
        masks = {person.id: {start: self.days_free(track, person, start) for start in track.starts}}
        days = min(len(self.weekdays), max(3, person.block_need["sessions"]))
        start, pattern, fitting = self.best_option(track, [person], masks, days, 1)
        if not fitting:
            free = max(mask.bit_count() for mask in masks[person.id].values())
            person.block_need["sessions"] = max(1, min(free, person.block_need["sessions"]))
            start, pattern, fitting = self.best_option(track, [person], masks, days, 1)
        self.join(person, self.start_cohort(track, start, pattern))

    def regular(self, track: Track, person: Person) -> bool:
        """Whether a person can keep one time of day of a track on as many days as they need."""
        sessions: int = person.block_need["sessions"]
        return any(self.days_free(track, person, start).bit_count() >= sessions for start in track.starts)


def form_cohorts(draws: Draws, profile: Profile, people: Sequence[Person]) -> list[Cohort]:
    """Put everybody into a cohort with reference meetings, or among the guests of several.

    Parameters
    ----------
    people : sequence of Person
        Everybody; their ``cohort`` and, where they come to several groups, ``mix_groups`` are filled in.

    Returns
    -------
    list of Cohort
        In the order of the file.
    """
    former = _Former(draws, profile, people)
    adults = [person for person in people if person.level == "iop"]
    women = draws.sample([person for person in adults if "women" in person.tags], len(adults) // 5)
    if len(women) >= 6:
        former.form(TRACKS["women"], women, most=-(-len(women) // 20))
    tracks: dict[str, list[Person]] = {"evening": [], "day": []}
    for person in adults:
        if person.cohort is None:
            tracks[_track_of(draws, former, person)].append(person)
    former.form(TRACKS["evening"], tracks["evening"])
    former.form(TRACKS["day"], tracks["day"])
    former.form(TRACKS["teen"], [person for person in people if person.level == "iop-teen"])
    former.form(TRACKS["php"], [person for person in people if person.level == "php"])
    for person in former.leftovers:
        former.seat(person)
    order = list(TRACKS)
    return sorted(former.cohorts, key=lambda cohort: order.index(cohort.track.name if cohort.track else ""))


def _track_of(draws: Draws, former: _Former, person: Person) -> str:
    """Return the track somebody goes to: by day where they can, unless they would rather come later."""
    by_day = former.regular(TRACKS["day"], person)
    by_evening = former.regular(TRACKS["evening"], person)
    if by_day and by_evening:
        return "evening" if draws.chance(0.3) else "day"
    return "evening" if by_evening else "day"
