"""Who may lead sessions: pools of staff who are all the same, names where they matter, shortlists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iopsched.instance.models import Instance
from iopsched.model import Shortlist, build_model, everything, scope_of
from iopsched.model.variables import Draft
from iopsched.options import Placement, Plan, build_options
from rules.tiny import Fields, clinic, need, participant, room, staff
from solve.searches import engine, proved

NINE = 9 * 60
TALKS = {"hours": ["Mon 09:00-10:00"], "rooms": [room("one"), room("two"), room("three")]}


def talks(*needs: Fields, names: tuple[str, ...] = ("ana", "ben", "cy"), **limits: object) -> Instance:
    """Return a clinic where everybody's talk is at nine on Monday, or never."""
    people = [participant(f"p{k}", asked) for k, asked in enumerate(needs, 1)]
    return clinic(**TALKS, staff=[staff(name, **limits) for name in names], participants=people)


def drafted(instance: Instance, plan: Plan | None = None, shortlist: Shortlist | None = None) -> Draft:
    """Return the variables of the whole clinic."""
    options = build_options(instance)
    scope = replace(everything(options), shortlist=shortlist)
    return build_model(options, plan or Plan(), scope).draft


def named(draft: Draft, session: int) -> list[int]:
    """Return who may lead a session by name."""
    return [member for leads in draft.sessions[session].leads for member, _ in leads]


def test_sessions_alike_draw_on_one_pool() -> None:
    """Three talks that anybody of three may lead: nobody is decided by name, and the plan names all."""
    instance = talks(need("talk"), need("talk"), need("talk"))
    draft = drafted(instance)
    assert [named(draft, k) for k in range(3)] == [[], [], []]
    (pool,) = draft.pools.values()
    assert [session for session, _ in pool.claims] == [0, 1, 2]
    assert [member for member, _ in pool.leads] == [0, 1, 2]
    plan = proved(instance).best.plan
    assert {placed.staff for sessions in plan.placements.values() for placed in sessions} == {0, 1, 2}


@pytest.mark.parametrize(
    ("asks", "by_name", "pooled"),
    [
        ({}, [], True),
        ({"prefer_staff": ["ben"]}, [1], True),
        ({"prefer_staff": ["ana", "ben", "cy"]}, [0, 1, 2], False),
        ({"not_staff": ["ben", "cy"]}, [0], False),
        ({"sessions": 2}, [0, 1, 2], False),
        ({"sessions": 2, "same_staff": False}, [], True),
    ],
)
def test_names_are_decided_where_they_matter(asks: Fields, by_name: list[int], pooled: bool) -> None:
    """Preferred staff, the one who leads throughout, and whoever is the only one."""
    draft = drafted(talks(need("talk", **{"sessions": 1, **asks})))
    assert named(draft, 0) == by_name
    assert [literal is not None for literal in draft.sessions[0].pooled] == [pooled]


@pytest.mark.parametrize(("limit", "by_name"), [(1, [0, 1, 2]), (2, [])])
def test_a_caseload_that_could_be_exceeded_is_kept_by_name(limit: int, by_name: list[int]) -> None:
    """Two participants exceed a caseload of one, and not one of two."""
    draft = drafted(talks(need("talk"), need("talk"), max_participants=limit))
    assert named(draft, 0) == by_name


def test_whoever_leads_now_goes_on_where_the_pool_allows_it() -> None:
    """Read back from the hint, nobody has changed hands."""
    instance = talks(need("talk"), need("talk"), need("talk"))
    options = build_options(instance)
    plan = Plan({0: (Placement(NINE, 2, 0),), 1: (Placement(NINE, 0, 0),), 2: (Placement(NINE, 1, 0),)})
    model = build_model(options, plan, everything(options))
    assert model.plan(list(model.model.proto.solution_hint.values)).placements == plan.placements


def test_a_shortlist_keeps_the_first_few_whoever_leads_and_the_preferred() -> None:
    """Of three, dee is first on the list, ana is preferred, ben leads now; cy is left out."""
    instance = talks(need("talk", prefer_staff=["ana"]), names=("ana", "ben", "cy", "dee"))
    plan = Plan({0: (Placement(NINE, 1, 0),)})
    short = drafted(instance, plan, Shortlist((3, 2, 1, 0), 1))
    assert named(short, 0) == [0]
    (pool,) = short.pools.values()
    assert [member for member, _ in pool.leads] == [0, 1, 3]
    (full,) = drafted(instance, plan).pools.values()
    assert [member for member, _ in full.leads] == [0, 1, 2, 3]


def test_a_shortlist_decides_who_leads() -> None:
    """With one to be asked it is the first of those who could."""
    instance = talks(need("talk"))
    options = build_options(instance)
    for order in ((2, 1, 0), (1, 0, 2)):
        scope = scope_of(options, Plan(), participants=[0], shortlist=Shortlist(order, 1))
        model = build_model(options, Plan(), scope, ["unmet"])
        model.minimize([(1, "unmet")])
        outcome = engine().run(model, 1.0)
        assert outcome.values is not None
        assert [placed.staff for placed in model.plan(outcome.values).placements[0]] == [order[0]]
