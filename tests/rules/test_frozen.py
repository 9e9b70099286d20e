"""frozen: what has begun before the moment of re-planning stands, and nothing else begins before it."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.roster.models import Roster, Session
from rules.tiny import (
    Fields,
    at,
    best,
    broken,
    clinic,
    group,
    meeting,
    need,
    participant,
    program,
    room,
    roster_of,
    service,
    session,
    staff,
    starts,
)

TWO_OFFICES = [room("office"), room("other")]
NINE = session("Mon 09:00")


def before(*sessions: Session, **fields: object) -> Roster:
    """Return the baseline: these sessions, of a clinic where everybody and everything was still there."""
    everybody = clinic(
        rooms=[*TWO_OFFICES, room("gone")],
        staff=[staff("ana"), staff("ben"), staff("gone")],
        groups=[group(starts=["Mon-Fri 09:00"], meetings=5)],
        participants=[
            participant(name, need("talk", 5, min_days_apart=0, same_staff=False), need("class", 5))
            for name in ("p1", "p2", "gone")
        ],
    )
    assert broken(everybody, *sessions) == set()
    return roster_of(everybody, *sessions)


def test_what_has_begun_stands() -> None:
    """p1 can no longer come on Monday. The talk moves to another day, unless it has already been."""
    moved_away = clinic(participants=[participant("p1", available=["Tue-Fri 09:00-17:00"])])
    baseline = before(NINE)
    assert best(moved_away, baseline=baseline).score.as_tuple() == (0, 10, 60, 0)
    kept = best(moved_away, baseline=baseline, frozen_from=at("Mon 12:00"))
    assert kept.score.as_tuple() == (0, 0, 60, 0)
    (stands,) = kept.sessions
    assert (stands.start, stands.staff, stands.room) == (NINE.start, NINE.staff, NINE.room)
    assert broken(moved_away, NINE, baseline=baseline, frozen_from=at("Mon 12:00")) == set()


@pytest.mark.parametrize(
    "changed",
    [
        (),
        (session("Tue 09:00"),),
        (session("Mon 09:30"),),
        (session("Mon 09:00", by="ben"),),
        (session("Mon 09:00", room="other"),),
        (session("Mon 09:00", who="p2"),),
    ],
)
def test_it_stands_exactly_as_it_was(changed: tuple[Session, ...]) -> None:
    """A session that has begun is neither dropped nor moved, nor are its people or its room exchanged."""
    both = clinic(
        rooms=TWO_OFFICES,
        staff=[staff("ana"), staff("ben")],
        participants=[participant("p1"), participant("p2")],
    )
    noon = {"baseline": before(NINE), "frozen_from": at("Mon 12:00")}
    assert broken(both, *changed, baseline=before(NINE)) == set()
    assert broken(both, NINE, **noon) == set()
    assert broken(both, *changed, **noon) == {"frozen"}


@pytest.mark.parametrize(("moment", "fits"), [("09:00", True), ("09:01", False), ("12:00", False)])
def test_nothing_else_begins_before_the_moment(moment: str, fits: bool) -> None:
    """p2 could come at nine only: at nine itself that is still to be had, a minute later it is not."""
    late = clinic(participants=[participant("p2", available=["Mon 09:00-10:00"])])
    noon = {"baseline": before(), "frozen_from": at(f"Mon {moment}")}
    assert best(late, baseline=before()).score.unmet == 0
    assert best(late, **noon).score.unmet == (0 if fits else 60)
    assert broken(late, session("Mon 09:00", "p2"), **noon) == (set() if fits else {"frozen"})


@pytest.mark.parametrize(("moment", "begun"), [("09:00", False), ("09:01", True)])
def test_what_begins_at_the_moment_is_not_frozen(moment: str, begun: bool) -> None:
    """At nine the talk of nine o'clock can still be moved to ten, a minute later it has begun."""
    later = clinic(participants=[participant("p1", available=["Mon 10:00-11:00"])])
    replan = {"baseline": before(NINE), "frozen_from": at(f"Mon {moment}")}
    assert starts(best(later, **replan), "p1") == (["Mon 09:00"] if begun else ["Mon 10:00"])
    assert broken(later, NINE, **replan) == (set() if begun else {"participant-free"})
    assert broken(later, session("Mon 10:00"), **replan) == ({"frozen"} if begun else set())


@pytest.mark.parametrize(
    "changes",
    [
        {"participants": [participant("p2", need("talk", 0))]},
        {"participants": [participant("p1", need("talk", 0))]},
        {"participants": [participant("p1", need("class", 0))]},
        {"participants": [participant("p1", available=[])]},
        {"participants": [participant("p1", need(not_staff=["ana"]))]},
        {"staff": [staff("ben")]},
        {"staff": [staff("ana", "class")]},
        {"staff": [staff("ana", available=[])]},
        {"staff": [staff("ana", max_minutes_per_day=0, max_participants=0, max_minutes_without_break=30)]},
        {"rooms": [room("other")]},
        {"rooms": [room("office", 1)]},
        {"rooms": [room("office", kind="studio")]},
        {"hours": ["Mon-Fri 12:00-20:00"]},
        {"closed": ["2026-11-23"]},
        {"services": [service(minutes=90), service("class", kind="group")]},
        {"services": [service("class", kind="group")], "participants": [participant("p1", need("class", 0))]},
        {"services": [service(start_every=120), service("class", kind="group")]},
        {"programs": [program(max_days_per_week=0)]},
    ],
)
def test_what_has_happened_is_exempt_from_all_other_rules(changes: Fields) -> None:
    """Whoever or whatever has left or changed since: the talk of nine o'clock has been, and stands."""
    noon = {"baseline": before(NINE), "frozen_from": at("Mon 12:00")}
    changed = clinic(**changes)
    assert broken(changed, NINE) - {"frozen"} != set()
    assert broken(changed, NINE, **noon) == set()
    assert [s.start for s in best(changed, **noon).sessions][:1] == [NINE.start]


def test_a_meeting_of_a_group_that_is_no_more_has_happened() -> None:
    """The group is dissolved at noon: its meeting stands and counts, a second one is not to be had."""
    held = meeting("Mon 09:00", "gone p1")
    noon = {"baseline": before(held), "frozen_from": at("Mon 12:00")}
    dissolved = clinic(groups=[], participants=[participant("p1", need("class", 2))])
    assert best(dissolved).score.unmet == 120
    roster = best(dissolved, **noon)
    assert roster.score.unmet == 60
    (stands,) = roster.sessions
    assert (stands.start, stands.group, stands.participants) == (held.start, "g", ("gone", "p1"))
    assert broken(dissolved, held, **noon) == set()


def one_more(window: str, notes: int = 0, **fields: object) -> Instance:
    """Return a clinic, with two offices and Ana alone unless said otherwise, for p1 in a window."""
    usual: Fields = {"rooms": TWO_OFFICES, "services": [service(note_minutes=notes)]}
    return clinic(**{**usual, **fields}, participants=[participant("p1", available=[window])])


@pytest.mark.parametrize(("start", "fits"), [("09:30", False), ("10:00", True)])
def test_the_session_of_somebody_who_left_still_occupies_its_room(start: str, fits: bool) -> None:
    """At a quarter past nine the only office is taken until ten, by one whom the instance has forgotten."""
    window = f"Mon {start}-{int(start[:2]) + 1:02}{start[2:]}"
    office = one_more(window, rooms=[room("office")], staff=[staff("ana"), staff("ben")])
    left = session("Mon 09:00", "gone", "ana")
    empty = {"baseline": before(), "frozen_from": at("Mon 09:15")}
    taken = {"baseline": before(left), "frozen_from": at("Mon 09:15")}
    assert best(office, **empty).score.unmet == 0
    assert best(office, **taken).score.unmet == (0 if fits else 60)
    talk = session(f"Mon {start}", by="ben")
    assert broken(office, left, talk, **taken) == (set() if fits else {"room-free"})


@pytest.mark.parametrize(
    ("start", "notes", "fits"),
    [("09:30", 0, False), ("10:00", 0, True), ("10:00", 15, False), ("10:30", 15, True)],
)
def test_it_still_occupies_its_staff_and_their_notes(start: str, notes: int, fits: bool) -> None:
    """Ana is with somebody who has left until ten, and writes her notes until a quarter past."""
    window = f"Mon {start}-{int(start[:2]) + 1:02}{start[2:]}"
    ana = one_more(window, notes)
    left = session("Mon 09:00", "gone", room="gone")
    taken = {"baseline": before(left), "frozen_from": at("Mon 09:15")}
    assert best(ana, **taken).score.unmet == (0 if fits else 60)
    assert broken(ana, left, session(f"Mon {start}"), **taken) == (set() if fits else {"staff-free"})


def test_it_still_occupies_its_participant() -> None:
    """p1 is in a class that began at nine; a talk with Ben begins at ten at the earliest."""
    for window, fits in (("Mon 09:30-10:30", False), ("Mon 10:00-11:00", True)):
        held = meeting("Mon 09:00")
        person = clinic(
            rooms=TWO_OFFICES,
            staff=[staff("ana"), staff("ben")],
            groups=[group()],
            participants=[participant("p1", need("class"), need("talk"), available=[window])],
        )
        taken = {"baseline": before(held), "frozen_from": at("Mon 09:15")}
        assert best(person, **taken).score.unmet == (0 if fits else 60)
        talk = session(window[:9], by="ben", room="other")
        assert broken(person, held, talk, **taken) == (set() if fits else {"participant-free"})


def test_it_counts_for_its_need() -> None:
    """Of two talks one has been: one more is due, and not two."""
    two = clinic(participants=[participant("p1", need("talk", 2))])
    noon = {"baseline": before(NINE), "frozen_from": at("Mon 12:00")}
    roster = best(two, **noon)
    assert roster.score.unmet == 0
    assert len(roster.sessions) == 2
    assert broken(two, NINE, session("Tue 09:00"), **noon) == set()
    assert broken(two, NINE, session("Tue 09:00"), session("Wed 09:00"), **noon) == {"need-count"}


@pytest.mark.parametrize(
    ("rule", "limits"),
    [
        ("staff-load", {"staff": [staff(max_minutes_per_day=60)]}),
        ("staff-load", {"staff": [staff(max_minutes_per_week=119)]}),
        ("staff-load", {"staff": [staff(max_participants=1)]}),
        ("staff-rest", {"staff": [staff(rest_hours=48)]}),
        ("staff-break", {"staff": [staff(max_minutes_without_break=60, break_minutes=600)]}),
    ],
)
def test_it_counts_for_the_limits_of_its_staff(rule: str, limits: Fields) -> None:
    """Ana has led an hour on Monday with one who left; one more, on Tuesday for the rest, is too much."""
    day = "Tue" if rule == "staff-rest" else "Mon"
    left = session("Mon 09:00", "gone")
    noon = {"baseline": before(left), "frozen_from": at("Mon 12:00")}
    busy = one_more(f"{day} 14:00-15:00", **limits)
    assert best(one_more(f"{day} 14:00-15:00"), **noon).score.unmet == 0
    assert best(busy, **noon).score.unmet == 60
    assert broken(busy, left, session(f"{day} 14:00"), **noon) == {rule}


def test_it_counts_for_the_limits_of_its_participant() -> None:
    """With one day a week p1's second talk would have to be on Monday too, which its spacing forbids."""
    noon = {"baseline": before(NINE), "frozen_from": at("Mon 12:00")}
    one_day = clinic(
        programs=[program(max_days_per_week=1)], participants=[participant("p1", need("talk", 2))]
    )
    assert best(clinic(participants=[participant("p1", need("talk", 2))]), **noon).score.unmet == 0
    assert best(one_day, **noon).score.unmet == 60
    assert broken(one_day, NINE, session("Tue 09:00"), **noon) == {"day-limit"}
    assert broken(one_day, NINE, session("Mon 13:00"), **noon) == {"need-spacing"}


def test_a_rule_over_several_sessions_needs_one_that_is_not_frozen() -> None:
    """Two talks have been on Monday, with two people, which the need now forbids; a third joins neither."""
    past = NINE, session("Mon 10:00", by="ben", room="other")
    noon = {"baseline": before(*past), "frozen_from": at("Mon 12:00")}
    spaced = clinic(
        rooms=TWO_OFFICES,
        staff=[staff("ana"), staff("ben")],
        participants=[participant("p1", need("talk", 3, same_staff=False))],
    )
    assert broken(spaced, *past) == {"need-spacing"}
    assert broken(spaced, *past, **noon) == set()
    assert broken(spaced, *past, session("Tue 09:00"), **noon) == set()
    assert broken(spaced, *past, session("Mon 15:00"), **noon) == {"need-spacing"}
    roster = best(spaced, **noon)
    assert roster.score.unmet == 0
    assert "Mon" not in starts(roster, "p1")[2]


def test_who_began_a_need_goes_on_with_it() -> None:
    """The first talk was with Ben, who has left: with one person for all, the second cannot be had."""
    past = session("Mon 09:00", by="gone")
    noon = {"baseline": before(past), "frozen_from": at("Mon 12:00")}
    same = clinic(participants=[participant("p1", need("talk", 2))])
    loose = clinic(participants=[participant("p1", need("talk", 2, same_staff=False))])
    assert best(loose, **noon).score.unmet == 0
    assert best(same, **noon).score.unmet == 60
    assert broken(loose, past, session("Tue 09:00"), **noon) == set()
    assert broken(same, past, session("Tue 09:00"), **noon) == {"staff-fit"}


def test_meetings_go_on_at_the_time_of_day_at_which_they_began() -> None:
    """The group met at nine on Monday; on Tuesday it could at one, but for its ``same_start``."""
    held = meeting("Mon 09:00")
    noon = {"baseline": before(held), "frozen_from": at("Mon 12:00")}

    def cohort(same_start: bool, meetings: int = 2) -> Instance:
        return clinic(
            groups=[group(starts=["Mon 09:00", "Tue 13:00"], same_start=same_start, meetings=meetings)],
            participants=[participant("p1", need("class", 2))],
        )

    both = held, meeting("Tue 13:00")
    assert best(cohort(False), **noon).score.unmet == 0
    assert broken(cohort(False), *both, **noon) == set()
    for strict in (cohort(True), cohort(False, meetings=1)):
        assert best(strict, **noon).score.unmet == 60
        assert broken(strict, *both, **noon) == {"group-meetings"}


def test_an_intake_that_has_been_lets_the_rest_follow() -> None:
    """The talk of Monday morning has been, with Ana who has left; the class that waits for it may meet."""
    past = session("Mon 09:00", by="gone")
    follows = clinic(
        groups=[group(starts=["Tue 09:00"])],
        staff=[staff("ana", "class")],
        participants=[participant("p1", need("talk"), need("class", after="talk"))],
    )
    noon = {"baseline": before(past), "frozen_from": at("Mon 12:00")}
    assert best(follows).score.unmet == 120
    assert best(follows, **noon).score.unmet == 0
    assert broken(follows, past, meeting("Tue 09:00"), **noon) == set()


TWO_OF_EACH: Fields = {
    "rooms": TWO_OFFICES,
    "groups": [group(starts=["Mon,Tue 10:00"], meetings=2)],
    "participants": [participant("p1", need("talk", 2), need("class", 2))],
}


def test_a_pin_that_has_happened_asks_for_nothing_more() -> None:
    """The pinned talk and the pinned meeting were on Monday: they stand, and the rest of the week goes on."""
    past = session("Mon 09:00"), meeting("Mon 10:00", "p1", room="other")
    baseline = roster_of(clinic(**TWO_OF_EACH), *past)
    pinned = clinic(
        **TWO_OF_EACH,
        pins=[
            {
                "participant": "p1",
                "service": "talk",
                "start": "Mon 09:00",
                "staff": ["ana"],
                "room": "office",
            },
            {"group": "g", "start": "Mon 10:00", "room": "other"},
            {"participant": "p1", "group": "g", "start": "Mon 10:00"},
        ],
    )
    noon = {"baseline": baseline, "frozen_from": at("Mon 12:00")}
    roster = best(pinned, **noon)
    assert roster.score.unmet == 0
    assert starts(roster, "p1", "class") == ["Mon 10:00", "Tue 10:00"]
    assert starts(roster, "p1", "talk")[0] == "Mon 09:00"
    rest = session("Tue 09:00"), meeting("Tue 10:00", "p1", room="other")
    assert broken(pinned, *past, *rest, **noon) == set()
