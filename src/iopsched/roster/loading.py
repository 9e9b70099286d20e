"""From a roster file to a roster, or to everything that keeps it from being one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iopsched.errors import InstanceError, Problem, RosterError
from iopsched.instance.draft import written
from iopsched.instance.models import Instance
from iopsched.instance.reading import read_document
from iopsched.instance.words import found
from iopsched.roster.models import ROSTER_FORMAT, Roster

__all__ = ["baseline_warnings", "load_roster", "parse_roster", "roster_schema"]

_EXPECTED: Final = {
    "string": "text in double quotes",
    "int": "a whole number",
    "finite": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list […]",
    "model": "an object {…}",
    "dict": "an object {…}",
    "date": 'a date such as "2026-11-23"',
}
"""What a field must be, by how the models' error types begin."""


def load_roster(path: str | os.PathLike[str]) -> Roster:
    """Read a roster file.

    Parameters
    ----------
    path : str or path-like
        The file, JSON in UTF-8.

    Raises
    ------
    RosterError
        With every problem of the file, in file order; also where it cannot be read.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        what = f"cannot read {os.fspath(path)}: {error.strerror or error}"
        raise RosterError([Problem("", what, "check the name and the rights of the file")]) from error
    return parse_roster(content)


def baseline_warnings(instance: Instance, roster: Roster) -> tuple[Problem, ...]:
    """Return what is odd in a roster as the one that stood before an instance was asked.

    It may answer another version of the instance, or another week, but hardly another clinic's same week.
    """
    if roster.instance == instance.id or roster.week != instance.week:
        return ()
    what = f'the roster answers "{roster.instance}", and the instance is "{instance.id}", of the same week'
    remedy = "ids that both know are taken for the same; check that the files belong together"
    return (Problem("instance", what, remedy, "warning"),)


def parse_roster(content: str | bytes | Mapping[str, Any]) -> Roster:
    """Make a roster of what has been read already: JSON text, or the object that it holds.

    Any roster in the format is one, whatever rules it breaks: judging it is the checker's. Fields that the
    format doesn't know are passed over, for a later version may have added them.

    Raises
    ------
    RosterError
        With every problem of the content, in file order.
    """
    document, problems = (dict(content), []) if isinstance(content, Mapping) else _read(content)
    _require_format(document)
    try:
        roster = Roster.model_validate(document)
    except ValidationError as error:
        problems += [_explained(document, detail) for detail in error.errors(include_url=False)]
    if problems:
        raise RosterError(problems)
    return roster


def roster_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the roster file, made from the models."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Roster.model_json_schema(),
        "title": "iopsched roster, version 1",
    }


def _read(content: str | bytes) -> tuple[dict[str, Any], list[Problem]]:
    try:
        document, findings = read_document(content)
    except InstanceError as error:
        # The JSON is read as an instance's is; what that says of instances is said of rosters here.
        raise RosterError(
            [replace(p, remedy=p.remedy.replace("an instance", "a roster")) for p in error.problems]
        ) from error
    return document, [Problem(written(each.loc), each.what, each.remedy) for each in findings]


def _require_format(document: Mapping[str, Any]) -> None:
    stated = document.get("format")
    if isinstance(stated, str) and stated.startswith("iopsched-instance/"):
        what = "this file is an instance, not a roster"
        raise RosterError([Problem("format", what, "name the roster file that answers it")])
    if stated is None:
        what = 'the field "format" is missing'
        raise RosterError([Problem("format", what, f'a roster says "format": "{ROSTER_FORMAT}"')])


def _explained(document: Mapping[str, Any], detail: ErrorDetails) -> Problem:
    """Put a mistake of the models into a planner's words."""
    loc = detail["loc"]
    name = loc[-1]
    subject = f'an entry of "{loc[-2]}"' if isinstance(name, int) else f'"{name}"'
    what, remedy = _judged(subject, detail)
    return Problem(_printable(written(loc)), _printable(f"{_whose(document, loc)}{what}"), remedy)


def _judged(subject: str, detail: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, and a remedy."""
    kind = detail["type"]
    if kind == "missing":
        return f"the field {subject} is missing", "add it"
    if kind == "value_error":
        what, _, remedy = str(detail["ctx"]["error"]).partition("; ")
        return f"{subject}: {what}", remedy or "write such a time"
    if kind == "literal_error":
        expected = detail["ctx"]["expected"].replace("'", '"')
    else:
        expected = _EXPECTED[kind.split("_")[0]]
    return f"{subject} must be {expected}, not {found(detail['input'])}", f"write {expected}"


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _whose(document: Mapping[str, Any], loc: tuple[str | int, ...]) -> str:
    """Name the session by its id, or the unmet need by its participant; nothing for other places."""
    if len(loc) < 3 or loc[0] not in ("sessions", "unmet") or not isinstance(loc[1], int):
        return ""
    item = document[str(loc[0])][loc[1]]
    name = item.get("id" if loc[0] == "sessions" else "participant") if isinstance(item, Mapping) else None
    if not isinstance(name, str):
        return ""
    return f"session {name}: " if loc[0] == "sessions" else f"unmet need of {name}: "
