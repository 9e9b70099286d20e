"""Weeks in which two rules meet, or the past is odd: each was once refused or wrongly judged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from iopsched.instance.models import Instance
from iopsched.roster import check
from iopsched.roster.models import Roster
from iopsched.solve import solve
from rules.tiny import (
    at,
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    room,
    roster_of,
    service,
    session,
    staff,
)


def solved(instance: Instance, baseline: Roster | None = None, moment: str | None = None) -> Roster:
    """Return the roster of a clinic, which the checker accepts and the search proved optimal."""
    frozen_from = None if moment is None else at(moment)
    roster = solve(instance, deterministic=True, time_limit=20, baseline=baseline, frozen_from=frozen_from)
    assert check(instance, roster, baseline=baseline, frozen_from=frozen_from).ok
    assert roster.status == "optimal"
    return roster


def test_a_pinned_session_may_wait_for_a_group_that_nothing_pins() -> None:
    """The talk pinned on Tuesday comes after the class, which must therefore run on Monday."""
    instance = clinic(
        groups=[group(starts=["Mon 09:00"])],
        participants=[participant("p1", need("class"), need("talk", after="class"))],
        pins=[{"participant": "p1", "service": "talk", "start": "Tue 09:00"}],
    )
    assert [one.service for one in solved(instance).sessions] == ["class", "talk"]


def test_a_pinned_attendance_may_wait_for_another_group() -> None:
    """Tuesday's class is pinned for somebody who needs Monday's intro first."""
    instance = clinic(
        services=[service(), service("class", kind="group"), service("intro", kind="group")],
        staff=[staff(skills="talk class intro")],
        groups=[group(starts=["Tue 09:00"]), group("h", starts=["Mon 09:00"], service="intro")],
        participants=[participant("p1", need("intro"), need("class", after="intro"))],
        pins=[{"group": "g", "participant": "p1", "start": "Tue 09:00"}],
    )
    assert [one.group for one in solved(instance).sessions] == ["h", "g"]


@pytest.mark.parametrize("first", [0, 1])
def test_two_pins_of_one_meeting_are_put_together(first: int) -> None:
    """One says who leads it, the other where it is; their order does not matter."""
    pins = [
        {"group": "g", "start": "Mon 09:00", "staff": ["ben"]},
        {"group": "g", "start": "Mon 09:00", "room": "r2"},
    ]
    instance = clinic(
        staff=[staff(), staff("ben")],
        rooms=[room(), room("r2")],
        groups=[group()],
        participants=[participant("p1", need("class"))],
        pins=[pins[first], pins[1 - first]],
    )
    (held,) = solved(instance).sessions
    assert (held.staff, held.room) == (("ben",), "r2")


def test_a_moment_within_a_minute_lets_nothing_start_in_that_minute() -> None:
    """Half a minute past ten is too late for the only start, at ten."""
    instance = clinic(hours=["Mon 10:00-11:00"])
    baseline = roster_of(instance)
    assert solved(instance).score.unmet == 0
    moment = at("Mon 10:00") + timedelta(seconds=30)
    roster = solve(instance, deterministic=True, time_limit=20, baseline=baseline, frozen_from=moment)
    assert roster.score.unmet == 60


def test_the_caseload_counts_a_session_of_a_service_that_is_gone() -> None:
    """Ana saw p2 on Monday in a service that the clinic has given up; one participant is all she may see."""
    before = clinic(
        services=[service(), service("old"), service("class", kind="group")],
        staff=[staff(skills="talk class old")],
        participants=[participant("p1"), participant("p2", need("old"))],
    )
    baseline = roster_of(before, session("Mon 09:00", who="p2", service="old"))
    assert solved(clinic(), baseline, "Mon 12:00").score.unmet == 0
    assert solved(clinic(staff=[staff(max_participants=1)]), baseline, "Mon 12:00").score.unmet == 60


def test_fewer_leaders_than_there_are_by_now_make_the_staffing_negative() -> None:
    """One led Monday's class, five would now: 60 for the meeting, 30 × (1 − 5) for the leaders."""
    person = participant("p1", need("class"))
    baseline = roster_of(clinic(groups=[group()], participants=[person]), meeting("Mon 09:00"))
    services = [service(), service("class", kind="group", agenda=[part(60, "class", 5)])]
    instance = clinic(services=services, groups=[group()], participants=[person])
    assert solved(instance, baseline, "Mon 12:00").score.staffing == 60 + 30 * (1 - 5)


def test_a_frozen_meeting_without_its_agenda_is_read_from_skills() -> None:
    """Ana can only lead the first part and ben the second: the same two lead again without a change."""
    instance = clinic(
        services=[service(), service("class", kind="group", agenda=[part(30, "class"), part(30, "med")])],
        staff=[staff(skills="class"), staff("ben", skills="med"), staff("cy", skills="class med talk")],
        groups=[group(starts=["Mon 09:00", "Wed 09:00"], meetings=2)],
        participants=[participant("p1", need("class", 2))],
    )
    roster = solved(instance, roster_of(instance, meeting("Mon 09:00", by="ana ben")), "Mon 12:00")
    assert [one.staff for one in roster.sessions] == [("ana", "ben")] * 2
    assert roster.score.staffing == 120


def test_ids_of_sessions_do_not_run_together() -> None:
    """Participant a/b with service c, and a with b/c: each is the first of its own."""
    instance = clinic(
        services=[service("c"), service("b/c")],
        staff=[staff(skills="c b/c")],
        participants=[participant("a", need("b/c")), participant("a/b", need("c"))],
    )
    assert {one.id for one in solved(instance).sessions} == {"p:a/b%2Fc/1", "p:a%2Fb/c/1"}
