"""The verdict as a whole: what is caught, what is only form, what the report says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from iopsched.errors import UsageError
from iopsched.roster import AgendaItem, Bound, Roster, Score, SolverInfo, Unmet, check, parse_roster
from iopsched.roster.rules import RULES
from roster.weeks import edited, evening_clinic, evening_roster
from rules.tiny import WEEK, at

CLINIC = evening_clinic()
ROSTER = evening_roster(CLINIC)
HARD_RULES = """
grid hours participant-free family-free staff-free staff-fit staff-load staff-break staff-rest room-fit
room-free group-size group-meetings group-member apart need-count need-spacing need-order day-limit pin frozen
"""


def rules(roster: Roster, **baseline: Any) -> set[str]:
    return {violation.rule for violation in check(CLINIC, roster, **baseline).violations}


def agenda(number: int, **fields: Any) -> tuple[AgendaItem, ...]:
    """Return the first meeting's agenda with one of its items changed."""
    items = list(ROSTER.sessions[1].agenda or ())
    items[number] = items[number].model_copy(update=fields)
    return tuple(items)


def test_the_rules_are_those_documented() -> None:
    """Every hard rule has one function under its id, in the documented order."""
    assert list(RULES) == HARD_RULES.split()


def test_a_right_roster_has_nothing_wrong() -> None:
    """The roster that all perturbations start from breaks nothing, and lacks one talk of five."""
    report = check(CLINIC, ROSTER)
    assert [str(violation) for violation in report.violations] == []
    assert report.ok
    assert report.score.unmet == 5 * 60


@pytest.mark.parametrize(
    ("number", "fields", "rule"),
    [
        (0, {"id": ROSTER.sessions[3].id}, "session-id"),
        (0, {"service": "evening"}, "reference"),
        (0, {"service": "family"}, "need-count"),
        (0, {"service": "chess"}, "reference"),
        (0, {"group": "late"}, "reference"),
        (0, {"start": at("Mon 14:45")}, "grid"),
        (0, {"start": at("Mon 16:00"), "end": at("Mon 17:00")}, "staff-free"),
        (0, {"end": at("Mon 15:45")}, "grid"),
        (0, {"start": at("Thu 15:00"), "end": at("Thu 16:00")}, "participant-free"),
        (0, {"start": at("Mon 07:00"), "end": at("Mon 08:00")}, "hours"),
        (0, {"room": None}, "room-fit"),
        (0, {"room": "cellar"}, "reference"),
        (0, {"participants": ("p9",)}, "reference"),
        (0, {"participants": ()}, "group-size"),
        (0, {"participants": ("p1", "p3")}, "group-size"),
        (0, {"participants": ("p2",)}, "need-count"),
        (0, {"family": ("mother",)}, "family-free"),
        (0, {"staff": ("eve",)}, "reference"),
        (0, {"staff": ()}, "staff-fit"),
        (0, {"staff": ("ana", "ben")}, "staff-fit"),
        (1, {"group": None}, "reference"),
        (1, {"group": "early"}, "reference"),
        (1, {"room": "closet"}, "room-fit"),
        (1, {"participants": ("p1",)}, "group-size"),
        (1, {"participants": ("p1", "p3")}, "group-member"),
        (1, {"staff": ("ana",)}, "staff-fit"),
        (1, {"agenda": agenda(0, staff=("ben",))}, "staff-fit"),
        (1, {"agenda": agenda(0, end=at("Mon 18:00"))}, "grid"),
        (1, {"agenda": agenda(1, staff=("ana",))}, "staff-fit"),
        (1, {"agenda": agenda(0)[:1]}, "grid"),
        (2, {"family": ()}, "family-free"),
        (2, {"family": ("father", "mother")}, "family-free"),
        (2, {"start": at("Tue 13:00"), "end": at("Tue 14:00")}, "family-free"),
        (3, {"room": "small"}, "room-fit"),
    ],
)
def test_one_wrong_field_is_caught(number: int, fields: dict[str, Any], rule: str) -> None:
    """Whatever field of one session is set to something wrong, its rule is named."""
    assert check(CLINIC, ROSTER).ok
    assert rule in rules(edited(ROSTER, number, **fields))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"score": ROSTER.score.model_copy(update={level: 999})}, {"score"})
        for level in ("unmet", "changes", "burden", "staffing")
    ]
    + [
        ({"unmet": ()}, {"unmet"}),
        ({"unmet": ROSTER.unmet * 2}, {"unmet"}),
        ({"unmet": (ROSTER.unmet[0].model_copy(update={"sessions": 2}),)}, {"unmet"}),
        ({"unmet": (ROSTER.unmet[0].model_copy(update={"service": "family"}),)}, {"unmet"}),
        (
            {"unmet": (*ROSTER.unmet, Unmet(participant="p1", service="talk", sessions=0, minutes=0))},
            {"unmet"},
        ),
        ({"bound": Bound(unmet=ROSTER.score.unmet + 1)}, {"bound"}),
        ({"bound": Bound(staffing=ROSTER.score.staffing + 1)}, {"bound"}),
        ({"status": "optimal"}, {"status"}),
        ({"status": "optimal", "bound": Bound(unmet=300, changes=0, burden=1, staffing=1)}, {"status"}),
        ({"week": WEEK + timedelta(weeks=1)}, {"reference"}),
        ({"sessions": ROSTER.sessions[:-1]}, {"score", "unmet"}),
    ],
)
def test_what_a_roster_says_of_itself_must_be_so(fields: dict[str, Any], rule: set[str]) -> None:
    """Score, unmet list, bounds, status and week are held to what the sessions say."""
    assert check(CLINIC, ROSTER).ok
    assert rules(ROSTER.model_copy(update=fields)) == rule


def test_optimal_with_every_bound_equal_to_its_value() -> None:
    """The status is then right, and so are bounds of which some are lower in a feasible roster."""
    proved = Bound(**ROSTER.score.model_dump())
    assert rules(ROSTER.model_copy(update={"status": "optimal", "bound": proved})) == set()
    assert rules(ROSTER.model_copy(update={"bound": Bound(unmet=300, burden=1)})) == set()


@pytest.mark.parametrize(
    "form",
    [
        {"sessions": ROSTER.sessions[::-1]},
        {"sessions": tuple(session.model_copy(update={"pinned": True}) for session in ROSTER.sessions)},
        {"unmet": (ROSTER.unmet[0].model_copy(update={"minutes": 1}),)},
        {"instance": "another"},
        {"instance_sha256": "0" * 64},
        {"timezone": "Europe/Vienna"},
        {"solver": SolverInfo(seconds=1e9)},
    ],
)
def test_form_makes_no_roster_wrong(form: dict[str, Any]) -> None:
    """Order, pinned flags, minutes beside the missing sessions, names and hashes are not judged."""
    assert rules(ROSTER.model_copy(update=form)) == set()


def test_the_order_within_a_session_is_form() -> None:
    """Ids in another order, an agenda told backwards and under other titles say the same."""
    backwards = {
        "participants": ("p2", "p1"),
        "staff": ("ben", "ana"),
        "agenda": tuple(item.model_copy(update={"title": "x"}) for item in agenda(0)[::-1]),
    }
    assert rules(edited(ROSTER, 1, **backwards)) == set()


def test_a_violation_says_who_when_and_where() -> None:
    """Moved an hour later, p1's talk in the small room ends with notes that run into the group."""
    report = check(CLINIC, edited(ROSTER, 0, start=at("Mon 16:00"), end=at("Mon 17:00")))
    (found,) = [violation for violation in report.violations if violation.rule == "staff-free"]
    assert found.staff == ("ana",)
    assert found.group == "late"
    assert found.room == "big"
    assert found.when == at("Mon 17:00")
    assert found.session == ROSTER.sessions[1].id
    assert "evening of late, Mon 2026-11-23 17:00-19:00 in big" in found.text
    assert "ana is still writing notes of talk of p1, Mon 2026-11-23 16:00-17:00 in small" in found.text


def test_the_report_is_plain_json() -> None:
    """It goes through JSON unchanged; times have no seconds, and the verdict is in it."""
    wrong = edited(ROSTER, 0, room=None)
    said = check(CLINIC, wrong).to_dict()
    assert json.loads(json.dumps(said)) == said
    assert said["ok"] is False
    assert said["violations"][0]["when"] == "2026-11-23T15:00"
    assert said["score"]["unmet"] == 300
    assert said["unmet"][0]["participant"] == "p3"
    assert {warning["code"] for warning in said["warnings"]} == {"program-minutes", "program-days"}
    assert said["figures"]["sessions_needed"] == 8


def test_a_roster_is_judged_the_same_after_a_round_trip() -> None:
    """What a file keeps of a roster is all that the judge needs."""
    assert check(CLINIC, parse_roster(ROSTER.to_json())) == check(CLINIC, ROSTER)


def test_busy_people_are_not_told_on() -> None:
    """A violation names the commitment's time, never what it is for."""
    needs = CLINIC.model_dump(mode="json", exclude_none=True)
    needs["participants"][0]["busy"] = [{"when": ["Mon 15:30-16:00"], "why": "court"}]
    texts = [violation.text for violation in check(type(CLINIC).model_validate(needs), ROSTER).violations]
    assert any("p1 is busy Mon 2026-11-23 15:30-16:00" in text for text in texts)
    assert not any("court" in text for text in texts)


@pytest.mark.parametrize(
    ("baseline", "frozen_from", "words"),
    [
        (None, at("Tue 00:00"), "needs the baseline"),
        (ROSTER.model_copy(update={"week": WEEK - timedelta(weeks=1)}), at("Tue 00:00"), "same week"),
        (ROSTER, datetime.fromisoformat("2026-11-24T00:00+01:00"), "wall clock"),
    ],
)
def test_a_call_that_makes_no_sense(baseline: Roster | None, frozen_from: datetime, words: str) -> None:
    """Re-planning from a moment on takes a baseline of the same week and a time without an offset."""
    with pytest.raises(UsageError, match=words):
        check(CLINIC, ROSTER, baseline=baseline, frozen_from=frozen_from)


def test_a_baseline_of_another_week_only_counts_changes() -> None:
    """Compared with itself a week ago nothing has changed; with p1's talk an hour earlier then, 10."""
    shifted = tuple(
        session.model_copy(
            update={
                "start": session.start - timedelta(weeks=1),
                "end": session.end - timedelta(weeks=1),
                "agenda": None,
            }
        )
        for session in ROSTER.sessions
    )
    last_week = ROSTER.model_copy(update={"week": WEEK - timedelta(weeks=1), "sessions": shifted})
    assert check(CLINIC, ROSTER, baseline=last_week).ok
    earlier = edited(last_week, 0, start=shifted[0].start - timedelta(hours=1))
    report = check(CLINIC, ROSTER, baseline=earlier)
    assert {violation.rule for violation in report.violations} == {"score"}
    assert report.score == Score(**{**ROSTER.score.model_dump(), "changes": 10})
