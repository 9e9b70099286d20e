"""What the week as asked for could never hold, whatever else the clinic does."""

from __future__ import annotations

import pytest

from explain.why import why
from iopsched.instance.models import Instance
from rules.tiny import (
    ALWAYS,
    at,
    clinic,
    need,
    participant,
    program,
    room,
    roster_of,
    service,
    session,
    staff,
)


def talks(*people: dict, needs: dict | None = None, **who: object) -> Instance:
    """Return a clinic of one participant who needs a talk."""
    return clinic(staff=list(people) or [staff()], participants=[participant("p1", needs or need(), **who)])


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        ({"staff": ["ben"]}, "staff"),
        ({"not_staff": ["ana"]}, "not_staff"),
        ({"staff_tags": ["spanish"]}, "staff_tags"),
    ],
)
def test_nobody_qualified(asked: dict, condition: str) -> None:
    """Ana can talk, but not in Spanish; Ben speaks Spanish, but cannot talk."""
    people = [staff("ana"), staff("ben", "family", tags=["spanish"])]
    assert why(talks(*people)) == {}
    reasons = why(talks(*people, needs=need(**asked)))
    assert list(reasons) == ["nobody-qualified"]
    assert reasons["nobody-qualified"].condition == condition
    assert reasons["nobody-qualified"].staff == ["ana"]


def test_nobody_has_the_skill() -> None:
    """Nobody can talk at all; one more who can mends it."""
    reasons = why(talks(staff("ben", "family")))
    assert list(reasons) == ["nobody-qualified"]
    assert reasons["nobody-qualified"].condition == "skill"
    assert reasons["nobody-qualified"].text == "Nobody on the staff has the skill talk."
    assert why(talks(staff("ben", "family"), staff())) == {}


@pytest.mark.parametrize(
    "limit",
    [
        {"max_minutes_per_day": 59},
        {"max_minutes_per_week": 59},
        {"max_participants": 0},
        {"max_minutes_without_break": 59},
    ],
)
def test_limits_that_allow_no_session(limit: dict) -> None:
    """Who is qualified may lead nothing that takes an hour."""
    assert list(why(talks(staff(**limit)))) == ["staff-limits"]
    assert why(talks(staff(**{name: value + 60 for name, value in limit.items()}))) == {}


def test_a_participant_who_is_never_free() -> None:
    """Work until 19:00 and half an hour's way leave no hour before 20:00; a quarter of the way does."""
    work = {"when": ["Mon-Fri 08:00-19:00"], "why": "night court"}
    reasons = why(talks(busy=[{**work, "travel_minutes": 30}]))
    assert list(reasons) == ["no-common-time"]
    assert reasons["no-common-time"].alone == ["participant"]
    assert "court" not in reasons["no-common-time"].text
    assert why(talks(busy=[{**work, "travel_minutes": 0}])) == {}


def test_a_session_longer_than_the_hours() -> None:
    """The clinic opens for fifty minutes, a talk takes sixty."""
    reasons = why(clinic(hours=["Mon-Fri 08:00-08:50"]))
    assert reasons["no-common-time"].alone == ["hours"]
    assert why(clinic(hours=["Mon-Fri 08:00-09:00"])) == {}


@pytest.mark.parametrize(
    ("rooms", "mended"),
    [
        ([room(capacity=1)], [room(capacity=2)]),
        ([room(kind="hall")], [room()]),
        ([], [room()]),
        ([room(available=["Mon 08:00-08:45"])], [room(available=["Mon 08:00-09:00"])]),
    ],
)
def test_no_room(rooms: list[dict], mended: list[dict]) -> None:
    """Too small, of another kind, not there at all, never long enough."""
    reasons = why(clinic(rooms=rooms))
    assert list(reasons) == ["no-common-time"]
    assert reasons["no-common-time"].alone == ["rooms"]
    assert why(clinic(rooms=mended)) == {}


def test_a_pair_without_a_common_time() -> None:
    """p1 has Monday, Ana has Tuesday: that pair is named, with the days of each."""
    reasons = why(talks(staff(available=["Tue 08:00-20:00"]), available=["Mon 08:00-20:00"]))
    note = reasons["no-common-time"]
    assert list(reasons) == ["no-common-time"]
    assert note.pair == ["participant", "staff"]
    assert note.days == {"participant": ["Mon"], "staff": ["Tue"]}
    assert "p1 on Mon" in note.text
    assert why(talks(staff(available=["Tue 08:00-20:00"]), available=["Mon-Tue 08:00-20:00"])) == {}


def family_talk(participant_days: str, family_days: str, staff_days: str, room_days: str) -> Instance:
    """Return a clinic in which p1 comes with Mum, on the days when each is there."""
    hours = "08:00-20:00"
    return clinic(
        services=[service(kind="family")],
        rooms=[room(available=[f"{room_days} {hours}"])],
        staff=[staff(available=[f"{staff_days} {hours}"])],
        participants=[
            participant(
                "p1",
                available=[f"{participant_days} {hours}"],
                family=[{"id": "mum", "available": [f"{family_days} {hours}"]}],
            )
        ],
    )


def test_three_without_a_common_time() -> None:
    """Each two of p1, Mum and Ana share a day, all three share none."""
    note = why(family_talk("Mon,Tue", "Tue,Wed", "Mon,Wed", "Mon-Wed"))["no-common-time"]
    assert note.triple == ["participant", "family", "staff"]
    assert why(family_talk("Mon,Tue", "Tue,Wed", "Mon-Wed", "Mon-Wed")) == {}


def test_everybody_but_all_together() -> None:
    """Each three of p1, Mum, Ana and the room share a day, all four share none."""
    note = why(family_talk("Mon-Wed", "Mon,Tue,Thu", "Mon,Wed,Thu", "Tue-Thu"))["no-common-time"]
    assert note.everybody == ["participant", "family", "staff", "rooms"]
    assert why(family_talk("Mon-Wed", "Mon,Tue,Thu", "Mon,Wed,Thu", "Mon-Thu")) == {}


def test_a_family_that_is_never_together() -> None:
    """Mum and Dad share no hour; with Mum alone asked for it is possible."""
    family = [
        {"id": "mum", "available": ["Mon 08:00-12:00"]},
        {"id": "dad", "available": ["Mon 12:00-20:00"]},
    ]

    def both(*asked: str) -> Instance:
        wish = need(family=list(asked))
        return clinic(
            services=[service(kind="family")], participants=[participant("p1", wish, family=family)]
        )

    assert why(both("mum", "dad"))["no-common-time"].alone == ["family"]
    assert why(both("mum")) == {}


def test_too_few_days() -> None:
    """Two talks two days apart do not fit into Monday and Tuesday, but into Monday and Wednesday."""
    twice = need(sessions=2, min_days_apart=2)
    reasons = why(talks(needs=twice, available=["Mon,Tue 08:00-20:00"]))
    assert list(reasons) == ["too-few-days"]
    assert reasons["too-few-days"].count == 1
    assert reasons["too-few-days"].days == ["Mon", "Tue"]
    assert why(talks(needs=twice, available=["Mon,Wed 08:00-20:00"])) == {}


def test_too_few_hours_of_one_day() -> None:
    """Where all may be on one day, ninety minutes still hold one talk of an hour only."""
    twice = need(sessions=2, min_days_apart=0)
    assert why(talks(needs=twice, available=["Mon 08:00-09:30"]))["too-few-days"].count == 1
    assert why(talks(needs=twice, available=["Mon 08:00-10:00"])) == {}


def test_days_of_the_program() -> None:
    """Three talks on different days need a program that lets somebody come on three days."""
    for days, codes in ((2, ["day-limit"]), (3, [])):
        week = clinic(
            programs=[program(max_days_per_week=days)], participants=[participant("p1", need(sessions=3))]
        )
        assert list(why(week)) == codes


def test_minutes_of_the_program() -> None:
    """A talk takes sixty minutes of a day."""
    for minutes, codes in ((59, ["day-limit"]), (60, [])):
        assert list(why(clinic(programs=[program(max_minutes_per_day=minutes)]))) == codes


def test_nobody_alone_has_times_for_all() -> None:
    """Ana is there on Monday, Ben on Tuesday; one of them must lead both talks, unless the need says not."""
    people = [staff("ana", available=["Mon 08:00-20:00"]), staff("ben", available=["Tue 08:00-20:00"])]
    reasons = why(talks(*people, needs=need(sessions=2)))
    assert list(reasons) == ["same-staff"]
    assert reasons["same-staff"].count == 1
    assert reasons["same-staff"].staff == ["ana", "ben"]
    assert why(talks(*people, needs=need(sessions=2, same_staff=False))) == {}


def test_what_is_past() -> None:
    """p1 has Monday morning only; planned anew from Monday noon that time is lost."""
    week = talks(available=["Mon 08:00-12:00"])
    empty = roster_of(week)
    assert why(week, baseline=empty, frozen_from=at("Mon 11:00")) == {}
    reasons = why(week, baseline=empty, frozen_from=at("Mon 12:00"))
    assert list(reasons) == ["frozen"]
    assert reasons["frozen"].since == "Mon 12:00"


def test_who_led_what_is_past_leads_the_rest() -> None:
    """Ana led the first of two talks and is not there any more; with ``same_staff`` off Ben may follow."""

    def week(same: bool) -> Instance:
        return talks(
            staff("ana", available=["Mon 08:00-20:00"]),
            staff("ben", available=[ALWAYS]),
            needs=need(sessions=2, same_staff=same),
        )

    for same, codes in ((True, ["frozen"]), (False, [])):
        held = roster_of(week(same), session("Mon 09:00"))
        assert list(why(week(same), baseline=held, frozen_from=at("Tue 00:00"))) == codes
