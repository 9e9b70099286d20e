"""Level ``changes`` in a scope: everybody whom it can touch counts."""

from __future__ import annotations

import pytest

from iopsched.model import build_model, scope_of
from rules.tiny import clinic, group, meeting, need, participant, room, roster_of, staff
from solve.searches import proved


@pytest.mark.parametrize(
    ("leader", "place", "points"), [("ana", "office", 0), ("ben", "office", 6), ("ben", "other", 8)]
)
def test_members_who_stay_put_up_with_other_leaders_and_rooms(leader: str, place: str, points: int) -> None:
    """A scope that frees only who leads a meeting, and where, counts what it costs the members who stay."""
    instance = clinic(
        rooms=[room("office"), room("other")],
        staff=[staff("ana"), staff("ben")],
        groups=[group()],
        participants=[participant("p1", need("class")), participant("p2", need("class"))],
    )
    search = proved(instance, baseline=roster_of(instance, meeting("Mon 09:00", "p1 p2", by="ana")))
    options, plan = search.options, search.best.plan
    assert search.best.changes == 0
    scoped = build_model(options, plan, scope_of(options, plan, leaders=[0]))
    assert scoped.incumbent("changes") == 0
    (meets,) = scoped.draft.meetings.values()
    scoped.draft.builder.require(meets.leads(0, options.facts.staff_index[leader]))
    scoped.draft.builder.require(dict(meets.rooms)[options.facts.class_of_room[place]])
    scoped.minimize([(1, "changes")])
    assert search.engine.run(scoped, 1.0).objective == points
