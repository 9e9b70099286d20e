"""burden: what the week costs the participants."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import (
    Fields,
    best,
    clinic,
    group,
    meeting,
    need,
    participant,
    program,
    score,
    service,
    session,
    staff,
    starts,
)


def talks(sessions: int, windows: list[str], limits: Fields | None = None, **fields: object) -> Instance:
    """Return a clinic whose participant needs so many talks, as many a day as there is time for."""
    return clinic(
        services=[service(start_every=15)],
        programs=[program(**(limits or {}))],
        participants=[participant("p1", need(sessions=sessions, min_days_apart=0), available=windows)],
        **fields,
    )


def burden(instance: Instance, *starts: str) -> int:
    """Return the burden of talks of p1 at these starts."""
    return score(instance, *(session(start) for start in starts))[2]


def test_a_day_with_a_session_is_a_visit() -> None:
    """Two talks end to end are one visit, on two days two."""
    two = talks(2, ["Mon-Tue 09:00-12:00"])
    assert burden(two) == 0
    assert burden(two, "Mon 09:00", "Mon 10:00") == 60
    assert burden(two, "Mon 09:00", "Tue 09:00") == 120
    assert best(two).score.as_tuple() == (0, 0, 60, 0)


def test_a_day_by_video_is_a_visit_too() -> None:
    """Two remote sessions on two days are two visits, so they are put on one."""
    video = clinic(participants=[participant("p1", need(sessions=2, remote=True, min_days_apart=0))])
    apart = session("Mon 09:00", room=None), session("Tue 09:00", room=None)
    assert score(video, *apart)[2] == 120
    assert best(video).score.as_tuple() == (0, 0, 60, 0)


def test_minutes_between_sessions_are_waited() -> None:
    """09:00-10:00, 10:15-11:15 and 13:00-14:00 are a visit and 15 + 105 minutes of waiting."""
    three = talks(3, ["Mon 08:00-20:00"])
    assert burden(three, "Mon 09:00", "Mon 10:15", "Mon 13:00") == 60 + 15 + 105
    assert burden(three, "Mon 13:00", "Mon 09:00", "Mon 10:15") == 60 + 15 + 105
    assert best(three).score.as_tuple() == (0, 0, 60, 0)


@pytest.mark.parametrize(
    ("weights", "second", "value"),
    [({}, "Mon 10:30", 90), ({"wait": 3}, "Tue 10:30", 120), ({"wait": 3, "visit": 100}, "Mon 10:30", 190)],
)
def test_waiting_is_weighed_against_another_visit(weights: dict[str, int], second: str, value: int) -> None:
    """Ben is there from 10:30 on Monday and Tuesday: half an hour's wait or a second day."""
    both = clinic(
        services=[service(), service("med")],
        staff=[
            staff("ana", "talk", available=["Mon 09:00-10:00"]),
            staff("ben", "med", available=["Mon,Tue 10:30-11:30"]),
        ],
        participants=[participant("p1", need("talk"), need("med"))],
        weights=weights,
    )
    roster = best(both)
    assert starts(roster, "p1", "med") == [second]
    assert roster.score.as_tuple() == (0, 0, value, 0)


@pytest.mark.parametrize(
    ("start", "off"),
    [
        ("Mon 09:00", 0),
        ("Mon 11:00", 0),
        ("Mon 08:45", 30),
        ("Mon 11:15", 30),
        ("Mon 13:00", 30),
        ("Tue 09:00", 30),
    ],
)
def test_a_session_not_wholly_inside_the_preferred_windows(start: str, off: int) -> None:
    """Monday 09:00-10:30 and 10:30-12:00 are one window; what begins before or ends after is outside it."""
    likes = clinic(
        services=[service(start_every=15)],
        participants=[participant("p1", prefers=["Mon 09:00-10:30", "Mon 10:30-12:00"])],
    )
    assert score(likes, session(start))[2] == 60 + off
    assert score(clinic(services=[service(start_every=15)]), session(start))[2] == 60


def test_the_preferred_window_is_chosen_unless_it_costs_more() -> None:
    """p1 likes the afternoon, where the class is not: 30 for the preference, or 120 minutes of waiting."""
    likes = [participant("p1", prefers=["Wed 15:00-16:00"])]
    assert starts(best(clinic(participants=likes)), "p1") == ["Wed 15:00"]
    both = clinic(
        groups=[group(starts=["Mon 12:00"])],
        participants=[
            participant("p1", need("class"), need("talk"), prefers=["Mon 15:00-20:00"]),
        ],
    )
    roster = best(both)
    assert starts(roster, "p1", "talk") in (["Mon 11:00"], ["Mon 13:00"])
    assert roster.score.burden == 60 + 30 + 30


def test_a_session_led_by_others_than_the_preferred() -> None:
    """Two talks with Ben, where Ana is preferred, are 2 × 45; with nobody preferred they are nothing."""
    both = [session("Mon 09:00", by="ben"), session("Mon 10:00", by="ben")]
    for preferred, other in ((["ana"], 90), (["ana", "ben"], 0), ([], 0)):
        pair = clinic(
            staff=[staff("ana", available=["Tue 09:00-12:00"]), staff("ben", available=["Mon 09:00-12:00"])],
            participants=[participant("p1", need(sessions=2, min_days_apart=0, prefer_staff=preferred))],
        )
        assert score(pair, *both)[2] == 60 + other
        assert best(pair).score.as_tuple() == (0, 0, 60, 0)


@pytest.mark.parametrize(("weights", "leader"), [({}, "ana"), ({"off_preference": 46}, "ben")])
def test_preferred_staff_are_weighed_against_preferred_times(weights: dict[str, int], leader: str) -> None:
    """Ana is there when p1 would rather not come (30), Ben when p1 would (45)."""
    torn = clinic(
        staff=[staff("ana", available=["Tue 09:00-12:00"]), staff("ben", available=["Mon 09:00-12:00"])],
        participants=[participant("p1", need(prefer_staff=["ana"]), prefers=["Mon 09:00-12:00"])],
        weights=weights,
    )
    assert best(torn).sessions[0].staff == (leader,)
    assert best(torn).score.burden == 60 + (30 if leader == "ana" else 45)


def test_a_day_shorter_than_billable_is_short() -> None:
    """With 120 minutes billable a day of one talk is short, one of two exactly is not."""
    short = talks(2, ["Mon-Tue 09:00-12:00"], {"billable_day_minutes": 120})
    assert burden(short, "Mon 09:00") == 60 + 60
    assert burden(short, "Mon 09:00", "Tue 09:00") == 120 + 120
    assert burden(short, "Mon 09:00", "Mon 10:00") == 60
    assert burden(short, "Mon 09:00", "Mon 11:00") == 60 + 60
    assert best(short).score.as_tuple() == (0, 0, 60, 0)


@pytest.mark.parametrize(
    ("weights", "days"), [({"wait": 3, "short_day": 0}, 2), ({"wait": 3, "short_day": 31}, 1)]
)
def test_short_days_are_weighed_against_waiting(weights: dict[str, int], days: int) -> None:
    """A second visit, 60, and two short days, against forty minutes' wait at three a minute, 120."""
    split = clinic(
        programs=[program(billable_day_minutes=120)],
        staff=[staff(available=["Mon 09:00-10:00", "Mon 10:40-11:40", "Tue 09:00-10:00"])],
        services=[service(start_every=5)],
        slot_minutes=5,
        participants=[participant("p1", need(sessions=2, min_days_apart=0))],
        weights=weights,
    )
    roster = best(split)
    assert len({start[:3] for start in starts(roster, "p1")}) == days
    assert roster.score.burden == (120 if days == 2 else 60 + 3 * 40)


def test_a_meetings_members_each_bear_their_own() -> None:
    """Two members of a class: a visit each, and off preference for the one who would rather sleep."""
    class_of_two = clinic(
        groups=[group()],
        participants=[
            participant("p1", need("class"), prefers=["Mon 12:00-20:00"]),
            participant("p2", need("class")),
        ],
    )
    assert score(class_of_two, meeting("Mon 09:00", "p1 p2"))[2] == 60 + 30 + 60
    assert best(class_of_two).score.as_tuple() == (0, 0, 150, 60)
