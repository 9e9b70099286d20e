"""staff-rest: ``rest_hours`` between a day's last led end and the next day's first start."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import best, broken, clinic, group, meeting, need, part, participant, service, session, staff


def two(evening: str, morning: str, rest: float | None, notes: int = 0) -> Instance:
    """Return a clinic open round the clock with a participant in each of two windows."""
    return clinic(
        hours=["Mon-Sun 00:00-24:00"],
        services=[service(note_minutes=notes)],
        staff=[staff(rest_hours=rest)],
        participants=[
            participant("p1", available=[evening]),
            participant("p2", available=[morning]),
        ],
    )


EVENING = "Mon 19:00-20:00"
LATE = session("Mon 19:00")


@pytest.mark.parametrize(
    ("morning", "rest", "fits"),
    [
        ("08:00", 12, True),
        ("07:30", 12, False),
        ("07:30", 11.5, True),
        ("07:30", 11.6, False),
        ("00:00", 0, True),
        ("00:00", None, True),
    ],
)
def test_rest_lasts_exactly_so_long(morning: str, rest: float | None, fits: bool) -> None:
    """Ana ends at 20:00 on Monday: twelve hours' rest let her begin at 08:00 on Tuesday and no sooner."""
    clinic_of = two(EVENING, f"Tue {morning}-{int(morning[:2]) + 1:02}{morning[2:]}", rest)
    assert best(clinic_of).score.unmet == (0 if fits else 60)
    second = session(f"Tue {morning}", "p2")
    assert broken(clinic_of, LATE, second) == (set() if fits else {"staff-rest"})


def test_rest_is_of_one_person() -> None:
    """Where Ben is there too, one of them has the evening and the other the morning."""
    members = [staff("ana", rest_hours=12), staff("ben", rest_hours=12)]
    pair = clinic(
        hours=["Mon-Sun 00:00-24:00"],
        staff=members,
        participants=[
            participant("p1", available=[EVENING]),
            participant("p2", available=["Tue 07:00-08:00"]),
        ],
    )
    assert best(two(EVENING, "Tue 07:00-08:00", 12)).score.unmet == 60
    assert best(pair).score.unmet == 0
    assert broken(pair, LATE, session("Tue 07:00", "p2", "ben")) == set()
    assert broken(pair, LATE, session("Tue 07:00", "p2", "ana")) == {"staff-rest"}


def test_within_a_day_no_rest_is_asked() -> None:
    """Nine in the morning and seven in the evening of one day are no matter of rest."""
    same = two(EVENING, "Mon 09:00-10:00", 12)
    assert best(same).score.unmet == 0
    assert broken(same, session("Mon 09:00", "p2"), LATE) == set()


def test_rest_begins_with_the_last_led_end_not_with_the_notes() -> None:
    """An hour of notes after 20:00 leaves 08:00 allowed."""
    writes = two(EVENING, "Tue 08:00-09:00", 12, notes=60)
    assert best(writes).score.unmet == 0
    assert broken(writes, LATE, session("Tue 08:00", "p2")) == set()


def test_rest_does_not_wrap_round_the_week() -> None:
    """Sunday night and this week's Monday morning are six days apart."""
    ends = two("Sun 23:00-24:00", "Mon 00:00-01:00", 12)
    assert best(ends).score.unmet == 0
    assert broken(ends, session("Sun 23:00"), session("Mon 00:00", "p2")) == set()


def test_a_session_until_midnight_rests_from_midnight() -> None:
    """23:00-24:00 belongs to Monday and ends with Tuesday's first minute: ten hours later is ten o'clock."""
    for morning, fits in (("10:00-11:00", True), ("09:30-10:30", False)):
        late = two("Mon 23:00-24:00", f"Tue {morning}", 10)
        assert best(late).score.unmet == (0 if fits else 60)
        second = session(f"Tue {morning[:5]}", "p2")
        assert broken(late, session("Mon 23:00"), second) == (set() if fits else {"staff-rest"})


@pytest.mark.parametrize(("skills", "fits"), [("xy", True), ("yx", False)])
def test_rest_counts_from_the_parts_led(skills: str, fits: bool) -> None:
    """Of the evening block 18:00-20:00 Ana leads ``x``; twelve hours before 07:00 she must have finished."""
    block = clinic(
        hours=["Mon-Sun 00:00-24:00"],
        services=[
            service(),
            service("class", 120, kind="group", agenda=[part(60, skill) for skill in skills]),
        ],
        staff=[staff("ana", "x talk", rest_hours=12), staff("ben", "y")],
        groups=[group(starts=["Mon 18:00"])],
        participants=[participant("p1", need("class")), participant("p2", available=["Tue 07:00-08:00"])],
    )
    led = meeting("Mon 18:00", parts=[(60, {"x": "ana", "y": "ben"}[skill]) for skill in skills])
    assert best(block).score.unmet == (0 if fits else 60)
    assert broken(block, led, session("Tue 07:00", "p2")) == (set() if fits else {"staff-rest"})
