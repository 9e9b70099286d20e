"""The weeks that are tried where needs wait for each other or lie apart."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from iopsched.options import build_options
from iopsched.weeks.planner import WeekPlanner
from rules.tiny import Fields, clinic, group, need, participant, service


def choices(*needs: Fields) -> list[dict[str, frozenset[int]]]:
    """Return the days to keep to, choice by choice, of a participant with these needs."""
    services = [service(), service("med"), service("class", kind="group")]
    instance = clinic(services=services, groups=[group()], participants=[participant("p1", *needs)])
    return [dict(days) for days in WeekPlanner(build_options(instance)).day_choices(0)]


@pytest.mark.parametrize(
    "needs",
    [
        [need("talk", 3)],
        [need("talk", 1, min_days_apart=3)],
        [need("talk", 2, after="med")],
        [need("talk", 2, after="med"), need("med", 0)],
        [need("talk", 0, after="med"), need("med")],
    ],
)
def test_nothing_to_keep_to(needs: list[Fields]) -> None:
    """A day between sessions is kept by all weeks; one session, or what nobody needs, waits for nothing."""
    assert choices(*needs) == []


def test_what_comes_first_keeps_to_the_days_before() -> None:
    """Every day but the first may be the first of the later need; together the two have the whole week."""
    found = choices(need("talk", 2, after="med"), need("med"))
    assert [min(days["talk"]) for days in found] == [1, 2, 3, 4, 5, 6]
    for days in found:
        assert days["med"] | days["talk"] == frozenset(range(7))
        assert max(days["med"]) < min(days["talk"])


@pytest.mark.parametrize("apart", [2, 3, 4, 6])
def test_days_apart_are_found_all_of_them(apart: int) -> None:
    """Any two days so far apart are in some choice, and no choice holds closer ones."""
    found = [days["talk"] for days in choices(need("talk", 2, min_days_apart=apart))]
    for one, other in combinations(range(7), 2):
        assert any({one, other} <= days for days in found) == (other - one >= apart)
    assert all(two - one >= apart for days in found for one, two in pairwise(sorted(days)))
    assert not any(one < other for one in found for other in found)


def test_order_and_distance_are_kept_together() -> None:
    """Two talks two days apart, after a med; whatever days keep both are allowed by some choice."""
    found = choices(need("talk", 2, after="med", min_days_apart=2), need("med"))
    for med, one, other in combinations(range(7), 3):
        allowed = any(med in days["med"] and {one, other} <= days["talk"] for days in found)
        assert allowed == (other - one >= 2)
