"""The score's formulas, by rosters whose score the docstrings work out."""

from __future__ import annotations

from typing import Any

import pytest

from iopsched.instance.models import Weights
from iopsched.roster import score_sessions
from iopsched.roster.models import Session
from roster.weeks import AGENDA, evening_clinic, evening_roster
from rules.tiny import (
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    program,
    roster_of,
    score,
    service,
    session,
    staff,
)


def test_a_whole_week_by_hand() -> None:
    """The evening clinic's week, term by term.

    Unmet: one talk of p3, priority 5, 60 minutes: 300. No baseline: 0.

    Burden: visits on Mon, Wed (p1), Mon, Tue, Wed (p2), Wed (p3): 6 × 60 = 360; p1 waits on Monday from
    16:00 to 17:00: 60. Together 420.

    Staffing: two meetings, 120; each part has one leader all week; nobody has a target. Idle: ana on
    Monday from 16:15, notes written, to 17:00: 45; ben on Wednesday from 15:15 to his part at 18:15: 180;
    ben's Tuesday and ana's Wednesday have one thing each. Together 345.
    """
    instance = evening_clinic()
    assert score_sessions(instance, evening_roster(instance).sessions).as_tuple() == (300, 0, 420, 345)


def test_weights_replace_the_defaults() -> None:
    """The same week with every weight 0 but one visit's, then one idle minute's."""
    nothing = dict.fromkeys(Weights.model_fields, 0)
    for weights, burden, staffing in (({"visit": 7}, 42, 0), ({"idle": 2, "wait": 3}, 180, 450)):
        instance = evening_clinic(weights={**nothing, **weights})
        found = score_sessions(instance, evening_roster(instance).sessions)
        assert (found.burden, found.staffing) == (burden, staffing)


def test_unmet_weighs_minutes_by_priority_and_knows_no_surplus() -> None:
    """Of three talks of priority 4 one is there: 2 × 60 × 4; five of three are 0, not less."""
    three = clinic(participants=[participant("p1", need(sessions=3, priority=4))])
    assert score(three, session("Mon 09:00"))[0] == 480
    assert score(three, *(session(f"{day} 09:00") for day in ("Mon", "Tue", "Wed", "Thu", "Fri")))[0] == 0


CHANGES_CLINIC: dict[str, Any] = {
    "groups": [group("g"), group("h")],
    "participants": [participant("p1", need(), need("class"))],
}


@pytest.mark.parametrize(
    ("now", "changes"),
    [
        (session("Mon 09:00"), 0),
        (session("Mon 09:00", by="ben"), 3),
        (session("Mon 09:00", room="other"), 1),
        (session("Mon 09:00", by="ben", room="other"), 4),
        (session("Mon 10:00"), 10),
        (session("Tue 09:00", by="ben"), 10),
        (session("Mon 09:00", service="class"), 10),
        (session("Mon 09:00", who="p2"), 10),
    ],
)
def test_a_changed_attendance(now: Session, changes: int) -> None:
    """p1 had a talk by ana in the office on Monday at nine: 10 if it is gone, else 3 and 1."""
    instance = clinic(**CHANGES_CLINIC)
    for weeks in (0, -3):
        before = roster_of(instance, session("Mon 09:00", weeks=weeks), weeks=weeks)
        assert score(instance, now, baseline=before)[1] == changes


def test_each_participant_of_a_meeting_is_an_attendance() -> None:
    """p1 goes on in another group with another leader at the same time, p2 stays away: 3 + 3 + 10."""
    instance = clinic(
        groups=[group("g"), group("h")],
        participants=[participant("p1", need("class")), participant("p2", need("class"))],
    )
    before = roster_of(instance, meeting("Mon 09:00", "p1 p2"))
    assert score(instance, meeting("Mon 09:00", "p1 p2"), baseline=before)[1] == 0
    assert score(instance, meeting("Mon 09:00", "p1", "ben", "h"), baseline=before)[1] == 16


def test_staff_are_compared_over_the_whole_session() -> None:
    """Ana and ben change parts: the set of those who lead is the same, and nothing has changed."""
    instance = evening_clinic()
    before = evening_roster(instance)
    swapped = meeting(
        "Mon 17:00", "p1 p2", group="late", parts=((75, "ben"), (45, "ana")), service="evening", room="big"
    )
    assert swapped.agenda != before.sessions[1].agenda
    now = (before.sessions[0], swapped, *before.sessions[2:])
    assert score_sessions(instance, now, before).changes == 0


@pytest.mark.parametrize(
    ("participants", "changes"),
    [
        ([participant("p1")], 10),
        ([participant("p1", need(sessions=0))], 10),
        ([participant("p1", need("class"))], 0),
        ([participant("p2")], 0),
    ],
)
def test_only_who_still_needs_the_service_misses_it(participants: list[Any], changes: int) -> None:
    """A need of no sessions is a need still; another service's, or somebody else's, is not."""
    before = roster_of(clinic(), session("Mon 09:00"))
    assert score(clinic(participants=participants), baseline=before)[1] == changes


BURDEN_PARTICIPANT = participant(
    "p1",
    need(sessions=3, prefer_staff=["ana"], same_staff=False),
    need("class", 3, mix_groups=True),
    prefers=["Mon 09:00-10:00", "Mon 10:00-10:30"],
)


def test_burden_term_by_term() -> None:
    """Each weight is a power of ten, so that each digit is one term.

    Monday talk 09:30-10:30, inside the two windows joined; class 11:00-12:00, outside, after 30 minutes;
    Tuesday talk by ben. Days 2 (1), waiting 30 (10), off preference 2 (1,000), other staff 1 (10,000),
    Tuesday's 60 minutes are under 90, Monday's 120 not: 1 short day (100,000).
    """
    weights = {"visit": 1, "wait": 10, "off_preference": 1000, "other_staff": 10_000, "short_day": 100_000}
    instance = clinic(
        weights=weights,
        programs=[program(billable_day_minutes=90)],
        groups=[group()],
        participants=[BURDEN_PARTICIPANT],
        staff=[staff(), staff("ben")],
    )
    sessions = (
        session("Mon 09:30"),
        meeting("Mon 11:00", by="ben"),
        session("Tue 09:00", by="ben"),
    )
    assert score(instance, *sessions)[2] == 2 + 300 + 2000 + 10_000 + 100_000


def test_a_day_of_exactly_the_billable_minutes_is_not_short() -> None:
    """An hour of sixty billable minutes is no short day, of sixty-one it is."""
    for billable, days in ((60, 0), (61, 1)):
        instance = clinic(
            weights={"visit": 0, "short_day": 1}, programs=[program(billable_day_minutes=billable)]
        )
        assert score(instance, session("Mon 09:00"))[2] == days


def test_waiting_is_within_a_day_only() -> None:
    """The last session on Monday and the first on Tuesday are not waited between."""
    instance = clinic(
        weights={"visit": 0}, participants=[participant("p1", need(sessions=3, min_days_apart=0))]
    )
    sessions = (session("Mon 19:00"), session("Tue 08:00"), session("Tue 09:20"))
    assert score(instance, *sessions)[2] == 20


def test_leader_changes_are_those_beyond_the_leaders_a_part_takes() -> None:
    """Of a part for two ana, ben, cat led over the week: 1; the other part was always ana's: 0."""
    instance = clinic(
        weights={"meeting": 0, "leader_change": 1, "idle": 0},
        services=[service("class", 60, "group", agenda=[part(30, "class", leaders=2), part(30, "class")])],
        groups=[group(meetings=2), group("never", meetings=2)],
        staff=[staff(), staff("ben"), staff("cat")],
        participants=[participant("p1", need("class", 2))],
    )
    first = meeting("Mon 09:00", parts=((30, "ana ben"), (30, "ana")))
    second = meeting("Tue 09:00", parts=((30, "ana cat"), (30, "ana")))
    assert score(instance, first)[3] == 0
    assert score(instance, first, second)[3] == 1


def test_minutes_over_target_are_led_minutes() -> None:
    """A target of 100: two talks of 60 with 15 minutes of notes are 20 over, 2 for each."""
    for target, over in ((100, 40), (120, 0), (None, 0)):
        instance = clinic(
            services=[service(note_minutes=15)],
            staff=[staff(target_minutes_per_week=target)],
            participants=[participant("p1", need(sessions=2))],
        )
        assert score(instance, session("Mon 09:00"), session("Tue 09:00"))[3] == over


def test_idle_goes_through_busy_time_and_over_parts_of_others() -> None:
    """Ana leads 09:00-09:20 and 09:40-10:00 of a class and a talk at eleven: 15 + 55 with 5 of notes.

    Each of her parts is followed by five minutes of notes: 09:25 to 09:40, then 10:05 to 11:00 though she
    is busy at half past ten.
    """
    instance = clinic(
        weights={"meeting": 0, "leader_change": 0},
        services=[
            service(),
            service("class", kind="group", note_minutes=5, agenda=[part(20, "class") for _ in range(3)]),
        ],
        staff=[staff(busy=["Mon 10:30-11:00"]), staff("ben")],
        groups=[group()],
        participants=[participant("p1", need(), need("class"))],
    )
    parts = meeting("Mon 09:00", parts=((20, "ana"), (20, "ben"), (20, "ana")))
    assert score(instance, parts)[3] == 15
    assert score(instance, parts, session("Mon 11:00"))[3] == 70
    assert score(instance, parts, session("Tue 11:00"))[3] == 15


def test_who_has_left_costs_nothing_themselves() -> None:
    """A meeting that happened counts, its participants and staff who left have no visits and no idling."""
    instance = clinic(groups=[group()], participants=[participant("p1", need("class"))])
    past = (meeting("Mon 09:00", "gone p1", "left"), meeting("Mon 12:00", "gone", "left", "disbanded"))
    assert score(instance, *past) == (0, 0, 60, 2 * 60)


def test_the_order_of_sessions_does_not_matter() -> None:
    """Backwards or forwards, the score is the same."""
    instance = evening_clinic()
    sessions = evening_roster(instance).sessions
    assert sessions[1].agenda is not None
    assert len(AGENDA) == len(sessions[1].agenda)
    assert score_sessions(instance, sessions[::-1]) == score_sessions(instance, sessions)
