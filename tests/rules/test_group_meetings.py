"""group-meetings: at most ``meetings``, on different days, with ``same_start`` all at one time of day."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import best, broken, clinic, group, meeting, need, participant, starts


def meets(*options: str, sessions: int = 2, apart: int = 1, **fields: object) -> Instance:
    """Return a clinic with a group for one participant, who needs two classes."""
    return clinic(
        groups=[group(starts=options, **{"meetings": 2, **fields})],
        participants=[participant("p1", need("class", sessions, min_days_apart=apart))],
    )


@pytest.mark.parametrize(("meetings", "unmet"), [(3, 0), (2, 60), (1, 120), (0, 180)])
def test_a_group_meets_no_more_often_than_it_says(meetings: int, unmet: int) -> None:
    """Monday to Friday it could meet, and its member needs three."""
    days = meets("Mon-Fri 09:00", sessions=3, meetings=meetings)
    assert best(days).score.unmet == unmet
    three = [meeting(f"{day} 09:00") for day in ("Mon", "Tue", "Wed")]
    assert broken(days, *three[:meetings]) == set()
    assert broken(days, *three) == ({"group-meetings"} if unmet else set())


def test_meetings_count_whoever_attends_them() -> None:
    """Two members who share no day need a meeting each; a group that meets once has one of them."""
    people = [
        participant("p1", need("class"), available=["Mon 09:00-10:00"]),
        participant("p2", need("class"), available=["Tue 09:00-10:00"]),
    ]
    once, twice = (
        clinic(groups=[group(starts=["Mon,Tue 09:00"], meetings=n)], participants=people) for n in (1, 2)
    )
    assert best(twice).score.unmet == 0
    assert best(once).score.unmet == 60
    both = meeting("Mon 09:00"), meeting("Tue 09:00", "p2")
    assert broken(twice, *both) == set()
    assert broken(once, *both) == {"group-meetings"}


def test_a_group_meets_once_a_day() -> None:
    """Morning and afternoon of one day are not two meetings, even for who may come twice a day."""
    fields = {"apart": 0, "same_start": False}
    assert best(meets("Mon 09:00", "Tue 13:00", **fields)).score.unmet == 0
    assert best(meets("Mon 09:00", "Mon 13:00", **fields)).score.unmet == 60
    clinic_of = meets("Mon,Tue 09:00", "Mon,Tue 13:00", **fields)
    assert broken(clinic_of, meeting("Mon 09:00"), meeting("Tue 13:00")) == set()
    assert broken(clinic_of, meeting("Mon 09:00"), meeting("Mon 13:00")) == {"group-meetings"}


def test_all_meetings_begin_at_the_same_time_of_day() -> None:
    """Monday at nine and Tuesday at one do not go together unless ``same_start`` is given up."""
    same = meets("Mon 09:00", "Tue 13:00")
    loose = meets("Mon 09:00", "Tue 13:00", same_start=False)
    assert best(loose).score.unmet == 0
    assert best(same).score.unmet == 60
    both = meeting("Mon 09:00"), meeting("Tue 13:00")
    assert broken(loose, *both) == set()
    assert broken(same, *both) == {"group-meetings"}


def test_the_time_of_day_that_serves_most_wins() -> None:
    """Nine o'clock is on Monday only, one o'clock on Monday and Tuesday: the group meets at one."""
    choice = meets("Mon 09:00", "Mon,Tue 13:00")
    assert starts(best(choice), "p1") == ["Mon 13:00", "Tue 13:00"]
    assert broken(choice, meeting("Mon 13:00"), meeting("Tue 13:00")) == set()
    assert broken(choice, meeting("Mon 09:00"), meeting("Tue 13:00")) == {"group-meetings"}


def test_same_start_binds_a_group_not_its_neighbours() -> None:
    """Two groups of one service meet at different times of day."""
    two = clinic(
        groups=[group("g", starts=["Mon 09:00"]), group("h", starts=["Tue 13:00"])],
        participants=[participant("p1", need("class", 2, mix_groups=True))],
    )
    assert best(two).score.unmet == 0
    assert broken(two, meeting("Mon 09:00"), meeting("Tue 13:00", group="h")) == set()
