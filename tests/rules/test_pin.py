"""pin: what is pinned stands."""

from __future__ import annotations

import pytest

from iopsched.errors import InstanceError
from iopsched.instance.models import Instance
from rules.tiny import (
    Fields,
    best,
    broken,
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    room,
    service,
    session,
    staff,
    starts,
)

TALK = {"participant": "p1", "service": "talk"}
CLASS = {"group": "g"}


def likes_nine(*pins: Fields) -> Instance:
    """Return a clinic whose participant would rather come on Monday at nine, and rather to Ana."""
    return clinic(
        rooms=[room("office"), room("other")],
        staff=[staff("ana"), staff("ben")],
        participants=[participant("p1", need(prefer_staff=["ana"]), prefers=["Mon 09:00-10:00"])],
        pins=list(pins),
    )


def test_a_pinned_session_is_where_it_is_pinned() -> None:
    """Left free the talk is at nine; pinned to eleven it is then, off preference."""
    free, pinned = likes_nine(), likes_nine({**TALK, "start": "Mon 11:00"})
    assert best(free).score.as_tuple() == (0, 0, 60, 0)
    roster = best(pinned)
    assert starts(roster, "p1") == ["Mon 11:00"]
    assert roster.score.as_tuple() == (0, 0, 60 + 30, 0)
    assert roster.sessions[0].pinned
    assert broken(free, session("Mon 09:00")) == set()
    assert broken(pinned, session("Mon 11:00")) == set()
    assert broken(pinned, session("Mon 11:00", by="ben", room="other")) == set()
    assert broken(pinned, session("Mon 09:00")) == {"pin"}
    assert broken(pinned, session("Tue 11:00")) == {"pin"}
    assert broken(pinned) == {"pin"}


def test_a_pin_may_fix_the_staff() -> None:
    """Ben it is, at the price of the preference."""
    pinned = likes_nine({**TALK, "start": "Mon 09:00", "staff": ["ben"]})
    roster = best(pinned)
    assert roster.sessions[0].staff == ("ben",)
    assert roster.score.as_tuple() == (0, 0, 60 + 45, 0)
    assert broken(pinned, session("Mon 09:00", by="ben")) == set()
    assert broken(pinned, session("Mon 09:00", by="ana")) == {"pin"}


@pytest.mark.parametrize(("pinned", "other"), [("office", "other"), ("other", "office")])
def test_a_pin_may_fix_the_room(pinned: str, other: str) -> None:
    """Either room would do."""
    fixed = likes_nine({**TALK, "start": "Mon 09:00", "room": pinned})
    assert best(fixed).sessions[0].room == pinned
    assert broken(fixed, session("Mon 09:00", room=pinned)) == set()
    assert broken(fixed, session("Mon 09:00", room=other)) == {"pin"}


def test_one_of_several_sessions_may_be_pinned() -> None:
    """Of two talks one is pinned to Friday; the other goes where it is liked."""
    two = clinic(
        participants=[participant("p1", need(sessions=2), prefers=["Mon 09:00-10:00"])],
        pins=[{**TALK, "start": "Fri 15:00"}],
    )
    assert starts(best(two), "p1") == ["Mon 09:00", "Fri 15:00"]
    assert broken(two, session("Mon 09:00"), session("Fri 15:00")) == set()
    assert broken(two, session("Mon 09:00"), session("Thu 15:00")) == {"pin"}


def class_or_talk(*pins: Fields) -> Instance:
    """Return a clinic whose participant has one hour, for a class or for a talk that matters more."""
    return clinic(
        groups=[group(starts=["Mon 09:00"])],
        participants=[
            participant("p1", need("class"), need("talk", priority=5), available=["Mon 09:00-10:00"])
        ],
        pins=list(pins),
    )


def test_a_pinned_meeting_runs() -> None:
    """Left free the hour goes to the talk, which weighs five times the class; the pin decides otherwise."""
    free, pinned = class_or_talk(), class_or_talk({**CLASS, "start": "Mon 09:00"})
    assert best(free).score.unmet == 60
    assert best(pinned).score.unmet == 300
    assert broken(free, session("Mon 09:00")) == set()
    assert broken(pinned, meeting("Mon 09:00")) == set()
    assert broken(pinned, session("Mon 09:00")) == {"pin"}


def block(*pins: Fields) -> Instance:
    """Return a clinic with a group in two parts, which Ana and Ben can lead alike."""
    return clinic(
        services=[service("class", 60, kind="group", agenda=[part(30, "x"), part(30, "x")])],
        rooms=[room("office"), room("other")],
        staff=[staff("ana", "x"), staff("ben", "x"), staff("cara", "x")],
        groups=[group(starts=["Mon 09:00"])],
        participants=[participant("p1", need("class"))],
        pins=list(pins),
    )


@pytest.mark.parametrize(
    ("pinned", "parts", "rules"),
    [
        (["ana", "ben"], ["ana", "ben"], set()),
        (["ana", "ben"], ["ben", "ana"], set()),
        (["ana", "ben"], ["ana", "ana"], {"pin"}),
        (["ana", "ben"], ["ana", "cara"], {"pin"}),
        (["ana"], ["ana", "ana"], set()),
        (["ana"], ["ana", "ben"], {"pin"}),
    ],
)
def test_pinned_staff_are_all_who_lead_any_part(pinned: list[str], parts: list[str], rules: set[str]) -> None:
    """The pin names the whole set: each of them leads something and nobody else leads anything."""
    fixed = block({**CLASS, "start": "Mon 09:00", "staff": pinned})
    assert best(fixed).sessions[0].staff == tuple(pinned)
    led = meeting("Mon 09:00", parts=[(30, leader) for leader in parts])
    assert broken(block(), led) == set()
    assert broken(fixed, led) == rules


def test_a_pinned_meeting_may_have_its_room_fixed() -> None:
    """Either room would do, the pin names one."""
    fixed = block({**CLASS, "start": "Mon 09:00", "room": "other"})
    assert best(fixed).sessions[0].room == "other"
    parts = [(30, "ana"), (30, "ana")]
    assert broken(fixed, meeting("Mon 09:00", parts=parts, room="other")) == set()
    assert broken(fixed, meeting("Mon 09:00", parts=parts)) == {"pin"}


def attends(*pins: Fields) -> Instance:
    """Return a clinic with a group on Monday and Tuesday for two who would both rather come on Tuesday."""
    return clinic(
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2)],
        participants=[participant(name, need("class"), prefers=["Tue 08:00-20:00"]) for name in ("p1", "p2")],
        pins=list(pins),
    )


def test_a_pinned_attendance_holds_that_participant_alone() -> None:
    """p1 is pinned to Monday: the meeting runs then for p1, and Tuesday's for p2, who is free to choose."""
    free, pinned = attends(), attends({"participant": "p1", "group": "g", "start": "Mon 09:00"})
    assert best(free).score.as_tuple() == (0, 0, 120, 60)
    roster = best(pinned)
    assert (starts(roster, "p1"), starts(roster, "p2")) == (["Mon 09:00"], ["Tue 09:00"])
    assert roster.score.as_tuple() == (0, 0, 150, 120)
    assert broken(pinned, meeting("Mon 09:00", "p1"), meeting("Tue 09:00", "p2")) == set()
    assert broken(pinned, meeting("Mon 09:00", "p1 p2")) == set()
    assert broken(pinned, meeting("Tue 09:00", "p1 p2")) == {"pin"}
    assert broken(pinned, meeting("Mon 09:00", "p2"), meeting("Tue 09:00", "p1")) == {"pin"}


@pytest.mark.parametrize(
    "pins",
    [
        [{**TALK, "start": "Mon 09:15"}],
        [{**TALK, "start": "Mon 07:30"}],
        [{**TALK, "start": "Wed 09:00"}],
        [{**TALK, "start": "Mon 09:00", "staff": ["ben"]}],
        [{**TALK, "start": "Mon 09:00", "room": "closet"}],
        [{**TALK, "start": "Mon 09:00"}, {**TALK, "start": "Tue 09:00"}],
        [{**TALK, "start": "Mon 09:00"}, {"participant": "p2", "service": "talk", "start": "Mon 09:30"}],
        [{**TALK, "start": "Mon 09:00"}, {"group": "g", "start": "Mon 09:00", "staff": ["ana"]}],
        [{**TALK, "start": "Mon 09:00"}, {"participant": "p1", "group": "g", "start": "Mon 09:00"}],
        [{"group": "g", "start": "Mon 13:00"}],
        [{"group": "g", "start": "Mon 09:00"}, {"group": "g", "start": "Tue 09:00"}],
        [{"participant": "p2", "group": "g", "start": "Mon 09:00"}],
    ],
)
def test_pins_that_break_a_rule_or_each_other_are_an_input_error(pins: list[Fields]) -> None:
    """Without the pins the clinic has a roster; with them the error names every pin of the contradiction."""
    fields: Fields = {
        "rooms": [room("office"), room("closet", 1)],
        "staff": [staff("ana"), staff("ben", "class")],
        "groups": [group(starts=["Mon,Tue 09:00"])],
        "participants": [
            participant("p1", need("talk"), need("class"), available=["Mon-Tue 08:00-20:00"]),
            participant("p2"),
        ],
    }
    assert best(clinic(**fields)).score.unmet == 0
    with pytest.raises(InstanceError) as error:
        best(clinic(**fields, pins=pins))
    for index in range(len(pins)):
        assert f"pins[{index}]" in str(error.value)


def test_pins_of_two_people_for_one_need_are_an_input_error() -> None:
    """Both talks may be pinned, but not to different staff where one person leads all of them."""
    monday, tuesday = {**TALK, "start": "Mon 09:00"}, {**TALK, "start": "Tue 09:00"}

    def two(same_staff: bool, *pins: Fields) -> Instance:
        needs = [participant("p1", need(sessions=2, same_staff=same_staff))]
        return clinic(staff=[staff("ana"), staff("ben")], participants=needs, pins=list(pins))

    different = {**monday, "staff": ["ana"]}, {**tuesday, "staff": ["ben"]}
    assert best(two(True, monday, tuesday)).score.unmet == 0
    assert best(two(False, *different)).score.unmet == 0
    with pytest.raises(InstanceError) as error:
        best(two(True, *different))
    assert "pins[0]" in str(error.value)
    assert "pins[1]" in str(error.value)
