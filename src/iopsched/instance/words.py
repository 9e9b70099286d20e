"""What a planner reads: values, nearest names, what a field expects, which object is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

__all__ = ["expected", "found", "listed", "nearest", "nearest_or_known", "object_name"]

_LONGEST_QUOTE = 40
_MOST_NAMES = 8
_CLOSE = 0.65

_OBJECTS = {
    "services": "service",
    "rooms": "room",
    "staff": "staff",
    "groups": "group",
    "programs": "program",
    "participants": "participant",
    "pins": "pin",
    "needs": "need",
    "family": "family",
    "busy": "busy",
    "agenda": "part",
}


def found(value: object) -> str:
    """Say what a JSON value is."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'the text "{value if len(value) <= _LONGEST_QUOTE else value[:_LONGEST_QUOTE] + "…"}"'
    if isinstance(value, Mapping):
        return "an object {…}"
    if isinstance(value, Iterable):
        return "a list […]"
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return f"{value}, which JSON has no number for"
    text = str(value)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def expected(node: Mapping[str, Any]) -> str:
    """Say what a node of the JSON Schema asks for."""
    if "anyOf" in node:
        options = [option for option in node["anyOf"] if option != {"type": "null"}]
        return expected(options[-1])
    if "const" in node:
        return f'"{node["const"]}"'
    if "enum" in node:
        return "one of " + ", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in node["enum"])
    kind = node.get("type")
    if kind in ("integer", "number"):
        return ("a whole number" if kind == "integer" else "a number") + _range(node)
    if kind == "string" and "examples" in node:
        return f'text such as "{node["examples"][0]}"'
    if kind == "string" and node.get("format") == "date":
        return 'a date such as "2026-11-30"'
    names = {"string": "text in double quotes", "boolean": "true or false", "array": "a list […]"}
    return names.get(str(kind), "an object {…}")


def _range(node: Mapping[str, Any]) -> str:
    if "maximum" in node:
        return f" from {node['minimum']} to {node['maximum']}"
    return f", {node['minimum']} or more"


@lru_cache(maxsize=4096)
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    by_lower = {known.lower(): known for known in names}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=_CLOSE)
    return by_lower[close[0]] if close else None


def nearest(name: str, names: Collection[str]) -> str | None:
    """Return the known name that a wrong one most probably means, upper and lower case alike."""
    return _nearest(name, tuple(names))


def listed(names: Iterable[str]) -> str:
    """Return names as ``a, b, c``, the first few of them."""
    every = list(names)
    return ", ".join(every[:_MOST_NAMES]) + (", …" if len(every) > _MOST_NAMES else "")


def nearest_or_known(name: str, names: Collection[str], kind: str) -> str:
    """Return the remedy for a reference to nothing: the nearest name, or those that there are."""
    close = nearest(name, names)
    if close is not None:
        return f'did you mean "{close}"?'
    if names:
        return f"use one of {listed(names)}, or add the {kind}"
    return f"add the {kind}, or take the reference out"


def object_name(document: object, loc: tuple[str | int, ...]) -> str:
    """Name the objects on the way to a place in a file by their ids: ``participant P1, need of yoga``.

    The empty string where the place belongs to no object of a list.
    """
    names = []
    node: Any = document
    for above, step in zip((None, *loc), loc, strict=False):
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and above in _OBJECTS and isinstance(node, Mapping):
            names.append(_one_name(str(above), step, node))
    return ", ".join(names)


def _one_name(collection: str, number: int, node: Mapping[str, object]) -> str:
    kind = _OBJECTS[collection]
    if collection == "needs":
        service = node.get("service")
        return f"need of {service}" if isinstance(service, str) else f"need {number + 1}"
    if collection == "pins":
        said = [node.get(key) for key in ("participant", "group", "service", "start")]
        words = [text for text in said if isinstance(text, str)]
        return f"pin of {' '.join(words)}" if words else f"pin {number + 1}"
    own = node.get("title" if collection == "agenda" else "id")
    if isinstance(own, str):
        return f"{kind} {own}"
    return f"{kind} {number + 1}" if collection in ("agenda", "busy") else f"{kind} {number + 1} (no id)"
