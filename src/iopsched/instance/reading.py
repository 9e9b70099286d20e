"""From the bytes of a JSON file to a document, with nothing silently lost on the way."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from iopsched.errors import InstanceError, Problem
from iopsched.instance.draft import Finding, Loc

__all__ = ["read_document"]

_REMEDIES = {
    "Expecting property name": "put the field's name in double quotes; a comma before } has to go",
    "Expecting ',' delimiter": "put a comma between two values, or close the quote or bracket before this",
    "Expecting ':' delimiter": "put a colon between the field's name and its value",
    "Expecting value": "write a value here, text in double quotes; a comma before ] has to go",
    "Illegal trailing comma": "take the comma out",
    "Extra data": "leave nothing after the } that closes the file",
    "Unterminated string": "close the text with a double quote",
    "Invalid control character": "write a line break inside a text as \\n, a tabulator as \\t",
    "Invalid \\": "write a backslash inside a text as \\\\",
}


_DEEPEST = 16
"""No field of an instance lies deeper: what does is wrong whatever it repeats."""


class _Repeating(dict[str, Any]):
    """A JSON object some of whose fields the file gives more than once."""

    repeated: tuple[str, ...]


def read_document(
    text: str | bytes, *, expected: str = '{ "id": …, "week": …, … }'
) -> tuple[dict[str, Any], list[Finding]]:
    """Read JSON text.

    Parameters
    ----------
    text : str or bytes
    expected : str
        What to write, told where the text holds something else than one object.

    Returns
    -------
    document : dict
        The last value counts where a field is given more than once.
    findings : list of Finding
        The fields that are given more than once.

    Raises
    ------
    InstanceError
        The text is not UTF-8, no JSON, or no JSON object: then nothing else can be said.
    """
    any_repeated = False

    def take(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal any_repeated
        plain = dict(pairs)
        if len(plain) == len(pairs):
            return plain
        any_repeated = True
        repeating = _Repeating(plain)
        times = Counter(name for name, _ in pairs)
        repeating.repeated = tuple(name for name in plain if times[name] > 1)
        return repeating

    document = _loaded(_decoded(text), take)
    if not isinstance(document, dict):
        raise _unusable("the file is JSON, but not one object", f"write {expected}")
    return document, _repeated_fields(document) if any_repeated else []


def _unusable(what: str, remedy: str) -> InstanceError:
    return InstanceError([Problem("", what, remedy)])


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise _unusable(f"line {line}: the text is not UTF-8", "save the file as UTF-8") from None


def _loaded(text: str, take: Any) -> Any:
    try:
        return json.loads(text, object_pairs_hook=take)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise _unusable("the file is empty", "write an instance into it, or name another file") from None
        remedy = next((words for start, words in _REMEDIES.items() if error.msg.startswith(start)), "")
        raise _unusable(
            f"line {error.lineno}, column {error.colno}: this is not JSON: {error.msg}",
            remedy or "mend the JSON at this place",
        ) from None
    except ValueError:
        raise _unusable("a number has thousands of digits", "write the number that is meant") from None
    except RecursionError:
        raise _unusable("brackets are nested too deeply", "write an instance as the format says") from None


def _repeated_fields(node: object, loc: Loc = ()) -> list[Finding]:
    findings: list[Finding] = []
    if len(loc) > _DEEPEST:
        return findings
    if isinstance(node, _Repeating):
        findings = [
            Finding((*loc, name), f'the field "{name}" is given more than once', "keep one of them")
            for name in node.repeated
        ]
    if isinstance(node, dict | list):
        inner = node.items() if isinstance(node, dict) else enumerate(node)
        for step, value in inner:
            findings += _repeated_fields(value, (*loc, step))
    return findings
