"""Limits that decide: the program's days, and limits that several sessions of one need meet."""

from __future__ import annotations

import pytest

from explain.why import why
from iopsched.instance.models import Instance
from iopsched.options import Placement, Plan
from rules.tiny import clinic, group, need, participant, program, room, service, staff

DAY = 24 * 60


def test_a_pin_and_the_days_of_the_program() -> None:
    """The talk is pinned to the only hour on Monday: Tuesday is free but would be a second day."""

    def week(days: int) -> Instance:
        hours = ["Mon 09:00-10:00", "Tue 08:00-20:00"]
        return clinic(
            services=[service(), service("intake")],
            staff=[staff("ana", "talk"), staff("ben", "intake")],
            rooms=[room(), room("study")],
            programs=[program(max_days_per_week=days)],
            participants=[participant("p1", need(), need("intake"), available=hours)],
            pins=[{"participant": "p1", "service": "talk", "start": "Mon 09:00"}],
        )

    reasons = why(week(1), service="intake")
    assert list(reasons) == ["pin", "day-limit"]
    assert reasons["day-limit"].days == {"Mon": 60}
    assert why(week(2), service="intake") == {}


def test_taken_times_and_the_days_of_the_program() -> None:
    """The talk takes one of two hours, the program the other: neither is said to be enough."""

    def week(days: int) -> Instance:
        return clinic(
            services=[service(), service("intake")],
            staff=[staff("ana", "talk intake")],
            programs=[program(max_days_per_week=days)],
            participants=[
                participant("p1", need(priority=9), need("intake"), available=["Mon,Tue 09:00-10:00"])
            ],
        )

    reasons = why(week(1), service="intake")
    assert list(reasons) == ["day-limit", "times-taken"]
    assert reasons["times-taken"].count == 1
    assert "What is left" not in reasons["times-taken"].text
    assert why(week(2), service="intake") == {}


def test_meetings_and_the_days_of_the_program() -> None:
    """One class meets during the talk, the other on a second day."""

    def week(days: int) -> Instance:
        return clinic(
            staff=[staff("ana", "talk"), staff("ben", "class")],
            groups=[group("early"), group("late", starts=("Tue 09:00",))],
            programs=[program(max_days_per_week=days)],
            participants=[
                participant("p1", need(priority=9), need("class"), available=["Mon,Tue 09:00-10:00"])
            ],
            pins=[{"participant": "p1", "service": "talk", "start": "Mon 09:00"}],
        )

    reasons = why(week(1), service="class")
    assert list(reasons) == ["pin", "day-limit"]
    assert reasons["pin"].groups == ["early"]
    assert why(week(2), service="class") == {}


def test_minutes_of_the_day_of_the_program() -> None:
    """Two talks on one day are two hours."""

    def week(minutes: int) -> Instance:
        twice = need(sessions=2, min_days_apart=0)
        return clinic(
            hours=["Mon 08:00-12:00"],
            programs=[program(max_minutes_per_day=minutes)],
            participants=[participant("p1", twice)],
        )

    reasons = why(week(119))
    assert list(reasons) == ["day-limit"]
    assert reasons["day-limit"].count == 1
    assert why(week(120)) == {}


def test_minutes_of_the_day_of_the_program_in_groups() -> None:
    """Two classes on one day are two hours."""

    def week(minutes: int) -> Instance:
        twice = need("class", sessions=2, min_days_apart=0, mix_groups=True)
        return clinic(
            groups=[group("early"), group("late", starts=("Mon 11:00",))],
            programs=[program(max_minutes_per_day=minutes)],
            participants=[participant("p1", twice)],
        )

    assert list(why(week(119), service="class")) == ["day-limit"]
    assert why(week(120), service="class") == {}


@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize(
    ("hours", "limit", "enough"),
    [
        ("Mon 08:00-12:00", {"max_minutes_per_day": 60}, {"max_minutes_per_day": 120}),
        ("Mon 08:00-12:00", {"max_minutes_per_week": 60}, {"max_minutes_per_week": 120}),
        ("Mon 08:00-10:00", {"max_minutes_without_break": 90}, {"max_minutes_without_break": 120}),
    ],
)
def test_own_sessions_meet_a_limit_of_the_staff(hours: str, limit: dict, enough: dict, same: bool) -> None:
    """Nobody else is there: Ana may not lead both talks of p1 on one day."""

    def week(limits: dict) -> Instance:
        twice = need(sessions=2, min_days_apart=0, same_staff=same)
        return clinic(hours=[hours], staff=[staff(**limits)], participants=[participant("p1", twice)])

    reasons = why(week(limit))
    if same and "max_minutes_per_week" in limit:
        assert list(reasons) == ["same-staff"]
    else:
        assert list(reasons) == ["staff-limits"]
        assert reasons["staff-limits"].limits == {"ana": list(limit)}
    assert why(week(enough)) == {}


def evening_and_morning(rest: float, *more: str) -> Instance:
    """Return a clinic in which two talks are twelve hours apart, unless there are more hours."""
    return clinic(
        hours=["Mon 19:00-20:00", "Tue 08:00-09:00", *more],
        staff=[staff(rest_hours=rest)],
        participants=[participant("p1", need(sessions=2))],
    )


def test_own_sessions_leave_too_little_rest() -> None:
    """From 20:00 to 08:00 are twelve hours."""
    reasons = why(evening_and_morning(12.5))
    assert list(reasons) == ["staff-limits"]
    assert reasons["staff-limits"].limits == {"ana": ["rest_hours"]}
    assert why(evening_and_morning(12)) == {}


def test_own_sessions_that_could_move_away_from_a_limit() -> None:
    """The talk on Tuesday bars Monday evening and Wednesday morning, which go together."""
    week = evening_and_morning(24, "Wed 07:00-08:00")
    stuck = Plan({0: (Placement(DAY + 8 * 60, 0, 0),)})
    assert list(why(week, plan=stuck)) == ["combination"]
    assert why(week) == {}


def test_a_pinned_session_does_not_move_away_from_a_limit() -> None:
    """Pinned to Tuesday, the talk leaves the limit as the reason."""
    week = evening_and_morning(24, "Wed 07:00-08:00")
    pins = [{"participant": "p1", "service": "talk", "start": "Tue 08:00"}]
    pinned = Instance.model_validate({**week.model_dump(mode="json", exclude_unset=True), "pins": pins})
    assert list(why(pinned))[-1] == "staff-limits"


def test_time_left_within_the_week_of_one_leader() -> None:
    """Ana may lead two talks and leads one: the second would fit, and its limit is not blamed."""
    week = clinic(staff=[staff(max_minutes_per_week=120)], participants=[participant("p1", need(sessions=2))])
    half = Plan({0: (Placement(9 * 60, 0, 0),)})
    assert list(why(week, plan=half)) == ["search-ended"]
    assert why(week) == {}
