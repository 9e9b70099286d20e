"""What an import brought, as one JSON object for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from iopsched.errors import Problem
from iopsched.instance import Instance

__all__ = ["import_document"]


def import_document(instance: Instance, warnings: Sequence[Problem], *, output: str) -> dict[str, Any]:
    """Return what ``iopsched import --json`` prints.

    Returns
    -------
    dict
        ``ok``; ``instance``, its id; how many ``participants``, ``sessions`` needed, ``staff``, ``rooms`` and
        ``groups``; ``warnings``, each with ``path`` (the cell), ``what``, ``remedy`` and ``severity``;
        ``output``.
    """
    return {
        "ok": True,
        "instance": instance.id,
        "participants": len(instance.participants),
        "sessions": sum(need.sessions for person in instance.participants for need in person.needs),
        "staff": len(instance.staff),
        "rooms": len(instance.rooms),
        "groups": len(instance.groups),
        "warnings": [asdict(warning) for warning in warnings],
        "output": output,
    }
