"""staff-fit: the skill of the part led, and whom the need and the group want."""

from __future__ import annotations

import pytest

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
)

ANA_AND_BEN = [staff("ana", tags=["spanish", "female"]), staff("ben", tags=["spanish"])]


def wants(**fields: object) -> Instance:
    """Return a clinic in which Ben alone is at work on Monday, when the participant comes, and both later."""
    ana, ben = ANA_AND_BEN
    return clinic(
        staff=[{**ana, "available": ["Tue-Fri 09:00-17:00"]}, ben],
        participants=[participant("p1", need(**fields), available=["Mon 09:00-10:00"])],
    )


def either(**fields: object) -> Instance:
    """Return a clinic in which Ana and Ben are there all week, as the participant is."""
    return clinic(staff=ANA_AND_BEN, participants=[participant("p1", need(**fields))])


def test_a_session_is_led_by_the_services_skill() -> None:
    """A talk asks for the skill of its own name unless it says ``therapy``, which Ana lacks."""
    same, other = service(), service(skill="therapy")
    members = [staff("ana", "talk"), staff("ben", "therapy", available=["Mon 09:00-10:00"])]
    fields = {"staff": members, "participants": [participant(available=["Tue 09:00-10:00"])]}
    assert best(clinic(services=[same], **fields)).score.unmet == 0
    assert best(clinic(services=[other], **fields)).score.unmet == 60
    therapy = clinic(services=[other], staff=members)
    assert broken(therapy, session("Mon 09:00", by="ben")) == set()
    assert broken(therapy, session("Mon 09:00", by="ana")) == {"staff-fit"}


@pytest.mark.parametrize(
    "fields",
    [
        {"staff": ["ana"]},
        {"not_staff": ["ben"]},
        {"staff_tags": ["female"]},
        {"staff_tags": ["spanish", "female"]},
    ],
)
def test_a_need_says_who_may_lead(fields: Fields) -> None:
    """Each of these keeps Ben away, who alone could have led on Monday, and lets Ana lead."""
    assert best(wants()).score.unmet == 0
    assert best(wants(**fields)).score.as_tuple() == (60, 0, 0, 0)
    assert broken(either(**fields), session("Mon 09:00", by="ana")) == set()
    assert broken(either(**fields), session("Mon 09:00", by="ben")) == {"staff-fit"}


@pytest.mark.parametrize(
    "fields", [{"staff": ["ben", "ana"]}, {"staff_tags": ["spanish"]}, {"staff_tags": []}]
)
def test_a_wish_that_ben_answers_lets_him_lead(fields: Fields) -> None:
    """He is on the list, or has every tag that is asked for."""
    assert best(wants(**fields)).score.unmet == 0
    assert broken(either(**fields), session("Mon 09:00", by="ben")) == set()


def test_an_empty_list_of_staff_is_nobody() -> None:
    """Absent means any, empty means none."""
    assert best(wants(staff=[])).score.unmet == 60
    assert broken(either(staff=[]), session("Mon 09:00", by="ana")) == {"staff-fit"}


def test_prefer_staff_forbids_nobody() -> None:
    """A participant who would rather see Ana sees Ben on Monday; it costs a visit and the preference."""
    assert best(wants(prefer_staff=["ana"])).score.as_tuple() == (0, 0, 60 + 45, 0)
    assert broken(either(prefer_staff=["ana"]), session("Mon 09:00", by="ben")) == set()


def shifts(*needs: Fields) -> Instance:
    """Return a clinic where Ana works on Monday and Ben on Tuesday."""
    return clinic(
        services=[service(), service("med")],
        staff=[staff("ana", available=["Mon 09:00-10:00"]), staff("ben", available=["Tue 09:00-10:00"])],
        participants=[participant("p1", *needs)],
    )


def test_one_person_leads_all_sessions_of_a_need() -> None:
    """Two talks, one with each, are allowed only where ``same_staff`` is given up."""
    both = session("Mon 09:00", by="ana"), session("Tue 09:00", by="ben")
    strict, loose = shifts(need(sessions=2)), shifts(need(sessions=2, same_staff=False))
    assert best(loose).score.as_tuple() == (0, 0, 120, 0)
    assert best(strict).score.as_tuple() == (60, 0, 60, 0)
    assert broken(loose, *both) == set()
    assert broken(strict, *both) == {"staff-fit"}


def test_different_needs_may_have_different_staff() -> None:
    """A talk with Ana and a medication session with Ben are two needs, each with one person."""
    needs = shifts(need("talk"), need("med"))
    assert best(needs).score.unmet == 0
    assert broken(needs, session("Mon 09:00"), session("Tue 09:00", by="ben", service="med")) == set()


def block(*members: Fields, parts: list[Fields], people: list[Fields], **fields: object) -> Instance:
    """Return a clinic with a two-hour group on Monday at nine in two parts."""
    return clinic(
        services=[service("class", 120, kind="group", agenda=parts)],
        staff=list(members),
        groups=[group(**fields)],
        participants=people,
    )


MEMBER = participant("p1", need("class"))
XY = [part(60, "x"), part(60, "y")]
BEN_LAST = meeting("Mon 09:00", parts=[(60, "ana"), (60, "ben")])


def test_each_part_is_led_by_its_own_skill() -> None:
    """Ana has ``x`` and Ben ``y``: they lead a part each, and neither needs the service's skill."""
    fits = block(staff("ana", "x"), staff("ben", "y"), parts=XY, people=[MEMBER])
    lacks = block(staff("ana", "x"), staff("ben", "class"), parts=XY, people=[MEMBER])
    assert best(fits).score.unmet == 0
    assert best(lacks).score.unmet == 120
    assert broken(fits, BEN_LAST) == set()
    assert broken(lacks, BEN_LAST) == {"staff-fit"}
    assert broken(fits, meeting("Mon 09:00", parts=[(60, "ben"), (60, "ana")])) == {"staff-fit"}


def test_a_part_is_led_by_as_many_different_people_as_it_asks_for() -> None:
    """Two leaders with the skill run the meeting; one leader alone, or a helper without it, does not."""
    parts = [part(60, "x", leaders=2), part(60, "y")]
    two = block(staff("ana", "x y"), staff("ben", "x"), parts=parts, people=[MEMBER])
    one = block(staff("ana", "x y"), staff("ben", "y"), parts=parts, people=[MEMBER])
    assert best(two).score.unmet == 0
    assert best(one).score.unmet == 120
    assert broken(two, meeting("Mon 09:00", parts=[(60, "ana ben"), (60, "ana")])) == set()
    assert broken(two, meeting("Mon 09:00", parts=[(60, "ana"), (60, "ana")])) == {"staff-fit"}
    assert broken(one, meeting("Mon 09:00", parts=[(60, "ana ben"), (60, "ana")])) == {"staff-fit"}


def test_a_group_may_have_its_own_staff() -> None:
    """Ben can lead the second part, and may not where the group names Ana alone."""
    members = staff("ana", "x"), staff("ben", "y")
    assert best(block(*members, parts=XY, people=[MEMBER], staff=["ana", "ben"])).score.unmet == 0
    own = block(*members, parts=XY, people=[MEMBER], staff=["ana"])
    assert best(own).score.unmet == 120
    assert broken(own, BEN_LAST) == {"staff-fit"}


def test_a_member_attends_no_meeting_led_in_any_part_by_whom_they_refuse() -> None:
    """Only Ben can lead the second part: who refuses him stays away, and the other comes alone."""
    members = staff("ana", "x"), staff("ben", "y")
    refuses = participant("p2", need("class", not_staff=["ben"]))
    willing = block(*members, parts=XY, people=[MEMBER, participant("p2", need("class"))])
    half = block(*members, parts=XY, people=[MEMBER, refuses])
    assert best(willing).score.unmet == 0
    assert best(half).score.unmet == 120
    everyone = BEN_LAST.model_copy(update={"participants": ("p1", "p2")})
    assert broken(willing, everyone) == set()
    assert broken(half, BEN_LAST) == set()
    assert broken(half, everyone) == {"staff-fit"}


def test_whom_a_member_refuses_may_lead_what_they_do_not_attend() -> None:
    """Ana takes both parts so that p2 may come; refused in a talk, Ben may lead a class."""
    members = staff("ana", "x y"), staff("ben", "x y")
    refuses = participant("p2", need("class", not_staff=["ben"]))
    chosen = best(block(*members, parts=XY, people=[MEMBER, refuses]))
    assert chosen.score.unmet == 0
    assert chosen.sessions[0].staff == ("ana",)
    talk_only = clinic(
        rooms=[room("office"), room("other")],
        staff=[staff("ana", "talk"), staff("ben", "class")],
        groups=[group()],
        participants=[participant("p1", need("class"), need("talk", not_staff=["ben"]))],
    )
    assert best(talk_only).score.unmet == 0
    assert broken(talk_only, meeting("Mon 09:00", by="ben"), session("Mon 10:00")) == set()
