from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.plan.why_not.less import alone, rivals
from iopsched.roster.models import Session
from iopsched.solve import solve
from rules.tiny import broken, clinic, group, need, participant
from solve.scarce import scarce


def kept(instance: Instance, sessions: tuple[Session, ...]) -> list[Session]:
    """Return what of some sessions is asked for in an instance of which less is asked."""
    people = instance.participant_by_id
    found = []
    for session in sessions:
        attending = tuple(
            name for name in session.participants if name in people and people[name].need_of(session.service)
        )
        if attending:
            found.append(session.model_copy(update={"participants": attending}))
    return found


@pytest.mark.parametrize("seed", [1, 4, 6])
def test_what_is_possible_stays_possible_where_less_is_asked(seed: int) -> None:
    """Cut down to the needs that are left, a roster of the whole keeps every rule of the smaller one."""
    instance = scarce(seed)
    roster = solve(instance, deterministic=True, time_limit=1)
    assert roster.sessions
    for person in instance.participants:
        for asked in person.needs:
            for less in (alone(instance, person.id), rivals(instance, person.id, asked.service)):
                assert broken(less, *kept(less, roster.sessions)) == set()


def test_rivals_are_those_who_want_the_same() -> None:
    """Whoever needs only what others lead is left out; of the rest, only the needs that compete."""
    instance = clinic(
        groups=[group()],
        participants=[
            participant("p1", need("class")),
            participant("p2", need("class"), need("talk")),
            participant("p3", need("talk"), apart_from=["p2"]),
        ],
    )
    less = rivals(instance, "p1", "class")
    assert {one.id: [need.service for need in one.needs] for one in less.participants} == {
        "p1": ["class"],
        "p2": ["class"],
    }
    assert [one.id for one in alone(instance, "p3").participants] == ["p3"]


def test_what_must_come_before_comes_along() -> None:
    """A rival who has to wait for another service keeps the need of that one."""
    instance = clinic(
        groups=[group()],
        participants=[
            participant("p1", need("class")),
            participant("p2", need("talk"), need("class", after="talk")),
        ],
    )
    less = rivals(instance, "p1", "class")
    assert {need.service for need in less.participant_by_id["p2"].needs} == {"talk", "class"}
