"""A response keeps every rule, is never worse than what was, and the best there is where it can be."""

from __future__ import annotations

import random
from functools import cache

import pytest

from iopsched.instance.models import Instance
from iopsched.model import scope_of
from iopsched.options import Meeting, Options, Plan, build_options
from iopsched.roster import check
from iopsched.solve.ledger import Ledger
from iopsched.solve.respond import Responder
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan
from rules.tiny import clinic, group, need, participant, program, room, service, staff
from solve.judged import broken_rules
from solve.scarce import scarce
from solve.searches import CLINICS, constructed, resumed, roster_of_plan

SEEDS = range(12)


def plain(seed: int) -> Instance:
    """Return a clinic in which the week's program leaves nothing out: no order, spacing, notes, limits."""
    rng = random.Random(seed)
    windows = ["Mon 09:00-11:00", "Tue 09:00-12:00", "Wed 10:00-12:00", "Thu 08:00-12:00"]

    def person(k: int) -> dict[str, object]:
        wishes = [
            need("talk", rng.randint(1, 2), same_staff=False, prefer_staff=rng.choice([[], ["ben"]])),
            need("med", rng.randint(0, 1), not_staff=rng.choice([[], ["ana"]]), priority=2),
            need("class", rng.randint(0, 2), not_staff=rng.choice([[], [], ["ben"]])),
        ]
        hours = {"available": rng.sample(windows, rng.randint(2, 4)), "apart_from": ["p0"] if k == 3 else []}
        return participant(f"p{k}", *wishes, **hours, **rng.choice([{}, {"prefers": [rng.choice(windows)]}]))

    return clinic(
        hours=["Mon-Thu 08:00-12:00"],
        slot_minutes=30,
        services=[service(), service("med", 30), service("class", 90, kind="group")],
        rooms=[room("large", 6), room("small", 2)],
        staff=[staff("ana", "talk class med"), staff("ben", "talk med class", busy=["Tue 09:00-10:00"])],
        groups=[
            group("g", starts=["Mon,Tue,Thu 09:00"], meetings=2, max_size=rng.randint(1, 3)),
            group("h", starts=["Wed 10:00", "Thu 10:00"], meetings=2, max_size=3),
        ],
        programs=[program(billable_day_minutes=90, max_minutes_per_day=rng.choice([None, 150]))],
        participants=[person(k) for k in range(5)],
    )


def with_empty_meetings(instance: Instance) -> tuple[Options, Plan]:
    """Return a clinic's options, and a plan in which up to two of each group's meetings run for nobody."""
    options = build_options(instance)
    held: dict[int, Meeting] = {}
    for found in options.meetings_of.values():
        days: dict[int, int] = {}
        for option in found:
            days.setdefault(options.meetings[option].day, option)
        for option in list(days.values())[:2]:
            leaders = tuple(
                (part.staff[option % len(part.staff)],) for part in options.meetings[option].parts
            )
            held[option] = Meeting(leaders, options.meetings[option].rooms[0], frozenset())
            if broken_rules(options, Plan({}, held)) - {"group-size"}:
                del held[option]
    assert held
    return options, Plan({}, held)


@cache
def crowded(seed: int) -> Search:
    """Return the search of a plain clinic in which all but one have responded once; not to be changed."""
    options, plan = with_empty_meetings(plain(seed))
    ledger, responder = Ledger(options, plan), Responder.of(options)
    for k in range(1, len(options.instance.participants)):
        responder.respond(ledger, k)
    ledger.cancel_unfilled()
    return resumed(options, ledger.plan())


@pytest.mark.parametrize("seed", SEEDS)
def test_where_the_program_leaves_nothing_out_the_response_is_the_best_there_is(seed: int) -> None:
    """For each participant, the others' sessions and all meetings standing: as good as the exact model's."""
    search = crowded(seed)
    options, plan = search.options, search.best.plan
    for k in range(len(options.instance.participants)):
        ledger = Ledger(options, plan)
        Responder.of(options).respond(ledger, k)
        responded = value_plan(options, ledger.plan())
        exact = resumed(options, plan)
        scope = scope_of(options, plan, participants=[k])
        _, outcome = exact.decide(scope, ("unmet", "burden"), 10.0)
        assert outcome.optimal
        assert (responded.unmet, responded.burden) == (exact.best.unmet, exact.best.burden)


def test_there_was_something_to_gain_and_to_forgo() -> None:
    """Whoever comes last is served, not always in full."""
    served = short = 0
    for search in map(crowded, SEEDS):
        ledger = Ledger(search.options, search.best.plan)
        served += Responder.of(search.options).respond(ledger, 0)
        short += value_plan(search.options, ledger.plan()).short[0] > 0
    assert served > len(SEEDS) / 2
    assert short > 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_response_is_never_worse_and_breaks_no_rule(seed: int) -> None:
    """In scarce clinics, where needs wait for each other, lie apart and take one leader; twice over."""
    options, plan = with_empty_meetings(scarce(seed))
    ledger, responder = Ledger(options, plan), Responder.of(options)
    for k in [*range(len(options.instance.participants))] * 2:
        before = value_plan(options, ledger.plan())
        better = responder.respond(ledger, k)
        after = value_plan(options, ledger.plan())
        mine = [(value.short[k], value.load[k]) for value in (before, after)]
        assert mine[1] < mine[0] if better else ledger.plan() == before.plan
        others = [one for one in range(len(after.short)) if one != k]
        assert all((after.short[j], after.load[j]) == (before.short[j], before.load[j]) for j in others)
    ledger.cancel_unfilled()
    _assert_sound(resumed(options, ledger.plan()))


@pytest.mark.parametrize("names", CLINICS, ids=lambda names: names[0])
def test_in_a_clinic_with_every_kind_of_rule_nobody_loses_by_responding(names: tuple[str, int, int]) -> None:
    """From a full plan, one after the other; what is pinned stays, and the judge finds nothing after each."""
    search = constructed(*names)
    options = search.options
    ledger, responder = Ledger(options, search.best.plan), Responder.of(options)
    for k in range(len(options.instance.participants)):
        before = value_plan(options, ledger.plan())
        better = responder.respond(ledger, k)
        after = value_plan(options, ledger.plan())
        assert ((after.short[k], after.load[k]) < (before.short[k], before.load[k])) == better
        _assert_sound(resumed(options, ledger.plan()))


def _assert_sound(search: Search) -> None:
    report = check(search.options.instance, roster_of_plan(search))
    assert [str(violation) for violation in report.violations] == []


def responded(instance: Instance, plan: Plan | None = None) -> tuple[Search, list[bool]]:
    """Return a search with everybody's response, one after the other, and whether each was better."""
    options = build_options(instance)
    ledger, responder = Ledger(options, plan or Plan()), Responder.of(options)
    better = [responder.respond(ledger, k) for k in range(len(options.instance.participants))]
    search = resumed(options, ledger.plan())
    _assert_sound(search)
    return search, better


def test_needs_that_wait_for_each_other_come_in_their_order() -> None:
    """A talk after a med that only Wednesday has: it is given on Thursday, though it would fit earlier."""
    instance = clinic(
        services=[service(), service("med")],
        staff=[
            staff("ana", "talk", available=["Mon-Thu 09:00-10:00"]),
            staff("ben", "med", available=["Wed 12:00-13:00"]),
        ],
        participants=[
            participant("p1", need("talk", after="med"), need("med"), prefers=["Mon-Wed 08:00-14:00"])
        ],
    )
    search, better = responded(instance)
    assert better == [True]
    starts = {
        search.options.sessions[k].need.service: p[0].start for k, p in search.best.plan.placements.items()
    }
    assert starts == {"med": 2 * 1440 + 12 * 60, "talk": 3 * 1440 + 9 * 60}
    assert search.best.burden == 60 + 60 + 30


def test_of_the_days_that_a_need_may_keep_to_the_best_are_taken() -> None:
    """Two talks two days apart: Tuesday and Thursday are preferred, and no earlier pair is taken for them."""
    wish = need("talk", 2, min_days_apart=2)
    instance = clinic(
        participants=[participant("p1", wish, prefers=["Tue,Wed,Thu 09:00-10:00"])],
        staff=[staff(available=["Mon-Thu 09:00-10:00"])],
    )
    search, better = responded(instance)
    assert better == [True]
    placements = search.best.plan.placements[0]
    assert sorted(placed.start // 1440 for placed in placements) == [1, 3]


def test_one_person_leads_all_sessions_of_a_need() -> None:
    """ana could lead two on different days, ben and cy one each; with same_staff it is ana."""
    people = [
        staff("ben", "talk", available=["Mon 09:00-10:00"]),
        staff("cy", "talk", available=["Tue 09:00-10:00"]),
        staff("ana", "talk", available=["Wed,Thu 09:00-10:00"]),
    ]
    instance = clinic(
        staff=people, participants=[participant("p1", need("talk", 2), prefers=["Mon,Tue 08:00-20:00"])]
    )
    search, _ = responded(instance)
    assert {placed.staff for placed in search.best.plan.placements[0]} == {2}
    assert len(search.best.plan.placements[0]) == 2


def test_a_participant_stays_where_others_count_on_them() -> None:
    """Leaving the meeting that takes two would spare p1 a day; p2 would be left with no meeting."""
    instance = clinic(
        groups=[group(min_size=2), group("h", starts=["Tue 09:00"])],
        participants=[
            participant("p1", need("class"), need("talk"), available=["Mon 09:00-10:00", "Tue 09:00-12:00"]),
            participant("p2", need("class"), available=["Mon 09:00-10:00"]),
        ],
        staff=[staff(), staff("ben")],
    )
    options = build_options(instance)
    both = {
        option.index: Meeting(((0,),), 0, frozenset({0, 1} if option.group == 0 else ()))
        for option in options.meetings
    }
    ledger, responder = Ledger(options, Plan({}, both)), Responder.of(options)
    assert responder.respond(ledger, 0) is False
    assert ledger.plan().meetings == both


def test_those_who_must_not_meet_join_different_meetings() -> None:
    """p2, apart from p1, finds the preferred meeting closed and takes the other."""
    wish = {"prefers": ["Mon 09:00-10:00"]}
    instance = clinic(
        groups=[group(), group("h", starts=["Tue 09:00"])],
        participants=[
            participant("p1", need("class"), **wish),
            participant("p2", need("class"), apart_from=["p1"], **wish),
            participant("p3", need("class"), **wish),
        ],
    )
    options = build_options(instance)
    empty = {option.index: Meeting(((0,),), 0, frozenset()) for option in options.meetings}
    search, better = responded(instance, Plan({}, empty))
    assert better == [True] * 3
    members = {options.meetings[k].group: set(m.members) for k, m in search.best.plan.meetings.items()}
    assert members == {0: {0, 2}, 1: {1}}


def test_preferred_staff_lead_where_they_can() -> None:
    """ben, whom p1 prefers, is there on Thursday only; that is worth a day of their own, not two."""
    instance = clinic(
        staff=[staff("ana", "talk med"), staff("ben", "talk", available=["Thu 09:00-10:00"])],
        services=[service(), service("med")],
        participants=[
            participant("p1", need("talk", prefer_staff=["ben"])),
            participant("p2", need("talk", prefer_staff=["ben"]), need("med"), available=["Wed 08:00-12:00"]),
        ],
    )
    search, _ = responded(instance)
    led = {k: [p.staff for p in placements] for k, placements in search.best.plan.placements.items()}
    assert led == {0: [1], 1: [0], 2: [0]}
    assert search.best.load == (60, 60 + 45)


def test_only_what_is_offered_is_joined() -> None:
    """Of two meetings the second, which is all that p1 is offered."""
    instance = clinic(
        groups=[group(), group("h", starts=["Tue 09:00"])], participants=[participant("p1", need("class"))]
    )
    options = build_options(instance)
    empty = {option.index: Meeting(((0,),), 0, frozenset()) for option in options.meetings}
    ledger = Ledger(options, Plan({}, empty))
    assert Responder.of(options).respond(ledger, 0, {0: {1}})
    assert ledger.attended[0] == {1}
    assert not Responder.of(options).respond(ledger, 0, {0: set()})
    assert ledger.attended[0] == {1}


@pytest.mark.parametrize("priority", [1, 100])
def test_however_much_sessions_weigh_those_that_can_be_are_placed(priority: int) -> None:
    """Ten sessions of one hour each, for which there is one hour: nine are missed at whatever price."""
    instance = clinic(
        services=[service(), service("med")],
        participants=[
            participant(
                "p1",
                need("talk", 5, priority=priority),
                need("med", 5, priority=priority),
                available=["Mon 09:00-10:00"],
            )
        ],
    )
    search, better = responded(instance)
    assert better == [True]
    assert search.best.unmet == 9 * 60 * priority


def test_a_session_longer_than_any_day_goes_without() -> None:
    """Three quarters of an hour are open, for a talk of an hour and a med of half an hour."""
    instance = clinic(
        hours=["Mon 09:00-09:45"],
        services=[service(), service("med", 30)],
        participants=[participant("p1", need("talk"), need("med"))],
    )
    search, better = responded(instance)
    assert better == [True]
    assert search.best.unmet == 60
