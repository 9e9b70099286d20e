"""Identifiers, references and entries of a FHIR transaction."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from iopsched.instance.models import Instance

__all__ = [
    "Resource",
    "concept",
    "created_once",
    "known_by_code",
    "own_id",
    "printable",
    "put",
    "reference",
    "urn",
]

Resource = dict[str, Any]
"""A resource, or a part of one, as its JSON says it."""

_SPACE: Final = UUID("2c6f5d6e-8a39-4b77-9d0e-6f3a1f0c4b52")
_URI: Final = "urn:ietf:rfc:3986"
"""The system of identifiers that are URIs (FHIR R4, Identifier.system)."""

_CODE: Final = re.compile(r"[^\s\x00-\x1f\x7f]+([ ][^\s\x00-\x1f\x7f]+)*")


def printable(text: str) -> str:
    """Return a text that FHIR takes for a code, escaped where it is none; two texts never become one."""
    return text if _CODE.fullmatch(text) and "%" not in text else quote(text)


def system(kind: str) -> str:
    """Return the namespace of the clinic's codes of one kind."""
    return f"urn:iopsched:{kind}"


def own_id(instance: Instance, *what: str | int) -> UUID:
    """Return the id of something of this clinic's week: the same whenever it is sent."""
    return uuid5(_SPACE, json.dumps([instance.id, instance.week.isoformat(), *what]))


def urn(own: UUID) -> str:
    """Return an id as a URI."""
    return f"urn:uuid:{own}"


def reference(kind: str, code: str) -> Resource:
    """Return a reference to what :func:`created_once` sends in the same transaction."""
    return {"reference": urn(_lasting_id(kind, code))}


def known_by_code(resource: str, kind: str, code: str) -> Resource:
    """Return a logical reference: to what the receiving system has, by the clinic's code."""
    return {"type": resource, "identifier": {"system": system(kind), "value": printable(code)}}


def concept(kind: str, code: str, text: str) -> Resource:
    """Return a clinic's own code as a concept."""
    return {"coding": [{"system": system(kind), "code": printable(code)}], "text": text}


def put(resource: str, own: UUID, **fields: Any) -> Resource:
    """Return the entry of a resource that is made, or brought up to date where its identifier is known."""
    identifier = {"system": _URI, "value": urn(own)}
    return {
        "fullUrl": urn(own),
        "resource": {"resourceType": resource, "identifier": [identifier], **fields},
        "request": {"method": "PUT", "url": f"{resource}?{_search(identifier)}"},
    }


def created_once(resource: str, known: tuple[str, str], **fields: Any) -> Resource:
    """Return the entry of a resource that is made only where its identifier, kind and code, is not known.

    What the receiving system knows of it already stays as it is.
    """
    kind, code = known
    identifier = {"system": system(kind), "value": printable(code)}
    return {
        "fullUrl": urn(_lasting_id(kind, code)),
        "resource": {"resourceType": resource, "identifier": [identifier], **fields},
        "request": {"method": "POST", "url": resource, "ifNoneExist": _search(identifier)},
    }


def _lasting_id(kind: str, code: str) -> UUID:
    return uuid5(_SPACE, json.dumps([kind, code]))


def _search(identifier: dict[str, str]) -> str:
    """Return the search for an identifier; what separates or escapes in searches is escaped itself."""
    parts = (re.sub(r"([\\|,$])", r"\\\1", identifier[name]) for name in ("system", "value"))
    return f"identifier={quote('|'.join(parts), safe=':')}"
