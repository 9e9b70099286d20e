"""Tiny clinics, drawn from a seed, where not everything fits and wishes go against each other."""

from __future__ import annotations

import random

from iopsched.instance.models import Instance
from rules.tiny import Fields, clinic, group, need, participant, program, room, service, staff


def scarce_fields(seed: int) -> Fields:
    """Return a clinic's fields: four participants, time, staff, rooms and seats short, wishes in conflict."""
    rng = random.Random(seed)
    note, a_day = rng.choice([0, 30]), rng.choice([None, 120])
    mornings = ["Mon,Tue,Wed 09:00", "Mon 10:30"]
    windows = ["Mon 09:00-11:00", "Tue 09:00-10:30", "Mon 10:00-12:00", "Wed 09:00-11:00", "Tue 10:00-12:00"]

    def needs() -> list[Fields]:
        wishes = [
            need("talk", rng.randint(0, 2), priority=rng.choice([1, 2]), min_days_apart=rng.randint(0, 2)),
            need("med", rng.randint(0, 1), prefer_staff=rng.choice([[], ["ana"], ["ben"]])),
            need("class", rng.randint(0, 2), mix_groups=rng.random() < 0.5),
        ]
        if rng.random() < 0.3:
            wishes[2]["after"] = "med"
        return rng.sample(wishes, rng.randint(1, 3))

    return {
        "hours": ["Mon-Wed 09:00-12:00"],
        "slot_minutes": 30,
        "services": [service(note_minutes=note), service("med", 30), service("class", kind="group")],
        "rooms": [room(), room("other", 3)],
        "staff": [
            staff("ana", "talk med class", max_minutes_per_day=a_day, available=["Mon-Wed 09:00-11:30"]),
            staff("ben", "talk med", max_participants=rng.choice([None, 1]), target_minutes_per_week=60),
        ],
        "groups": [
            group("g", starts=mornings, meetings=2, min_size=rng.randint(1, 3), max_size=3),
            group("h", starts=["Tue 10:00", "Wed 11:00"], meetings=1, max_size=rng.randint(1, 3)),
        ],
        "programs": [program(max_days_per_week=rng.choice([None, 2]), billable_day_minutes=90)],
        "participants": [
            participant(
                f"p{k}",
                *needs(),
                available=rng.sample(windows, rng.randint(1, 3)),
                **rng.choice([{}, {"prefers": [rng.choice(windows)]}]),
            )
            for k in range(4)
        ],
    }


def scarce(seed: int) -> Instance:
    """Return the clinic of :func:`scarce_fields`."""
    return clinic(**scarce_fields(seed))
