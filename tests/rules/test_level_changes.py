"""changes: what the participants of a baseline roster would have to put up with."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.roster.models import Session
from rules.tiny import (
    Fields,
    best,
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    room,
    roster_of,
    score,
    service,
    session,
    staff,
    starts,
)

NINE = session("Mon 09:00")
TWO = {"rooms": [room("office"), room("other")], "staff": [staff("ana"), staff("ben")]}


def changes(instance: Instance, old: list[Session], new: list[Session], weeks: int = 0) -> int:
    """Return the level's value for the new sessions against the old ones."""
    return score(instance, *new, baseline=roster_of(instance, *old, weeks=weeks))[1]


@pytest.mark.parametrize(
    ("new", "value"),
    [
        ([NINE], 0),
        ([session("Mon 09:00", by="ben")], 3),
        ([session("Mon 09:00", room="other")], 1),
        ([session("Mon 09:00", by="ben", room="other")], 4),
        ([session("Mon 09:30")], 10),
        ([session("Tue 09:00")], 10),
        ([session("Tue 09:00", by="ben", room="other")], 10),
        ([], 10),
        ([NINE, session("Tue 09:00"), session("Mon 09:00", "p2", "ben", room="other")], 0),
    ],
)
def test_each_attendance_of_the_baseline_is_looked_for(new: list[Session], value: int) -> None:
    """Another start weighs 10, other staff 3, another room 1, and what is added nothing."""
    both = clinic(**TWO, participants=[participant("p1", need("talk", 2)), participant("p2")])
    assert changes(both, [NINE], new) == value


def test_without_a_baseline_nothing_has_changed() -> None:
    """The level is 0 for any roster."""
    assert score(clinic(), NINE)[1] == 0
    assert score(clinic())[1] == 0


def test_another_service_at_that_start_is_a_change() -> None:
    """p1 comes on Monday at nine as before, but for medication."""
    both = clinic(
        services=[service(), service("med")], participants=[participant("p1", need("talk"), need("med"))]
    )
    assert changes(both, [NINE], [session("Mon 09:00", service="med")]) == 10


@pytest.mark.parametrize(
    ("people", "value"),
    [
        ([participant("p1")], 10),
        ([participant("p1", need("talk", 0))], 10),
        ([participant("p1", need("class"))], 0),
        ([participant("p2")], 0),
    ],
)
def test_only_who_is_still_there_and_needs_it_is_missed(people: list[Fields], value: int) -> None:
    """Nobody misses the talk of one who has left or no longer has a need of it."""
    before = roster_of(clinic(), NINE)
    assert score(clinic(participants=people), baseline=before)[1] == value


def test_every_participant_of_a_meeting_counts() -> None:
    """Three members meet on Tuesday instead of Monday; of one who is left out on Monday, one."""
    names = ("p1", "p2", "p3")
    three = clinic(
        **TWO,
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2)],
        participants=[participant(name, need("class")) for name in names],
    )
    old = [meeting("Mon 09:00", "p1 p2 p3")]
    assert changes(three, old, [meeting("Mon 09:00", "p1 p2 p3")]) == 0
    assert changes(three, old, [meeting("Tue 09:00", "p1 p2 p3")]) == 30
    assert changes(three, old, [meeting("Mon 09:00", "p1 p2")]) == 10
    assert changes(three, old, [meeting("Mon 09:00", "p1 p2 p3", room="other", by="ben")]) == 12


def test_another_group_at_the_same_start() -> None:
    """p1 is in group ``h`` instead of ``g``: with the same leader and room that is 3, else 3 + 3 + 1."""
    two = clinic(**TWO, groups=[group("g"), group("h")], participants=[participant("p1", need("class"))])
    old = [meeting("Mon 09:00", group="g")]
    assert changes(two, old, [meeting("Mon 09:00", group="h")]) == 3
    assert changes(two, old, [meeting("Mon 09:00", by="ben", group="h", room="other")]) == 7


def test_staff_are_compared_over_the_whole_session() -> None:
    """Ana and Ben exchange their parts: the same two people. Without Ben it is another set."""
    block = clinic(
        services=[service("class", 60, kind="group", agenda=[part(30, "x"), part(30, "x")])],
        staff=[staff("ana", "x"), staff("ben", "x")],
        groups=[group()],
        participants=[participant("p1", need("class"))],
    )
    old = [meeting("Mon 09:00", parts=[(30, "ana"), (30, "ben")])]
    assert changes(block, old, [meeting("Mon 09:00", parts=[(30, "ben"), (30, "ana")])]) == 0
    assert changes(block, old, [meeting("Mon 09:00", parts=[(30, "ana"), (30, "ana")])]) == 3


def test_last_weeks_roster_is_compared_by_weekday_and_time_of_day() -> None:
    """Last Monday at nine is this Monday at nine, and not this Tuesday."""
    usual = clinic(participants=[participant("p1", need("talk"))])
    last_week = [session("Mon 09:00", weeks=-1)]
    assert last_week[0].start.date().isoformat() == "2026-11-16"
    assert changes(usual, last_week, [NINE], weeks=-1) == 0
    assert changes(usual, last_week, [session("Tue 09:00")], weeks=-1) == 10


@pytest.mark.parametrize("weeks", [0, -1])
def test_a_start_is_kept_against_preference(weeks: int) -> None:
    """p1 would rather come at nine. Left free p1 does; having come at eleven p1 goes on so."""
    likes = clinic(participants=[participant("p1", prefers=["Mon 09:00-10:00"])])
    before = roster_of(likes, session("Mon 11:00", weeks=weeks), weeks=weeks)
    assert best(likes).score.as_tuple() == (0, 0, 60, 0)
    roster = best(likes, baseline=before)
    assert roster.score.as_tuple() == (0, 0, 60 + 30, 0)
    assert starts(roster, "p1") == ["Mon 11:00"]


def test_other_staff_are_less_of_a_change_than_another_start() -> None:
    """Ana is away on Monday now: Ben takes over at nine, in the same room, though p1 prefers Ana."""
    away = clinic(
        rooms=[room("office"), room("other")],
        staff=[staff("ana", available=["Tue 09:00-17:00"]), staff("ben")],
        participants=[participant("p1", need(prefer_staff=["ana"]))],
    )
    assert best(away).score.as_tuple() == (0, 0, 60, 0)
    roster = best(away, baseline=roster_of(away, NINE))
    assert roster.score.as_tuple() == (0, 3, 60 + 45, 0)
    assert (roster.sessions[0].start, roster.sessions[0].room) == (NINE.start, "office")


def test_the_same_room_is_kept() -> None:
    """Two rooms alike: the talk stays in the one where it was, whichever that is."""
    alike = clinic(**TWO)
    for name in ("office", "other"):
        roster = best(alike, baseline=roster_of(alike, session("Mon 09:00", by="ben", room=name)))
        assert roster.score.as_tuple() == (0, 0, 60, 0)
        assert (roster.sessions[0].staff, roster.sessions[0].room) == (("ben",), name)


def test_a_newcomers_session_is_worth_any_change() -> None:
    """p2 can come at nine only, when p1 has always come: p1 moves, because unmet comes first."""
    both = clinic(participants=[participant("p1"), participant("p2", available=["Mon 09:00-10:00"])])
    roster = best(both, baseline=roster_of(both, NINE))
    assert roster.score.as_tuple() == (0, 10, 120, 0)
    assert starts(roster, "p2") == ["Mon 09:00"]
