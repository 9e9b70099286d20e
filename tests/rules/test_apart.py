"""apart: two participants apart are never in one group meeting."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import best, broken, clinic, group, meeting, need, participant, room, session, staff

NAMES = ("p1", "p2", "p3")


def people(apart: dict[str, list[str]], *starts: str, meetings: int = 1) -> Instance:
    """Return a clinic with a group for three participants who need a class each."""
    return clinic(
        groups=[group(starts=starts, meetings=meetings)],
        participants=[participant(name, need("class"), apart_from=apart.get(name, [])) for name in NAMES],
    )


@pytest.mark.parametrize("apart", [{"p1": ["p2"]}, {"p2": ["p1"]}, {"p1": ["p2"], "p2": ["p1"]}])
def test_it_holds_in_both_directions(apart: dict[str, list[str]]) -> None:
    """Whoever of the two says so: one of them comes with p3, and the other does not."""
    assert best(people({}, "Mon 09:00")).score.as_tuple() == (0, 0, 180, 60)
    two = people(apart, "Mon 09:00")
    assert best(two).score.as_tuple() == (60, 0, 120, 60)
    assert broken(two, meeting("Mon 09:00", "p1 p3")) == set()
    assert broken(two, meeting("Mon 09:00", "p2 p3")) == set()
    assert broken(two, meeting("Mon 09:00", "p1 p2")) == {"apart"}
    assert broken(two, meeting("Mon 09:00", "p1 p2 p3")) == {"apart"}


def test_two_may_attend_different_meetings_of_one_group() -> None:
    """On Monday the one and on Tuesday the other: it takes a second meeting."""
    days = people({"p1": ["p2"]}, "Mon,Tue 09:00", meetings=2)
    assert best(people({}, "Mon,Tue 09:00", meetings=2)).score.as_tuple() == (0, 0, 180, 60)
    assert best(days).score.as_tuple() == (0, 0, 180, 120)
    assert broken(days, meeting("Mon 09:00", "p1 p3"), meeting("Tue 09:00", "p2")) == set()
    assert broken(days, meeting("Mon 09:00", "p1 p2"), meeting("Tue 09:00", "p3")) == {"apart"}


def test_being_apart_from_a_third_is_not_being_apart_from_each_other() -> None:
    """p1 and p2 both avoid p3: they come together and p3 stays away."""
    third = people({"p3": ["p1", "p2"]}, "Mon 09:00")
    roster = best(third)
    assert roster.score.unmet == 60
    assert roster.sessions[0].participants == ("p1", "p2")
    assert broken(third, meeting("Mon 09:00", "p1 p2")) == set()


def test_two_groups_and_talks_at_the_same_time_are_allowed() -> None:
    """The rule is of one group meeting, not of the building."""
    house = clinic(
        rooms=[room("office"), room("other"), room("third")],
        staff=[staff("ana"), staff("ben")],
        groups=[group("g"), group("h")],
        participants=[
            participant("p1", need("class", groups=["g"]), need("talk"), apart_from=["p2"]),
            participant("p2", need("class", groups=["h"]), need("talk")),
        ],
    )
    assert best(house).score.unmet == 0
    week = (
        meeting("Mon 09:00", "p1", "ana", "g"),
        meeting("Mon 09:00", "p2", "ben", "h", room="other"),
        session("Mon 10:00", "p1", "ana"),
        session("Mon 10:00", "p2", "ben", room="other"),
    )
    assert broken(house, *week) == set()
