"""Weeks for a newcomer, and the difference of two rosters: what a planner waits for on the phone."""

from __future__ import annotations

from functools import cache

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.clinics import Clinic
from benchmarks.searches import improved, roster_of
from iopsched import Instance, Roster, check, difference, offers

CLINICS = [Clinic(size, seed, "mixed") for size in (24, 60, 150, 300) for seed in (1, 2)]
NEWCOMERS = 3
"""Participants after whom newcomers are modelled, one after the other."""


@cache
def _standing(clinic: Clinic) -> Roster:
    return roster_of(improved(clinic))


def bench_offers(benchmark: BenchmarkFixture, clinic: Clinic, instance: Instance) -> None:
    """Five weeks for somebody with the needs of one who is there; every roster promised keeps every rule."""
    roster = _standing(clinic)
    people = instance.participants
    likes = [people[k * len(people) // NEWCOMERS] for k in range(NEWCOMERS)]
    newcomers = [one.model_copy(update={"id": f"new {one.id}", "apart_from": ()}) for one in likes]
    answers = benchmark.pedantic(lambda: [offers(instance, roster, one) for one in newcomers], rounds=3)
    for answer in answers:
        assert all(check(answer.instance, offer.roster).ok for offer in answer.offers)
    benchmark.extra_info["newcomers"] = NEWCOMERS
    benchmark.extra_info["offers"] = [len(answer.offers) for answer in answers]
    benchmark.extra_info["complete"] = [sum(one.complete for one in answer.offers) for answer in answers]


def bench_difference(benchmark: BenchmarkFixture, clinic: Clinic, instance: Instance) -> None:
    """The difference to a roster in which every fifth session is in no room."""
    before = _standing(clinic)
    moved = before.model_copy(
        update={
            "sessions": tuple(
                one.model_copy(update={"room": None}) if k % 5 == 0 else one
                for k, one in enumerate(before.sessions)
            )
        }
    )
    found = benchmark(difference, instance, before, moved)
    assert found.participants
