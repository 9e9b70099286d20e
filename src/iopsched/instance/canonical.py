"""The canonical form of an instance, and the hash by which a roster says what it answers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from iopsched.instance.models import Instance

__all__ = ["canonical_json", "instance_sha256"]

_ALWAYS = ["Mon-Sun 00:00-24:00"]


def canonical_json(instance: Instance) -> bytes:
    """Return the instance as canonical JSON: what does not change its meaning by absence is written out.

    Every field that has a default is there, with the default where the file gave none. Defaults that
    depend on something else are written out too: ``skill`` of services and agenda parts, ``name`` of
    staff, ``available`` of rooms (``Mon-Sun 00:00-24:00``) and of participants (the clinic's hours),
    ``family`` of a need of kind ``family`` (all of the participant's, in their order). Fields whose
    default is absent or none are left out, as is ``null``. Keys are sorted by code point, lists keep
    their order and their repeats, windows and starts their spelling; a whole number of ``rest_hours``
    has no decimals. UTF-8, nothing escaped that need not be, no spaces.

    Read again it is the same instance, with the same canonical form.
    """
    document = instance.model_dump(mode="json", exclude_none=True)
    for room in document["rooms"]:
        room.setdefault("available", _ALWAYS)
    for member in document["staff"]:
        _without_decimals(member, "rest_hours")
    families = {service.id for service in instance.services if service.kind == "family"}
    for participant in document["participants"]:
        participant.setdefault("available", document["hours"])
        for need in participant["needs"]:
            if need["service"] in families:
                need.setdefault("family", [relative["id"] for relative in participant["family"]])
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def instance_sha256(instance: Instance) -> str:
    """Return the SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(instance)).hexdigest()


def _without_decimals(member: dict[str, Any], field: str) -> None:
    if field in member and member[field] == int(member[field]):
        member[field] = int(member[field])
