"""No bound is above the proved optimum."""

from __future__ import annotations

from datetime import datetime

import pytest

from iopsched.instance.models import Instance
from iopsched.options import build_options
from iopsched.solve.alone import alone_in_the_clinic, relaxed_options
from iopsched.solve.bounds import (
    bound_alone,
    bound_by_weeks,
    bound_others,
    bound_unmet_by_groups,
    least_burden,
    rounded_up,
)
from iopsched.solve.search import Search
from rules.tiny import at, clinic, group, need, participant, program, room, roster_of, service, session, staff
from solve.scarce import scarce_fields
from solve.searches import CLINICS, WEDNESDAY, constructed, engine, proved, replanned, resumed, roster_of_plan
from weeks.optima import SEEDS, optimum, staged_optimum

STAGED = range(4)


@pytest.fixture(params=[*SEEDS, *(f"staged-{seed}" for seed in STAGED)], scope="module")
def solved(request: pytest.FixtureRequest) -> Search:
    """Return a scarce clinic at its proved optimum."""
    if isinstance(request.param, int):
        return optimum(request.param)
    return staged_optimum(int(request.param.removeprefix("staged-")))


def fresh(solved: Search) -> Search:
    """Return a search that holds the optimal plan and knows nothing of its being one."""
    return resumed(solved.options, solved.best.plan)


def test_these_clinics_are_scarce() -> None:
    """Something is missed in many of them, and something is given in all."""
    optima = [optimum(seed).best for seed in SEEDS[:8]]
    assert sum(best.unmet > 0 for best in optima) >= 4
    assert all(best.burden > 0 for best in optima)


def bounded_alone(solved: Search) -> Search:
    """Return a fresh search with all that is known of each participant alone."""
    search = fresh(solved)
    bound_by_weeks(search)
    bound_alone(search, "unmet", 60.0)
    bound_alone(search, "burden", 60.0)
    return search


def test_unmet_is_not_below_what_each_misses_alone(solved: Search) -> None:
    """Summed over participants; and no participant misses less in the clinic than alone."""
    search = fresh(solved)
    bound_by_weeks(search)
    by_weeks = search.bounds["unmet"]
    bound_alone(search, "unmet", 60.0)
    assert by_weeks <= search.bounds["unmet"] <= solved.best.unmet
    for k, alone in search.alone.items():
        assert alone.unmet <= solved.best.short[k]


def test_nobody_bears_less_than_alone_while_they_miss_no_more(solved: Search) -> None:
    """Neither by the program nor by a model; whoever misses more misses more by the price at least."""
    by_weeks = fresh(solved)
    bound_by_weeks(by_weeks)
    for search in (by_weeks, bounded_alone(solved)):
        assert search.alone.keys() == set(range(len(solved.options.instance.participants)))
        for k, alone in search.alone.items():
            if solved.best.short[k] == alone.unmet:
                assert alone.burden <= solved.best.load[k]
            else:
                assert solved.best.short[k] >= alone.unmet + alone.price


def test_the_program_says_no_more_than_a_model_and_the_same_where_it_leaves_nothing_out(
    solved: Search,
) -> None:
    """Of each participant alone; it leaves out ``after``, spacing, one leader, mixed groups, days a week."""
    search = fresh(solved)
    bound_by_weeks(search)
    relaxed = relaxed_options(solved.options)
    for k, alone in search.alone.items():
        model = alone_in_the_clinic(relaxed, engine(), k, 5.0)
        assert alone.unmet <= model.unmet
        if covered(solved.options.instance, k):
            assert (alone.unmet, alone.burden) == (model.unmet, model.burden)


def covered(instance: Instance, k: int) -> bool:
    """Tell whether the program leaves out nothing of a participant's."""
    person = instance.participants[k]
    days = instance.program_by_id[person.program].max_days_per_week
    return days is None and all(
        one.after is None
        and (one.sessions < 2 or (one.min_days_apart == 1 and not one.mix_groups))
        and (one.sessions < 2 or not one.same_staff or instance.service_by_id[one.service].kind == "group")
        for one in person.needs
    )


def test_the_program_covers_many() -> None:
    """Of the participants whose weeks are compared a good part is told exactly, some of them short."""
    everybody = [(search, k) for search in map(optimum, SEEDS) for k in range(4)]
    exact = [(search, k) for search, k in everybody if covered(search.options.instance, k)]
    assert len(exact) > len(everybody) / 4
    assert any(search.best.short[k] for search, k in exact)


def test_unmet_is_not_below_the_bound_of_all_groups(solved: Search) -> None:
    """With what each misses alone, and without."""
    for alone in (False, True):
        search = fresh(solved)
        if alone:
            search = bounded_alone(solved)
        bound_unmet_by_groups(search, 1.0)
        assert 0 <= search.bounds["unmet"] <= solved.best.unmet


def test_burden_is_not_below_its_bound(solved: Search) -> None:
    """Given the unmet reached, by the program of everybody's week, and by models of those it leaves out."""
    search = fresh(solved)
    bound_by_weeks(search)
    by_weeks = search.bounds["burden"]
    for level in ("unmet", "burden"):
        bound_alone(search, level, 60.0)
    assert by_weeks <= search.bounds["burden"] <= solved.best.burden


def test_nobody_who_misses_nothing_bears_less_than_the_least(solved: Search) -> None:
    """Counted day by day and session by session."""
    for k, short in enumerate(solved.best.short):
        if not short:
            assert least_burden(solved.options, k) <= solved.best.load[k]


def test_the_other_levels_are_not_below_their_bounds(solved: Search) -> None:
    """Changes never below nothing, staffing never below the meetings that must run."""
    search = fresh(solved)
    bound_others(search)
    assert search.bounds["changes"] == 0
    assert search.bounds["staffing"] <= solved.best.staffing


def test_a_shortfall_may_be_exchanged_for_another_at_less_than_its_weight() -> None:
    """Alone p1 misses a (60) for b (75); for p2's sake p1 misses b, 15 more, and bears 75 less.

    Only one of a and b fits in p1's hour and a quarter, and ana gives b or p2's c, which is worth more. So
    the price of bearing less is 15, not the 60 of a whole session.
    """
    when = {"available": ["Mon 09:00-10:15"]}
    instance = clinic(
        services=[service("a"), service("b", 75), service("c", 75)],
        rooms=[room("office"), room("other")],
        staff=[staff("ana", "b c"), staff("ben", "a")],
        participants=[
            participant(
                "p1", need("a"), need("b", prefer_staff=["ben"]), prefers=["Mon 09:00-10:00"], **when
            ),
            participant("p2", need("c", priority=2), **when),
        ],
    )
    solved = proved(instance)
    assert solved.best.score.as_tuple() == (75, 0, 120, 0)
    search = fresh(solved)
    bound_by_weeks(search)
    for level in ("unmet", "burden"):
        assert search.bounds["unmet"] == 60
        assert search.alone[0].burden == 60 + 30 + 45
        assert search.bounds["burden"] <= 120
        bound_alone(search, level, 5.0)


ODD_WEIGHTS = {"visit": 7, "wait": 3, "off_preference": 11, "other_staff": 0, "short_day": 13}


@pytest.mark.parametrize("weights", [ODD_WEIGHTS, dict.fromkeys(ODD_WEIGHTS, 0)], ids=["odd", "none"])
@pytest.mark.parametrize("seed", range(6))
def test_bounds_hold_under_other_weights(seed: int, weights: dict[str, int]) -> None:
    """With weights that have no common divisor, and where nothing weighs anything."""
    solved = proved(clinic(**scarce_fields(seed), weights=weights))
    assert (solved.best.burden > 0) == any(weights.values())
    search = bounded_alone(solved)
    assert 0 <= search.bounds["unmet"] <= solved.best.unmet
    assert 0 <= search.bounds["burden"] <= solved.best.burden


def two_services(**weights: int) -> Instance:
    """Return a clinic of sessions that last 60 and 90 minutes on a grid of 10."""
    return clinic(
        slot_minutes=10,
        services=[service(), service("med", 90)],
        participants=[participant("p1", need(priority=3), need("med", priority=2))],
        weights=weights,
    )


@pytest.mark.parametrize(
    ("weights", "level", "bound", "rounded"),
    [
        ({}, "unmet", 0.0, 0),
        ({}, "unmet", 0.1, 180),
        ({}, "unmet", 180, 180),
        ({}, "unmet", 180.0625, 360),
        ({"visit": 50, "off_preference": 20}, "burden", 41, 45),
        ({"wait": 0, "other_staff": 60}, "burden", 61, 90),
        ({"wait": 1, "visit": 60, "off_preference": 60, "other_staff": 30, "short_day": 0}, "burden", 61, 70),
        (dict.fromkeys(ODD_WEIGHTS, 0), "burden", 0.0, 0),
        (ODD_WEIGHTS, "burden", 40.5, 41),
    ],
)
def test_bounds_are_rounded_up_to_a_value_that_there_is(
    weights: dict[str, int], level: str, bound: float, rounded: int
) -> None:
    """Sessions of weight 180 are missed whole; burden is made of weights, and of waits by the grid."""
    options = build_options(two_services(**weights))
    assert {asked.weight for asked in options.sessions} == {180}
    assert rounded_up(options, level, bound) == rounded


def test_frozen_sessions_are_on_no_grid() -> None:
    """What has happened may have begun whenever: burden is no multiple of anything then."""
    before = clinic(participants=[participant("p1", need("talk", 2))])
    happened = session("Mon 09:07")
    baseline = roster_of(before, happened)
    free, frozen = (build_options(before, baseline, moment) for moment in (None, at("Tue 00:00")))
    assert not free.facts.frozen
    assert frozen.facts.frozen
    assert rounded_up(free, "burden", 61) == 75
    assert rounded_up(frozen, "burden", 61) == 61
    assert rounded_up(frozen, "unmet", 61) == 120


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("moment", [None, "Mon 10:30", "Tue 00:00"])
def test_bounds_hold_where_a_week_is_planned_anew(seed: int, moment: str | None) -> None:
    """After a baseline, and from a moment on, when the program covers nobody."""
    before = optimum(seed)
    sessions = roster_of_plan(before)
    fields = scarce_fields(seed)
    fields["staff"][0]["busy"] = ["Tue 09:00-10:00"]
    solved = proved(clinic(**fields), baseline=sessions, frozen_from=None if moment is None else at(moment))
    search = bounded_alone(solved)
    assert 0 <= search.bounds["unmet"] <= solved.best.unmet
    assert 0 <= search.bounds["burden"] <= solved.best.burden


@pytest.mark.parametrize("names", CLINICS, ids=lambda names: names[0])
@pytest.mark.parametrize("frozen_from", [None, WEDNESDAY])
def test_no_bound_is_above_any_plan_of_generated_clinics(
    names: tuple[str, int, int], frozen_from: datetime | None
) -> None:
    """With every kind of rule, pins, and sessions that have happened."""
    search = constructed(*names) if frozen_from is None else replanned(*names, frozen_from)
    found = fresh(search)
    bound_by_weeks(found)
    assert 0 <= found.bounds["unmet"] <= search.best.unmet
    assert 0 <= found.bounds["burden"] <= search.best.burden
    for k, alone in found.alone.items():
        assert alone.unmet <= search.best.short[k]


def test_only_those_are_solved_alone_about_whom_the_program_leaves_something_out() -> None:
    """p1 wants talks two days apart, which the program passes over; p2's week it tells exactly."""
    instance = clinic(
        programs=[program()],
        staff=[staff(available=["Mon,Tue 09:00-10:00"])],
        groups=[group()],
        participants=[
            participant("p1", need("talk", 2, min_days_apart=2)),
            participant("p2", need("talk", 3, same_staff=False)),
        ],
    )
    solved = proved(instance)
    assert solved.best.unmet == 180
    search = fresh(solved)
    bound_by_weeks(search)
    assert [search.alone[k].unmet for k in (0, 1)] == [0, 60]
    bound_alone(search, "unmet", 5.0)
    assert search.solved_alone == {0}
    assert search.alone[0].unmet == 60
    assert search.bounds["unmet"] == 120


def test_groups_are_not_modelled_where_prices_have_proved_more_than_everybody_alone() -> None:
    """The model is solved while what is proved is everybody alone, and no longer once it is more."""
    search = fresh(staged_optimum(0))
    bound_by_weeks(search)
    alone = search.bounds["unmet"]
    assert alone < search.best.unmet
    before = search.engine.solves
    bound_unmet_by_groups(search, 1.0)
    assert search.engine.solves == before + 1
    search.prove("unmet", search.best.unmet)
    bound_unmet_by_groups(search, 1.0)
    assert search.engine.solves == before + 1
