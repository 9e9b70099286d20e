"""What of a baseline stands before anything is changed."""

from __future__ import annotations

from datetime import datetime

import pytest

from iopsched.instance.models import Instance
from iopsched.options import Plan
from iopsched.roster import check
from iopsched.solve import solve
from iopsched.solve.warm import start_from_baseline
from rules.tiny import at, best, clinic, group, meeting, need, participant, room, roster_of, session, staff
from solve.searches import CLINICS, WEDNESDAY, constructed, roster_of_plan, search_of

TWO = {"rooms": [room("office"), room("other")], "staff": [staff("ana"), staff("ben")]}


@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
@pytest.mark.parametrize("frozen_from", [None, WEDNESDAY], ids=["from the start", "from the middle"])
def test_where_nothing_has_changed_everything_is_kept(
    clinic_: tuple[str, int, int], frozen_from: datetime | None
) -> None:
    """The same clinic again: the same sessions with the same staff in the same rooms."""
    before = constructed(*clinic_)
    baseline = roster_of_plan(before)
    assert len(baseline.sessions) > 8
    search = search_of(before.options.instance, baseline=baseline, frozen_from=frozen_from)
    start_from_baseline(search, 5.0)
    assert search.best.score == baseline.score
    assert search.best.changes == 0
    again = roster_of_plan(search)
    report = check(before.options.instance, again, baseline=baseline, frozen_from=frozen_from)
    assert [str(violation) for violation in report.violations] == []
    what = [(s.service, s.start, s.room, s.participants, s.staff, s.agenda) for s in baseline.sessions]
    assert [(s.service, s.start, s.room, s.participants, s.staff, s.agenda) for s in again.sessions] == what
    assert [s.id for s in again.sessions] == [s.id for s in baseline.sessions]


def test_without_a_baseline_nothing_is_started() -> None:
    """The plan is what it was."""
    search = search_of(clinic())
    start_from_baseline(search, 1.0)
    assert search.best.plan == Plan()


def test_what_can_no_longer_be_is_left_out() -> None:
    """p1 is away on Monday: p2's talk and the class on Tuesday stay, and nothing new is placed."""
    instance = clinic(
        **TWO,
        groups=[group(starts=["Tue 09:00"])],
        participants=[
            participant("p1", need("talk"), need("class"), available=["Tue 08:00-12:00"]),
            participant("p2"),
        ],
    )
    baseline = roster_of(
        instance,
        session("Mon 09:00", "p1"),
        session("Mon 09:00", "p2", "ben", room="other"),
        meeting("Tue 09:00", "p1", "ben", room="other"),
    )
    search = search_of(instance, baseline=baseline)
    start_from_baseline(search, 1.0)
    assert search.best.score.as_tuple()[:2] == (60, 10)
    assert [(s.service, s.participants) for s in roster_of_plan(search).sessions] == [
        ("talk", ("p2",)),
        ("class", ("p1",)),
    ]


@pytest.mark.parametrize(
    ("gone", "points"), [({"staff": [staff("ben")]}, 3), ({"rooms": [room("other")]}, 1)]
)
def test_somebody_else_steps_in(gone: dict[str, object], points: int) -> None:
    """Where ana or the office is no longer there, the talk keeps its time."""
    instance = clinic(**{**TWO, **gone})
    baseline = roster_of(clinic(**TWO), session("Mon 09:00"))
    search = search_of(instance, baseline=baseline)
    start_from_baseline(search, 1.0)
    assert search.best.score.as_tuple()[:2] == (0, points)
    assert roster_of_plan(search).sessions[0].start == at("Mon 09:00")


def replan(instance: Instance) -> tuple[int, ...]:
    """Return the score after solving with the clinic's own optimum as the baseline."""
    return best(instance, baseline=best(instance)).score.as_tuple()


def test_an_optimum_stays() -> None:
    """Solved again with itself as the baseline it is the same, with no change."""
    instance = clinic(
        **TWO,
        groups=[group(starts=["Mon,Tue 09:00"])],
        participants=[participant(name, need("talk", 2), need("class")) for name in ("p1", "p2")],
    )
    assert best(instance).score.unmet == 0
    assert replan(instance) == best(instance).score.as_tuple()


@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
def test_a_start_is_taken_over_without_being_counted(clinic_: tuple[str, int, int]) -> None:
    """The same clinic again, with nothing to compare with: what stood stands, at the same times."""
    before = constructed(*clinic_)
    standing = roster_of_plan(before)
    assert len(standing.sessions) > 8
    search = search_of(before.options.instance)
    start_from_baseline(search, 5.0, standing)
    assert search.best.score.unmet == standing.score.unmet
    again = roster_of_plan(search)
    what = [(s.service, s.start, s.group, s.participants) for s in standing.sessions]
    assert [(s.service, s.start, s.group, s.participants) for s in again.sessions] == what
    assert [str(one) for one in check(before.options.instance, again).violations] == []


def test_from_a_start_the_search_goes_on() -> None:
    """From a start in which p1 waits between two sessions and p2 has none, the optimum is reached."""
    instance = clinic(
        groups=[group(starts=["Mon 09:00"])],
        participants=[participant("p1", need("talk"), need("class")), participant("p2")],
    )
    standing = roster_of(instance, session("Mon 12:00"), meeting("Mon 09:00", "p1"))
    assert (standing.score.unmet, standing.score.burden) == (60, 60 + 120)
    found = solve(instance, deterministic=True, time_limit=20, start=standing)
    assert check(instance, found).ok
    assert found.score.as_tuple() == best(instance).score.as_tuple()
    assert (found.score.unmet, found.score.changes) == (0, 0)
    assert found.status == "optimal"
