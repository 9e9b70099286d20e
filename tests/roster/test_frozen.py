"""What has happened: exempt, but in the way; everything else is judged beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from iopsched.instance.models import Instance
from iopsched.roster import Roster, check
from iopsched.roster.models import Session
from roster.weeks import edited, evening_clinic, evening_roster
from rules.tiny import (
    at,
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
)

CLINIC = evening_clinic()
BASELINE = evening_roster(CLINIC)
TUESDAY = at("Tue 00:00")


def rules(roster: Roster, frozen_from: datetime = TUESDAY) -> set[str]:
    report = check(CLINIC, roster, baseline=BASELINE, frozen_from=frozen_from)
    return {violation.rule for violation in report.violations}


def beside(
    instance: Instance, past: tuple[Session, ...], *later: Session, frozen_from: datetime = TUESDAY
) -> set[str]:
    """Return the rules broken by a roster in which some sessions have happened and some follow."""
    baseline = roster_of(clinic(), *past)
    return broken(instance, *past, *later, baseline=baseline, frozen_from=frozen_from)


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "renamed"},
        {"start": at("Mon 14:00"), "end": at("Mon 15:00")},
        {"end": at("Mon 15:30")},
        {"start": at("Wed 11:00"), "end": at("Wed 12:00")},
        {"room": "big"},
        {"staff": ("ben",)},
        {"participants": ("p3",)},
        {"family": ("mother",)},
        {"service": "family"},
    ],
)
def test_what_has_happened_is_not_changed(fields: dict[str, Any]) -> None:
    """Any other field than a flag or a title of Monday's talk is the baseline's."""
    assert rules(BASELINE) == set()
    assert "frozen" in rules(edited(BASELINE, 0, **fields))
    assert rules(edited(BASELINE, 0, pinned=True)) == set()


def test_who_led_which_part_is_not_changed() -> None:
    """Monday's agenda is compared by times and leaders; its titles and order are form."""
    agenda = BASELINE.sessions[1].agenda or ()
    swapped = tuple(item.model_copy(update={"staff": ("ben",)}) for item in agenda)
    retold = tuple(item.model_copy(update={"title": "other"}) for item in agenda[::-1])
    assert "frozen" in rules(edited(BASELINE, 1, agenda=swapped))
    assert rules(edited(BASELINE, 1, agenda=retold)) == set()


def test_nothing_is_lost_or_added_before_the_moment() -> None:
    """Monday's talk may neither vanish nor happen twice; Wednesday's may."""
    without = BASELINE.model_copy(update={"sessions": BASELINE.sessions[1:]})
    assert "frozen" in rules(without)
    assert "frozen" not in rules(without, frozen_from=at("Mon 15:00"))
    twice = BASELINE.model_copy(update={"sessions": (*BASELINE.sessions, BASELINE.sessions[0])})
    assert {"frozen", "session-id"} <= rules(twice)
    assert "frozen" not in rules(BASELINE.model_copy(update={"sessions": BASELINE.sessions[:-1]}))


def test_the_moment_itself_is_still_open() -> None:
    """A session that starts at the moment is planned anew; one that starts a minute before has happened."""
    later = edited(BASELINE, 0, room="big")
    assert "frozen" not in rules(later, frozen_from=at("Mon 15:00"))
    assert "frozen" in rules(later, frozen_from=at("Mon 15:01"))


def test_a_lost_session_is_named_once() -> None:
    """Changed or missing, one violation says so, with the session's id."""
    for roster in (
        edited(BASELINE, 0, room="big"),
        BASELINE.model_copy(update={"sessions": BASELINE.sessions[1:]}),
    ):
        report = check(CLINIC, roster, baseline=BASELINE, frozen_from=TUESDAY)
        found = [violation for violation in report.violations if violation.rule == "frozen"]
        assert [violation.session for violation in found] == [BASELINE.sessions[0].id]


def test_what_has_happened_breaks_no_rule() -> None:
    """Everybody and everything of Monday has left, the clinic was closed: it happened all the same."""
    past = (session("Mon 09:05", "gone", "left", "chess", minutes=7, room="cellar", family="aunt"),)
    closed = clinic(closed=["2026-11-23"], participants=[participant("p1", need(sessions=0))])
    assert {"grid", "hours", "reference"} <= broken(closed, *past) | broken(
        closed, session("Mon 09:05", minutes=7)
    )
    assert beside(closed, past) == set()


def test_who_and_where_it_was_stays_taken() -> None:
    """Until ten on Tuesday ana, p1 and the office are taken by a session that started before nine-thirty."""
    past = (session("Tue 09:00", "gone", "ana"),)
    week = clinic(rooms=[room(), room("other")], staff=[staff(), staff("ben")])
    half_past = at("Tue 09:30")
    assert beside(week, past, session("Tue 10:00"), frozen_from=half_past) == set()
    assert beside(week, past, session("Tue 09:30", by="ben"), frozen_from=half_past) == {"room-free"}
    assert beside(week, past, session("Tue 09:30", room="other"), frozen_from=half_past) == {"staff-free"}
    own = (session("Tue 09:00", "p1", "ben", "chess", room="other"),)
    assert beside(week, own, session("Tue 09:30"), frozen_from=half_past) == {"participant-free"}


MONDAY = session("Mon 09:00")


@pytest.mark.parametrize(
    ("fields", "later", "rule"),
    [
        ({"participants": [participant("p1", need(sessions=1))]}, session("Tue 09:00"), "need-count"),
        (
            {"participants": [participant("p1", need(sessions=2, min_days_apart=2))]},
            session("Tue 09:00"),
            "need-spacing",
        ),
        (
            {"participants": [participant("p1", need(sessions=2))], "staff": [staff(), staff("ben")]},
            session("Tue 09:00", by="ben"),
            "staff-fit",
        ),
        (
            {
                "participants": [participant("p1", need(sessions=2))],
                "programs": [program(max_days_per_week=1)],
            },
            session("Tue 09:00"),
            "day-limit",
        ),
        (
            {
                "participants": [participant("p1", need(sessions=2))],
                "staff": [staff(max_minutes_per_week=119)],
            },
            session("Tue 09:00"),
            "staff-load",
        ),
        (
            {"participants": [participant("p1"), participant("p2")], "staff": [staff(max_participants=1)]},
            session("Tue 09:00", "p2"),
            "staff-load",
        ),
        (
            {"participants": [participant("p1", need(sessions=2))], "staff": [staff(rest_hours=23.5)]},
            session("Tue 09:00"),
            "staff-rest",
        ),
    ],
)
def test_it_counts_for_rules_over_several_sessions(fields: dict[str, Any], later: Session, rule: str) -> None:
    """Monday's talk alone breaks nothing; with Tuesday's, which is still open, the rule is broken."""
    instance = clinic(**fields)
    assert beside(instance, (MONDAY,)) == set()
    assert beside(instance, (MONDAY,), later) == {rule}
    assert beside(instance, (MONDAY, later), frozen_from=at("Wed 00:00")) == set()


def test_a_session_that_came_too_early_is_in_the_way_of_what_it_follows() -> None:
    """The class happened before any talk: alone it is exempt, a talk after it breaks their order."""
    past = (meeting("Mon 09:00"),)
    ordered = clinic(groups=[group()], participants=[participant("p1", need(), need("class", after="talk"))])
    assert broken(ordered, *past) == {"need-order"}
    assert beside(ordered, past) == set()
    assert beside(ordered, past, session("Tue 09:00")) == {"need-order"}


def test_a_pin_before_the_moment_has_had_its_time() -> None:
    """A talk pinned to Monday that didn't happen can no longer be held there."""
    pinned = clinic(pins=[{"participant": "p1", "service": "talk", "start": "Mon 09:00"}])
    assert beside(pinned, (), session("Tue 09:00")) == set()
    assert beside(pinned, (), session("Tue 09:00"), frozen_from=at("Mon 09:00")) == {"pin"}


def test_it_counts_for_unmet_needs_and_score() -> None:
    """Of two talks one has happened: one is short, one visit has been made and nothing has changed."""
    two = clinic(services=[service()], participants=[participant("p1", need(sessions=2))])
    baseline = roster_of(two, MONDAY)
    report = check(two, baseline, baseline=baseline, frozen_from=TUESDAY)
    assert report.ok
    assert report.score.as_tuple() == (60, 0, 60, 0)
    assert [(unmet.participant, unmet.sessions) for unmet in report.unmet] == [("p1", 1)]
