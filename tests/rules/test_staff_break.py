"""staff-break: no run of led parts and notes is longer than ``max_minutes_without_break``."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.roster.models import Session
from rules.tiny import best, broken, clinic, group, meeting, need, part, participant, service, session, staff


def day(*starts: str, longest: int | None, rest: int = 30, notes: int = 0) -> Instance:
    """Return a clinic of participants each with one hour to come, beginning at these starts on Monday."""
    return clinic(
        services=[service(start_every=15, note_minutes=notes)],
        staff=[staff(max_minutes_without_break=longest, break_minutes=rest)],
        participants=[
            participant(f"p{number}", available=[f"Mon {start}-{int(start[:2]) + 1:02}{start[2:]}"])
            for number, start in enumerate(starts, 1)
        ],
    )


def talks(*starts: str) -> list[Session]:
    """Return the talks that begin at these starts on Monday."""
    return [session(f"Mon {start}", f"p{number}") for number, start in enumerate(starts, 1)]


def test_a_run_is_no_longer_than_allowed() -> None:
    """Three hours on end are a run of 180 minutes: allowed to the minute, not at 179."""
    hours = ("09:00", "10:00", "11:00")
    for longest, unmet in ((None, 0), (180, 0), (179, 60), (120, 60), (59, 180)):
        assert best(day(*hours, longest=longest)).score.unmet == unmet, longest
    assert broken(day(*hours, longest=180), *talks(*hours)) == set()
    assert broken(day(*hours, longest=179), *talks(*hours)) == {"staff-break"}


@pytest.mark.parametrize(
    ("third", "unmet", "rules"),
    [("11:30", 0, set()), ("11:15", 60, {"staff-break"}), ("11:00", 60, {"staff-break"})],
)
def test_a_gap_of_exactly_the_break_ends_a_run(third: str, unmet: int, rules: set[str]) -> None:
    """Two hours may be on end: after them half an hour is a break, a quarter is not."""
    hours = ("09:00", "10:00", third)
    assert best(day(*hours, longest=120)).score.unmet == unmet
    assert broken(day(*hours, longest=120), *talks(*hours)) == rules


def test_a_gap_shorter_than_the_break_is_part_of_the_run() -> None:
    """09:00-10:00 and 10:15-11:15 are two led hours, but a run of 135 minutes."""
    hours = ("09:00", "10:15")
    assert best(day(*hours, longest=135)).score.unmet == 0
    assert best(day(*hours, longest=134)).score.unmet == 60
    assert broken(day(*hours, longest=135), *talks(*hours)) == set()
    assert broken(day(*hours, longest=134), *talks(*hours)) == {"staff-break"}


def test_notes_are_of_the_run() -> None:
    """With a quarter of notes each, 09:00 and 10:15 are a run from 09:00 to 11:30."""
    hours = ("09:00", "10:15")
    assert best(day(*hours, longest=150, notes=15)).score.unmet == 0
    assert best(day(*hours, longest=149, notes=15)).score.unmet == 60
    assert broken(day(*hours, longest=150, notes=15), *talks(*hours)) == set()
    assert broken(day(*hours, longest=149, notes=15), *talks(*hours)) == {"staff-break"}


def test_a_break_begins_after_the_notes() -> None:
    """From 10:00 to 10:45 are 45 minutes, of which fifteen are notes: half an hour's break is just left."""
    hours = ("09:00", "10:45")
    for notes, unmet in ((15, 0), (16, 60)):
        clinic_of = day(*hours, longest=90, notes=notes)
        assert best(clinic_of).score.unmet == unmet
        assert broken(clinic_of, *talks(*hours)) == ({"staff-break"} if unmet else set())


def test_one_session_and_its_notes_may_be_too_long() -> None:
    """An hour and half an hour of notes are a run of ninety minutes by themselves."""
    assert best(day("09:00", longest=90, notes=30)).score.unmet == 0
    assert best(day("09:00", longest=89, notes=30)).score.unmet == 60
    assert broken(day("09:00", longest=90, notes=30), *talks("09:00")) == set()
    assert broken(day("09:00", longest=89, notes=30), *talks("09:00")) == {"staff-break"}


def test_without_minutes_of_break_every_session_is_a_run_of_its_own() -> None:
    """No gap is shorter than none: hours on end are not in one run where a break takes 0 minutes."""
    hours = ("09:00", "10:00", "11:00")
    assert best(day(*hours, longest=60, rest=1)).score.unmet == 60
    assert best(day(*hours, longest=60, rest=0)).score.unmet == 0
    assert broken(day(*hours, longest=60, rest=1), *talks(*hours)) == {"staff-break"}
    assert broken(day(*hours, longest=60, rest=0), *talks(*hours)) == set()


def test_without_minutes_of_break_notes_are_a_run_of_their_own() -> None:
    """No gap is shorter than none, not even that between an hour and its half hour of notes."""
    for rest, fits in ((1, False), (0, True)):
        writes = day("09:00", longest=60, rest=rest, notes=30)
        assert broken(writes, *talks("09:00")) == (set() if fits else {"staff-break"})
        assert best(writes).score.unmet == (0 if fits else 60)


def test_a_run_ends_with_the_day() -> None:
    """The hours before and after midnight touch, and are runs of two days."""
    night = clinic(
        hours=["Mon 23:00-24:00", "Tue 00:00-01:00"],
        staff=[staff(max_minutes_without_break=60)],
        participants=[
            participant("p1", available=["Mon 23:00-24:00"]),
            participant("p2", available=["Tue 00:00-01:00"]),
        ],
    )
    assert best(night).score.unmet == 0
    assert broken(night, session("Mon 23:00"), session("Tue 00:00", "p2")) == set()


def block(longest: int, rest: int, notes: int = 0) -> Instance:
    """Return a clinic with a group: fifty minutes led by Ana, twenty by Ben, fifty by Ana."""
    return clinic(
        services=[
            service(
                "class",
                120,
                kind="group",
                agenda=[part(50, "x"), part(20, "y"), part(50, "x")],
                note_minutes=notes,
            )
        ],
        staff=[
            staff("ana", "x", max_minutes_without_break=longest, break_minutes=rest),
            staff("ben", "y"),
        ],
        groups=[group()],
        participants=[participant("p1", need("class"))],
    )


@pytest.mark.parametrize(
    ("longest", "rest", "notes", "fits"),
    [
        (50, 20, 0, True),
        (50, 21, 0, False),
        (120, 21, 0, True),
        (119, 21, 0, False),
        (60, 10, 10, True),
        (59, 10, 10, False),
        (60, 11, 10, False),
        (130, 11, 10, True),
        (129, 11, 10, False),
    ],
)
def test_a_part_led_by_another_may_be_the_break(longest: int, rest: int, notes: int, fits: bool) -> None:
    """Ben's twenty minutes, less Ana's notes, are her break or else within her run of 120 and the notes."""
    clinic_of = block(longest, rest, notes)
    assert best(clinic_of).score.unmet == (0 if fits else 120)
    led = meeting("Mon 09:00", parts=[(50, "ana"), (20, "ben"), (50, "ana")])
    assert broken(clinic_of, led) == (set() if fits else {"staff-break"})


def test_consecutive_parts_of_one_leader_are_one_run() -> None:
    """Two parts of fifty minutes on end are a run of a hundred."""
    for longest, fits in ((100, True), (99, False)):
        both = clinic(
            services=[service("class", 100, kind="group", agenda=[part(50, "x"), part(50, "x")])],
            slot_minutes=10,
            staff=[staff("ana", "x", max_minutes_without_break=longest)],
            groups=[group()],
            participants=[participant("p1", need("class"))],
        )
        assert best(both).score.unmet == (0 if fits else 100)
        led = meeting("Mon 09:00", parts=[(50, "ana"), (50, "ana")])
        assert broken(both, led) == (set() if fits else {"staff-break"})


def test_notes_past_midnight_are_of_the_day_of_their_session() -> None:
    """23:00-24:00 and half an hour of notes are Monday's run of 90 minutes; 00:30-01:30 begins Tuesday's."""
    for longest, unmet in ((90, 0), (89, 120)):
        night = clinic(
            hours=["Mon 23:00-24:00", "Tue 00:30-01:30"],
            services=[service(note_minutes=30)],
            staff=[staff(max_minutes_without_break=longest)],
            participants=[
                participant("p1", available=["Mon 23:00-24:00"]),
                participant("p2", available=["Tue 00:30-01:30"]),
            ],
        )
        assert best(night).score.unmet == unmet
        both = session("Mon 23:00"), session("Tue 00:30", "p2")
        assert broken(night, *both) == ({"staff-break"} if unmet else set())
