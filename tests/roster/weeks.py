"""A clinic with one of everything, and a roster of it in which nothing is wrong.

Two hours of evening group in two parts on Monday and Wednesday for p1 and p2, p1's talk by ana, p2's hour
with mother, p3's talk by video. The clinic's Monday is 2026-11-23.
"""

from __future__ import annotations

from typing import Any

from iopsched.instance.models import Instance
from iopsched.roster import Roster
from rules.tiny import (
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    program,
    room,
    roster_of,
    service,
    session,
    staff,
)

__all__ = ["AGENDA", "edited", "evening_clinic", "evening_roster"]

AGENDA = ((75, "ana"), (45, "ben"))
"""Minutes and leaders of the evening's parts."""


def evening_clinic(**fields: Any) -> Instance:
    """Return the clinic; only what is named differs."""
    usual: dict[str, Any] = {
        "services": [
            service(note_minutes=15),
            service("family", kind="family"),
            service("evening", 120, "group", agenda=[part(75, "process"), part(45, "skills")]),
        ],
        "rooms": [room("big", 8), room("small", 3), room("closet", 2)],
        "staff": [
            staff("ana", "talk process family", max_minutes_per_day=240),
            staff("ben", "talk skills family"),
        ],
        "groups": [group("late", ["Mon,Wed 17:00"], service="evening", meetings=2, min_size=2)],
        "programs": [program(max_minutes_per_day=180, min_days_per_week=2, min_minutes_per_week=120)],
        "participants": [
            participant("p1", need("talk"), need("evening", 2), available=["Mon-Wed 09:00-20:00"]),
            participant(
                "p2",
                need("family"),
                need("evening", 2),
                family=[{"id": "mother", "available": ["Tue 14:00-16:00"]}],
            ),
            participant("p3", need("talk", 2, remote=True, priority=5)),
        ],
    }
    return clinic(**{**usual, **fields})


def evening_roster(instance: Instance) -> Roster:
    """Return the roster; p3 lacks the second talk."""
    return roster_of(
        instance,
        session("Mon 15:00", "p1", "ana", room="small"),
        meeting("Mon 17:00", "p1 p2", group="late", parts=AGENDA, service="evening", room="big"),
        session("Tue 14:00", "p2", "ben", "family", room="small", family="mother"),
        session("Wed 14:00", "p3", "ben", room=None),
        meeting("Wed 17:00", "p1 p2", group="late", parts=AGENDA, service="evening", room="big"),
    )


def edited(roster: Roster, number: int, **fields: Any) -> Roster:
    """Return the roster with some fields of one session changed, and nothing else."""
    sessions = list(roster.sessions)
    sessions[number] = sessions[number].model_copy(update=fields)
    return roster.model_copy(update={"sessions": tuple(sessions)})
