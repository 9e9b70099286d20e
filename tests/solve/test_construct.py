"""Construction leaves a plan that keeps every rule, with most of what is asked for placed."""

from __future__ import annotations

import random

import pytest

from iopsched.generate import generate
from iopsched.instance.models import Instance, Pin
from iopsched.instance.windows import DAYS
from iopsched.model import scope_of
from iopsched.roster import check
from iopsched.roster.models import Session
from iopsched.solve.construct import construct, fill, settle
from iopsched.solve.price_bounds import tariff_of
from iopsched.solve.search import Search
from iopsched.solve.timetable import Timetable, timetable
from rules.tiny import at, clinic, group, need, participant, room, staff
from solve.judged import broken_rules
from solve.scarce import scarce
from solve.searches import CLINICS, constructed, edited, replanned, roster_of_plan, search_of, with_pins
from weeks.optima import SEEDS, optimum, staged_optimum

GENERATED = (*CLINICS, ("rich", 14, 6), ("holiday", 12, 2))


def settled(instance: Instance) -> Search:
    """Return a search after the timetable and everybody's responses."""
    search = search_of(instance)
    settle(search, timetable(search.options, search.best.plan, search.engine, 5.0))
    return search


def assert_sound(search: Search) -> None:
    """Assert that the judge finds nothing wrong, what happened before considered."""
    report = check(
        search.options.instance,
        roster_of_plan(search),
        baseline=search.options.baseline,
        frozen_from=search.options.frozen_from,
    )
    assert [str(violation) for violation in report.violations] == []


def placed_and_needed(search: Search) -> tuple[int, int]:
    """Return the session minutes, weighted, that are placed and that are needed."""
    options = search.options
    needed = sum(one.weight * one.wanted for one in (*options.sessions, *options.attendances))
    return needed - search.best.unmet, needed


def test_whoever_is_short_elsewhere_does_not_lead_what_others_can() -> None:
    """Three want Ana's two hours, and Ben could lead the class as well as she: two are served."""
    early = {"available": ["Mon 09:00-11:00"]}
    instance = clinic(
        rooms=[room(), room("other")],
        staff=[staff("ana", "talk class", **early), staff("ben", "class", **early)],
        groups=[group()],
        participants=[
            *(participant(f"p{k}", **early) for k in range(3)),
            participant("q", need("class"), **early),
        ],
    )
    search = search_of(instance)
    construct(search, 5.0)
    assert search.best.unmet == 60


def test_whoever_can_come_later_leaves_the_hour_that_others_need() -> None:
    """Two can come at nine alone and one of them is served then; who can come any time comes later."""
    at_nine = {"available": ["Mon 09:00-10:00"]}
    instance = clinic(
        hours=["Mon 09:00-12:00"],
        participants=[participant("p1"), participant("p2", **at_nine), participant("p3", **at_nine)],
    )
    search = search_of(instance)
    tariff = tariff_of(search)
    assert tariff is not None
    anytime = search.options.sessions[0]
    assert tariff.of_session(anytime)[0] > tariff.of_session(anytime)[-1] == 0
    construct(search, 5.0)
    assert search.best.unmet == 60


@pytest.mark.parametrize("names", GENERATED, ids=lambda names: names[0])
def test_a_generated_clinic_settles_soundly(names: tuple[str, int, int]) -> None:
    """With every kind of rule and wish; and most is placed where there is enough of everything."""
    profile, participants, seed = names
    search = settled(generate(participants, seed, profile))
    assert_sound(search)
    placed, needed = placed_and_needed(search)
    assert placed > (0.5 if profile == "overfull" else 0.75) * needed


@pytest.mark.parametrize("names", CLINICS, ids=lambda names: names[0])
def test_what_is_pinned_stands(names: tuple[str, int, int]) -> None:
    """A visit, a meeting with its staff and room, and an attendance, of a roster that was good."""
    before = constructed(*names)
    instance = with_pins(before.options.instance, roster_of_plan(before))
    assert len(instance.pins) == 3
    assert_sound(settled(instance))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scarce_clinic_settles_soundly_and_not_far_from_its_optimum(seed: int) -> None:
    """With needs in order and days apart, one leader for two, preferences; the optimum stays the best."""
    search = settled(scarce(seed))
    assert_sound(search)
    best = optimum(seed).best
    assert search.best.unmet >= best.unmet
    if search.best.unmet == best.unmet:
        assert search.best.burden >= best.burden


def test_together_these_clinics_are_given_most_of_what_they_could() -> None:
    """Of what the optima place, five sixths; in some of them all of it, at the least burden."""
    given = best = optimal = 0
    for seed in SEEDS:
        search = settled(scarce(seed))
        placed, needed = placed_and_needed(search)
        given += placed
        best += needed - optimum(seed).best.unmet
        optimal += search.best.score.as_tuple()[:3] == optimum(seed).best.score.as_tuple()[:3]
    assert given > best * 5 / 6
    assert optimal > len(SEEDS) / 4


def drawn_pins(search: Search, seed: int) -> tuple[Pin, ...]:
    """Return pins of some sessions of a search's best plan: visits, meetings and attendances."""
    rng = random.Random(seed)
    kept = [one for one in roster_of_plan(search).sessions if rng.random() < 0.4]
    return tuple(_pin(one, rng) for one in kept)


def _pin(session: Session, rng: random.Random) -> Pin:
    start = f"{DAYS[session.start.weekday()]} {session.start:%H:%M}"
    who = {"participant": rng.choice(session.participants)}
    if session.group is None:
        said: dict[str, object] = {**who, "service": session.service}
    else:
        said = {"group": session.group, **(who if rng.random() < 0.5 else {})}
    return Pin.model_validate({**said, "start": start})


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_pinned_stands_in_scarce_clinics(seed: int) -> None:
    """Visits, meetings and attendances of an optimum, with whoever is needed to fill them."""
    solved = staged_optimum(seed) if seed % 3 == 0 else optimum(seed)
    pins = drawn_pins(solved, seed)
    search = settled(edited(solved.options.instance, pins=pins))
    assert_sound(search)
    assert search.best.unmet >= solved.best.unmet


def test_most_of_those_clinics_have_pins() -> None:
    """Of all three kinds."""
    pins = [pin for seed in range(12) for pin in drawn_pins(optimum(seed), seed)]
    kinds = {(pin.participant is None, pin.group is None) for pin in pins}
    assert kinds == {(False, True), (True, False), (False, False)}


def test_a_meeting_that_too_few_join_is_cancelled_and_its_members_choose_again() -> None:
    """h takes three and is offered to p3 alone; it does not run, and p3 joins g on another day."""
    instance = clinic(
        groups=[group("g"), group("h", starts=["Tue 09:00"], min_size=3)],
        participants=[
            participant("p1", need("class"), available=["Mon 09:00-10:00"]),
            participant("p2", need("class"), available=["Mon 09:00-10:00"]),
            participant("p3", need("class"), prefers=["Tue 09:00-10:00"]),
        ],
    )
    search = search_of(instance)
    both = search_of(
        edited(instance, groups=tuple(one.model_copy(update={"min_size": 1}) for one in instance.groups))
    )
    made = timetable(both.options, both.best.plan, both.engine, 5.0)
    assert len(made.plan.meetings) == 2
    assert made.offered[2] != made.offered[0]
    settle(search, Timetable(made.plan, made.offered))
    assert_sound(search)
    (meeting,) = search.best.plan.meetings.values()
    assert meeting.members == {0, 1, 2}
    assert search.best.unmet == 0


@pytest.mark.parametrize("names", CLINICS[:3], ids=lambda names: names[0])
def test_what_a_baseline_leaves_out_is_added_to_it(names: tuple[str, int, int]) -> None:
    """Groups that do not meet, and visits that are missing; no rule is broken."""
    search = search_of(
        constructed(*names).options.instance, baseline=roster_of_plan(constructed(*names)), seed=1
    )
    before = search.best
    construct(search, 2.0)
    assert_sound(search)
    assert search.best.unmet < before.unmet


def test_after_the_week_has_begun_construction_keeps_what_has_happened() -> None:
    """The frozen days stand, and the rest of the week is sound."""
    moment = at("Wed 00:00", weeks=1)
    search = replanned("mixed", 7, 1, moment)
    assert search.options.facts.frozen
    again = search_of(search.options.instance, baseline=search.options.baseline, frozen_from=moment, seed=2)
    construct(again, 1.0)
    assert_sound(again)


def test_whoever_is_short_gets_what_still_fits() -> None:
    """After a talk is taken away from two, both have one again; the others keep theirs."""
    search = settled(clinic(participants=[participant(f"p{k}") for k in range(4)]))
    assert search.best.unmet == 0
    kept = search.best.plan.placements
    search.best = search.best.moved_to(
        search.best.plan.with_changes({0: (), 2: ()}, {}),
        scope_of(search.options, search.best.plan, participants=[0, 2]),
    )
    assert search.best.unmet == 120
    fill(search, 5.0)
    assert search.best.unmet == 0
    assert {k: search.best.plan.placements[k] for k in (1, 3)} == {k: kept[k] for k in (1, 3)}
    assert not broken_rules(search.options, search.best.plan)


def test_a_clinic_of_nothing_is_constructed_at_once() -> None:
    """No participants; and participants without needs or staff."""
    for instance in (
        clinic(participants=[]),
        clinic(participants=[participant("p1", need("talk", 0))]),
        clinic(staff=[staff(available=[])], groups=[group()]),
    ):
        search = settled(instance)
        assert not search.best.plan.placements
        assert not search.best.plan.meetings
