"""The whole way: from an instance to a checked roster, however long it is let run."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import pytest

from iopsched.errors import InstanceError, UsageError
from iopsched.generate import generate
from iopsched.options import build_options
from iopsched.roster import check
from iopsched.roster.models import LEVELS
from iopsched.solve import Progress, Stop, solve, strategy
from iopsched.solve.exact import size_of
from rules.tiny import WEEK, at, best, clinic, group, need, participant, roster_of, session, staff
from solve.searches import edited

SMALL, LARGE = ("mixed", 3, 1), ("mixed", 14, 1)
"""A clinic that goes to the exact model at once, and one that goes through all stages."""
LAST_WEEK = roster_of(clinic(), session("Mon 09:00", weeks=-1), weeks=-1)

PROGRAM = """
import sys
from iopsched.generate import generate
from iopsched.solve import solve
for profile, participants, seed in {clinics!r}:
    instance = generate(participants, seed, profile)
    roster = solve(instance, deterministic=True, time_limit=0.4, seed=4)
    sys.stdout.write(roster.to_json())
"""


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_limit": 0},
        {"time_limit": -1.0},
        {"time_limit": float("nan")},
        {"workers": 0},
        {"frozen_from": at("Tue 00:00")},
        {"frozen_from": at("Tue 00:00"), "baseline": LAST_WEEK},
    ],
)
def test_calls_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    """No time, no workers, re-planning without a baseline of this week."""
    assert solve(clinic(), deterministic=True, time_limit=1.0).week == WEEK
    with pytest.raises(UsageError):
        solve(clinic(), deterministic=True, **wrong)


def test_the_two_generated_clinics_take_different_ways() -> None:
    """One is small enough for the exact model at once, the other is not."""
    sizes = [size_of(build_options(generate(n, seed, profile))) for profile, n, seed in (SMALL, LARGE)]
    assert sizes[0] <= strategy.SMALL < sizes[1]


@pytest.mark.parametrize("generated", [SMALL, LARGE], ids=["small", "large"])
def test_stopped_before_it_began_there_is_still_a_roster(generated: tuple[str, int, int]) -> None:
    """Nothing is placed, all of it is listed as unmet, and the judge agrees."""
    profile, participants, seed = generated
    instance = edited(generate(participants, seed, profile), pins=())
    stop = Stop()
    stop.request()
    roster = solve(instance, time_limit=5.0, workers=1, stop=stop)
    assert roster.sessions == ()
    assert len(roster.unmet) == sum(n.sessions > 0 for p in instance.participants for n in p.needs)
    assert check(instance, roster).ok
    assert roster.status == "feasible"


@pytest.mark.parametrize("participants", [4, 7, 10, 14])
def test_a_little_effort_is_enough_for_a_rough_roster(participants: int) -> None:
    """In half a second's effort, of which a plan by hand takes a tenth, most sessions are placed."""
    instance = generate(participants, 1, "mixed")
    needed = sum(one.sessions for person in instance.participants for one in person.needs)
    roster = solve(instance, deterministic=True, time_limit=0.5)
    assert needed > 3 * participants
    assert sum(one.sessions for one in roster.unmet) < needed / 2


def test_stopped_on_the_way_the_best_so_far_is_kept() -> None:
    """Asked to stop once it has found two better plans, it places no more than a moment longer."""
    instance = generate(14, 1, "mixed")
    stop = Stop()
    heard: list[Progress] = []

    def listen(progress: Progress) -> None:
        heard.append(progress)
        if progress.level == "unmet" and len({one.value for one in heard if one.level == "unmet"}) > 2:
            stop.request()

    roster = solve(instance, deterministic=True, time_limit=20.0, on_progress=listen, stop=stop)
    assert stop.requested
    assert roster.sessions
    assert roster.solver.seconds is not None
    assert roster.solver.seconds < 10.0
    assert check(instance, roster).ok


@pytest.mark.parametrize("generated", [SMALL, LARGE], ids=["small", "large"])
def test_progress_goes_one_way(generated: tuple[str, int, int]) -> None:
    """The levels told of never rise, compared in order; an unmet level's bound never falls; time goes on."""
    profile, participants, seed = generated
    instance = generate(participants, seed, profile)
    heard: list[Progress] = []
    roster = solve(instance, deterministic=True, time_limit=1.5, on_progress=heard.append)
    told = [progress for progress in heard if progress.level == "unmet"]
    assert len(told) > 1
    assert len({progress.level for progress in heard}) > 2
    assert all(late.value <= early.value for early, late in pairwise(told))
    bounds = [progress.bound for progress in told if progress.bound is not None]
    assert bounds == sorted(bounds)
    assert all(early.elapsed <= late.elapsed for early, late in pairwise(heard))
    for progress in heard:
        assert progress.bound is None or progress.bound <= progress.value
        assert progress.level in LEVELS
    assert roster.score.unmet <= told[-1].value


def test_the_same_roster_byte_for_byte() -> None:
    """Twice in this process, and in another whose hashes of strings are different."""
    clinics = [SMALL, LARGE]
    texts = [_solved(clinics) for _ in range(2)]
    assert texts[0].count('"format": "iopsched-roster/1"') == 2
    assert texts[0] == texts[1]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(clinics=clinics)],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == texts[0]


def _solved(clinics: list[tuple[str, int, int]]) -> str:
    return "".join(
        solve(generate(participants, seed, profile), deterministic=True, time_limit=0.4, seed=4).to_json()
        for profile, participants, seed in clinics
    )


def test_the_roster_says_how_to_get_it_again() -> None:
    """Seed, limit, mode and versions; a deterministic search has one worker and counts effort."""
    roster = solve(clinic(), deterministic=True, time_limit=7.0, seed=5, workers=8)
    assert (roster.solver.seed, roster.solver.time_limit, roster.solver.workers) == (5, 7.0, 1)
    assert roster.solver.deterministic
    assert {"iopsched", "ortools", "python"} <= roster.solver.versions.keys()
    assert roster.solver.seconds == solve(clinic(), deterministic=True, time_limit=7.0, seed=5).solver.seconds


def test_an_optimum_says_so() -> None:
    """Every level is bounded by its own value."""
    roster = best(clinic(groups=[group()], participants=[participant("p1", need("talk"), need("class"))]))
    assert roster.bound.as_tuple() == roster.score.as_tuple()
    assert roster.status == "optimal"
    assert roster.unmet == ()


@pytest.mark.parametrize(
    "nothing",
    [
        {"participants": []},
        {"participants": [participant("p1", need("talk", 0))]},
        {"hours": []},
        {"rooms": []},
        {"staff": [staff(available=[])]},
        {"closed": [f"2026-11-{day}" for day in range(23, 28)]},
    ],
)
def test_a_clinic_where_nothing_can_happen(nothing: dict[str, object]) -> None:
    """No participants, needs, hours, rooms, time or open day: an optimal roster without sessions."""
    roster = best(clinic(**nothing))
    assert roster.sessions == ()
    assert roster.score.as_tuple()[1:] == (0, 0, 0)


def test_pins_that_contradict_each_other_are_bad_input() -> None:
    """Two talks at one time with one member of staff, named as an input error."""
    both = clinic(
        participants=[participant("p1"), participant("p2"), participant("p3")],
        staff=[staff("ana"), staff("ben")],
        pins=[{"participant": f"p{k}", "service": "talk", "start": "Mon 09:00"} for k in (1, 2, 3)],
    )
    with pytest.raises(InstanceError, match="pins"):
        solve(both, deterministic=True, time_limit=2.0)


def test_real_time_and_several_workers_give_a_checked_roster_too() -> None:
    """On the wall clock, with two threads."""
    instance = clinic(participants=[participant(f"p{k}") for k in range(3)])
    roster = solve(instance, time_limit=3.0, workers=2)
    assert check(instance, roster).ok
    assert roster.score.unmet == 0
    assert not roster.solver.deterministic
