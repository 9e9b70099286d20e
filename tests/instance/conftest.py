from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Document = dict[str, Any]


def _clinic() -> Document:
    """A small clinic that has nothing wrong with it."""
    return {
        "format": "iopsched-instance/1",
        "id": "small",
        "week": "2026-11-30",
        "timezone": "America/Chicago",
        "slot_minutes": 15,
        "hours": ["Mon-Fri 08:00-20:00"],
        "closed": ["2026-12-04"],
        "services": [
            {"id": "talk", "kind": "one_to_one", "minutes": 60, "room_kinds": ["office"], "note_minutes": 15},
            {"id": "home", "kind": "family", "minutes": 60, "room_kinds": ["office"]},
            {"id": "call", "kind": "one_to_one", "minutes": 30, "skill": "talk"},
            {
                "id": "block",
                "kind": "group",
                "minutes": 120,
                "room_kinds": ["hall"],
                "agenda": [
                    {"title": "Process", "minutes": 60, "skill": "process"},
                    {"title": "Skills", "minutes": 60, "skill": "skills"},
                ],
            },
        ],
        "rooms": [
            {"id": "O1", "kind": "office", "capacity": 2, "busy": ["Wed 12:00-14:00"]},
            {"id": "O2", "kind": "office", "capacity": 4},
            {"id": "H1", "kind": "hall", "capacity": 8},
        ],
        "staff": [
            {
                "id": "A",
                "skills": ["talk", "home", "process"],
                "tags": ["spanish"],
                "available": ["Mon-Fri 08:00-18:00"],
                "busy": ["Tue 12:00-13:00"],
                "rest_hours": 14,
                "max_participants": 2,
                "max_minutes_per_day": 180,
                "max_minutes_per_week": 300,
                "max_minutes_without_break": 150,
                "break_minutes": 30,
            },
            {"id": "B", "skills": ["talk", "process", "skills"], "available": ["Mon-Fri 08:00-20:00"]},
        ],
        "groups": [
            {
                "id": "day",
                "service": "block",
                "meetings": 2,
                "starts": ["Mon-Fri 10:00", "Mon-Fri 14:00"],
                "max_size": 2,
                "open_to": ["adult"],
            },
            {"id": "eve", "service": "block", "meetings": 2, "starts": ["Mon-Fri 17:00"], "max_size": 4},
        ],
        "programs": [{"id": "iop", "max_days_per_week": 3, "max_minutes_per_day": 200}],
        "participants": [
            {
                "id": "P1",
                "program": "iop",
                "tags": ["adult"],
                "busy": [{"when": ["Mon 08:00-10:00"], "why": "court", "travel_minutes": 30}],
                "needs": [
                    {"service": "talk", "sessions": 2, "min_days_apart": 2, "prefer_staff": ["A"]},
                    {"service": "block", "sessions": 2, "after": "call"},
                    {"service": "call", "sessions": 1},
                ],
            },
            {
                "id": "P2",
                "program": "iop",
                "tags": ["adult"],
                "family": [{"id": "mother", "available": ["Mon-Fri 12:00-16:00"]}],
                "needs": [
                    {"service": "home", "sessions": 1},
                    {"service": "talk", "sessions": 1, "staff_tags": ["spanish"]},
                    {"service": "block", "sessions": 2, "groups": ["day"]},
                ],
            },
            {
                "id": "P3",
                "program": "iop",
                "tags": ["adult"],
                "available": ["Mon-Fri 09:00-19:00"],
                "apart_from": ["P2"],
                "needs": [
                    {"service": "talk", "sessions": 1, "not_staff": ["A"]},
                    {"service": "block", "sessions": 2, "not_staff": ["A"]},
                ],
            },
        ],
        "pins": [
            {"participant": "P1", "service": "talk", "start": "Tue 09:00", "staff": ["A"], "room": "O1"}
        ],
        "weights": {"wait": 2},
    }


@pytest.fixture
def clinic() -> Document:
    """A small clinic, to be spoiled by the test that gets it."""
    return _clinic()


@pytest.fixture
def spoil(clinic: Document) -> Callable[..., Document]:
    """Set, or with ``...`` take out, what stands at a place of the small clinic."""

    def spoil_at(*changes: tuple[tuple[str | int, ...], object]) -> Document:
        for (*above, last), value in changes:
            node: Any = clinic
            for step in above:
                node = node[step]
            if value is ...:
                del node[last]
            else:
                node[last] = value
        return clinic

    return spoil_at
