"""A week of three participants, two staff and two rooms, with a roster made by hand; for all report tests.

The evening group meets on Monday, Tuesday and Wednesday, a family session misses its only hour, and
Friday is closed.
"""

from __future__ import annotations

from typing import Any

from iopsched.instance.models import Instance
from iopsched.roster.models import Roster

__all__ = ["INSTANCE", "ROSTER", "instance", "roster"]

INSTANCE: dict[str, Any] = {
    "format": "iopsched-instance/1",
    "id": "small",
    "week": "2026-11-30",
    "timezone": "America/Chicago",
    "hours": ["Mon-Fri 08:00-21:00"],
    "closed": ["2026-12-04"],
    "services": [
        {
            "id": "individual",
            "kind": "one_to_one",
            "minutes": 60,
            "room_kinds": ["office"],
            "note_minutes": 15,
        },
        {"id": "family", "kind": "family", "minutes": 60, "room_kinds": ["office"]},
        {"id": "case", "kind": "one_to_one", "minutes": 30, "skill": "individual"},
        {
            "id": "iop-group",
            "kind": "group",
            "minutes": 180,
            "room_kinds": ["group"],
            "agenda": [
                {"title": "Process group", "minutes": 90, "skill": "process"},
                {"title": "Life skills", "minutes": 90, "skill": "skills"},
            ],
        },
    ],
    "rooms": [
        {"id": "G1", "kind": "group", "capacity": 12},
        {"id": "O1", "kind": "office", "capacity": 4, "busy": ["Wed 12:00-14:00"]},
    ],
    "staff": [
        {
            "id": "T1",
            "skills": ["individual", "family", "process"],
            "available": ["Mon-Thu 12:00-21:00"],
            "busy": ["Tue 13:00-14:00"],
        },
        {"id": "T2", "skills": ["individual", "skills"], "available": ["Mon-Thu 09:00-21:00"]},
    ],
    "groups": [
        {
            "id": "evening",
            "service": "iop-group",
            "meetings": 3,
            "starts": ["Mon-Thu 17:30"],
            "min_size": 2,
            "max_size": 10,
        },
        {"id": "morning", "service": "iop-group", "meetings": 3, "starts": ["Mon-Thu 09:00"], "max_size": 10},
    ],
    "programs": [{"id": "iop", "min_minutes_per_week": 540}],
    "participants": [
        {
            "id": "P1",
            "program": "iop",
            "busy": [{"when": ["Mon-Fri 08:00-16:30"], "why": "work", "travel_minutes": 30}],
            "needs": [
                {"service": "iop-group", "sessions": 3, "priority": 2},
                {"service": "case", "sessions": 1},
            ],
        },
        {
            "id": "P2",
            "program": "iop",
            "family": [{"id": "P2-mother", "available": ["Tue 13:00-14:00"]}],
            "needs": [
                {"service": "iop-group", "sessions": 3, "priority": 2},
                {"service": "family", "sessions": 1},
            ],
        },
        {"id": "P3", "program": "iop", "needs": [{"service": "individual", "sessions": 2, "priority": 3}]},
    ],
}


def _meeting(ordinal: int, day: str) -> dict[str, Any]:
    return {
        "id": f"evening/iop-group/{ordinal}",
        "service": "iop-group",
        "group": "evening",
        "start": f"{day}T17:30",
        "end": f"{day}T20:30",
        "room": "G1",
        "participants": ["P1", "P2"],
        "staff": ["T1", "T2"],
        "agenda": [
            {"title": "Process group", "start": f"{day}T17:30", "end": f"{day}T19:00", "staff": ["T1"]},
            {"title": "Life skills", "start": f"{day}T19:00", "end": f"{day}T20:30", "staff": ["T2"]},
        ],
    }


def _one_to_one(ordinal: int, day: str) -> dict[str, Any]:
    return {
        "id": f"P3/individual/{ordinal}",
        "service": "individual",
        "start": f"{day}T12:00",
        "end": f"{day}T13:00",
        "room": "O1",
        "participants": ["P3"],
        "staff": ["T1"],
    }


ROSTER: dict[str, Any] = {
    "format": "iopsched-roster/1",
    "instance": "small",
    "week": "2026-11-30",
    "timezone": "America/Chicago",
    "status": "feasible",
    "score": {"unmet": 60, "changes": 0, "burden": 480, "staffing": 435},
    "bound": {"unmet": 60, "changes": 0, "burden": 432, "staffing": None},
    "sessions": [
        _one_to_one(1, "2026-11-30"),
        _meeting(1, "2026-11-30"),
        _meeting(2, "2026-12-01"),
        {
            "id": "P1/case/1",
            "service": "case",
            "start": "2026-12-02T17:00",
            "end": "2026-12-02T17:30",
            "room": None,
            "participants": ["P1"],
            "staff": ["T1"],
        },
        _meeting(3, "2026-12-02"),
        _one_to_one(2, "2026-12-03"),
    ],
    "unmet": [
        {
            "participant": "P2",
            "service": "family",
            "sessions": 1,
            "minutes": 60,
            "reasons": [
                {"code": "no-common-time", "text": "P2-mother and T1 have no hour in common in the week"}
            ],
        }
    ],
    "warnings": [
        {"code": "program-minutes", "text": "P3 has 120 minutes of the 540 a week that iop promises"}
    ],
    "solver": {"seconds": 1.5, "seed": 0},
}


def instance(**changes: Any) -> Instance:
    """Return the instance, with fields replaced."""
    return Instance.model_validate({**INSTANCE, **changes})


def roster(**changes: Any) -> Roster:
    """Return the roster, with fields replaced."""
    return Roster.model_validate({**ROSTER, **changes})
