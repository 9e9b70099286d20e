"""What holds of every roster of a generated clinic, however little time there was."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from iopsched.generate import PROFILES, generate
from iopsched.roster import Roster, check, parse_roster, score_sessions, unmet_needs
from iopsched.solve import solve
from solve.searches import constructed, edited, roster_of_plan

SIZES = (3, 5, 9, 14)
EFFORT = 0.4


def cases() -> list[tuple[str, int, int]]:
    """Return each profile with two sizes, each with a seed of its own."""
    return [
        (profile, SIZES[(k + 2 * second) % 4], 10 * k + second)
        for k, profile in enumerate(PROFILES)
        for second in range(2)
    ]


def assert_sound(roster: Roster, report_ok: bool, recomputed: tuple[int, ...]) -> None:
    """Assert what a roster says about itself."""
    assert report_ok
    assert roster.score.as_tuple() == recomputed
    for bound, value in zip(roster.bound.as_tuple(), recomputed, strict=True):
        assert bound is None or 0 <= bound <= value
    assert (roster.status == "optimal") == (roster.bound.as_tuple() == recomputed)


@pytest.mark.parametrize(("profile", "participants", "seed"), cases())
def test_a_roster_of_any_clinic_is_sound(profile: str, participants: int, seed: int) -> None:
    """The judge finds nothing, score and unmet list are as recomputed, bounds are below their values."""
    instance = generate(participants, seed, profile)
    roster = solve(instance, deterministic=True, time_limit=EFFORT, seed=seed)
    report = check(instance, roster)
    assert [str(violation) for violation in report.violations] == []
    assert_sound(roster, report.ok, score_sessions(instance, roster.sessions).as_tuple())
    listed = [(one.participant, one.service, one.sessions, one.minutes) for one in roster.unmet]
    missing = unmet_needs(instance, roster.sessions)
    assert sorted(listed) == sorted(
        (one.participant, one.service, one.sessions, one.minutes) for one in missing
    )
    assert parse_roster(roster.to_json()) == roster


def test_different_seeds_give_sound_rosters() -> None:
    """Three seeds of the search, one clinic; no proved bound of unmet is above another's value."""
    instance = generate(8, 3, "rich")
    rosters = [solve(instance, deterministic=True, time_limit=EFFORT, seed=seed) for seed in range(3)]
    for roster in rosters:
        report = check(instance, roster)
        assert_sound(roster, report.ok, score_sessions(instance, roster.sessions).as_tuple())
    bounds = [roster.bound.unmet for roster in rosters if roster.bound.unmet is not None]
    assert bounds
    assert max(bounds) <= min(roster.score.unmet for roster in rosters)


@pytest.mark.parametrize(("profile", "participants"), [("mixed", 4), ("tight", 6), ("adolescent", 7)])
def test_a_week_planned_anew_from_its_middle_is_sound(profile: str, participants: int) -> None:
    """After whoever leads most has left, what has begun stands and the judge finds nothing."""
    search = constructed(profile, participants, 5)
    instance, before = search.options.instance, roster_of_plan(search)
    assert len(before.sessions) > participants
    busiest = max(instance.staff, key=lambda one: sum(one.id in s.staff for s in before.sessions))
    left = tuple(one for one in instance.staff if one.id != busiest.id)
    noon = datetime.combine(instance.week, datetime.min.time()) + timedelta(days=2, hours=12)
    away = busiest.model_copy(update={"available": ("Mon-Wed 00:00-12:00",)})
    changed = edited(instance, staff=(*left, away))
    after = solve(changed, deterministic=True, time_limit=EFFORT, baseline=before, frozen_from=noon)
    report = check(changed, after, baseline=before, frozen_from=noon)
    assert [str(violation) for violation in report.violations] == []
    assert_sound(after, report.ok, score_sessions(changed, after.sessions, before).as_tuple())
    happened = [session for session in before.sessions if session.start < noon]
    assert [session for session in after.sessions if session.start < noon] == happened
