"""group-size: each meeting that runs has ``min_size`` to ``max_size`` participants."""

from __future__ import annotations

from iopsched.instance.models import Instance
from rules.tiny import best, broken, clinic, group, meeting, need, participant


def members(*sessions: int, **fields: object) -> Instance:
    """Return a clinic with a group that meets on Monday and Tuesday, and members with so many sessions."""
    return clinic(
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2, **fields)],
        participants=[
            participant(f"p{number}", need("class", count)) for number, count in enumerate(sessions, 1)
        ],
    )


def test_a_meeting_has_at_least_the_smallest_size() -> None:
    """One member is too few for two; two are exactly enough."""
    assert best(members(1)).score.as_tuple() == (0, 0, 60, 60)
    assert best(members(1, min_size=2)).score.as_tuple() == (60, 0, 0, 0)
    assert best(members(1, 1, min_size=2)).score.as_tuple() == (0, 0, 120, 60)
    two = members(1, 1, min_size=2)
    assert broken(two, meeting("Mon 09:00", "p1 p2")) == set()
    assert broken(two, meeting("Mon 09:00", "p1")) == {"group-size"}


def test_the_size_is_each_meetings_not_the_groups() -> None:
    """One member needs two sessions, the other one: a second meeting would be of one, and does not run."""
    assert best(members(2, 1, min_size=1)).score.unmet == 0
    uneven = members(2, 1, min_size=2)
    assert best(uneven).score.unmet == 60
    both = meeting("Mon 09:00", "p1 p2")
    assert broken(uneven, both) == set()
    assert broken(uneven, both, meeting("Tue 09:00", "p1")) == {"group-size"}


def test_two_meetings_of_one_each_do_not_make_one_of_two() -> None:
    """One can come on Monday and the other on Tuesday: neither meeting has its two members."""
    days = clinic(
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2, min_size=2)],
        participants=[
            participant("p1", need("class"), available=["Mon 09:00-10:00"]),
            participant("p2", need("class"), available=["Tue 09:00-10:00"]),
        ],
    )
    assert best(days).score.as_tuple() == (120, 0, 0, 0)
    assert broken(days, meeting("Mon 09:00"), meeting("Tue 09:00", "p2")) == {"group-size"}


def test_a_meeting_has_at_most_the_largest_size() -> None:
    """Three members, two to a meeting: one comes on the other day, or not at all if there is none."""
    three = members(1, 1, 1, max_size=2)
    assert best(members(1, 1, 1, max_size=3)).score.as_tuple() == (0, 0, 180, 60)
    assert best(three).score.as_tuple() == (0, 0, 180, 120)
    assert best(members(2, 2, 2, max_size=2)).score.unmet == 120
    assert broken(three, meeting("Mon 09:00", "p1 p2"), meeting("Tue 09:00", "p3")) == set()
    assert broken(three, meeting("Mon 09:00", "p1 p2 p3")) == {"group-size"}


def test_a_group_of_one_size_meets_with_exactly_so_many() -> None:
    """Two to two: of three members with one session each, two come."""
    exact = members(1, 1, 1, min_size=2, max_size=2)
    assert best(exact).score.as_tuple() == (60, 0, 120, 60)
    assert broken(exact, meeting("Mon 09:00", "p2 p3")) == set()
    assert broken(exact, meeting("Mon 09:00", "p2 p3"), meeting("Tue 09:00", "p1")) == {"group-size"}
