"""day-limit: the program's ``max_days_per_week`` and ``max_minutes_per_day``."""

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
    participant,
    program,
    room,
    service,
    session,
)


def limited(*needs: Fields, window: str = "Mon-Fri 08:00-20:00", **limits: int) -> Instance:
    """Return a clinic with a limit on the program, and one participant with these needs."""
    return clinic(
        services=[service(), service("med", 30), service("class", 120, kind="group")],
        programs=[program(**limits)],
        groups=[group(starts=["Mon-Wed 13:00"], meetings=3)],
        participants=[participant("p1", *needs, available=[window])],
    )


@pytest.mark.parametrize(("days", "unmet"), [(3, 0), (2, 60), (1, 120), (0, 180)])
def test_days_of_a_week(days: int, unmet: int) -> None:
    """Three talks on three days need three days."""
    week = limited(need(sessions=3), max_days_per_week=days)
    assert best(week).score.unmet == unmet
    talks = [session(f"{day} 09:00") for day in ("Mon", "Wed", "Fri")]
    assert broken(week, *talks[:days]) == set()
    assert broken(week, *talks) == ({"day-limit"} if unmet else set())


def test_a_day_counts_once_whatever_happens_on_it() -> None:
    """Talk, medication and class on one day are one day; the medication on another makes two."""
    one = limited(need("talk"), need("med"), need("class"), max_days_per_week=1)
    assert best(one).score.unmet == 0
    day = session("Mon 09:00"), meeting("Mon 13:00", minutes=120)
    assert broken(one, *day, session("Mon 10:00", service="med", minutes=30)) == set()
    assert broken(one, *day, session("Tue 10:00", service="med", minutes=30)) == {"day-limit"}


def test_a_day_by_video_is_a_day() -> None:
    """Remote sessions count like others."""
    for days, fits in ((2, True), (1, False)):
        video = limited(need("talk", 2, remote=True), max_days_per_week=days)
        assert best(video).score.unmet == (0 if fits else 60)
        both = session("Mon 09:00", room=None), session("Tue 09:00", room=None)
        assert broken(video, *both) == (set() if fits else {"day-limit"})


def test_minutes_of_a_day() -> None:
    """On Monday alone talk and medication are ninety minutes: allowed to the minute, not at 89."""
    needs = need("talk"), need("med")
    both = session("Mon 09:00"), session("Mon 10:00", service="med", minutes=30)
    for minutes, unmet in ((90, 0), (89, 30), (59, 60), (29, 90)):
        day = limited(*needs, window="Mon 08:00-20:00", max_minutes_per_day=minutes)
        assert best(day).score.unmet == unmet, minutes
        assert broken(day, *both) == ({"day-limit"} if unmet else set()), minutes


def test_minutes_are_each_days() -> None:
    """With sixty minutes a day talk and medication are on two days, at the price of a second visit."""
    needs = need("talk"), need("med")
    assert best(limited(*needs)).score.as_tuple() == (0, 0, 60, 0)
    apart = limited(*needs, max_minutes_per_day=60)
    assert best(apart).score.as_tuple() == (0, 0, 120, 0)
    assert broken(apart, session("Mon 09:00"), session("Tue 09:00", service="med", minutes=30)) == set()


def test_a_meeting_counts_whole_and_waiting_not_at_all() -> None:
    """Two hours of class and one of talk are three, whatever lies between them."""
    needs = need("talk"), need("class")
    day = session("Mon 08:00"), meeting("Mon 13:00", minutes=120)
    for minutes, unmet in ((180, 0), (179, 60)):
        mixed = limited(*needs, window="Mon 08:00-20:00", max_minutes_per_day=minutes)
        assert best(mixed).score.unmet == unmet
        assert broken(mixed, *day) == ({"day-limit"} if unmet else set())


def test_the_limit_is_each_participants_program() -> None:
    """One program is limited to a day and the other is not."""
    programs = [program(max_days_per_week=1), {"id": "php"}]
    both = clinic(
        programs=programs,
        rooms=[room("office"), room("other")],
        participants=[
            participant("p1", need(sessions=2)),
            {**participant("p2", need(sessions=2)), "program": "php"},
        ],
    )
    roster = best(both)
    assert [(note.participant, note.sessions) for note in roster.unmet] == [("p1", 1)]
    twice = session("Mon 09:00", "p2"), session("Tue 09:00", "p2")
    assert broken(both, *twice) == set()
    assert broken(both, *twice, session("Mon 10:00"), session("Tue 10:00")) == {"day-limit"}
