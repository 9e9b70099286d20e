"""Participants are put into batches that ask for the same, with what their weeks cost."""

from __future__ import annotations

import numpy as np
import pytest

from iopsched.generate import generate
from iopsched.options import Options, build_options
from iopsched.weeks.batches import SCALE, batches, covers
from iopsched.weeks.clock import DayClock
from iopsched.weeks.days import NEVER
from rules.tiny import (
    Fields,
    at,
    clinic,
    group,
    need,
    participant,
    program,
    roster_of,
    service,
    session,
    staff,
)
from solve.searches import CLINICS


def together(options: Options, *, burden: bool = True, most: int = 500) -> list[list[int]]:
    """Return the participants of each batch."""
    everybody = range(len(options.instance.participants))
    clock = DayClock.of(options)
    return [one.people.tolist() for one in batches(options, clock, everybody, burden=burden, most=most)]


@pytest.mark.parametrize("names", CLINICS, ids=lambda names: names[0])
def test_everybody_covered_is_in_one_batch_with_all_their_needs(names: tuple[str, int, int]) -> None:
    """And weights, sessions and blocks are those of the needs."""
    profile, participants, seed = names
    options = build_options(generate(participants, seed, profile))
    everybody = range(len(options.instance.participants))
    found = batches(options, DayClock.of(options), everybody, burden=True)
    people = [k for batch in found for k in batch.people.tolist()]
    assert sorted(people) == [k for k in everybody if covers(options, k)]
    assert people
    for batch in found:
        wanted = np.array((*batch.shape.wanted, batch.shape.blocks))
        for k, weights in zip(batch.people.tolist(), batch.weights, strict=True):
            asked = [options.sessions[n] for n in options.sessions_of[k]]
            attendances = [options.attendances[n] for n in options.attendances_of[k]]
            needed = sum(one.weight * one.wanted for one in (*asked, *attendances))
            assert int(weights @ wanted) == needed


def test_batches_are_no_larger_than_asked() -> None:
    """Five alike in batches of two."""
    options = build_options(clinic(participants=[participant(f"p{k}") for k in range(5)]))
    assert together(options) == [[0, 1, 2, 3, 4]]
    assert together(options, most=2) == [[0, 1], [2, 3], [4]]


SERVICES = [service(f"s{k}") for k in range(8)]


@pytest.mark.parametrize(
    ("needs", "covered"),
    [
        ([need(f"s{k}") for k in range(6)], True),
        ([need(f"s{k}") for k in range(7)], False),
        ([need("s1", 6, min_days_apart=0)], True),
        ([need("s1", 7, min_days_apart=0)], False),
        ([need(f"s{k}", 50) for k in range(3)], True),
        ([need(f"s{k}", 50) for k in range(5)], False),
    ],
)
def test_weeks_with_too_many_choices_are_left_out(needs: list[Fields], covered: bool) -> None:
    """More than six sessions a day, or needs of so many sessions that their states are too many."""
    options = build_options(clinic(services=SERVICES, participants=[participant("p1", *needs)]))
    assert covers(options, 0) == covered
    assert together(options) == ([[0]] if covered else [])


def test_nobody_is_covered_once_the_week_has_begun() -> None:
    """What has happened is not in the program."""
    instance = clinic(participants=[participant("p1", need("talk", 2))])
    baseline = roster_of(instance, session("Mon 09:00"))
    assert covers(build_options(instance, baseline), 0)
    assert not covers(build_options(instance, baseline, at("Tue 00:00")), 0)


def test_starts_and_days_cost_what_the_score_says() -> None:
    """30 outside what is preferred, 45 without the preferred staff, 60 for a visit and 60 for a short day."""
    instance = clinic(
        hours=["Mon 09:00-12:00"],
        staff=[staff("ana"), staff("ben", available=["Mon 10:00-12:00"])],
        programs=[program(billable_day_minutes=90, max_minutes_per_day=150)],
        services=[service(), service("med"), service("class", kind="group")],
        groups=[group(starts=["Mon 09:00", "Mon 11:00"])],
        participants=[
            participant(
                "p1",
                need("talk", prefer_staff=["ben"]),
                need("med"),
                need("class"),
                prefers=["Mon 10:00-12:00"],
            )
        ],
    )
    options = build_options(instance)
    clock = DayClock.of(options)
    assert (clock.first, clock.slots) == (9 * 60, 12)
    priced, free = (batches(options, clock, [0], burden=burden)[0] for burden in (True, False))
    talk = [item.asked.need.service for item in priced.items[0]].index("talk")
    monday = priced.starts[talk, 0, 0]
    assert [int(monday[t]) // SCALE for t in (0, 2, 4, 8)] == [75, 75, 0, 0]
    assert (monday[[1, 9, 10, 11]] == NEVER).all()
    assert set(free.starts[talk, 0, 0].tolist()) == {0, NEVER}
    # Nothing; a session; another; both; and each of these with the block: three hours are too many.
    assert [cost // SCALE if cost < NEVER else None for cost in priced.days[0].tolist()] == [
        0, 120, 120, 60, 120, 60, 60, None,
    ]  # fmt: skip
    assert [cost if cost < NEVER else None for cost in free.days[0].tolist()] == [0] * 7 + [None]
    assert [cost // SCALE for cost in priced.block_costs.tolist()] == [30, 0]
    assert free.block_costs.tolist() == [0, 0]


def test_whoever_misses_everything_pays_less_than_for_what_cannot_be() -> None:
    """However dear a unit is; and at a price that leaves room the weights are what they are."""
    options = build_options(
        clinic(participants=[participant("p1", need("talk", 5, priority=100), need("class", 0))])
    )
    (batch,) = batches(options, DayClock.of(options), [0], burden=True)
    assert batch.missing(3)[0].tolist() == [3 * 6000, 0]
    dear = batch.missing(10**9)
    assert 0 < int(dear[0] @ (*batch.shape.wanted, batch.shape.blocks)) < NEVER


def test_a_row_is_one_way_to_belong_to_a_group() -> None:
    """Of a group that keeps to one time of day each time; of one that does not, and for who mixes, all."""
    groups = [
        group("g", starts=["Mon,Tue 09:00", "Mon,Tue 11:00"], meetings=2),
        group("h", starts=["Mon 10:00", "Wed 12:00"], meetings=2, same_start=False),
    ]
    instance = clinic(
        groups=groups,
        participants=[
            participant("p1", need("class", 2)),
            participant("p2", need("class", 2, mix_groups=True)),
        ],
    )
    options = build_options(instance)
    (batch,) = batches(options, DayClock.of(options), [0, 1], burden=True)
    assert batch.blocks.person.tolist() == [0, 0, 0, 1]
    rows = [batch.blocks.option[batch.blocks.row == row].tolist() for row in range(4)]
    texts = [
        {(options.meetings[k].group, options.meetings[k].time_of_day // 60) for k in row} for row in rows
    ]
    assert texts == [{(0, 9)}, {(0, 11)}, {(1, 10), (1, 12)}, {(0, 9), (0, 11), (1, 10), (1, 12)}]
