"""staffing: what the week costs the clinic."""

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
    part,
    participant,
    score,
    service,
    session,
    staff,
)


def cohort(*members: Fields, parts: list[Fields] | None = None, weights: Fields | None = None) -> Instance:
    """Return a clinic with a group that meets on Monday and Tuesday, and one member who needs both."""
    parts = parts or [part(60, "x")]
    minutes = sum(item["minutes"] for item in parts)
    return clinic(
        services=[service("class", minutes, kind="group", agenda=parts)],
        staff=list(members) or [staff("ana", "x"), staff("ben", "x"), staff("cara", "x")],
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2)],
        participants=[participant("p1", need("class", 2))],
        weights=weights or {},
    )


def staffing(instance: Instance, *days: list[tuple[int, str]]) -> int:
    """Return the staffing of meetings on Monday, Tuesday with these parts."""
    meetings = [
        meeting(f"{day} 09:00", parts=parts) for day, parts in zip(("Mon", "Tue"), days, strict=False)
    ]
    return score(instance, *meetings)[3]


def test_each_meeting_costs() -> None:
    """Two members meet together rather than on two days, for the same burden."""
    two = clinic(
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2)],
        participants=[participant("p1", need("class")), participant("p2", need("class"))],
    )
    assert score(two, meeting("Mon 09:00"), meeting("Tue 09:00", "p2")) == (0, 0, 120, 120)
    assert score(two, meeting("Mon 09:00", "p1 p2")) == (0, 0, 120, 60)
    assert best(two).score.as_tuple() == (0, 0, 120, 60)


def test_a_meeting_is_not_saved_at_a_participants_cost() -> None:
    """Apart by preference they meet on two days: burden comes before staffing."""
    two = clinic(
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2)],
        participants=[
            participant("p1", need("class"), prefers=["Mon 09:00-10:00"]),
            participant("p2", need("class"), prefers=["Tue 09:00-10:00"]),
        ],
    )
    assert score(two, meeting("Mon 09:00", "p1 p2")) == (0, 0, 150, 60)
    assert best(two).score.as_tuple() == (0, 0, 120, 120)


def test_a_part_is_led_by_the_same_person_all_week() -> None:
    """Ana on Monday and Ben on Tuesday are a leader more than the part has; it is avoided if it can be."""
    assert staffing(cohort(), [(60, "ana")], [(60, "ana")]) == 120
    assert staffing(cohort(), [(60, "ana")], [(60, "ben")]) == 120 + 30
    assert best(cohort()).score.as_tuple() == (0, 0, 120, 120)
    shifts = (
        staff("ana", "x", available=["Mon 09:00-10:00"]),
        staff("ben", "x", available=["Tue 09:00-10:00"]),
    )
    assert best(cohort(*shifts)).score.as_tuple() == (0, 0, 120, 150)
    assert best(cohort(*shifts, weights={"leader_change": 7})).score.as_tuple() == (0, 0, 120, 127)


def test_leaders_are_compared_part_by_part() -> None:
    """Ana and Ben exchange their parts on Tuesday: two parts with one leader more each."""
    parts = cohort(parts=[part(30, "x"), part(30, "x")])
    monday = [(30, "ana"), (30, "ben")]
    assert staffing(parts, monday, monday) == 120
    assert staffing(parts, monday, [(30, "ben"), (30, "ana")]) == 120 + 60
    assert staffing(parts, monday, [(30, "ana"), (30, "ana")]) == 120 + 30


def test_two_leaders_are_no_change_and_a_third_is_one() -> None:
    """A part for two: Ana and Ben throughout cost nothing, Cara for Ben on Tuesday 30."""
    pair = cohort(parts=[part(60, "x", leaders=2)])
    assert staffing(pair, [(60, "ana ben")], [(60, "ana ben")]) == 120
    assert staffing(pair, [(60, "ana ben")], [(60, "ana cara")]) == 120 + 30
    assert best(pair).score.as_tuple() == (0, 0, 120, 120)
    absent = cohort(
        staff("ana", "x"),
        staff("ben", "x", available=["Mon 09:00-10:00"]),
        staff("cara", "x", available=["Tue 09:00-10:00"]),
        parts=[part(60, "x", leaders=2)],
    )
    assert best(absent).score.as_tuple() == (0, 0, 120, 150)


def test_a_group_that_does_not_meet_costs_nothing() -> None:
    """Without a meeting there is no part without its leader."""
    assert score(cohort()) == (120, 0, 0, 0)


def seen(*members: Fields, windows: list[str], notes: int = 0, weights: Fields | None = None) -> Instance:
    """Return a clinic with participants who need a talk each in a window."""
    return clinic(
        services=[service(note_minutes=notes)],
        staff=list(members) or [staff()],
        participants=[
            participant(f"p{number}", available=[window]) for number, window in enumerate(windows, 1)
        ],
        weights=weights or {},
    )


def test_minutes_above_the_target() -> None:
    """Three hours led with a target of two, or of 179 minutes, are 60 and 1 too many; at 180 none."""
    days = [f"{day} 09:00-10:00" for day in ("Mon", "Tue", "Wed")]
    led = [session(f"{day} 09:00", f"p{n}") for n, day in enumerate(("Mon", "Tue", "Wed"), 1)]
    for target, over in ((120, 60), (179, 1), (180, 0), (None, 0)):
        clinic_of = seen(staff(target_minutes_per_week=target), windows=days)
        assert score(clinic_of, *led)[3] == 2 * over
        assert best(clinic_of).score.as_tuple() == (0, 0, 180, 2 * over)


def test_the_target_shares_the_work() -> None:
    """With a target of an hour for Ana and two for Ben, three talks are shared so and cost nothing."""
    days = [f"{day} 09:00-10:00" for day in ("Mon", "Tue", "Wed")]
    targets = [staff("ana", target_minutes_per_week=60), staff("ben", target_minutes_per_week=120)]
    roster = best(seen(*targets, windows=days))
    assert roster.score.as_tuple() == (0, 0, 180, 0)
    assert sorted(s.staff for s in roster.sessions) == [("ana",), ("ben",), ("ben",)]


def test_notes_are_not_led_minutes() -> None:
    """An hour with half an hour of notes is an hour of the target."""
    writes = seen(staff(target_minutes_per_week=60), windows=["Mon 09:00-10:00"], notes=30)
    assert score(writes, session("Mon 09:00"))[3] == 0
    assert best(writes).score.as_tuple() == (0, 0, 60, 0)


APART = ["Mon 09:00-10:00", "Mon 12:00-13:00"]
BOTH = session("Mon 09:00"), session("Mon 12:00", "p2")


@pytest.mark.parametrize(
    ("member", "notes", "idle"),
    [
        (staff(), 0, 120),
        (staff(), 15, 105),
        (staff(), 120, 0),
        (staff(busy=["Mon 10:00-12:00"]), 0, 120),
        (staff(available=["Mon 09:00-10:00", "Mon 12:00-13:00"]), 0, 120),
    ],
)
def test_minutes_between_led_parts_are_idle(member: Fields, notes: int, idle: int) -> None:
    """From ten, or the end of her notes, until twelve Ana waits, whatever else she is busy with."""
    gap = seen(member, windows=APART, notes=notes)
    assert score(gap, *BOTH)[3] == idle
    assert best(gap).score.as_tuple() == (0, 0, 120, idle)


def test_idle_minutes_are_avoided() -> None:
    """Two who can come all morning are seen one after the other; two far apart by two people."""
    morning = seen(windows=["Mon 09:00-12:00", "Mon 09:00-12:00"])
    assert best(morning).score.as_tuple() == (0, 0, 120, 0)
    assert best(seen(windows=APART)).score.as_tuple() == (0, 0, 120, 120)
    assert best(seen(staff("ana"), staff("ben"), windows=APART)).score.as_tuple() == (0, 0, 120, 0)


def test_nights_are_not_idle() -> None:
    """Monday's talk and Tuesday's are on two days."""
    nights = seen(windows=["Mon 09:00-10:00", "Tue 12:00-13:00"])
    assert score(nights, session("Mon 09:00"), session("Tue 12:00", "p2"))[3] == 0
    assert best(nights).score.as_tuple() == (0, 0, 120, 0)


@pytest.mark.parametrize(("notes", "idle"), [(0, 20), (15, 5), (20, 0)])
def test_idle_between_own_parts_of_a_meeting(notes: int, idle: int) -> None:
    """While Ben leads twenty minutes between her parts, Ana writes notes or waits."""
    block = clinic(
        services=[
            service(
                "class",
                120,
                kind="group",
                agenda=[part(50, "x"), part(20, "y"), part(50, "x")],
                note_minutes=notes,
            )
        ],
        staff=[staff("ana", "x"), staff("ben", "y")],
        groups=[group()],
        participants=[participant("p1", need("class"))],
    )
    assert score(block, meeting("Mon 09:00", parts=[(50, "ana"), (20, "ben"), (50, "ana")]))[3] == 60 + idle
    assert best(block).score.as_tuple() == (0, 0, 60, 60 + idle)


def test_weights_are_the_clinics() -> None:
    """Two talks three hours apart, at 3 an idle minute and 5 a minute over a target of 100."""
    weighed = seen(
        staff(target_minutes_per_week=100), windows=APART, weights={"idle": 3, "over_target": 5, "visit": 1}
    )
    assert score(weighed, *BOTH) == (0, 0, 2, 3 * 120 + 5 * 20)
    assert best(weighed).score.as_tuple() == (0, 0, 2, 460)
