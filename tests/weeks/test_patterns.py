"""How groups may meet, and what that means to each who needs them."""

from __future__ import annotations

import pytest

from iopsched.model import scope_of
from iopsched.options import Meeting, Options, Plan, build_options
from iopsched.weeks.clock import DayClock
from iopsched.weeks.patterns import GroupKind, Pattern, group_kinds, pattern_costs
from rules.tiny import Fields, clinic, group, need, participant, service, staff
from solve.searches import resumed

DAY = 1440
NINE, TEN = 9 * 60, 10 * 60


def kinds_of(*groups: Fields, needs: tuple[Fields, ...] = (), **fields: object) -> list[GroupKind]:
    """Return the kinds of these groups where one participant needs classes."""
    people = [participant("p1", *(needs or (need("class", 2),)))]
    return group_kinds(build_options(clinic(groups=list(groups), participants=people, **fields)), "class")


def patterns(*groups: Fields, **fields: object) -> set[Pattern]:
    """Return the patterns of the one kind that these groups are."""
    (kind,) = kinds_of(*groups, **fields)
    assert len(set(kind.patterns)) == len(kind.patterns)
    return set(kind.patterns)


def test_a_pattern_is_as_many_days_at_one_time_as_may_be_needed() -> None:
    """Two or three of three days at nine, or both days at ten; one alone is less than anybody asks for."""
    three = group(starts=["Mon-Wed 09:00", "Mon,Tue 10:00"], meetings=3)
    mon, tue, wed = (day * DAY + NINE for day in range(3))
    nine = {(mon, tue, wed), (mon, tue), (mon, wed), (tue, wed)}
    assert patterns(three) == nine | {(TEN, DAY + TEN)}
    assert patterns({**three, "meetings": 2}) == nine - {(mon, tue, wed)} | {(TEN, DAY + TEN)}


def test_without_one_time_for_all_each_day_has_its_own() -> None:
    """Nine or ten on Monday, with ten on Tuesday."""
    mixed = group(starts=["Mon 09:00", "Mon,Tue 10:00"], meetings=2, same_start=False)
    assert patterns(mixed) == {(NINE, DAY + TEN), (TEN, DAY + TEN)}


def test_whoever_mixes_groups_may_need_a_single_meeting() -> None:
    """Then one day is a pattern too."""
    both = group(starts=["Mon,Tue 09:00"], meetings=2)
    needs = (need("class", 2, mix_groups=True),)
    assert patterns(both, needs=needs) == {(NINE, DAY + NINE), (NINE,), (DAY + NINE,)}


def test_what_is_pinned_is_in_every_pattern() -> None:
    """And a group that is pinned must meet."""
    pinned = kinds_of(
        group(starts=["Mon-Wed 09:00"], meetings=2), pins=[{"group": "g", "start": "Tue 09:00"}]
    )
    assert [kind.pinned for kind in pinned] == [True]
    assert set(pinned[0].patterns) == {(NINE, DAY + NINE), (DAY + NINE, 2 * DAY + NINE)}


def test_groups_alike_are_one_kind() -> None:
    """Not those of another size, for others, somewhere else, led by others, or named by somebody."""
    usual = {"starts": ["Mon 09:00"]}
    different = [
        {"max_size": 3},
        {"open_to": ["women"]},
        {"rooms": ["office"]},
        {"staff": ["ana"]},
        {"starts": ["Tue 09:00"]},
    ]
    groups = [group(f"g{k}", **usual) for k in range(3)]
    others = [group(f"h{k}", **{**usual, **fields}) for k, fields in enumerate(different)]
    found = kinds_of(*groups, *others)
    assert [kind.groups for kind in found] == [(0, 1, 2), (3,), (4,), (5,), (6,), (7,)]
    named = kinds_of(*groups, needs=(need("class", groups=["g1"]),))
    assert [kind.groups for kind in named] == [(0, 2), (1,)]
    assert [kind.audience[2] for kind in named] == [None, {"g1"}]


def test_a_group_that_cannot_meet_is_of_no_kind() -> None:
    """Without meetings, without starts, or for another service."""
    services = [service(), service("class", kind="group"), service("yoga", kind="group")]
    assert (
        kinds_of(group(meetings=0), group("h", starts=[]), group("y", service="yoga"), services=services)
        == []
    )


SITTER = 3
"""The group need of whoever attends every meeting, so that it runs without the others."""


def exact_cost(options: Options, asked: int, pattern: Pattern, missing: int) -> int:
    """Return what the exact model says the week costs if one group meets so, where somebody else sits."""
    held = {
        option.index: Meeting(((0,),), option.rooms[0], frozenset([SITTER]))
        for option in options.meetings
        if option.start in pattern
    }
    search = resumed(options, Plan({}, held))
    person = options.attendances[asked].participant
    search.decide(scope_of(options, search.best.plan, participants=[person]), ("unmet", "burden"), 5.0)
    assert search.engine.solves == 1
    return missing * search.best.short[person] + search.best.load[person]


@pytest.mark.parametrize("seed", range(3))
def test_a_pattern_costs_what_the_exact_model_finds(seed: int) -> None:
    """Of one group: for each participant and each way that it may meet, and where it does not meet at all."""
    talks = ["Mon 10:00-12:00", "Tue 08:00-09:00", "Wed 12:00-15:00"]
    instance = clinic(
        staff=[staff("ana", "class"), staff("ben", "talk", available=talks[seed:] + talks[:1])],
        groups=[group(starts=["Mon-Wed 09:00", "Tue,Wed 11:00"], meetings=2)],
        participants=[
            participant("p1", need("talk"), need("class", 2)),
            participant(
                "p2", need("talk", 2, same_staff=False), need("class"), prefers=["Mon,Tue 08:00-12:00"]
            ),
            participant("p3", need("class", 2), available=["Tue 08:00-12:00"]),
            participant("sitter", need("class", 2)),
        ],
    )
    options = build_options(instance)
    kinds = group_kinds(options, "class")
    costs = pattern_costs(options, DayClock.of(options), kinds, "class", {}, missing=100)
    assert set(costs) == {0, 1, 2, SITTER}
    for asked, ways in list(costs.items())[:SITTER]:
        assert len(ways) == 1 + len(kinds[0].patterns)
        for way, cost in ways.items():
            assert cost == exact_cost(options, asked, () if way is None else way[1], 100)
        assert len(set(ways.values())) > 1


def test_patterns_of_groups_that_somebody_may_not_join_do_not_count_for_them() -> None:
    """p1, who is no woman and names g, has g's pattern alone; p2 that of the women too."""
    instance = clinic(
        groups=[
            group("g"),
            group("h", starts=["Tue 09:00"]),
            group("w", starts=["Wed 09:00"], open_to=["women"]),
        ],
        participants=[
            participant("p1", need("class", groups=["g"])),
            participant("p2", need("class"), tags=["women"]),
        ],
    )
    options = build_options(instance)
    kinds = group_kinds(options, "class")
    costs = pattern_costs(options, DayClock.of(options), kinds, "class", {}, missing=10)
    served = [
        {way[1][0] // DAY for way, cost in costs[k].items() if way is not None and cost == 60} for k in (0, 1)
    ]
    assert served == [{0}, {0, 1, 2}]
    assert costs[0][None] == costs[1][None] == 600
