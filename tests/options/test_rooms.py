"""Which rooms are all the same to every session."""

from __future__ import annotations

import pytest

from iopsched.options.rooms import room_classes
from rules.tiny import Fields, clinic, group, need, participant, room, service

TWO = [room("a"), room("b")]
PIN = {"participant": "p1", "service": "talk", "start": "Mon 09:00"}


def classes(**fields: object) -> list[tuple[str, ...]]:
    """Return the rooms of each class."""
    return [one.rooms for one in room_classes(clinic(**fields))]


def test_rooms_alike_are_one_class_with_places() -> None:
    """Two offices for ten that nobody names."""
    (both,) = room_classes(clinic(rooms=TWO))
    assert (both.rooms, both.places, both.kind, both.capacity) == (("a", "b"), 2, "office", 10)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "studio"},
        {"available": ["Mon-Fri 08:00-19:59"]},
        {"busy": ["Wed 03:00-03:01"]},
        {"capacity": 1},
    ],
)
def test_another_kind_time_or_size_is_another_class(other: Fields) -> None:
    """A room that differs in what a session could notice."""
    assert classes(rooms=[room("a"), {**room("b"), **other}]) == [("a",), ("b",)]


def test_seats_that_nobody_could_fill_make_no_difference() -> None:
    """Two people at most: rooms for two and for twenty are alike, as long as no group is larger."""
    sizes = [room("a", 2), room("b", 20)]
    assert classes(rooms=sizes) == [("a", "b")]
    with_group = classes(rooms=sizes, groups=[group(max_size=2)])
    assert with_group == [("a",), ("b",)]
    assert classes(rooms=[room("a", 3), room("b", 20)], groups=[group(max_size=2)]) == [("a", "b")]


def test_family_and_leaders_take_seats() -> None:
    """Participant, staff and two relatives make four; a part with two leaders takes two seats."""
    relatives = [{"id": name, "available": ["Mon 09:00-10:00"]} for name in ("mother", "father")]
    family = {
        "services": [service("family", kind="family")],
        "participants": [participant("p1", need("family"), family=relatives)],
    }
    assert classes(rooms=[room("a", 4), room("b", 5)], **family) == [("a", "b")]
    assert classes(rooms=[room("a", 3), room("b", 5)], **family) == [("a",), ("b",)]
    agenda = [{"title": "all", "minutes": 60, "leaders": 2}]
    led = {
        "services": [service("class", kind="group", agenda=agenda)],
        "groups": [group(max_size=2)],
        "participants": [participant("p1", need("class"))],
    }
    assert classes(rooms=[room("a", 4), room("b", 5)], **led) == [("a", "b")]
    assert classes(rooms=[room("a", 3), room("b", 5)], **led) == [("a",), ("b",)]


def test_a_pinned_room_is_a_class_of_its_own() -> None:
    """Whoever is pinned to b is not to be put into a."""
    assert classes(rooms=[*TWO, room("c")], pins=[PIN]) == [("a", "b", "c")]
    assert classes(rooms=[*TWO, room("c")], pins=[{**PIN, "room": "b"}]) == [("a", "c"), ("b",)]


def test_rooms_named_by_a_group_are_other_rooms() -> None:
    """The group may use a and b, which are alike to it; c only others may."""
    three = [*TWO, room("c")]
    assert classes(rooms=three, groups=[group(rooms=["a", "b"])]) == [("a", "b"), ("c",)]
    assert classes(rooms=three, groups=[group("g", rooms=["a", "b"]), group("h", rooms=["b", "c"])]) == [
        ("a",), ("b",), ("c",),
    ]  # fmt: skip


def test_with_a_baseline_each_room_counts_for_itself() -> None:
    """Another room is a change, however alike it is."""
    alone = room_classes(clinic(rooms=TWO), singletons=True)
    assert [one.rooms for one in alone] == [("a",), ("b",)]
    assert [one.index for one in alone] == [0, 1]
