"""Field by field: what is wrong with each value alone, and a draft in which the rest can be judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iopsched.instance.draft import Draft, Finding, Loc
from iopsched.instance.models import Instance
from iopsched.instance.schema import instance_schema
from iopsched.instance.words import expected, found, nearest

__all__ = ["read_fields"]

_UNKNOWN = ("extra_forbidden", "invalid_key")
_DEEPEST = 8
"""No container of an instance lies deeper; what does is wrong as a whole and never changed inside."""


def read_fields(document: Mapping[str, Any]) -> tuple[Draft, list[Finding]]:
    """Check every field of a document, and salvage what is sound.

    Broken values are replaced by stand-ins, unknown fields dropped (or taken for the required field
    whose name they nearly have), until the models accept the document. No list changes its length.

    Returns
    -------
    draft : Draft
        With the places of all stand-ins.
    findings : list of Finding
        One for each mistake, at its place in the file.
    """
    repair = _Repair(dict(document))
    while True:
        try:
            instance = Instance.model_validate(repair.document)
        except ValidationError as error:
            repair.mend(error)
        else:
            return Draft(instance, frozenset(repair.broken), repair.renamed), repair.findings


@dataclass
class _Repair:
    """A document on its way to one that the models accept, and what had to be done to it."""

    document: dict[str, Any]
    schema: dict[str, Any] = field(default_factory=instance_schema)
    broken: set[Loc] = field(default_factory=set)
    renamed: dict[Loc, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def mend(self, error: ValidationError) -> None:
        """Take the mistakes of one round out of the document, unknown fields first."""
        before = len(self.broken) + len(self.renamed) + len(self.findings)
        if not self.findings:
            self.document = _copied(self.document, _DEEPEST)
        details = error.errors(include_url=False)
        for detail in sorted(details, key=lambda detail: detail["type"] not in _UNKNOWN):
            if detail["type"] in _UNKNOWN:
                self._drop_unknown(detail["loc"])
            elif detail["type"] == "missing":
                self._add_missing(detail["loc"])
            elif detail["type"] != "too_short" or not detail["input"]:
                # A list that is not empty is only too short for want of sound entries, each reported.
                self._replace(detail)
        if len(self.broken) + len(self.renamed) + len(self.findings) == before:
            raise error

    def _drop_unknown(self, loc: Loc) -> None:
        *above, name = loc
        node, parent = self._node(tuple(above)), self._value(tuple(above))
        value = parent.pop(name)
        meant = nearest(str(name), node["properties"])
        if meant is None:
            remedy = f"take it out; the fields here are {', '.join(node['properties'])}"
        elif meant in parent:
            remedy = f'take it out; there is "{meant}" already'
        else:
            remedy = f'did you mean "{meant}"?'
            if meant in node.get("required", ()):
                parent[meant] = value
                self.renamed[(*above, meant)] = str(name)
            else:
                self.broken.add((*above, meant))
        self.findings.append(Finding(loc, f'unknown field "{name}"', remedy))

    def _add_missing(self, loc: Loc) -> None:
        *above, name = loc
        parent, node = self._value(tuple(above)), self._node(loc)
        if name in parent:
            return
        parent[name] = _stand_in(self.schema, node)
        self.broken.add(loc)
        # A default that comes from a broken field is no second mistake.
        if name in self._node(tuple(above)).get("required", ()):
            remedy = f'add "{name}": {expected(node)}'
            self.findings.append(Finding(loc, f'the field "{name}" is missing', remedy))

    def _replace(self, detail: ErrorDetails) -> None:
        loc, node = self._place(detail["loc"])
        if loc in self.broken:
            return
        self.broken.add(loc)
        *above, last = loc
        parent = self._value(tuple(above))
        if isinstance(last, str) and last not in parent:
            return  # filled in from a broken field, which has been reported
        optional = isinstance(last, str) and last not in self._node(tuple(above)).get("required", ())
        self.findings.append(_explain(loc, node, detail, optional=optional))
        if optional:
            del parent[last]
        else:
            parent[last] = _stand_in(self.schema, node)

    def _value(self, loc: Loc) -> Any:
        value: Any = self.document
        for step in loc:
            value = value[step]
        return value

    def _node(self, loc: Loc) -> dict[str, Any]:
        return self._place(loc)[1]

    def _place(self, loc: Loc) -> tuple[Loc, dict[str, Any]]:
        """Return a location without what is no place in a file (the branch of a union), and its schema."""
        node: dict[str, Any] = self.schema
        for depth, step in enumerate(loc):
            inner = _plain(self.schema, node)
            below = inner.get("items") if isinstance(step, int) else inner.get("properties", {}).get(step)
            if below is None:
                return loc[:depth], inner
            node = below
        return loc, _plain(self.schema, node)


def _copied(value: Any, depth: int) -> Any:
    if depth and isinstance(value, dict):
        return {name: _copied(inner, depth - 1) for name, inner in value.items()}
    if depth and isinstance(value, list | tuple):
        return [_copied(inner, depth - 1) for inner in value]
    return value


def _plain(schema: Mapping[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and leave the null out of what may be null."""
    if "$ref" in node:
        target: dict[str, Any] = schema["$defs"][node["$ref"].rpartition("/")[2]]
        return target
    options = [option for option in node.get("anyOf", ()) if option != {"type": "null"}]
    return _plain(schema, options[-1]) if options else node


def _stand_in(schema: Mapping[str, Any], node: dict[str, Any]) -> Any:
    """Return the plainest value that a node of the schema allows."""
    node = _plain(schema, node)
    if "const" in node or "enum" in node:
        return node["const"] if "const" in node else node["enum"][0]
    match node["type"]:
        case "object":
            return {name: _stand_in(schema, node["properties"][name]) for name in node.get("required", ())}
        case "array":
            return [_stand_in(schema, node["items"])] * node.get("minItems", 0)
        case "integer" | "number":
            return node["minimum"]
        case "boolean":
            return False
    if "examples" in node:
        return node["examples"][0]
    return "2026-11-30" if node.get("format") == "date" else "?"


def _explain(loc: Loc, node: Mapping[str, Any], detail: ErrorDetails, *, optional: bool) -> Finding:
    """Put a mistake of the models into a planner's words."""
    value = detail["input"]
    subject = f'an entry of "{loc[-2]}"' if isinstance(loc[-1], int) else f'"{loc[-1]}"'
    if detail["type"] == "value_error":
        what, _, remedy = str(detail["ctx"]["error"]).partition("; ")
        return Finding(loc, f"{subject}: {what}", remedy or f"write {expected(node)}")
    if detail["type"] == "too_short":
        return Finding(loc, f"{subject} is empty", "leave the field out, or put something into the list")
    what = f"{subject} must be {expected(node)}, not {found(value)}"
    return Finding(loc, what, _remedy(node, value, optional=optional))


def _remedy(node: Mapping[str, Any], value: object, *, optional: bool) -> str:
    if value is None and optional:
        return "leave the field out for its default"
    if isinstance(value, str):
        if node.get("type") in ("integer", "number") and re.fullmatch(r"[0-9]+", value.strip()):
            return f"write {value.strip()} without quotes"
        if node.get("type") == "boolean" and value.lower() in ("true", "false"):
            return f"write {value.lower()} without quotes"
        if node.get("type") == "array":
            return "put it in square brackets"
        meant = nearest(value, [name for name in node.get("enum", ()) if isinstance(name, str)])
        if meant is not None:
            return f'did you mean "{meant}"?'
    return f"write {expected(node)}"
