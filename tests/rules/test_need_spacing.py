"""need-spacing: ``min_days_apart`` between sessions of one need."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.roster.models import Session
from rules.tiny import best, broken, clinic, group, meeting, need, participant, service, session, starts


def talks(*days: str, sessions: int = 2, **fields: object) -> Instance:
    """Return a clinic whose participant comes on these days and needs two talks."""
    return clinic(
        participants=[
            participant(
                "p1", need(sessions=sessions, **fields), available=[f"{day} 09:00-17:00" for day in days]
            )
        ]
    )


def on(*starts: str) -> list[Session]:
    """Return talks of p1 at these starts."""
    return [session(start) for start in starts]


def test_two_sessions_are_on_different_days_unless_the_need_allows_one() -> None:
    """By default a day apart: Monday alone holds one talk; with zero days apart it holds both."""
    assert best(talks("Mon", min_days_apart=0)).score.as_tuple() == (0, 0, 60, 0)
    assert best(talks("Mon")).score.as_tuple() == (60, 0, 60, 0)
    assert broken(talks("Mon", min_days_apart=0), *on("Mon 09:00", "Mon 10:00")) == set()
    assert broken(talks("Mon"), *on("Mon 09:00", "Mon 16:00")) == {"need-spacing"}


@pytest.mark.parametrize(
    ("apart", "second", "fits"),
    [
        (1, "Tue", True),
        (2, "Tue", False),
        (2, "Wed", True),
        (3, "Wed", False),
        (4, "Fri", True),
        (5, "Fri", False),
    ],
)
def test_the_distance_is_between_dates(apart: int, second: str, fits: bool) -> None:
    """Monday and Tuesday are one day apart, Monday and Friday four."""
    days = talks("Mon", second, min_days_apart=apart)
    assert best(days).score.unmet == (0 if fits else 60)
    assert broken(days, *on("Mon 09:00", f"{second} 09:00")) == (set() if fits else {"need-spacing"})


def test_the_distance_is_not_of_hours() -> None:
    """From Monday 16:00 to Tuesday 09:00 are seventeen hours and one day; to Wednesday 09:00 two."""
    assert broken(talks("Mon", "Tue"), *on("Mon 16:00", "Tue 09:00")) == set()
    assert broken(talks("Mon", "Wed", min_days_apart=2), *on("Mon 16:00", "Wed 09:00")) == set()
    assert broken(talks("Mon", "Tue", min_days_apart=2), *on("Mon 09:00", "Tue 16:00")) == {"need-spacing"}


def test_every_two_sessions_are_apart() -> None:
    """Three talks two days apart from Monday to Friday are Monday, Wednesday and Friday."""
    week = talks("Mon", "Tue", "Wed", "Thu", "Fri", sessions=3, min_days_apart=2)
    roster = best(week)
    assert roster.score.unmet == 0
    assert [start[:3] for start in starts(roster, "p1")] == ["Mon", "Wed", "Fri"]
    assert best(talks("Mon", "Tue", "Wed", "Thu", sessions=3, min_days_apart=2)).score.unmet == 60
    assert broken(week, *on("Mon 09:00", "Wed 09:00", "Fri 09:00")) == set()
    assert broken(week, *on("Mon 09:00", "Wed 09:00", "Thu 09:00")) == {"need-spacing"}


def test_different_needs_and_participants_are_not_spaced() -> None:
    """A talk and medication, and another's talk, may all be on Monday."""
    monday = clinic(
        services=[service(), service("med")],
        participants=[
            participant(
                "p1", need(min_days_apart=2), need("med", min_days_apart=2), available=["Mon 09:00-17:00"]
            ),
            participant("p2", available=["Mon 09:00-17:00"]),
        ],
    )
    assert best(monday).score.unmet == 0
    day = session("Mon 09:00"), session("Mon 10:00", service="med"), session("Mon 11:00", "p2")
    assert broken(monday, *day) == set()


def mixed(second: str, apart: int) -> Instance:
    """Return a clinic with a group on Monday at nine and another at another start, for two classes of p1."""
    return clinic(
        groups=[group("g", starts=["Mon 09:00"]), group("h", starts=[second])],
        participants=[participant("p1", need("class", 2, mix_groups=True, min_days_apart=apart))],
    )


@pytest.mark.parametrize(
    ("second", "apart", "fits"),
    [
        ("Tue 09:00", 1, True),
        ("Tue 09:00", 2, False),
        ("Wed 09:00", 2, True),
        ("Mon 13:00", 1, False),
        ("Mon 13:00", 0, True),
    ],
)
def test_meetings_of_mixed_groups_are_spaced(second: str, apart: int, fits: bool) -> None:
    """The distance is between sessions of the need, whichever group they are of."""
    two = mixed(second, apart)
    assert best(two).score.unmet == (0 if fits else 60)
    both = meeting("Mon 09:00", group="g"), meeting(second, group="h")
    assert broken(two, *both) == (set() if fits else {"need-spacing"})


def test_a_group_may_meet_more_often_than_a_member_comes() -> None:
    """Monday to Wednesday the group meets; who needs two days between comes on Monday and Wednesday."""
    cohort = clinic(
        groups=[group(starts=["Mon-Wed 09:00"], meetings=3)],
        participants=[
            participant("p1", need("class", 2, min_days_apart=2)),
            participant("p2", need("class", 3)),
        ],
    )
    roster = best(cohort)
    assert starts(roster, "p1") == ["Mon 09:00", "Wed 09:00"]
    assert starts(roster, "p2") == ["Mon 09:00", "Tue 09:00", "Wed 09:00"]
    close = meeting("Mon 09:00", "p1 p2"), meeting("Tue 09:00", "p1 p2"), meeting("Wed 09:00", "p2")
    assert broken(cohort, *close) == {"need-spacing"}
