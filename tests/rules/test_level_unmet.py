"""unmet: Σ over needs of ``priority`` × service minutes × missing sessions, before all other levels."""

from __future__ import annotations

import pytest

from iopsched.roster import check, unmet_needs
from iopsched.roster.models import Unmet
from rules.tiny import (
    Fields,
    best,
    clinic,
    group,
    meeting,
    need,
    participant,
    roster_of,
    score,
    service,
    session,
    starts,
)

HOUR = ["Mon 09:00-10:00"]


def test_a_missing_session_weighs_its_minutes_times_its_priority() -> None:
    """Three talks of an hour at priority 2 and two classes of ninety minutes at 1 are 360 + 180."""
    needs = clinic(
        services=[service(), service("class", 90, kind="group")],
        groups=[group(starts=["Mon,Tue 13:00"], meetings=2)],
        participants=[participant("p1", need("talk", 3, priority=2), need("class", 2))],
    )
    talk, meets = session("Mon 09:00"), meeting("Mon 13:00", minutes=90)
    assert score(needs)[0] == 360 + 180
    assert score(needs, talk)[0] == 240 + 180
    assert score(needs, meets)[0] == 360 + 90
    assert score(needs, talk, meets)[0] == 240 + 90
    assert unmet_needs(needs, [talk, meets]) == (
        Unmet(participant="p1", service="talk", sessions=2, minutes=120),
        Unmet(participant="p1", service="class", sessions=1, minutes=90),
    )


def test_what_is_not_asked_for_is_not_missing() -> None:
    """A need of no sessions, or a participant without needs, weighs nothing."""
    nothing = clinic(participants=[participant("p1", need("talk", 0)), {**participant("p2"), "needs": []}])
    assert score(nothing) == (0, 0, 0, 0)
    assert unmet_needs(nothing, []) == ()
    assert best(nothing).score.as_tuple() == (0, 0, 0, 0)


@pytest.mark.parametrize(("first", "second", "seen"), [(1, 2, "p2"), (3, 2, "p1"), (100, 99, "p1")])
def test_the_higher_priority_has_the_hour(first: int, second: int, seen: str) -> None:
    """Two participants have one hour with Ana between them: the other's minutes are what is missing."""
    two = clinic(
        participants=[
            participant("p1", need(priority=first), available=HOUR),
            participant("p2", need(priority=second), available=HOUR),
        ]
    )
    roster = best(two)
    assert [s.participants for s in roster.sessions] == [(seen,)]
    assert roster.score.unmet == 60 * min(first, second)


@pytest.mark.parametrize(("priority", "seen", "unmet"), [(1, "p1", 60), (2, "p2", 90)])
def test_minutes_weigh_as_much_as_priority(priority: int, seen: str, unmet: int) -> None:
    """Ninety minutes of p1 at priority 1 beat sixty of p2 at 1, and lose to sixty at 2."""
    morning = ["Mon 09:00-10:30"]
    two = clinic(
        services=[service(), service("intake", 90, skill="talk")],
        participants=[
            participant("p1", need("intake"), available=morning),
            participant("p2", need("talk", priority=priority), available=morning),
        ],
    )
    roster = best(two)
    assert [s.participants for s in roster.sessions] == [(seen,)]
    assert roster.score.unmet == unmet


def test_two_short_sessions_beat_a_long_one_that_weighs_less() -> None:
    """Two hours hold an intake of two hours, or two talks that weigh a minute's worth more together."""
    window = ["Mon 09:00-11:00"]
    people = [
        participant("p1", need("intake"), available=window),
        participant("p2", need("talk"), available=window),
        participant("p3", need("talk", priority=2), available=window),
    ]
    services = [service(), service("intake", 120, skill="talk")]
    assert best(clinic(services=services, participants=people[:2])).score.unmet == 60
    three = best(clinic(services=services, participants=people))
    assert three.score.unmet == 120
    assert starts(three, "p1") == []


def test_no_later_level_is_worth_a_missing_session() -> None:
    """However dear a visit, a preference, a meeting or an idle minute, what can be met is met."""
    dear = clinic(
        groups=[group()],
        participants=[participant("p1", need("class"), need("talk"), prefers=["Fri 08:00-08:30"])],
        weights={"visit": 9999, "off_preference": 9999, "meeting": 9999},
    )
    assert best(dear).score.as_tuple() == (0, 0, 3 * 9999, 9999)


@pytest.mark.parametrize(
    "untrue",
    [
        {"unmet": ()},
        {"unmet": (Unmet(participant="p1", service="talk", sessions=2, minutes=120),)},
        {"unmet": (Unmet(participant="p2", service="talk", sessions=1, minutes=60),)},
        {"score": {"unmet": 0}},
        {"score": {"unmet": 120}},
        {"bound": {"unmet": 61}},
        {"status": "optimal"},
    ],
)
def test_a_roster_that_says_otherwise_is_wrong(untrue: Fields) -> None:
    """One talk of p1 is missing; a list, a value or a bound that tells another story does not pass."""
    two = clinic(participants=[participant("p1", need("talk", 2)), participant("p2", need("talk", 0))])
    honest = roster_of(two, session("Mon 09:00"))
    assert check(two, honest).ok
    nested = {
        name: getattr(honest, name).model_copy(update=value) if isinstance(value, dict) else value
        for name, value in untrue.items()
    }
    assert not check(two, honest.model_copy(update=nested)).ok
