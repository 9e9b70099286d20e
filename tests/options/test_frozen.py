"""What has happened, in terms of the clinic as it is now."""

from __future__ import annotations

from iopsched.options import build_options
from rules.tiny import at, clinic, group, meeting, need, participant, room, roster_of, service, session, staff

PARTS = {"agenda": [{"title": "a", "minutes": 30}, {"title": "b", "minutes": 30}]}


def test_it_is_what_began_before_the_moment() -> None:
    """Of three talks those at nine and ten; what begins at the moment itself may still be planned."""
    instance = clinic(participants=[participant("p1", need("talk", 3))])
    baseline = roster_of(instance, *(session(f"Mon {hour}:00") for hour in ("11", "09", "10")))
    options = build_options(instance, baseline, at("Mon 11:00"))
    assert [(one.start, one.end) for one in options.facts.frozen] == [(540, 600), (600, 660)]
    assert options.facts.first_minute == 660
    assert options.sessions[0].times[0] == 24 * 60 + 8 * 60
    assert build_options(instance, baseline).facts.frozen == ()


def test_whoever_has_left_is_remembered_by_name_alone() -> None:
    """p9, cy and the attic are gone: p9 counts for caseloads, the others bind nobody."""
    instance = clinic(rooms=[room("office")], participants=[participant("p1")])
    happened = session("Mon 09:00", who="p1 p9", by="ana cy", room="attic")
    (one,) = build_options(instance, roster_of(instance, happened), at("Tue 00:00")).facts.frozen
    assert (one.participants, one.departed) == ((0,), ("p9",))
    assert [lead.staff for lead in one.leads] == [0]
    assert one.room_class is None


def test_notes_follow_a_part_unless_its_leader_goes_on() -> None:
    """Ana leads a and b and writes once; ben leads b alone."""
    block = service("class", kind="group", note_minutes=15, **PARTS)
    instance = clinic(
        services=[block],
        staff=[staff("ana"), staff("ben")],
        groups=[group()],
        participants=[participant("p1", need("class"))],
    )
    happened = meeting("Mon 09:00", parts=[(30, "ana"), (30, "ana ben")])
    (one,) = build_options(instance, roster_of(instance, happened), at("Tue 00:00")).facts.frozen
    assert [(lead.staff, lead.start, lead.end, lead.occupied_until) for lead in one.leads] == [
        (0, 540, 570, 570),
        (0, 570, 600, 615),
        (1, 570, 600, 615),
    ]
    assert one.leaders_by_part(instance) == (("ana",), ("ana", "ben"))
    assert one.group == 0


def test_people_and_rooms_are_taken_until_it_is_over() -> None:
    """A talk that began at 8:30 with half an hour's notes: p1 and the office from 9:30, ana from ten."""
    instance = clinic(
        hours=["Mon 08:00-11:30"],
        services=[service(note_minutes=30), service("med", 30)],
        staff=[staff("ana"), staff("ben")],
        rooms=[room("office"), room("other")],
        participants=[participant("p1", need("med")), participant("p2", need("med"))],
    )
    happened = session("Mon 08:30")
    options = build_options(instance, roster_of(instance, happened), at("Mon 09:00"))
    first, second = options.sessions
    assert first.times.tolist() == [570, 600, 630, 660]
    assert second.times.tolist() == [540, 570, 600, 630, 660]
    assert second.led[:, 0].tolist() == [False, False, True, True, True]
    assert second.led[:, 1].all()
    office = options.facts.class_of_room["office"]
    assert second.rooms[:, office].tolist() == [False, True, True, True, True]
