"""A school: many classes of fixed membership, which each pupil attends in full; no one-to-one sessions.

Nothing like a clinic, and a test of whatever was built with clinics in mind. A timetable is made first
(:mod:`iopsched.generate.lessons`), and then forgotten: all that is asked for can be given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

from iopsched.generate.commitments import clock
from iopsched.generate.draws import Draws
from iopsched.generate.lessons import Course, hold_lessons
from iopsched.generate.profiles import School
from iopsched.generate.services import Document
from iopsched.instance.windows import DAYS

__all__ = ["Faculty", "school_document"]

_FACULTIES = (
    (("mathematics", 3, "classroom"), ("computing", 1, "lab")),
    (("english", 3, "classroom"), ("drama", 1, "studio")),
    (("language", 3, "classroom"), ("music", 1, "studio")),
    (("biology", 2, "lab"), ("chemistry", 2, "lab")),
    (("history", 2, "classroom"), ("geography", 2, "classroom")),
    (("sport", 2, "hall"), ("art", 2, "studio")),
)
"""Subjects by who teaches them, with lessons a week and the kind of room: 24 lessons in all."""

_SETS = ("mathematics", "language")
"""Subjects taught at once to all forms of a year, whose pupils are parted by level, not by form."""

_FORMS_OF_A_YEAR = 5
_LESSON = 50
_PERIODS = (480, 540, 600, 660, 780, 840, 900)
"""Begin of the lessons, in minutes from midnight: four before noon, three after."""


@dataclass(eq=False)
class Faculty:
    """Who teaches some subjects, and how many lessons each has so far."""

    teachers: list[str]
    lessons: dict[str, int] = field(default_factory=dict)

    def next_teacher(self, lessons: int, beside: Sequence[str] = ()) -> str:
        """Give lessons to whoever has fewest, but to none who teaches at the same time."""
        free = [teacher for teacher in self.teachers if teacher not in beside]
        chosen = min(free, key=lambda teacher: (self.lessons.get(teacher, 0), teacher))
        self.lessons[chosen] = self.lessons.get(chosen, 0) + lessons
        return chosen


def school_document(names: Sequence[str | int], numbers: School, pupils: int) -> Document:
    """Return everything but the id of a school's week.

    Parameters
    ----------
    names : sequence of str or int
        What names the streams of random choices.
    numbers : School
    pupils : int
        Participants; a form, and a group in each subject, for every twelve.
    """
    draws = Draws(*names, "pupils")
    forms = max(1, round(pupils / numbers.pupils_of_a_form))
    form_of = sorted(pupil % forms for pupil in range(pupils))
    faculties = _faculties(forms, numbers)
    days_at_school = {
        teacher: sorted(draws.sample(range(5), 4 if draws.chance(numbers.part_time) else 5))
        for faculty in faculties
        for teacher in faculty.teachers
    }
    rooms = _rooms(forms, numbers)
    courses = _courses(draws, faculties, form_of, forms, rooms)
    hold_lessons(Draws(*names, "lessons"), courses, days_at_school, len(_PERIODS))
    groups = [_group(course, k) for course in courses for k in range(len(course.members))]
    return {
        "week": "2026-11-30",
        "timezone": "America/Chicago",
        "slot_minutes": 10,
        "hours": ["Mon-Fri 08:00-16:00"],
        "services": [
            {"id": subject, "kind": "group", "minutes": _LESSON, "room_kinds": [kind]}
            for subjects in _FACULTIES
            for subject, _, kind in subjects
        ],
        "rooms": [{"id": room, "kind": kind, "capacity": 32} for room, kind in rooms.items()],
        "staff": [
            {
                "id": teacher,
                "skills": [subject for subject, _, _ in subjects],
                "available": [f"{','.join(DAYS[day] for day in days_at_school[teacher])} 08:00-16:00"],
            }
            for faculty, subjects in zip(faculties, _FACULTIES, strict=True)
            for teacher in faculty.teachers
        ],
        "groups": groups,
        "programs": [{"id": "school"}],
        "participants": _pupils(courses, pupils),
    }


def _faculties(forms: int, numbers: School) -> list[Faculty]:
    faculties = []
    for k, subjects in enumerate(_FACULTIES):
        lessons = forms * sum(count for _, count, _ in subjects)
        teachers = max(1, -(-lessons // numbers.lessons_of_a_teacher))
        faculties.append(Faculty([f"T{k}{number:02d}" for number in range(teachers)]))
    return faculties


def _rooms(forms: int, numbers: School) -> dict[str, str]:
    """Return rooms with their kinds, somewhat more than the lessons fill."""
    rooms: dict[str, str] = {}
    for kind in ("classroom", "lab", "studio", "hall"):
        lessons = forms * sum(n for subjects in _FACULTIES for _, n, where in subjects if where == kind)
        count = 1 + int(lessons * numbers.rooms / (5 * len(_PERIODS)))
        rooms |= {f"{kind}-{number + 1}": kind for number in range(count)}
    return rooms


def _courses(
    draws: Draws, faculties: Sequence[Faculty], form_of: Sequence[int], forms: int, rooms: dict[str, str]
) -> list[Course]:
    """Return what is taught to whom by whom: sets of several forms at once, all else form by form."""
    pupils_of: list[list[int]] = [[] for _ in range(forms)]
    for pupil, form in enumerate(form_of):
        pupils_of[form].append(pupil)
    courses: list[Course] = []
    for faculty, subjects in zip(faculties, _FACULTIES, strict=True):
        for subject, lessons, kind in subjects:
            halls = [room for room, its_kind in rooms.items() if its_kind == kind]
            at_once = min(len(faculty.teachers), _FORMS_OF_A_YEAR, len(halls)) if subject in _SETS else 1
            for year in range(0, forms, _FORMS_OF_A_YEAR):
                of_year = range(year, min(forms, year + _FORMS_OF_A_YEAR))
                for first in range(0, len(of_year), at_once):
                    taught = of_year[first : first + at_once]
                    members = _parted(draws, [pupils_of[form] for form in taught])
                    teachers: list[str] = []
                    for _ in members:
                        teachers.append(faculty.next_teacher(lessons, teachers))
                    asked = _rooms_asked(draws, halls, len(members))
                    courses.append(
                        Course(subject, taught[0], tuple(taught), members, teachers, asked, lessons)
                    )
    return courses


def _parted(draws: Draws, forms: Sequence[Sequence[int]]) -> list[list[int]]:
    """Part the pupils of some forms by level, into as many groups; one form is one group."""
    if len(forms) == 1:
        return [list(forms[0])]
    mixed = draws.shuffled([pupil for form in forms for pupil in form])
    return [sorted(mixed[k :: len(forms)]) for k in range(len(forms))]


def _rooms_asked(draws: Draws, rooms: Sequence[str], groups: int) -> list[list[str]]:
    """Return for each of some groups at once the rooms that would do; the first of each are all different."""
    first = cycle(draws.shuffled(rooms))
    asked = []
    for _ in range(groups):
        own = next(first)
        asked.append(sorted({own, *draws.sample(rooms, 2)}))
    return asked


def _group(course: Course, k: int) -> Document:
    size = len(course.members[k])
    return {
        "id": course.group(k),
        "service": course.subject,
        "meetings": course.lessons,
        "starts": [f"Mon-Fri {clock(minute)}" for minute in _PERIODS],
        "same_start": False,
        "min_size": size,
        "max_size": size,
        "rooms": course.rooms[k],
        "staff": [course.teachers[k]],
    }


def _pupils(courses: Sequence[Course], pupils: int) -> list[Document]:
    needs: list[list[Document]] = [[] for _ in range(pupils)]
    for course in courses:
        for k, members in enumerate(course.members):
            for pupil in members:
                needs[pupil].append(
                    {"service": course.subject, "sessions": course.lessons, "groups": [course.group(k)]}
                )
    return [
        {"id": f"P{pupil:04d}", "program": "school", "tags": [], "needs": asked}
        for pupil, asked in enumerate(needs)
    ]
