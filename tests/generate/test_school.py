"""A school can be taught in full: its lessons come from a timetable."""

from collections import Counter

import pytest

from iopsched.generate import generate
from iopsched.generate.draws import Draws
from iopsched.generate.lessons import Course, hold_lessons
from iopsched.instance.models import Instance


def _members(instance: Instance) -> Counter[str]:
    return Counter(
        name for person in instance.participants for need in person.needs for name in need.groups or ()
    )


def test_there_are_as_many_groups_as_pupils_and_a_teacher_for_ten() -> None:
    """Three hundred pupils make three hundred groups, thirty teachers, twenty-four lessons for each pupil."""
    instance = generate(300, 1, "school")
    assert (len(instance.groups), len(instance.staff)) == (300, 30)
    assert {sum(need.sessions for need in person.needs) for person in instance.participants} == {24}


@pytest.mark.parametrize("participants", [1, 13, 120])
def test_every_member_attends_every_meeting(participants: int) -> None:
    """Groups are named one by one, by as many as they take, for all of their meetings."""
    instance = generate(participants, 3, "school")
    members = _members(instance)
    assert members.keys() == {group.id for group in instance.groups}
    for group in instance.groups:
        assert group.min_size == group.max_size == members[group.id]
    for person in instance.participants:
        for need in person.needs:
            assert need.groups is not None
            assert [instance.group_by_id[name].meetings for name in need.groups] == [need.sessions]


def test_pupils_are_parted_by_level_in_some_subjects() -> None:
    """Members of a mathematics set come from several forms, those of an English class from one."""
    instance = generate(150, 1, "school")
    english = {person.id: person.needs[1].groups for person in instance.participants}
    mixed = {
        need.groups: {
            english[other.id] for other in instance.participants if need.groups == other.needs[0].groups
        }
        for person in instance.participants
        for need in person.needs[:1]
    }
    assert {need.service for person in instance.participants for need in person.needs[:1]} == {"mathematics"}
    assert sum(len(forms) > 1 for forms in mixed.values()) > len(mixed) / 2


def _course(number: int, teacher: str, room: str, lessons: int) -> Course:
    return Course("art", number, (number,), [[number]], [teacher], [[room]], lessons)


def test_lessons_that_share_a_teacher_share_no_period() -> None:
    """With as many periods as a teacher has lessons, all of them are taught."""
    courses = [_course(0, "T", "A", 2), _course(1, "T", "B", 2)]
    hold_lessons(Draws("one"), courses, {"T": [0, 1]}, 2)
    assert [course.lessons for course in courses] == [2, 2]


@pytest.mark.parametrize(("teachers", "rooms"), [("TT", "AB"), ("TU", "AA")], ids=["teacher", "room"])
def test_lessons_without_a_period_are_not_asked_for(teachers: str, rooms: str) -> None:
    """Where teacher or room has fewer periods than there are lessons, somebody is taught less."""
    courses = [_course(0, teachers[0], rooms[0], 2), _course(1, teachers[1], rooms[1], 2)]
    hold_lessons(Draws("one"), courses, {"T": [0, 1, 2], "U": [0, 1, 2]}, 1)
    assert sum(course.lessons for course in courses) == 3
