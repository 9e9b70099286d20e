"""What a generated clinic offers: its services and its levels of care."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iopsched.generate.profiles import Profile

__all__ = ["PARTIAL_MINUTES", "Document", "block_minutes", "leader_minutes", "programs", "services"]

Document = dict[str, Any]
"""A JSON object of an instance file in the making."""

PARTIAL_MINUTES = 240
"""A day of partial hospitalisation: four 50-minute sessions with their breaks; five days are 20 hours."""


def block_minutes(profile: Profile) -> int:
    """Return the minutes of an intensive outpatient block, breaks included."""
    return sum(profile.block)


def services(profile: Profile) -> list[Document]:
    """Return the services; those that a clinic of this profile never needs are left out."""
    offered = [
        *_one_to_one(profile),
        {
            "id": "iop-group",
            "kind": "group",
            "minutes": block_minutes(profile),
            "room_kinds": ["group"],
            "agenda": [
                {"title": "Process group", "minutes": profile.block[0], "skill": "process"},
                {"title": "Psychoeducation", "minutes": profile.block[1], "skill": "education"},
                {"title": "Skills", "minutes": profile.block[2], "skill": "skills"},
            ],
        },
        *_classes(),
    ]
    if profile.teens:
        offered.append(_teen_group())
    if profile.partial:
        offered.append(_partial_day())
    return offered


def _one_to_one(profile: Profile) -> list[Document]:
    return [
        {
            "id": "individual",
            "kind": "one_to_one",
            "minutes": 60,
            "room_kinds": ["office"],
            "note_minutes": profile.note_minutes,
        },
        {"id": "family", "kind": "family", "minutes": 60, "room_kinds": ["family", "office"]},
        {
            "id": "intake",
            "kind": "one_to_one",
            "minutes": 90,
            "skill": "individual",
            "room_kinds": ["office"],
        },
        {
            "id": "medication",
            "kind": "one_to_one",
            "minutes": 30,
            "skill": "prescribing",
            "room_kinds": ["office"],
            "start_every": 15 if profile.slot_minutes == 15 else 30,
        },
        {"id": "case", "kind": "one_to_one", "minutes": 30},
        {"id": "case-visit", "kind": "one_to_one", "minutes": 30, "skill": "case", "room_kinds": ["office"]},
    ]


def _classes() -> list[Document]:
    return [
        {"id": "skills-class", "kind": "group", "minutes": 60, "skill": "education", "room_kinds": ["group"]},
        {"id": "yoga", "kind": "group", "minutes": 60, "room_kinds": ["group"]},
        {"id": "peer-support", "kind": "group", "minutes": 60, "room_kinds": ["group"]},
    ]


def _teen_group() -> Document:
    return {
        "id": "teen-group",
        "kind": "group",
        "minutes": 180,
        "skill": "teen",
        "room_kinds": ["group"],
        "agenda": [
            {"title": "Teen process", "minutes": 90, "leaders": 2},
            {"title": "Skills", "minutes": 90, "skill": "skills"},
        ],
    }


def _partial_day() -> Document:
    return {
        "id": "php-day",
        "kind": "group",
        "minutes": PARTIAL_MINUTES,
        "skill": "process",
        "room_kinds": ["group"],
        "agenda": [
            {"title": "Community and goals", "minutes": 60},
            {"title": "Psychoeducation", "minutes": 60, "skill": "education"},
            {"title": "Skills", "minutes": 60, "skill": "skills"},
            {"title": "Process group", "minutes": 60},
        ],
    }


def leader_minutes(service: Mapping[str, Any]) -> int:
    """Return the minutes of staff time that one meeting of a group takes."""
    parts: Sequence[Mapping[str, Any]] = service.get("agenda", [{"minutes": service["minutes"]}])
    return sum(part["minutes"] * part.get("leaders", 1) for part in parts)


def programs(profile: Profile) -> list[Document]:
    """Return the levels of care that somebody in a clinic of this profile may have."""
    levels: list[Document] = []
    if profile.teens + profile.partial < 1:
        levels.append(
            {
                "id": "iop",
                "min_minutes_per_week": 540,
                "min_days_per_week": 3,
                "max_days_per_week": 5,
                "max_minutes_per_day": 300,
                "billable_day_minutes": block_minutes(profile),
            }
        )
    if profile.teens:
        levels.append(
            {
                "id": "iop-teen",
                "min_minutes_per_week": 360,
                "min_days_per_week": 3,
                "max_days_per_week": 5,
                "max_minutes_per_day": 270,
                "billable_day_minutes": 180,
            }
        )
    if profile.partial:
        levels.append(
            {
                "id": "php",
                "min_minutes_per_week": 1200,
                "min_days_per_week": 5,
                "max_days_per_week": 5,
                "max_minutes_per_day": 360,
                "billable_day_minutes": PARTIAL_MINUTES,
            }
        )
    return levels
