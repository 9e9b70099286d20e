"""participant-free: available, not busy (travel included), and never in two sessions at once."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import (
    best,
    broken,
    clinic,
    group,
    meeting,
    need,
    participant,
    room,
    service,
    session,
    staff,
    starts,
)

TWO_OFFICES = [room("office"), room("other")]
TALK_AND_MED = [service(), service("med", minutes=30, start_every=15)]


def comes(window: str, *busy: dict[str, object], slot: int = 15, start_every: int = 30) -> Instance:
    """Return a clinic, open day and night, whose participant needs an hour."""
    return clinic(
        hours=["Mon-Sun 00:00-24:00"],
        slot_minutes=slot,
        services=[service(start_every=start_every)],
        participants=[participant(available=[window], busy=list(busy))],
    )


def busy(when: str, travel: int) -> dict[str, object]:
    """Return a commitment with travel before and after it."""
    return {"when": [when], "why": "work", "travel_minutes": travel}


def test_a_participant_is_available_throughout() -> None:
    """Free 09:00-10:00, an hour fits exactly; free ten minutes less, it goes unmet."""
    assert starts(best(comes("Mon 09:00-10:00")), "p1") == ["Mon 09:00"]
    short = comes("Mon 09:00-09:50")
    assert best(short).score.as_tuple() == (60, 0, 0, 0)
    assert broken(comes("Mon 09:00-10:00"), session("Mon 09:00")) == set()
    assert broken(short, session("Mon 09:00")) == {"participant-free"}


def test_windows_that_touch_are_one() -> None:
    """Two half hours end to end hold an hour; with a minute between them they do not."""
    joined = clinic(participants=[participant(available=["Mon 09:00-09:30", "Mon 09:30-10:00"])])
    apart = clinic(participants=[participant(available=["Mon 09:00-09:30", "Mon 09:31-10:01"])])
    assert starts(best(joined), "p1") == ["Mon 09:00"]
    assert best(apart).score.unmet == 60
    assert broken(joined, session("Mon 09:00")) == set()
    assert broken(apart, session("Mon 09:00")) == {"participant-free"}


def test_without_windows_a_participant_is_available_in_the_clinics_hours() -> None:
    """Nothing is said of availability, so the opening hours are it; said to be never, nothing fits."""
    assert best(clinic(hours=["Tue 09:00-10:00"])).score.unmet == 0
    never = clinic(hours=["Tue 09:00-10:00"], participants=[participant(available=[])])
    assert best(never).score.unmet == 60
    assert broken(never, session("Tue 09:00")) == {"participant-free"}


def test_a_commitment_grows_by_the_travel_at_both_ends() -> None:
    """Busy 10:00-11:00 with half an hour's way: an hour from 09:00 no longer fits, one from 11:30 does."""
    near = comes("Mon 09:00-12:30", busy("Mon 10:00-11:00", 0))
    far = comes("Mon 09:00-12:30", busy("Mon 10:00-11:00", 30))
    assert broken(near, session("Mon 09:00")) == set()
    assert broken(near, session("Mon 11:00")) == set()
    assert starts(best(far), "p1") == ["Mon 11:30"]
    assert broken(far, session("Mon 11:30")) == set()
    assert broken(far, session("Mon 09:00")) == {"participant-free"}
    assert broken(far, session("Mon 11:00")) == {"participant-free"}
    assert broken(far, session("Mon 10:00")) == {"participant-free"}


def test_each_window_of_a_commitment_grows() -> None:
    """Monday's and Tuesday's shifts end at nine: with the way home neither day has an hour before ten."""
    shifts = {"when": ["Mon,Tue 06:00-09:00"], "travel_minutes": 20}
    fields = {"available": ["Mon 09:00-10:00", "Tue 09:00-10:20"]}
    free = clinic(services=[service(start_every=5)], slot_minutes=5, participants=[participant(**fields)])
    tired = clinic(
        services=[service(start_every=5)], slot_minutes=5, participants=[participant(busy=[shifts], **fields)]
    )
    assert broken(free, session("Mon 09:00")) == set()
    assert starts(best(tired), "p1") == ["Tue 09:20"]
    assert broken(tired, session("Tue 09:20")) == set()
    assert broken(tired, session("Tue 09:15")) == {"participant-free"}
    assert broken(tired, session("Mon 09:00")) == {"participant-free"}


def test_travel_is_exact_minutes() -> None:
    """Busy until 09:40 with twenty minutes' way: free from 10:00 on the dot; with 21 minutes not."""
    exact = comes("Mon 09:00-11:00", busy("Mon 09:00-09:40", 20))
    late = comes("Mon 09:00-11:00", busy("Mon 09:00-09:40", 21))
    assert starts(best(exact), "p1") == ["Mon 10:00"]
    assert best(late).score.unmet == 60
    assert broken(exact, session("Mon 10:00")) == set()
    assert broken(late, session("Mon 10:00")) == {"participant-free"}


def test_travel_grows_into_the_day_before() -> None:
    """A shift from Tuesday 00:00 with an hour's way blocks Monday's last hour."""
    work = busy("Tue 00:00-06:00", 60)
    assert starts(best(comes("Mon 23:00-24:00")), "p1") == ["Mon 23:00"]
    assert best(comes("Mon 23:00-24:00", work)).score.unmet == 60
    assert starts(best(comes("Mon 22:00-24:00", work)), "p1") == ["Mon 22:00"]
    assert broken(comes("Mon 22:00-24:00", work), session("Mon 22:00")) == set()
    assert broken(comes("Mon 22:00-24:00", work), session("Mon 22:30")) == {"participant-free"}


def test_travel_grows_into_the_day_after() -> None:
    """A shift until Monday 24:00 with ninety minutes' way leaves Tuesday free from 01:30."""
    home = comes("Tue 00:00-02:30", busy("Mon 18:00-24:00", 90))
    assert starts(best(home), "p1") == ["Tue 01:30"]
    assert broken(home, session("Tue 01:30")) == set()
    assert broken(home, session("Tue 01:00")) == {"participant-free"}


def test_travel_does_not_wrap_round_the_week() -> None:
    """A shift from Monday 00:00 is travelled to in last week's Sunday, not in this week's."""
    sunday = comes("Sun 23:00-24:00", busy("Mon 00:00-06:00", 60))
    assert starts(best(sunday), "p1") == ["Sun 23:00"]
    assert broken(sunday, session("Sun 23:00")) == set()


def talk_and_med(window: str) -> Instance:
    """Return a clinic with two of everything whose participant needs an hour and half an hour."""
    return clinic(
        services=TALK_AND_MED,
        rooms=TWO_OFFICES,
        staff=[staff("ana"), staff("ben")],
        participants=[participant("p1", need("talk"), need("med"), available=[window])],
    )


def test_nobody_is_in_two_sessions_at_once() -> None:
    """Ninety minutes hold both, end to end; seventy-five hold the longer one only."""
    assert best(talk_and_med("Mon 09:00-10:30")).score.as_tuple() == (0, 0, 60, 0)
    assert best(talk_and_med("Mon 09:00-10:15")).score.unmet == 30


@pytest.mark.parametrize(("start", "rules"), [("Mon 10:00", set()), ("Mon 09:45", {"participant-free"})])
def test_sessions_may_touch_but_not_overlap(start: str, rules: set[str]) -> None:
    """The talk ends at ten: what follows begins then, and no quarter of an hour earlier."""
    second = session(start, by="ben", service="med", minutes=30, room="other")
    assert broken(talk_and_med("Mon 09:00-10:30"), session("Mon 09:00"), second) == rules


def class_and_talk(window: str) -> Instance:
    """Return a clinic with a class on Monday at nine and an hour's talk for the same participant."""
    return clinic(
        rooms=TWO_OFFICES,
        staff=[staff("ana"), staff("ben")],
        groups=[group(starts=["Mon 09:00"])],
        participants=[participant("p1", need("class", priority=2), need("talk"), available=[window])],
    )


def test_a_member_is_in_the_meeting_and_nowhere_else() -> None:
    """The class keeps its hour, so the talk comes before it or after it, or not at all."""
    assert best(class_and_talk("Mon 09:00-11:00")).score.unmet == 0
    assert best(class_and_talk("Mon 09:00-10:30")).score.unmet == 60
    both = class_and_talk("Mon 08:00-11:00")
    assert broken(both, meeting("Mon 09:00"), session("Mon 10:00", by="ben", room="other")) == set()
    for start in ("Mon 09:00", "Mon 08:30", "Mon 09:30"):
        other = session(start, by="ben", room="other")
        assert broken(both, meeting("Mon 09:00"), other) == {"participant-free"}, start


def test_a_member_is_free_for_the_whole_meeting() -> None:
    """Leaving at 09:50 is not attending an hour's class."""
    early = clinic(
        groups=[group()], participants=[participant("p1", need("class"), available=["Mon 09:00-09:50"])]
    )
    assert best(early).score.as_tuple() == (60, 0, 0, 0)
    assert broken(early, meeting("Mon 09:00")) == {"participant-free"}
