"""The plan that a search begins with, and pins that only a search shows to contradict each other."""

from __future__ import annotations

import pytest

from iopsched.errors import InstanceError, IopschedError
from iopsched.options import Plan, build_options
from iopsched.solve.pins import pinned_plan
from rules.tiny import Fields, at, clinic, group, need, participant, room, roster_of, session, staff
from solve.searches import edited, engine

ROOMS = [room(name) for name in ("office", "other", "third", "fourth")]


def talk_pin(who: str, start: str, **fields: object) -> Fields:
    """Return a pin of a participant's talk."""
    return {"participant": who, "service": "talk", "start": start, **fields}


def test_without_pins_nothing_is_decided() -> None:
    """The search begins with nothing."""
    assert pinned_plan(build_options(clinic()), engine()) == Plan()


def test_pins_stand_and_little_else() -> None:
    """p1's talk on Tuesday with ben in the other room; nobody has asked for p2's."""
    instance = clinic(
        rooms=ROOMS,
        staff=[staff("ana"), staff("ben")],
        participants=[participant("p1"), participant("p2")],
        pins=[talk_pin("p1", "Tue 10:00", staff=["ben"], room="other")],
    )
    options = build_options(instance)
    plan = pinned_plan(options, engine())
    ((placed,),) = plan.placements.values()
    assert list(plan.placements) == [0]
    assert (placed.start, placed.staff) == (24 * 60 + 600, 1)
    assert options.facts.classes[placed.room_class].rooms == ("other",)


def test_a_pinned_meeting_and_a_pinned_member_bring_what_they_need() -> None:
    """g's least of two members, and the intake that p1's class waits for."""
    instance = clinic(
        groups=[group("g", starts=["Mon,Tue 09:00"], min_size=2)],
        participants=[
            participant("p1", need("talk"), need("class", after="talk")),
            participant("p2", need("class")),
            participant("p3", need("talk")),
        ],
        pins=[
            {"group": "g", "start": "Tue 09:00"},
            {"group": "g", "participant": "p1", "start": "Tue 09:00"},
        ],
    )
    plan = pinned_plan(build_options(instance), engine())
    ((_, meeting),) = plan.meetings.items()
    assert meeting.members == {0, 1}
    assert plan.placements[0][0].start < 33 * 60
    assert 1 not in plan.placements


def test_a_conflict_names_pins_of_which_none_can_be_spared() -> None:
    """Three talks at once with two staff: the three are named, the one on Tuesday is not."""
    instance = clinic(
        rooms=ROOMS,
        staff=[staff("ana"), staff("ben")],
        participants=[participant(f"p{k}") for k in range(1, 5)],
        pins=[
            talk_pin("p1", "Mon 09:00"),
            talk_pin("p4", "Tue 09:00"),
            talk_pin("p2", "Mon 09:00"),
            talk_pin("p3", "Mon 09:30"),
        ],
    )
    with pytest.raises(InstanceError) as caught:
        pinned_plan(build_options(instance), engine())
    problems = caught.value.problems
    assert [problem.path for problem in problems] == ["pins[0]", "pins[2]", "pins[3]"]
    assert "pins[2], pins[3]" in problems[0].what
    assert "p1" in problems[0].what
    for spared in (0, 2, 3):
        pins = tuple(pin for k, pin in enumerate(instance.pins) if k != spared)
        fewer = edited(instance, pins=pins)
        assert len(pinned_plan(build_options(fewer), engine()).placements) == 3


def test_pins_that_have_happened_ask_nothing_more() -> None:
    """The pin is of Monday, and re-planning begins on Tuesday."""
    instance = clinic(participants=[participant("p1", need("talk", 2))], pins=[talk_pin("p1", "Mon 09:00")])
    baseline = roster_of(instance, session("Mon 09:00"))
    frozen = build_options(instance, baseline, at("Tue 00:00"))
    assert pinned_plan(build_options(instance), engine()).placements
    assert pinned_plan(frozen, engine()) == Plan()


def test_without_time_nothing_is_said_about_the_pins() -> None:
    """An engine that may not start anything knows no plan that keeps the pin, and no conflict either."""
    instance = clinic(pins=[talk_pin("p1", "Mon 09:00")])
    with pytest.raises(IopschedError, match="more time") as caught:
        pinned_plan(build_options(instance), engine(seconds=0.0))
    assert not isinstance(caught.value, InstanceError)
