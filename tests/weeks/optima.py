"""Scarce clinics at their proved optimum, and scarce clinics that use more of the format."""

from __future__ import annotations

import random
from functools import cache

import numpy as np

from iopsched.instance.models import Instance
from iopsched.solve.search import Search
from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Market, Vector
from rules.tiny import clinic, group, need, part, participant, room, service, staff
from solve.scarce import scarce
from solve.searches import proved

SEEDS = range(24)


@cache
def optimum(seed: int) -> Search:
    """Return the search of a scarce clinic, every level proved; not to be changed."""
    return proved(scarce(seed))


def staged(seed: int) -> Instance:
    """Return a clinic short of time whose class has an agenda: two leaders, then one, with notes and breaks.

    One talk is by video, the office is small, and a kind of room serves one service alone.
    """
    rng = random.Random(seed)
    agenda = [part(30, "class", 2), part(45, rng.choice(["talk", "class"]), 1)]
    people = [
        participant(
            f"p{k}",
            need("talk", rng.randint(1, 2), remote=k == 0, same_staff=False),
            need("class", rng.randint(1, 2)),
            *([need("med")] if k % 2 else []),
            available=rng.sample(["Mon 09:00-11:00", "Tue 09:00-11:30", "Mon 10:00-12:00"], 2),
        )
        for k in range(5)
    ]
    return clinic(
        hours=["Mon,Tue 09:00-12:00"],
        slot_minutes=15,
        services=[
            service(note_minutes=15),
            service("med", 30, room_kinds=["office", "practice"]),
            service("class", 75, kind="group", agenda=agenda, note_minutes=10),
        ],
        rooms=[room("office", 5), room("cell", 2, kind="practice")],
        staff=[
            staff("ana", "talk class", max_minutes_per_day=rng.choice([None, 120])),
            staff("ben", "talk med class", max_minutes_without_break=105, break_minutes=15),
            staff("cy", "med talk", busy=["Mon 09:00-10:00"], max_minutes_per_week=90),
        ],
        groups=[
            group("g", starts=["Mon,Tue 09:00", "Tue 10:00"], meetings=2, max_size=rng.randint(2, 4)),
            group("h", starts=["Mon 10:30"], max_size=2),
        ],
        participants=people,
    )


@cache
def staged_optimum(seed: int) -> Search:
    """Return the search of a staged clinic, every level proved; not to be changed."""
    return proved(staged(seed))


def nothing_priced(market: Market, missing: float) -> Vector:
    """Return prices at which all is free but a missed unit."""
    prices = np.zeros(market.size)
    prices[-1] = missing * SCALE
    return prices
