"""A worker's steps, taken in this process."""

from __future__ import annotations

from iopsched.model import scope_of
from iopsched.options import Options, Plan
from iopsched.roster import check
from iopsched.solve.crew import Crew
from iopsched.solve.crew_messages import Begin, Order, Report, Task, change_between
from iopsched.solve.crew_worker import Worker
from iopsched.solve.neighbourhoods import NEIGHBOURHOODS
from iopsched.solve.value import value_plan
from solve.searches import CLINICS, WEDNESDAY, replanned, resumed, roster_of_plan

TASK = Task("burden", NEIGHBOURHOODS, {})


def worker_of(options: Options, seed: int) -> Worker:
    return Worker(Begin(options.instance, options.baseline, options.frozen_from, seed))


def first_find(worker: Worker, plan: Plan) -> Report:
    """Let a worker take steps from a plan until it finds a better one."""
    report = worker.carry_out(Order(change_between(Plan(), plan), 1.0, TASK, again=False))
    for _ in range(50):
        if report.scope is not None:
            return report
        report = worker.carry_out(Order(change_between(plan, plan), 1.0, None, again=False))
    raise AssertionError("nothing was found in fifty steps")


def test_what_a_worker_reports_is_better_and_keeps_every_rule() -> None:
    """The change, made to the plan it was given, passes the judge; the solves are counted."""
    base = replanned(*CLINICS[0], WEDNESDAY)
    search = resumed(base.options, base.best.plan)
    report = first_find(worker_of(base.options, 1), base.best.plan)
    assert report.scope is not None
    assert report.solves == 1
    assert report.most_variables > 0
    found = report.change.applied_to(base.best.plan)
    assert search.adopt(search.best.moved_to(found, report.scope), "burden")
    assert search.best.score == value_plan(search.options, found).score
    verdict = check(
        search.options.instance,
        roster_of_plan(search),
        baseline=search.options.baseline,
        frozen_from=WEDNESDAY,
    )
    assert [str(violation) for violation in verdict.violations] == []


def test_whoever_was_slower_decides_the_same_again_from_the_newest_plan() -> None:
    """Of two who found something better the first is adopted, the second is sent back and catches up."""
    base = replanned(*CLINICS[0], WEDNESDAY)
    start = base.best.plan
    quick, slow = (worker_of(base.options, seed) for seed in (1, 3))
    finds = [first_find(worker, start) for worker in (quick, slow)]
    plans = [report.change.applied_to(start) for report in finds]
    assert plans[0] != plans[1]
    work = Crew().improving(value_plan(base.options, start), TASK, 60.0, patience=5)
    assert not work.hear(work.best.plan, plans[0], finds[0])
    adopted = work.best
    assert adopted.plan == plans[0]
    assert work.hear(start, plans[1], finds[1])
    assert work.best is adopted
    again = slow.carry_out(Order(change_between(plans[1], adopted.plan), 1.0, None, again=True))
    latest = again.change.applied_to(adopted.plan)
    assert not work.hear(adopted.plan, latest, again)
    assert work.best.score.as_tuple() <= adopted.score.as_tuple()
    assert work.best.score == value_plan(base.options, work.best.plan).score


def test_a_scope_decided_again_is_whole_in_the_newest_plan() -> None:
    """Who has joined its groups meanwhile is free to leave them."""
    base = replanned(*CLINICS[0], None)
    plan, options = base.best.plan, base.options
    report = first_find(worker := worker_of(options, 1), plan)
    scope = scope_of(options, plan, groups=range(len(options.instance.groups)))
    emptied = plan.with_changes({}, dict.fromkeys(plan.meetings))
    worker._scope = scope_of(options, emptied, groups=scope.groups)
    assert not worker._scope.attendances
    assert scope.attendances
    found = report.change.applied_to(plan)
    worker.carry_out(Order(change_between(found, plan), 1.0, None, again=True))
    assert worker._scope == scope
