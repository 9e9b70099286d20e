"""staff-load: led minutes of a day and of the week, and the caseload."""

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
    part,
    participant,
    service,
    session,
    staff,
)

MORNING = ("Mon 08:00", "Mon 09:00", "Mon 10:00")


def three(notes: int = 0, available: str = "Mon 08:00-20:00", **limits: object) -> Instance:
    """Return a clinic of three participants with a talk each, on Monday, all with Ana."""
    return clinic(
        services=[service(note_minutes=notes)],
        staff=[staff(**limits)],
        participants=[participant(name, available=[available]) for name in ("p1", "p2", "p3")],
    )


def talks(*starts: str) -> list:
    """Return a talk of p1, p2, … at these starts."""
    return [session(start, f"p{number}") for number, start in enumerate(starts, 1)]


def test_led_minutes_of_a_day() -> None:
    """Three hours are three talks; with 179 minutes a day, or 120, the third waits."""
    for minutes, unmet in ((180, 0), (179, 60), (120, 60), (0, 180)):
        assert best(three(max_minutes_per_day=minutes)).score.unmet == unmet, minutes
    assert broken(three(max_minutes_per_day=180), *talks(*MORNING)) == set()
    assert broken(three(max_minutes_per_day=179), *talks(*MORNING)) == {"staff-load"}
    assert broken(three(max_minutes_per_day=120), *talks(*MORNING[:2])) == set()


def test_a_days_limit_is_each_days() -> None:
    """Two hours a day: the third participant comes on Tuesday."""
    days = three(available="Mon-Tue 08:00-20:00", max_minutes_per_day=120)
    assert best(days).score.unmet == 0
    assert broken(days, *talks("Mon 08:00", "Mon 09:00", "Tue 08:00")) == set()
    assert broken(days, *talks(*MORNING)) == {"staff-load"}


def test_led_minutes_of_a_week() -> None:
    """Spread over three days, three hours are still more than 120 minutes of the week."""
    for minutes, unmet in ((180, 0), (175, 60)):
        week = three(available="Mon-Fri 08:00-20:00", max_minutes_per_week=minutes)
        assert best(week).score.unmet == unmet
        spread = talks("Mon 08:00", "Tue 08:00", "Wed 08:00")
        assert broken(week, *spread) == ({"staff-load"} if unmet else set())


def test_notes_are_not_led() -> None:
    """Three talks with half an hour of notes each are 180 led minutes."""
    writes = three(notes=30, max_minutes_per_day=180, max_minutes_per_week=180)
    assert best(writes).score.unmet == 0
    assert broken(writes, *talks("Mon 08:00", "Mon 09:30", "Mon 11:00")) == set()


def test_only_the_parts_led_count() -> None:
    """Of fifty minutes with Ana and a hundred with Ben, fifty are hers and a hundred his."""
    for ana, ben, fits in ((50, 100, True), (49, 100, False), (50, 99, False)):
        block = clinic(
            services=[
                service("class", 150, kind="group", agenda=[part(50, "x"), part(50, "y"), part(50, "y")])
            ],
            staff=[staff("ana", "x", max_minutes_per_day=ana), staff("ben", "y", max_minutes_per_week=ben)],
            groups=[group()],
            participants=[participant("p1", need("class"))],
        )
        assert best(block).score.unmet == (0 if fits else 150)
        led = meeting("Mon 09:00", parts=[(50, "ana"), (50, "ben"), (50, "ben")])
        assert broken(block, led) == (set() if fits else {"staff-load"})


def caseload(limit: int | None, *people: Fields) -> Instance:
    """Return a clinic with talks, medication, family sessions and a class, all Ana's."""
    return clinic(
        services=[
            service(),
            service("med"),
            service("family", kind="family"),
            service("class", kind="group"),
        ],
        staff=[staff(max_participants=limit)],
        groups=[group()],
        participants=list(people),
    )


def test_the_caseload_counts_participants_not_sessions() -> None:
    """One participant with two talks and two others with one each: a caseload of two leaves one talk out."""
    people = [participant("p1", need(sessions=2)), participant("p2"), participant("p3")]
    assert best(caseload(3, *people)).score.unmet == 0
    two = best(caseload(2, *people))
    assert two.score.unmet == 60
    assert [note.participant for note in two.unmet] in (["p2"], ["p3"])
    four = [session("Mon 09:00"), session("Tue 09:00"), *talks("Mon 08:00", "Mon 10:00", "Mon 11:00")[1:]]
    assert broken(caseload(2, *people), *four[:3]) == set()
    assert broken(caseload(2, *people), *four) == {"staff-load"}
    assert broken(caseload(3, *people), *four) == set()


def test_a_participant_of_several_services_is_one_of_the_caseload() -> None:
    """A talk, medication and a family session of one participant are a caseload of one."""
    person = participant("p1", need("talk"), need("med"), need("family"))
    one = caseload(1, person)
    assert best(caseload(0, person)).score.unmet == 180
    assert best(one).score.unmet == 0
    day = session("Mon 08:00"), session("Mon 09:00", service="med"), session("Mon 10:00", service="family")
    assert broken(one, *day) == set()
    assert broken(caseload(0, person), *day) == {"staff-load"}


@pytest.mark.parametrize("limit", [0, 1])
def test_members_of_a_group_are_not_of_the_caseload(limit: int) -> None:
    """Three members of a class burden no caseload, not even that of somebody who takes nobody alone."""
    members = caseload(limit, *(participant(name, need("class")) for name in ("p1", "p2", "p3")))
    assert best(members).score.unmet == 0
    assert broken(members, meeting("Mon 09:00", "p1 p2 p3")) == set()
