"""An instance as the text of an instance file that people can read and compare."""

from __future__ import annotations

import json
from typing import Any

from iopsched.generate.services import Document
from iopsched.instance.models import Instance

__all__ = ["to_document"]

_ALWAYS = ("format", "id", "week", "timezone", "slot_minutes", "hours")


def to_document(instance: Instance) -> str:
    """Return the JSON text of an instance: one line for each service, room, member of staff, participant, ...

    Keys are in the order of the models; what has its default value is left out, except for the format, the
    week, the time zone and the grid. UTF-8 unescaped, one trailing newline.
    """
    everything: Document = instance.model_dump(mode="json")
    written = {name: everything[name] for name in _ALWAYS} | _without_defaults(instance)
    lines = [f" {json.dumps(name)}: {_lines(value)}" for name, value in written.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _without_defaults(instance: Instance) -> Document:
    document: Document = instance.model_dump(mode="json", exclude_defaults=True)
    for service in document["services"]:
        skill = service["skill"]
        for part in service.get("agenda", []):
            if part["skill"] == skill:
                del part["skill"]
        if skill == service["id"]:
            del service["skill"]
    for member in document["staff"]:
        if member["name"] == member["id"]:
            del member["name"]
    return document


def _lines(value: Any) -> str:
    """Return a value on one line, a list of objects with a line for each."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)
