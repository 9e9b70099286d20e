"""What two rosters differ in is told person by person, as little of it as there is."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from iopsched.roster import Difference, Session, difference, score_sessions
from roster.weeks import AGENDA, edited, evening_clinic, evening_roster
from rules.tiny import at, clinic, group, meeting, need, participant, room, roster_of, session, staff

CLINIC = clinic(
    rooms=[room("office"), room("other")],
    staff=[staff("ana"), staff("ben")],
    groups=[group(), group("h")],
    participants=[
        participant("p1", need("talk", 3), need("class", 2)),
        participant("p2", need("talk"), need("class")),
    ],
)


def between(before: Sequence[Session], after: Sequence[Session], weeks: int = 0) -> Difference:
    """Return the difference of two rosters of these sessions; the second may be of a later week."""
    return difference(CLINIC, roster_of(CLINIC, *before), roster_of(CLINIC, *after, weeks=weeks))


def told(found: Difference) -> list[str]:
    """Return what everybody has to be told, participants first."""
    return [
        f"{person.id}: {person.told(change)}"
        for person in (*found.participants, *found.staff)
        for change in person.changes
    ]


def test_the_same_roster_changes_nothing() -> None:
    """Nobody is named, everybody who has sessions is counted."""
    roster = evening_roster(evening_clinic())
    found = difference(evening_clinic(), roster, roster)
    assert (found.participants, found.staff, found.points) == ((), (), 0)
    assert (found.unchanged_participants, found.unchanged_staff) == (3, 2)


def test_a_session_that_moves_says_from_where_to_where() -> None:
    """When, with whom and in which room, before and after; p2 keeps hers and is not named."""
    stays = session("Tue 09:00", "p2")
    found = between(
        [session("Mon 09:00", "p1"), stays], [session("Wed 10:00", "p1", "ben", room="other"), stays]
    )
    assert told(found) == [
        "p1: talk moves from Mon 23 Nov 09:00-10:00 with ana in office "
        "to Wed 25 Nov 10:00-11:00 with ben in other",
        "ana: no longer leads talk of p1 on Mon 23 Nov 09:00-10:00 in office",
        "ben: leads talk of p1 on Wed 25 Nov 10:00-11:00 in other",
    ]
    assert (found.points, found.counted, found.unchanged_participants) == (10, 1, 1)


def test_a_session_that_keeps_its_time_says_what_is_other() -> None:
    """Staff 3, group 3, room 1, as level ``changes`` has it; ana's own class moves to another room."""
    found = between(
        [meeting("Mon 09:00", "p1"), session("Tue 09:00", "p2")],
        [meeting("Mon 09:00", "p1", group="h", room="other"), session("Tue 09:00", "p2", "ben")],
    )
    assert [change.what for person in found.participants for change in person.changes] == [
        ("group", "room"),
        ("staff",),
    ]
    assert found.points == 3 + 1 + 3
    assert told(found)[:2] == [
        "p1: class (g) on Mon 23 Nov 09:00-10:00 stays, "
        "now in group h instead of g, in other instead of office",
        "p2: talk on Tue 24 Nov 09:00-10:00 stays, now with ben instead of ana",
    ]


def test_what_is_cancelled_and_what_is_new() -> None:
    """Only what was there before costs; a participant who leaves is told and does not count."""
    found = between(
        [session("Mon 09:00", "p2"), session("Tue 09:00", "gone")], [session("Fri 09:00", "p1", room=None)]
    )
    assert told(found)[:3] == [
        "gone: talk on Tue 24 Nov 09:00-10:00 with ana in office is cancelled",
        "p1: talk on Fri 27 Nov 09:00-10:00 with ana without a room is new",
        "p2: talk on Mon 23 Nov 09:00-10:00 with ana in office is cancelled",
    ]
    assert (found.total("cancelled"), found.total("added")) == (2, 1)
    assert (found.points, found.counted) == (10, 1)


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        ("Mon 09:00,Wed 09:00", "Tue 09:00,Wed 09:00", {("Mon 09:00", "Tue 09:00")}),
        ("Mon 09:00,Thu 09:00", "Mon 10:00", {("Mon 09:00", "Mon 10:00"), ("Thu 09:00", None)}),
        ("Tue 09:00", "Mon 09:00,Tue 11:00", {("Tue 09:00", "Tue 11:00"), (None, "Mon 09:00")}),
        (
            "Mon 09:00,Tue 09:00",
            "Tue 10:00,Thu 09:00",
            {("Mon 09:00", "Tue 10:00"), ("Tue 09:00", "Thu 09:00")},
        ),
    ],
)
def test_as_few_and_as_near_moves_as_there_can_be(
    before: str, after: str, moves: set[tuple[str | None, str | None]]
) -> None:
    """What keeps its time is no move; of the rest the nearest are taken to be the same."""
    found = between(
        [session(start) for start in before.split(",")], [session(start) for start in after.split(",")]
    )
    (p1,) = found.participants
    times = {
        (change.before and change.before.start, change.after and change.after.start) for change in p1.changes
    }
    assert times == {(one and at(one), other and at(other)) for one, other in moves}


def test_weeks_are_compared_by_weekday_and_time() -> None:
    """Last week's roster a week later is the same."""
    found = between([session("Mon 09:00")], [session("Mon 09:00", weeks=1)], weeks=1)
    assert told(found) == []


def test_staff_are_told_when_they_lead_not_when_the_session_is() -> None:
    """Where the parts of an evening are swapped, both leaders' times move and no participant is called."""
    instance = evening_clinic(
        staff=[staff("ana", "talk process skills family"), staff("ben", "talk process skills family")]
    )
    before = evening_roster(instance)
    assert AGENDA == ((75, "ana"), (45, "ben"))
    swapped = meeting(
        "Mon 17:00", "p1 p2", group="late", parts=((75, "ben"), (45, "ana")), service="evening", room="big"
    )
    found = difference(instance, before, edited(before, 1, agenda=swapped.agenda))
    assert told(found) == [
        "ana: evening of late moves from Mon 23 Nov 17:00-18:15 in big to Mon 23 Nov 18:15-19:00 in big",
        "ben: evening of late moves from Mon 23 Nov 18:15-19:00 in big to Mon 23 Nov 17:00-18:15 in big",
    ]
    assert found.points == 0


@pytest.mark.parametrize("seed", range(30))
def test_points_are_the_level_changes(seed: int) -> None:
    """Whatever two rosters hold, the points of all that is told are the score's level."""
    rng = random.Random(seed)

    def sessions() -> list[Session]:
        starts = [f"{day} {hour}:00" for day in ("Mon", "Tue", "Wed") for hour in ("09", "10")]
        found = [
            session(
                start,
                rng.choice(["p1", "p2", "gone"]),
                rng.choice(["ana", "ben"]),
                room=rng.choice(["office", "other"]),
            )
            for start in rng.sample(starts, rng.randint(1, 5))
        ]
        found += [
            meeting(
                start, rng.choice(["p1", "p2", "p1 p2"]), rng.choice(["ana", "ben"]), rng.choice(["g", "h"])
            )
            for start in rng.sample(starts, rng.randint(0, 2))
        ]
        return found

    before, after = sessions(), sessions()
    level = score_sessions(CLINIC, after, roster_of(CLINIC, *before)).changes
    assert between(before, after).points == level


def test_the_difference_as_json() -> None:
    """Times as texts, totals by kind, and for each change the words to be read out."""
    document = between([session("Mon 09:00")], [session("Mon 11:00")]).to_dict()
    assert document["totals"] == {"moved": 1, "changed": 0, "cancelled": 0, "added": 0}
    assert (document["changes"], document["counted"]) == (10, 1)
    (change,) = document["participants"][0]["changes"]
    assert (change["kind"], change["what"], change["points"]) == ("moved", ["time"], 10)
    assert change["before"]["start"] == "2026-11-23T09:00"
    assert change["text"].startswith("talk moves from Mon 23 Nov 09:00-10:00")
