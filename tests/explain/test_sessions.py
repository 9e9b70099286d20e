"""What a plan takes, and what therefore keeps a one-to-one session out."""

from __future__ import annotations

import pytest

from explain.why import why
from iopsched.instance.models import Instance
from iopsched.options import Placement, Plan
from rules.tiny import (
    at,
    clinic,
    group,
    meeting,
    need,
    participant,
    program,
    room,
    roster_of,
    service,
    session,
    staff,
)

NINE = ["Mon 09:00-10:00"]
MORNING = ["Mon 09:00-11:00"]


def two(*people: dict, rooms: list[dict] | None = None, **fields: object) -> Instance:
    """Return a clinic in which p2 and p1 both want the same hour; p2's talk weighs more."""
    return clinic(
        staff=list(people) or [staff()],
        rooms=rooms or [room()],
        participants=[
            participant("p1", available=NINE),
            participant("p2", need(priority=9), available=NINE),
        ],
        **fields,
    )


def test_staff_are_booked() -> None:
    """Ana talks with p2 at the only time p1 has; with Ben there is somebody for both."""
    rooms = [room(), room("study")]
    reasons = why(two(rooms=rooms))
    note = reasons["times-taken"]
    assert list(reasons) == ["times-taken"]
    assert (note.count, note.common, note.by) == (1, 1, {"staff": 1})
    assert note.staff == ["ana"]
    assert note.starts == ["Mon 09:00"]
    assert "p2" not in note.text
    assert why(two(staff(), staff("ben"), rooms=rooms)) == {}


def test_rooms_are_in_use() -> None:
    """Two could talk, but there is one office."""
    reasons = why(two(staff(), staff("ben")))
    assert list(reasons) == ["times-taken"]
    assert reasons["times-taken"].by == {"rooms": 1}
    assert reasons["times-taken"].rooms == ["office"]
    assert why(two(staff(), staff("ben"), rooms=[room(), room("study")])) == {}


def test_the_participant_is_in_another_session() -> None:
    """p1's own class takes the only hour; a second hour mends it."""
    people = [staff(), staff("ben")]

    def week(*hours: str) -> Instance:
        needs = (need(), need("class", priority=9))
        return clinic(
            staff=people,
            rooms=[room(), room("hall")],
            groups=[group()],
            participants=[participant("p1", *needs, available=list(hours))],
        )

    reasons = why(week("Mon 09:00-10:00"))
    assert list(reasons) == ["times-taken"]
    assert reasons["times-taken"].by == {"participant": 1}
    assert "class Mon 09:00" in reasons["times-taken"].text
    assert why(week("Mon 09:00-11:00")) == {}


@pytest.mark.parametrize(
    ("limit", "enough"),
    [
        ({"max_minutes_per_day": 60}, {"max_minutes_per_day": 120}),
        ({"max_minutes_per_week": 60}, {"max_minutes_per_week": 120}),
        ({"max_participants": 1}, {"max_participants": 2}),
        ({"max_minutes_without_break": 60}, {"max_minutes_without_break": 120}),
    ],
)
def test_a_limit_of_the_staff_is_reached(limit: dict, enough: dict) -> None:
    """Ana is free for p1 after p2's talk, but must not lead a second one then."""

    def week(limits: dict) -> Instance:
        return clinic(
            staff=[staff(**limits)],
            participants=[
                participant("p1", available=["Mon 10:00-11:00"]),
                participant("p2", need(priority=9), available=NINE),
            ],
        )

    reasons = why(week(limit))
    assert list(reasons) == ["staff-limits"]
    assert reasons["staff-limits"].limits == {"ana": list(limit)}
    assert reasons["staff-limits"].staff == ["ana"]
    assert why(week(enough)) == {}


def test_the_staff_must_rest() -> None:
    """From 20:00 to 08:00 are twelve hours."""

    def week(hours: float) -> Instance:
        return clinic(
            staff=[staff(rest_hours=hours)],
            participants=[
                participant("p1", available=["Tue 08:00-09:00"]),
                participant("p2", need(priority=9), available=["Mon 19:00-20:00"]),
            ],
        )

    reasons = why(week(12.5))
    assert list(reasons) == ["staff-limits"]
    assert reasons["staff-limits"].limits == {"ana": ["rest_hours"]}
    assert why(week(12)) == {}


def test_booked_and_at_a_limit() -> None:
    """Ana is booked at nine, Ben free but at his limit: both are said, since either would do."""

    def week(**ben: object) -> Instance:
        return clinic(
            staff=[staff(), staff("ben", **ben)],
            rooms=[room(), room("study"), room("den")],
            participants=[
                participant("p1", available=NINE),
                participant("p2", need(priority=9, staff=["ana"]), available=NINE),
                participant("p3", need(priority=9, staff=["ben"]), available=["Mon 10:00-11:00"]),
            ],
        )

    reasons = why(week(max_participants=1))
    assert list(reasons) == ["times-taken", "staff-limits"]
    assert reasons["times-taken"].staff == ["ana"]
    assert reasons["staff-limits"].staff == ["ben"]
    assert why(week(max_participants=2)) == {}


def test_nobody_alone_has_times_left() -> None:
    """Of two hours Ana has the first left and Ben the second; p1's talks are to be led by one."""

    def week(same: bool) -> Instance:
        hours = ["Mon 09:00-10:00", "Tue 09:00-10:00"]
        return clinic(
            staff=[staff(), staff("ben")],
            rooms=[room(), room("study")],
            participants=[
                participant("p1", need(sessions=2, same_staff=same), available=hours),
                participant("p2", need(priority=9, staff=["ben"]), available=hours[:1]),
                participant("p3", need(priority=9, staff=["ana"]), available=hours[1:]),
            ],
        )

    reasons = why(week(True))
    assert list(reasons) == ["same-staff"]
    assert reasons["same-staff"].count == 1
    assert why(week(False)) == {}


def test_days_beside_other_sessions() -> None:
    """p1's class is on Monday and Ana on Tuesday: the program must let p1 come twice."""

    def week(days: int) -> Instance:
        return clinic(
            staff=[staff("ana", "talk", available=["Tue 08:00-20:00"]), staff("ben", "class")],
            groups=[group()],
            programs=[program(max_days_per_week=days)],
            participants=[participant("p1", need(), need("class", priority=9))],
        )

    reasons = why(week(1))
    assert list(reasons) == ["day-limit"]
    assert reasons["day-limit"].days == {"Mon": 60}
    assert why(week(2)) == {}


def test_minutes_beside_other_sessions() -> None:
    """A class and a talk on Monday are two hours."""

    def week(minutes: int) -> Instance:
        return clinic(
            groups=[group()],
            programs=[program(max_minutes_per_day=minutes)],
            participants=[
                participant("p1", need(), need("class", priority=9), available=["Mon 08:00-20:00"])
            ],
        )

    assert list(why(week(119))) == ["day-limit"]
    assert why(week(120)) == {}


def test_a_need_waits_for_one_that_is_missing() -> None:
    """The talk comes after an intake that nobody can lead."""

    def week(*skills: str) -> Instance:
        return clinic(
            services=[service(), service("intake")],
            staff=[staff("ana", " ".join(skills))],
            participants=[participant("p1", need(after="intake"), need("intake"))],
        )

    reasons = why(week("talk"))
    assert list(reasons) == ["order"]
    assert (reasons["order"].after, reasons["order"].missing) == ("intake", 1)
    assert why(week("talk", "intake")) == {}


def test_a_need_waits_for_one_that_ends_too_late() -> None:
    """The intake is over at 20:00 on Friday; when Ben is there on Monday already, there is time after it."""

    def week(hours: str) -> Instance:
        return clinic(
            services=[service(), service("intake")],
            staff=[staff("ana", "talk"), staff("ben", "intake", available=[hours])],
            participants=[participant("p1", need(after="intake"), need("intake", priority=9))],
        )

    reasons = why(week("Fri 19:00-20:00"))
    assert list(reasons) == ["order"]
    assert reasons["order"].ends == "Fri 20:00"
    assert why(week("Mon 19:00-20:00")) == {}


def test_what_should_have_come_after_has_happened() -> None:
    """The class that the talk comes before was on Monday."""

    def week(after: str | None) -> Instance:
        return clinic(groups=[group()], participants=[participant("p1", need(), need("class", after=after))])

    for after, codes in (("talk", ["order"]), (None, [])):
        held = roster_of(week(after), meeting("Mon 09:00"))
        reasons = why(week(after), baseline=held, frozen_from=at("Tue 00:00"))
        assert list(reasons) == codes
    assert why(week("talk")) == {}


def test_pins_take_the_time() -> None:
    """p2 is pinned to Ana at nine; without the pin p1, whose talk weighs more, has her."""

    def week(*pins: dict) -> Instance:
        return clinic(
            pins=list(pins),
            participants=[
                participant("p1", need(priority=9), available=NINE),
                participant("p2", available=MORNING),
            ],
        )

    pinned = why(week({"participant": "p2", "service": "talk", "start": "Mon 09:00"}))
    assert list(pinned) == ["pin", "times-taken"]
    assert pinned["pin"].starts == ["Mon 09:00"]
    assert why(week()) == {}


def test_an_own_pin_is_too_near() -> None:
    """Pinned to Tuesday, two talks two days apart do not fit into Monday to Wednesday."""

    def week(*pins: dict) -> Instance:
        twice = need(sessions=2, min_days_apart=2)
        return clinic(
            pins=list(pins), participants=[participant("p1", twice, available=["Mon-Wed 09:00-12:00"])]
        )

    assert list(why(week({"participant": "p1", "service": "talk", "start": "Tue 09:00"}))) == ["pin"]
    assert why(week()) == {}


def test_time_that_the_search_left() -> None:
    """With nothing placed the first hour is still there, and the note does not blame anybody."""
    reasons = why(clinic(), plan=Plan())
    assert list(reasons) == ["search-ended"]
    assert reasons["search-ended"].starts == ["Mon 08:00"]


def test_times_that_are_left_but_not_together() -> None:
    """The first of two talks two days apart stands on Tuesday: moved, both would have times."""
    twice = need(sessions=2, min_days_apart=2)
    week = clinic(participants=[participant("p1", twice, available=["Mon-Wed 09:00-10:00"])])
    tuesday = 24 * 60 + 9 * 60
    stuck = Plan({0: (Placement(tuesday, 0, 0),)})
    assert list(why(week, plan=stuck)) == ["combination"]
    assert why(week) == {}


def test_a_frozen_session_is_no_more_to_be_had() -> None:
    """Of two talks one has happened: only the other is explained."""
    week = clinic(participants=[participant("p1", need(sessions=2), available=["Mon 08:00-20:00"])])
    held = roster_of(week, session("Mon 09:00"))
    assert list(why(week)) == ["too-few-days"]
    assert list(why(week, baseline=held, frozen_from=at("Tue 00:00"))) == ["too-few-days"]
