"""What the crew's processes say to each other arrives as it was sent, or not at all."""

from __future__ import annotations

import io

import pytest

from iopsched.options import Plan
from iopsched.solve.crew_messages import UNCHANGED, Change, Order, change_between, receive, send
from solve.searches import CLINICS, constructed, replanned


def test_a_change_turns_one_plan_into_the_other() -> None:
    """There and back, from nothing and to nothing."""
    one, other = (constructed(*CLINICS[0]).best.plan, replanned(*CLINICS[0], None).best.plan)
    assert one != other
    assert one.meetings
    for old, new in [(one, other), (other, one), (Plan(), one), (one, Plan())]:
        change = change_between(old, new)
        assert change
        assert change.applied_to(old) == new


def test_only_what_differs_is_in_a_change() -> None:
    """One need without its sessions and one meeting cancelled, of all there are."""
    plan = constructed(*CLINICS[0]).best.plan
    need, option = min(plan.placements), min(plan.meetings)
    fewer = plan.with_changes({need: ()}, {option: None})
    assert len(fewer.placements) == len(plan.placements) - 1 > 0
    assert change_between(plan, fewer) == Change({need: ()}, {option: None})
    assert change_between(fewer, plan) == Change(
        {need: plan.placements[need]}, {option: plan.meetings[option]}
    )


def test_no_change_leaves_the_plan_that_it_is_applied_to() -> None:
    """The very object, by which it is known to be the newest."""
    plan = constructed(*CLINICS[0]).best.plan
    assert not change_between(plan, plan)
    assert UNCHANGED.applied_to(plan) is plan


def test_messages_cross_a_pipe_one_by_one() -> None:
    """Two in a row come out as they went in, and then there are no more."""
    plan = constructed(*CLINICS[0]).best.plan
    orders = [Order(change_between(Plan(), plan), 1.5, None, again) for again in (False, True)]
    pipe = io.BytesIO()
    for order in orders:
        send(pipe, order)
    pipe.seek(0)
    assert [receive(pipe), receive(pipe)] == orders
    with pytest.raises(EOFError):
        receive(pipe)


@pytest.mark.parametrize("kept", [1, 7, 8, 20])
def test_half_a_message_is_none(kept: int) -> None:
    """Whether the writer ended within the length or within the message."""
    pipe = io.BytesIO()
    send(pipe, Order(UNCHANGED, 1.0, None, again=False))
    whole = pipe.getvalue()
    assert len(whole) > kept
    with pytest.raises(EOFError):
        receive(io.BytesIO(whole[:kept]))
