"""A timetable of a school that is known to work: lessons are placed one by one, and may be moved again."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iopsched.generate.draws import Draws

__all__ = ["Course", "hold_lessons"]

_MOVES = 200
"""Lessons placed, for each there is, before one that finds no period is given up."""

Period = tuple[int, int]
"""Day, and number of the period in it."""


@dataclass(eq=False)
class Course:
    """What some forms are taught at the same periods, in groups with a teacher and a room each.

    Attributes
    ----------
    subject : str
    number : int
        Tells the courses of a subject apart.
    forms : tuple of int
    members : list of list of int
        Pupils of each group.
    teachers : list of str
        Of each group.
    rooms : list of list of str
        Of each group, any of which would do.
    lessons : int
        How many there are in the week, on different days.
    """

    subject: str
    number: int
    forms: tuple[int, ...]
    members: list[list[int]]
    teachers: list[str]
    rooms: list[list[str]]
    lessons: int

    def group(self, k: int) -> str:
        """Return the id of one of the groups."""
        return f"{self.subject}-{self.number + k + 1}"


Lesson = tuple[Course, int]


class _Timetable:
    """Lessons by period; in each, no form, teacher or room has two."""

    def __init__(self, draws: Draws, days: Mapping[str, Sequence[int]], periods: int) -> None:
        self.draws = draws
        self.days = days
        self.periods = periods
        self.held: dict[Period, list[Lesson]] = {}
        self.at: dict[Lesson, Period] = {}
        self.moved: dict[Lesson, int] = {}

    def possible(self, lesson: Lesson) -> list[Period]:
        """Return the periods at which all teachers are there, on days without a lesson of the course."""
        course, number = lesson
        taken = {
            self.at[course, other][0]
            for other in range(course.lessons)
            if other != number and (course, other) in self.at
        }
        return [
            (day, period)
            for day in range(5)
            if day not in taken and all(day in self.days[teacher] for teacher in course.teachers)
            for period in range(self.periods)
        ]

    def in_the_way(self, lesson: Lesson, period: Period) -> list[Lesson]:
        """Return the lessons of a period that would have to give way."""
        course = lesson[0]
        away = [
            other
            for other in self.held.get(period, [])
            if set(other[0].forms) & set(course.forms) or set(other[0].teachers) & set(course.teachers)
        ]
        left = [other for other in self.held.get(period, []) if other not in away]
        while not _roomy([*left, lesson]):
            if not left:
                return away
            away.append(left.pop(self.draws.below(len(left))))
        return away

    def place(self, lesson: Lesson) -> list[Lesson] | None:
        """Hold a lesson where fewest others give way, and return those; ``None`` where it never could be."""
        found = None
        for period in self.draws.shuffled(self.possible(lesson)):
            away = self.in_the_way(lesson, period)
            worth = sum(1 + self.moved.get(other, 0) for other in away)
            if found is None or worth < found[0]:
                found = worth, period, away
            if not away:
                break
        if found is None:
            return None
        _, period, away = found
        for other in away:
            self.held[period].remove(other)
            del self.at[other]
            self.moved[other] = self.moved.get(other, 0) + 1
        self.held.setdefault(period, []).append(lesson)
        self.at[lesson] = period
        return away


def _roomy(lessons: Sequence[Lesson]) -> bool:
    """Whether each group of some lessons at once can have one of its rooms (augmenting paths)."""
    asked = [rooms for course, _ in lessons for rooms in course.rooms]
    holder: dict[str, int] = {}

    def seat(k: int, tried: set[str]) -> bool:
        for room in asked[k]:
            if room not in tried:
                tried.add(room)
                if room not in holder or seat(holder[room], tried):
                    holder[room] = k
                    return True
        return False

    return all(seat(k, set()) for k in range(len(asked)))


def hold_lessons(
    draws: Draws,
    courses: Sequence[Course],
    days: Mapping[str, Sequence[int]],
    periods: int,
) -> None:
    """Make a timetable of all courses; a course whose lessons find no period has fewer afterwards.

    Parameters
    ----------
    courses : sequence of Course
    days : mapping of str to sequence of int
        When each teacher is at school, Monday = 0.
    periods : int
        Of each day.
    """
    timetable = _Timetable(draws, days, periods)
    lessons = [(course, number) for course in courses for number in range(course.lessons)]
    waiting = deque(sorted(lessons, key=lambda lesson: -len(lesson[0].forms)))
    left = _MOVES * len(lessons)
    given_up: dict[Course, int] = {}
    while waiting:
        lesson = waiting.popleft()
        left -= 1
        away = timetable.place(lesson) if left > 0 else None
        if away is None:
            given_up[lesson[0]] = given_up.get(lesson[0], 0) + 1
        else:
            waiting.extend(away)
    for course, count in given_up.items():
        course.lessons -= count
