"""staff-free: whoever leads is available, not busy, and never leads or writes notes of two things at once."""

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
    room,
    service,
    session,
    staff,
    starts,
)

TWO_OFFICES = [room("office"), room("other")]


def two(second: str, *members: Fields, notes: int = 0) -> Instance:
    """Return a clinic of two participants: one is free Monday 09:00-10:00, the other in a window."""
    return clinic(
        services=[service(note_minutes=notes, start_every=15)],
        rooms=TWO_OFFICES,
        staff=list(members) or [staff()],
        participants=[
            participant("p1", available=["Mon 09:00-10:00"]),
            participant("p2", available=[second]),
        ],
    )


def test_staff_are_at_work_while_they_lead() -> None:
    """Ana works 10:00-11:00 on Monday: that hour it is, and none with her before or after."""
    hour = clinic(staff=[staff(available=["Mon 10:00-11:00"])])
    short = clinic(staff=[staff(available=["Mon 10:00-10:59"])])
    assert starts(best(hour), "p1") == ["Mon 10:00"]
    assert best(short).score.as_tuple() == (60, 0, 0, 0)
    assert broken(hour, session("Mon 10:00")) == set()
    assert broken(short, session("Mon 10:00")) == {"staff-free"}
    assert broken(hour, session("Mon 09:30")) == {"staff-free"}


def test_staff_are_not_busy_while_they_lead() -> None:
    """At work 09:00-12:00 with supervision 10:00-10:40, Ana has whole hours from nine and from eleven."""
    member = staff(available=["Mon 09:00-12:00"], busy=["Mon 10:00-10:40"])
    late = [participant(available=["Mon 09:30-11:30"])]
    assert best(clinic(staff=[{**member, "busy": []}], participants=late)).score.unmet == 0
    assert best(clinic(staff=[member], participants=late)).score.unmet == 60
    later = [participant(available=["Mon 09:30-12:00"])]
    assert starts(best(clinic(staff=[member], participants=later)), "p1") == ["Mon 11:00"]
    whole_day = clinic(staff=[member])
    assert broken(whole_day, session("Mon 09:00")) == set()
    assert broken(whole_day, session("Mon 11:00")) == set()
    assert broken(whole_day, session("Mon 09:30")) == {"staff-free"}
    assert broken(whole_day, session("Mon 10:30")) == {"staff-free"}


def test_nobody_leads_two_sessions_at_once() -> None:
    """Two participants have the same hour only: one member of staff sees one of them, two see both."""
    assert best(two("Mon 09:00-10:00", staff("ana"), staff("ben"))).score.unmet == 0
    alone = two("Mon 09:00-10:00")
    assert best(alone).score.as_tuple() == (60, 0, 60, 0)
    first, same = session("Mon 09:00"), session("Mon 09:00", "p2", room="other")
    assert broken(alone, first, same) == {"staff-free"}


@pytest.mark.parametrize(("start", "rules"), [("Mon 10:00", set()), ("Mon 09:45", {"staff-free"})])
def test_sessions_may_touch(start: str, rules: set[str]) -> None:
    """Ana leads until ten and again from ten."""
    apart = two("Mon 09:00-12:00")
    assert broken(apart, session("Mon 09:00"), session(start, "p2", room="other")) == rules


def test_notes_come_before_the_next_session() -> None:
    """A quarter of an hour of notes after 10:00: 10:00 is too early, 10:15 exactly right."""
    assert best(two("Mon 10:00-11:00")).score.unmet == 0
    assert best(two("Mon 10:00-11:00", notes=15)).score.unmet == 60
    writes = two("Mon 10:00-11:15", notes=15)
    assert starts(best(writes), "p2") == ["Mon 10:15"]
    first = session("Mon 09:00")
    assert broken(writes, first, session("Mon 10:15", "p2", room="other")) == set()
    assert broken(writes, first, session("Mon 10:00", "p2", room="other")) == {"staff-free"}


def test_notes_are_exact_minutes() -> None:
    """Ten minutes of notes leave 10:15 free and sixteen do not, whatever the grid."""
    for notes, unmet, rules in ((10, 0, set()), (16, 60, {"staff-free"})):
        clinic_of = two("Mon 10:15-11:15", notes=notes)
        assert best(clinic_of).score.unmet == unmet
        second = session("Mon 10:15", "p2", room="other")
        assert broken(clinic_of, session("Mon 09:00"), second) == rules


def test_notes_occupy_their_writer_only() -> None:
    """While Ana writes, Ben sees the next participant in the same room, or the same one in another."""
    members = [staff("ana", available=["Mon 09:00-10:00"]), staff("ben", available=["Mon 10:00-11:00"])]
    one_room = clinic(
        services=[service(note_minutes=30), service("med", note_minutes=30)],
        staff=members,
        participants=[participant("p1", need("talk"), need("med"), available=["Mon 09:00-11:00"])],
    )
    assert best(one_room).score.as_tuple() == (0, 0, 60, 0)
    second = session("Mon 10:00", by="ben", service="med")
    assert broken(one_room, session("Mon 09:00"), second) == set()


@pytest.mark.parametrize(
    "member",
    [
        staff(available=["Mon 09:00-10:00"]),
        staff(available=["Mon 09:00-12:00"], busy=["Mon 10:00-11:00"]),
    ],
)
def test_notes_may_run_past_work_and_into_busy_time(member: Fields) -> None:
    """Ana's hour from nine is followed by half an hour of notes that she has no working time for."""
    late = clinic(
        hours=["Mon 09:00-10:00"],
        services=[service(note_minutes=30)],
        staff=[member],
    )
    assert best(late).score.as_tuple() == (0, 0, 60, 0)
    assert broken(late, session("Mon 09:00")) == set()


def block(parts: list[Fields], *members: Fields, notes: int = 0, talk: str = "") -> Instance:
    """Return a clinic with a group on Monday at nine in parts, and perhaps a talk for p2 in a window.

    ``x`` is a skill of Ana's alone, ``y`` of Ben's alone, unless ``members`` say otherwise.
    """
    minutes = sum(item["minutes"] for item in parts)
    others = [participant("p2", available=[talk])] if talk else []
    return clinic(
        services=[
            service(start_every=5),
            service("class", minutes, kind="group", agenda=parts, note_minutes=notes),
        ],
        slot_minutes=5,
        rooms=TWO_OFFICES,
        staff=list(members) or [staff("ana", "x talk"), staff("ben", "y")],
        groups=[group()],
        participants=[participant("p1", need("class")), *others],
    )


def test_a_leader_is_occupied_in_the_own_part_alone() -> None:
    """Ana leads the first hour of two and sees p2 in the second; led the other way round she cannot."""
    x, y = part(60, "x"), part(60, "y")
    first, last = block([x, y], talk="Mon 10:00-11:00"), block([y, x], talk="Mon 10:00-11:00")
    assert best(first).score.unmet == 0
    assert best(last).score.unmet == 60
    talk = session("Mon 10:00", "p2", room="other")
    assert broken(first, meeting("Mon 09:00", parts=[(60, "ana"), (60, "ben")]), talk) == set()
    assert broken(last, meeting("Mon 09:00", parts=[(60, "ben"), (60, "ana")]), talk) == {"staff-free"}


def test_a_leader_is_at_work_in_the_own_part_alone() -> None:
    """The first part is 09:00-09:50: Ana may leave then, to the minute, and Ben come then."""
    parts = [part(50, "x"), part(50, "y"), part(50, "y")]
    led = meeting("Mon 09:00", parts=[(50, "ana"), (50, "ben"), (50, "ben")])
    for ana, ben, rules in (
        ("09:00-09:50", "09:50-11:30", set()),
        ("09:00-09:49", "09:50-11:30", {"staff-free"}),
        ("09:00-09:50", "09:51-11:30", {"staff-free"}),
        ("09:00-09:50", "09:50-11:29", {"staff-free"}),
    ):
        members = staff("ana", "x", available=[f"Mon {ana}"]), staff("ben", "y", available=[f"Mon {ben}"])
        meets = block(parts, *members)
        assert best(meets).score.unmet == (150 if rules else 0)
        assert broken(meets, led) == rules


def test_notes_follow_a_part() -> None:
    """Ana's part ends at 09:50; with ten minutes of notes her talk begins at 10:00, with eleven 10:05."""
    parts = [part(50, "x"), part(70, "y")]
    led = meeting("Mon 09:00", parts=[(50, "ana"), (70, "ben")])
    ten, eleven = (block(parts, notes=n, talk="Mon 10:00-11:05") for n in (10, 11))
    assert starts(best(block(parts, notes=10, talk="Mon 10:00-11:00")), "p2") == ["Mon 10:00"]
    assert best(block(parts, notes=11, talk="Mon 10:00-11:00")).score.unmet == 60
    assert starts(best(eleven), "p2") == ["Mon 10:05"]
    assert broken(ten, led, session("Mon 10:00", "p2", room="other")) == set()
    assert broken(eleven, led, session("Mon 10:05", "p2", room="other")) == set()
    assert broken(eleven, led, session("Mon 10:00", "p2", room="other")) == {"staff-free"}


def test_no_notes_between_parts_led_by_the_same_person() -> None:
    """Ana leads both parts and writes her notes after the second, so the first's are in nobody's way."""
    both = block([part(50, "x"), part(70, "x")], notes=30, talk="Mon 11:25-12:30")
    roster = best(both)
    assert roster.score.unmet == 0
    assert starts(roster, "p2") == ["Mon 11:30"]
    led = meeting("Mon 09:00", parts=[(50, "ana"), (70, "ana")])
    assert broken(both, led, session("Mon 11:30", "p2", room="other")) == set()
    assert broken(both, led, session("Mon 11:25", "p2", room="other")) == {"staff-free"}


def test_notes_longer_than_the_next_part_run_into_the_part_after_it() -> None:
    """Ana, then Ben for ten minutes, then Ana: ten minutes of notes fit between her parts, eleven do not."""
    parts = [part(50, "x"), part(10, "y"), part(60, "x")]
    led = meeting("Mon 09:00", parts=[(50, "ana"), (10, "ben"), (60, "ana")])
    assert best(block(parts, notes=10)).score.unmet == 0
    assert best(block(parts, notes=11)).score.unmet == 120
    assert broken(block(parts, notes=10), led) == set()
    assert broken(block(parts, notes=11), led) == {"staff-free"}


def test_a_third_leader_or_the_same_one_throughout_avoids_the_notes() -> None:
    """Where Ben could lead the last part, or Ana the middle one, the meeting runs with long notes."""
    parts = [part(50, "x"), part(10, "y"), part(60, "x")]
    cara = block(parts, staff("ana", "x"), staff("ben", "y"), staff("cara", "x"), notes=30)
    throughout = block(parts, staff("ana", "x y"), notes=30)
    assert best(cara).score.unmet == 0
    assert best(throughout).score.unmet == 0
    assert broken(cara, meeting("Mon 09:00", parts=[(50, "ana"), (10, "ben"), (60, "cara")])) == set()
    assert broken(throughout, meeting("Mon 09:00", parts=[(50, "ana"), (10, "ana"), (60, "ana")])) == set()


def test_of_two_leaders_only_the_one_who_stops_writes_notes() -> None:
    """Ana and Ben lead the first part, Ana the second: Ben's notes follow the first, hers the second."""
    members = staff("ana", "x y"), staff("ben", "x talk")
    parts = [part(60, "x", leaders=2), part(60, "y")]
    led = meeting("Mon 09:00", parts=[(60, "ana ben"), (60, "ana")])
    for start, rules in (("Mon 10:15", set()), ("Mon 10:10", {"staff-free"})):
        window = f"{start}-11:{start[-2:]}"
        pair = block(parts, *members, notes=15, talk=window)
        assert best(pair).score.unmet == (60 if rules else 0)
        assert broken(pair, led, session(start, "p2", "ben", room="other")) == rules


def test_notes_run_past_midnight() -> None:
    """After 23:00-24:00 Ana writes for half an hour: on Tuesday she is free from 00:30, not from 00:00."""
    for start, fits in (("00:00", False), ("00:30", True)):
        night = clinic(
            hours=["Mon 23:00-24:00", "Tue 00:00-02:00"],
            services=[service(note_minutes=30)],
            rooms=TWO_OFFICES,
            participants=[
                participant("p1", available=["Mon 23:00-24:00"]),
                participant("p2", available=[f"Tue {start}-01:{start[-2:]}"]),
            ],
        )
        assert best(night).score.unmet == (0 if fits else 60)
        early = session(f"Tue {start}", "p2", room="other")
        assert broken(night, session("Mon 23:00"), early) == (set() if fits else {"staff-free"})


def test_notes_run_past_the_week() -> None:
    """Sunday's last hour is followed by notes that belong to no day of this week."""
    for notes in (0, 30):
        sunday = clinic(hours=["Sun 23:00-24:00"], services=[service(note_minutes=notes)])
        assert best(sunday).score.unmet == 0
        assert broken(sunday, session("Sun 23:00")) == set()
