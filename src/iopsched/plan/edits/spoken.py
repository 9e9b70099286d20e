"""How each kind of value is said in a sentence: what it looks like, how it is read, how it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from iopsched.instance.models import Instance
from iopsched.plan.edits.times import (
    START_PATTERN,
    WHEN_PATTERN,
    read_starts,
    read_when,
    said_when,
)

__all__ = [
    "COUNT",
    "DOCUMENT",
    "ID",
    "IDS",
    "ON_WHEN",
    "START",
    "STARTS",
    "WHEN",
    "Said",
    "names_or",
    "said_id",
]

_RESERVED = (
    *("and", "anybody", "at", "commitment", "everybody", "group", "in", "no", "nobody", "of", "on", "or"),
    *("participant", "room", "staff", "the"),
)
"""Words that the forms put where an id could be; an id that is one of them is put into quotes."""

_ID_CHARACTER = r"[\w.+#@/-]"
_BARE = rf"(?!(?:{'|'.join(_RESERVED)})(?!{_ID_CHARACTER}))\w(?:{_ID_CHARACTER}*\w)?"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_ID = rf"(?:{_QUOTED}|{_BARE})"
_IDS = rf"{_ID}(?:(?:\s*,\s*(?:(?:and|or)\s+)?|\s+and\s+|\s+or\s+){_ID})*"
_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = rf"(?:[0-9]+|{'|'.join(_NUMBER_WORDS)})"


@dataclass(frozen=True)
class Said:
    """How the values of a field are said.

    Attributes
    ----------
    pattern : str
        A regular expression that matches every way to say one.
    read : callable
        From what was said, and the instance, to the field's value; a ``ValueError`` says what is wrong.
    write : callable
        From the value to the canonical way to say it.
    otherwise : str
        What a text that does not match is not, then "; " and a remedy.
    """

    pattern: str
    read: Callable[[str, Instance], Any]
    write: Callable[[Any], str]
    otherwise: str


def said_id(name: str) -> str:
    """Return an id as a sentence holds it: in quotes where it could be taken for something else."""
    if re.fullmatch(_BARE, name, re.IGNORECASE):
        return name
    return json.dumps(name, ensure_ascii=False)


def _read_id(text: str, _: Instance) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError:
        raise ValueError(f'{text} is no text in quotes; write a quote inside as \\"') from None


def _read_ids(text: str, instance: Instance) -> tuple[str, ...]:
    words = re.findall(rf"{_QUOTED}|(?:and|or)\b|{_BARE}", text, re.IGNORECASE)
    return tuple(_read_id(word, instance) for word in words if word.lower() not in ("and", "or"))


def _write_ids(names: Iterable[str]) -> str:
    return ", ".join(said_id(name) for name in names)


def names_or(everybody: str, nobody: str) -> Said:
    """Return how a list of ids is said that may also be absent (any will do) or empty (none does)."""

    def read(text: str, instance: Instance) -> tuple[str, ...] | None:
        if text.lower() == everybody:
            return None
        return () if text.lower() == nobody else _read_ids(text, instance)

    def write(names: tuple[str, ...] | None) -> str:
        if names is None:
            return everybody
        return _write_ids(names) if names else nobody

    otherwise = f"no list of ids; say ids joined by commas, {everybody} or {nobody}"
    return Said(rf"(?:{everybody}|{nobody}|{_IDS})", read, write, otherwise)


def _read_count(text: str, _: Instance) -> int:
    return int(text) if text.isascii() and text.isdigit() else _NUMBER_WORDS.index(text.lower())


def _read_document(text: str, _: Instance) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError(f"what follows is no JSON ({error}); write one object in braces") from None


def _write_document(value: Any) -> str:
    return json.dumps(value.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


_NO_TIME = "no time of a week; say days, then times"
_NO_START = "no start; say days and one time"

ID = Said(_ID, _read_id, said_id, "no id of one word; put it into double quotes")
IDS = Said(_IDS, _read_ids, _write_ids, "no list of ids; say ids joined by commas")
COUNT = Said(_COUNT, _read_count, str, "no whole number; write digits, or a word up to ten")
WHEN = Said(WHEN_PATTERN, lambda text, instance: read_when(text, instance.week), said_when, _NO_TIME)
ON_WHEN = Said(WHEN.pattern, WHEN.read, lambda windows: said_when(windows, on=True), _NO_TIME)
STARTS = Said(START_PATTERN, lambda text, instance: read_starts(text, instance.week), " or ".join, _NO_START)
START = Said(
    START_PATTERN,
    lambda text, instance: " ".join(read_starts(text, instance.week)),
    lambda start: str(start),
    _NO_START,
)
DOCUMENT = Said(r"\{.*\}", _read_document, _write_document, "no JSON object; write one in braces")
