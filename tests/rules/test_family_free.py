"""family-free: every family member required attends, and is available throughout."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.roster.models import Session
from rules.tiny import (
    ALWAYS,
    Fields,
    best,
    broken,
    clinic,
    need,
    participant,
    room,
    service,
    session,
    staff,
    starts,
)

MOTHER = {"id": "mother", "available": ["Mon 10:00-11:30"]}
FATHER = {"id": "father", "available": ["Mon 10:30-12:00"]}


def household(*family: Fields, available: str = ALWAYS, **fields: object) -> Instance:
    """Return a clinic whose participant needs one hour with the family."""
    return clinic(
        services=[service("family", kind="family")],
        participants=[
            participant("p1", need("family", **fields), available=[available], family=list(family))
        ],
    )


def hour(start: str, family: str, room: str | None = "office") -> Session:
    """Return the family session."""
    return session(start, service="family", family=family, room=room)


def test_a_session_is_when_the_family_can_come() -> None:
    """Mother is free 10:00-11:30, and the participant until eleven: 10:00 is the only hour."""
    assert starts(best(household(MOTHER, available="Mon 08:00-11:00")), "p1") == ["Mon 10:00"]
    assert best(household(MOTHER, available="Mon 08:00-10:30")).score.unmet == 60
    assert best(household(available="Mon 08:00-10:30")).score.unmet == 0
    both = household(MOTHER)
    assert broken(both, hour("Mon 10:00", "mother")) == set()
    assert broken(both, hour("Mon 10:30", "mother")) == set()
    assert broken(both, hour("Mon 09:30", "mother")) == {"family-free"}
    assert broken(both, hour("Mon 11:00", "mother")) == {"family-free"}


def test_all_of_the_family_attend_unless_the_need_names_some() -> None:
    """Together mother and father have only 10:30-11:30; if she alone must come, 10:00 will do."""
    morning = "Mon 08:00-11:00"
    assert best(household(MOTHER, FATHER, available=morning)).score.unmet == 60
    alone = best(household(MOTHER, FATHER, available=morning, family=["mother"]))
    assert starts(alone, "p1") == ["Mon 10:00"]
    assert alone.sessions[0].family == ("mother",)
    everyone = best(household(MOTHER, FATHER))
    assert starts(everyone, "p1") == ["Mon 10:30"]
    assert everyone.sessions[0].family == ("father", "mother")


@pytest.mark.parametrize("who", ["", "mother", "father"])
def test_nobody_required_is_left_out(who: str) -> None:
    """At half past ten both could come, and both must."""
    both = household(MOTHER, FATHER)
    assert broken(both, hour("Mon 10:30", "father mother")) == set()
    assert broken(both, hour("Mon 10:30", who)) == {"family-free"}


def test_with_no_family_the_participant_comes_alone() -> None:
    """A need that names nobody of the family, or a participant without one, has nobody to wait for."""
    early = "Mon 08:00-09:00"
    assert best(household(MOTHER, available=early)).score.unmet == 60
    for alone in (household(MOTHER, available=early, family=[]), household(available=early)):
        assert starts(best(alone), "p1") == ["Mon 08:00"]
        assert broken(alone, hour("Mon 08:00", "")) == set()


def test_a_remote_session_needs_the_family_too() -> None:
    """By video or not, mother is at work until ten."""
    assert best(household(available="Mon 08:00-09:30", remote=True)).score.unmet == 0
    video = household(MOTHER, available="Mon 08:00-09:30", remote=True)
    assert best(video).score.unmet == 60
    later = household(MOTHER, remote=True)
    assert broken(later, hour("Mon 10:00", "mother", room=None)) == set()
    assert broken(later, hour("Mon 09:00", "mother", room=None)) == {"family-free"}


def test_family_ids_are_each_participants_own() -> None:
    """Two participants each call somebody mother: their sessions may be at the same time."""
    mothers = [{"id": "mother", "available": ["Mon 10:00-11:00"]}]
    two = clinic(
        services=[service("family", kind="family")],
        rooms=[room("office"), room("other")],
        staff=[staff("ana"), staff("ben")],
        participants=[participant(name, need("family"), family=mothers) for name in ("p1", "p2")],
    )
    assert best(two).score.unmet == 0
    second = session("Mon 10:00", "p2", "ben", service="family", family="mother", room="other")
    assert broken(two, hour("Mon 10:00", "mother"), second) == set()
