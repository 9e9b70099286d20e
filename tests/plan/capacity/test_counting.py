from __future__ import annotations

from typing import Any

import pytest

from iopsched.plan.capacity.counting import counted_limits
from rules.tiny import clinic, group, need, participant, room, staff

THREE_HOURS = staff(available=["Mon 09:00-12:00"])


def tightest(**fields: Any) -> dict[str, int]:
    """Return the limits for newcomers like p1, by what is counted; p1 is promised everything."""
    instance = clinic(**fields)
    return {limit.by: limit.newcomers for limit in counted_limits(instance, instance, ["p1"])}


def test_hours_of_staff_are_counted() -> None:
    """Ana has three hours, p1 takes one: there are two for newcomers. With all week there are more."""
    assert tightest(staff=[THREE_HOURS])["staff"] == 2
    assert tightest()["staff"] > 2


def test_hours_are_counted_at_times_when_newcomers_could_come() -> None:
    """Ana is there all day, but p1 and whoever is like p1 only come for two hours of it."""
    there = staff(available=["Mon 08:00-20:00"])
    assert tightest(staff=[there])["staff"] == 11
    short = participant("p1", available=["Mon 13:00-15:00"])
    assert tightest(staff=[there], participants=[short])["staff"] == 1


def test_minutes_of_a_week_are_counted() -> None:
    """Of three hours Ana may lead two, and p1 has one."""
    assert tightest(staff=[{**THREE_HOURS, "max_minutes_per_week": 120}])["staff"] == 1


def test_notes_may_run_past_the_shift() -> None:
    """With notes of half an hour, three hours hold two talks: 09:00 and 10:30 or later."""
    talk = {"id": "talk", "kind": "one_to_one", "minutes": 60, "room_kinds": ["office"], "note_minutes": 30}
    classes = {"id": "class", "kind": "group", "minutes": 60, "room_kinds": ["office"]}
    assert tightest(staff=[THREE_HOURS], services=[talk, classes])["staff"] == 1


def test_caseloads_are_counted() -> None:
    """Ana may see two people; with somebody beside her who may see anybody no limit is left."""
    limited = staff(max_participants=2)
    assert tightest(staff=[limited])["caseload"] == 1
    assert "caseload" not in tightest(staff=[limited, staff("ben")])


def test_hours_of_rooms_are_counted() -> None:
    """The office is open for two hours. Whoever needs it by video needs none of it."""
    office = room(available=["Tue 09:00-11:00"])
    assert tightest(rooms=[office])["rooms"] == 1
    remote = participant("p1", need(remote=True))
    assert "rooms" not in tightest(rooms=[office], participants=[remote])


def test_seats_are_counted_in_the_room() -> None:
    """A group of eight meets in an office for five: four besides Ana."""
    learner = participant("p1", need("class"))
    assert tightest(participants=[learner], groups=[group()])["seats"] == 7
    assert tightest(participants=[learner], groups=[group()], rooms=[room(capacity=5)])["seats"] == 3


def test_a_meeting_is_shared_by_its_seats() -> None:
    """Two groups of eight take Ana's two hours, so that fifteen learners come beside p1, not one."""
    learner = participant("p1", need("class"))
    groups = [group("g"), group("h", starts=["Mon 10:00"])]
    fields: dict[str, Any] = {
        "participants": [learner],
        "groups": groups,
        "staff": [staff(available=["Mon 09:00-11:00"])],
    }
    assert tightest(**fields)["staff"] == 15


def test_what_has_no_place_at_all_is_told() -> None:
    """Ana is never there when p1 could come: nobody like p1 can be admitted, and the need is named."""
    late = participant("p1", available=["Tue 09:00-10:00"])
    instance = clinic(staff=[THREE_HOURS], participants=[late])
    promise = instance.model_copy(
        update={"participants": (instance.participants[0].model_copy(update={"needs": ()}),)}
    )
    limits = {one.by: one for one in counted_limits(instance, promise, ["p1"])}
    assert limits["times"].newcomers == 0
    assert "talk" in limits["times"].text


@pytest.mark.parametrize("hours", [1, 2, 3])
def test_a_mixture_is_counted_one_after_the_other(hours: int) -> None:
    """P1 needs an hour and p2 two; copies come in turn, p1's first, into the hours that are left."""
    there = staff(available=[f"Mon 09:00-{12 + hours}:00"])
    people = [participant("p1"), participant("p2", need(sessions=2, min_days_apart=0))]
    instance = clinic(staff=[there], participants=people)
    limits = {one.by: one.newcomers for one in counted_limits(instance, instance, ["p1", "p2"])}
    assert limits["staff"] == {1: 1, 2: 1, 3: 2}[hours]
