"""Deciding a scope anew: nothing that matters more gets worse, and bounds go with what they were given."""

from __future__ import annotations

import pytest

from iopsched.model import everything, scope_of
from iopsched.options import Placement
from iopsched.roster import check
from iopsched.roster.models import LEVELS
from iopsched.solve import Progress
from iopsched.solve.neighbourhoods import NEIGHBOURHOODS, Neighbourhood
from iopsched.solve.value import value_plan
from rules.tiny import clinic, group, need, participant
from solve.searches import CLINICS, WEDNESDAY, replanned, resumed, roster_of_plan, search_of, thinned


@pytest.mark.parametrize("neighbourhood", NEIGHBOURHOODS, ids=lambda one: one.name)
@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
def test_deciding_a_neighbourhood_never_worsens_the_score(
    clinic_: tuple[str, int, int], neighbourhood: Neighbourhood
) -> None:
    """Whatever it aims at, the levels compared in order do not rise, and the judge finds no rule broken."""
    search = thinned(replanned(*clinic_, WEDNESDAY))
    assert search.best.unmet > 0
    drawn = 0
    for level in neighbourhood.levels:
        drawings = (neighbourhood.draw(search, 4) for _ in range(7))
        scope = next((one for one in drawings if one is not None), None)
        if scope is None:
            continue
        drawn += 1
        before = search.best.score.as_tuple()
        better, _ = search.decide(scope, [level], 0.2)
        after = search.best.score.as_tuple()
        assert after < before if better else after == before
        position = LEVELS.index(level)
        assert all(new <= old for new, old in zip(after[:position], before[:position], strict=True))
        report = check(
            search.options.instance,
            roster_of_plan(search),
            baseline=search.options.baseline,
            frozen_from=WEDNESDAY,
        )
        assert [str(violation) for violation in report.violations] == []
    if not drawn:
        # Batches of groups are for those who miss group sessions that they could attend.
        attended = search.best.plan.attended()
        asked = search.options.attendances
        misses = [one for one in asked if one.meetings and len(attended.get(one.index, ())) < one.wanted]
        assert neighbourhood.name == "group-batch"
        assert not misses


@pytest.mark.parametrize("neighbourhood", NEIGHBOURHOODS, ids=lambda one: one.name)
def test_every_neighbourhood_draws_whole_scopes(neighbourhood: Neighbourhood) -> None:
    """Scopes of existing needs and groups, whose free groups' members are free, and something is free."""
    drawn = 0
    for clinic_ in CLINICS:
        base = replanned(*clinic_, None)
        search = resumed(base.options, base.best.plan, seed=11)
        for size in (1, 3, 40):
            scope = neighbourhood.draw(search, size)
            if scope is None:
                continue
            drawn += 1
            whole = scope_of(
                search.options,
                search.best.plan,
                sessions=scope.sessions,
                attendances=scope.attendances,
                groups=scope.groups,
                leaders=scope.leaders,
                meetings=scope.meetings,
                shortlist=scope.shortlist,
            )
            assert scope == whole
            every = everything(search.options)
            assert scope.sessions <= every.sessions
            assert scope.attendances <= every.attendances
            assert scope.leaders <= every.groups
            assert scope.sessions or scope.attendances or scope.leaders
    assert drawn > 5


@pytest.mark.parametrize("neighbourhood", NEIGHBOURHOODS, ids=lambda one: one.name)
def test_a_neighbourhood_of_an_empty_clinic_is_none_or_empty(neighbourhood: Neighbourhood) -> None:
    """Nobody to treat and no group: nothing to choose, and no error."""
    search = search_of(clinic(participants=[]))
    scope = neighbourhood.draw(search, 8)
    assert scope is None or not (scope.sessions or scope.attendances or scope.leaders)


def test_a_bound_goes_when_a_level_before_its_own_has_changed() -> None:
    """What was proved of burden held for two talks missing; unmet stays bounded, and so do changes."""
    search = search_of(clinic(participants=[participant("p1"), participant("p2")]))
    search.bounds = {"unmet": 0, "changes": 0, "burden": 7, "staffing": 9}
    assert search.best.unmet == 120
    better, _ = search.decide(everything(search.options), ["unmet", "burden"], 1.0)
    assert better
    assert search.best.unmet == 0
    assert search.bounds == {"unmet": 0, "changes": 0}


def test_a_bound_stays_when_only_later_levels_have_changed() -> None:
    """A better burden lets go of what was proved of staffing alone."""
    search = search_of(clinic(participants=[participant("p1", need("talk", 2, min_days_apart=0))]))
    options = search.options
    monday, tuesday = 9 * 60, 33 * 60
    for starts, burden in (((monday, tuesday), 120), ((monday, monday + 60), 60)):
        held = {0: tuple(talk_at(start) for start in starts)}
        candidate = value_plan(options, search.best.plan.with_changes(held, {}))
        assert candidate.burden == burden
        assert search.adopt(candidate, "burden")
        if burden == 120:
            search.bounds = {"unmet": 0, "changes": 0, "burden": 60, "staffing": 0}
    assert search.bounds == {"unmet": 0, "changes": 0, "burden": 60}
    assert search.proved("burden")
    assert next(level for level in LEVELS if not search.proved(level)) == "staffing"


def talk_at(start: int) -> Placement:
    """Return a talk with ana in the office."""
    return Placement(start, 0, 0)


def test_a_plan_that_is_not_better_is_not_adopted() -> None:
    """Neither the same plan again nor an empty one."""
    base = replanned(*CLINICS[0], None)
    search = resumed(base.options, base.best.plan)
    kept = search.best
    assert not search.adopt(value_plan(search.options, kept.plan), "unmet")
    fewer = kept.plan.with_changes({}, dict.fromkeys(kept.plan.meetings))
    assert not search.adopt(value_plan(search.options, fewer), "unmet")
    assert search.best is kept


def test_bounds_only_rise() -> None:
    """A weaker limit proved later is no news."""
    heard: list[Progress] = []
    search = search_of(clinic(), on_progress=heard.append)
    for bound in (10, 30, 20, 30):
        search.prove("unmet", bound)
    assert search.bounds == {"unmet": 30}
    assert [(one.level, one.bound, one.value) for one in heard] == [("unmet", 10, 60), ("unmet", 30, 60)]


def test_groups_may_be_limited_to_some_of_their_meetings() -> None:
    """Of Monday and Tuesday only Tuesday is offered: the meeting is on Tuesday."""
    instance = clinic(
        groups=[group(starts=["Mon,Tue 09:00"])], participants=[participant("p1", need("class"))]
    )
    search = search_of(instance)
    scope = scope_of(search.options, search.best.plan, attendances=[0], groups=[0], meetings=[1])
    assert [option.day for option in search.options.meetings] == [0, 1]
    assert search.decide(scope, ["unmet"], 1.0)[0]
    assert list(search.best.plan.meetings) == [1]
