from __future__ import annotations

import pytest

from iopsched.options import build_options
from iopsched.plan.standing import plan_of
from iopsched.solve import solve
from iopsched.solve.assemble import sessions_of_plan
from rules.tiny import clinic, group, meeting, need, part, participant, roster_of, service, session, staff
from solve.scarce import scarce


@pytest.mark.parametrize("seed", [1, 4])
def test_a_roster_becomes_the_plan_that_it_was_made_of(seed: int) -> None:
    """Starts, people and leaders come back from the plan; rooms may change their names within a class."""
    instance = scarce(seed)
    roster = solve(instance, deterministic=True, time_limit=1)
    assert roster.sessions
    options = build_options(instance)
    again = sessions_of_plan(options, plan_of(options, roster.sessions))
    assert [one.model_dump(exclude={"room"}) for one in again] == [
        one.model_dump(exclude={"room"}) for one in roster.sessions
    ]


def test_leaders_of_parts_come_from_the_agenda() -> None:
    """Who leads which part is kept, where two lead one meeting."""
    instance = clinic(
        services=[service("class", kind="group", minutes=60, agenda=[part(30, "class"), part(30, "talk")])],
        staff=[staff("ana", "class"), staff("ben", "talk")],
        groups=[group()],
        participants=[participant("p1", need("class"))],
    )
    roster = roster_of(instance, meeting("Mon 09:00", parts=[(30, "ana"), (30, "ben")]))
    options = build_options(instance)
    (held,) = plan_of(options, roster.sessions).meetings.values()
    assert held.leaders == ((0,), (1,))


def test_what_the_instance_does_not_offer_is_left_out() -> None:
    """A session at a time that became impossible is no part of the plan."""
    instance = clinic(hours=["Mon 10:00-12:00"])
    options = build_options(instance)
    assert plan_of(options, (session("Mon 10:00"),)).placements
    assert not plan_of(options, (session("Mon 09:00"),)).placements
