"""Scenarios: named lists of edits, one by one or from a file.

A scenario file is JSON or TOML (by its name's ending) with one table, ``scenarios``, of scenarios by name::

    [scenarios.sick]
    edits = ["T3 is away on Tue"]

    [scenarios.sick-and-covered]
    extends = "sick"
    edits = ["T5 also works Tue 12:00-20:00"]

    [scenarios.seats]
    sweep = [8, 10, 12]
    edits = ["group G4 seats {value}"]

An edit is a sentence or the JSON object of one. ``extends`` puts another scenario's edits before its own.
``sweep`` makes a scenario of each value, ``seats-8``, ``seats-10``, …; ``{value}`` in a text stands for it.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iopsched.errors import InputError, Problem
from iopsched.instance.draft import written
from iopsched.instance.models import Instance
from iopsched.instance.reading import read_document
from iopsched.instance.words import found, nearest, nearest_or_known
from iopsched.plan.edits import Edit, read_edits

__all__ = ["BASE", "Scenario", "gather_scenarios", "load_scenarios", "parse_scenarios", "scenario_of_edits"]

BASE = "base"
"""The name of the clinic as it is."""

_EDITS = "edits"
"""The name of the scenario that edits make which are in no file."""
_VALUE = "{value}"
_FIELDS = ("edits", "extends", "sweep")
_Items = list[str | Mapping[str, Any]]


@dataclass(frozen=True)
class Scenario:
    """A name and what is different.

    Attributes
    ----------
    name : str
    edits : tuple of Edit
        Each is made on what those before it have left.
    """

    name: str
    edits: tuple[Edit, ...]


def scenario_of_edits(
    name: str, items: Sequence[str | Mapping[str, Any]], instance: Instance, *, folder: str = "."
) -> Scenario:
    """Make a scenario of edits, sentences or JSON objects.

    Raises
    ------
    InputError
        With every problem of every edit; paths as in ``edits[2].staff``.
    """
    return Scenario(name, read_edits(items, instance, folder=folder))


def gather_scenarios(
    sentences: Sequence[str], files: Sequence[str | os.PathLike[str]], instance: Instance
) -> tuple[Scenario, ...]:
    """Read edits, which make one scenario together, and scenario files.

    Raises
    ------
    InputError
        With every problem of all of them; where several have some, each names its source.
    """
    scenarios, errors = list[Scenario](), list[InputError]()
    source = {_EDITS: "--edit"} if sentences else {}
    if sentences:
        try:
            scenarios.append(scenario_of_edits(_EDITS, sentences, instance))
        except InputError as error:
            error.add_note("--edit")
            errors.append(error)
    for file in files:
        try:
            loaded = load_scenarios(file, instance)
            _require_new_names(loaded, os.fspath(file), source)
            scenarios += loaded
        except InputError as error:
            errors.append(error)
    if len(errors) > 1:
        raise InputError(
            [
                Problem(f"{error.__notes__[-1]}: {one.path}", one.what, one.remedy)
                for error in errors
                for one in error.problems
            ]
        )
    if errors:
        raise errors[0]
    return tuple(scenarios)


def _require_new_names(scenarios: Iterable[Scenario], file: str, source: dict[str, str]) -> None:
    """Raise an error where a name is that of a scenario from another source; else note where it is from."""
    taken = [one.name for one in scenarios if one.name in source]
    if taken:
        error = InputError(
            [
                Problem(
                    f"scenarios.{name}", f'{source[name]} has a scenario "{name}" too', "rename one of them"
                )
                for name in taken
            ]
        )
        error.add_note(file)
        raise error
    source.update((one.name, file) for one in scenarios)


def load_scenarios(path: str | os.PathLike[str], instance: Instance) -> tuple[Scenario, ...]:
    """Read a scenario file, ``.toml`` or JSON.

    Parameters
    ----------
    path : path
        Files of newcomers that it names are looked for beside it.
    instance : Instance
        What the edits are made on.

    Raises
    ------
    InputError
        With every problem of the file, and its name as a note.
    """
    try:
        return parse_scenarios(_document(Path(path)), instance, folder=Path(path).parent)
    except InputError as error:
        error.add_note(os.fspath(path))
        raise


def parse_scenarios(
    document: Mapping[str, Any], instance: Instance, *, folder: str | os.PathLike[str] = "."
) -> tuple[Scenario, ...]:
    """Make scenarios of the object that a scenario file holds.

    Raises
    ------
    InputError
        With every problem; paths as in ``scenarios.sick.edits[0].staff``.
    """
    tables = _tables(document)
    problems = [problem for name in tables for problem in _shape(name, tables)]
    if problems:
        raise InputError(problems)
    scenarios = list[Scenario]()
    for name in tables:
        for full_name, items in _variants(name, tables):
            try:
                scenarios.append(Scenario(full_name, read_edits(items, instance, folder=folder)))
            except InputError as error:
                problems += [_under(f"scenarios.{full_name}", one) for one in error.problems]
    problems += _repeated(scenarios)
    if problems:
        raise InputError(problems)
    return tuple(scenarios)


def _document(path: Path) -> Mapping[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        what = f"cannot read {path}: {error.strerror}"
        raise InputError([Problem("", what, "check the name and the rights of the file")]) from None
    if path.suffix.lower() == ".toml":
        try:
            return tomllib.loads(content.decode("utf-8-sig"))
        except ValueError as error:
            raise InputError(
                [Problem("", f"this is not TOML: {error}", "mend the file at this place")]
            ) from None
    document, repeated = read_document(content, expected='{"scenarios": {…}}')
    if repeated:
        raise InputError([Problem(written(one.loc), one.what, one.remedy) for one in repeated])
    return document


def _tables(document: Mapping[str, Any]) -> Mapping[str, Any]:
    problems = [
        Problem(name, f'unknown field "{name}"', 'the only field is "scenarios"')
        for name in document
        if name != "scenarios"
    ]
    tables = document.get("scenarios")
    if not isinstance(tables, Mapping) or not tables:
        what = (
            'the field "scenarios" is missing' if tables is None else '"scenarios" holds no scenarios by name'
        )
        problems.append(
            Problem("scenarios", what, 'write {"scenarios": {"a name": {"edits": ["T3 leaves"]}}}')
        )
    if problems:
        raise InputError(problems)
    assert isinstance(tables, Mapping)
    return tables


def _shape(name: str, tables: Mapping[str, Any]) -> Iterator[Problem]:
    """Find what is wrong with one scenario's own fields."""
    path, table = f"scenarios.{name}", tables[name]
    if not isinstance(table, Mapping):
        yield Problem(path, f"{found(table)} is no scenario", 'write {"edits": ["T3 is away on Tue"]}')
        return
    if name in ("", BASE):
        what = f'"{BASE}" is the name of the clinic as it is' if name else "it has no name"
        yield Problem(path, what, "give the scenario a name of its own")
    for field in table:
        if field not in _FIELDS:
            close = nearest(field, _FIELDS)
            remedy = f'did you mean "{close}"?' if close else f"the fields are {', '.join(_FIELDS)}"
            yield Problem(f"{path}.{field}", f'unknown field "{field}"', remedy)
    for field in ("edits", "sweep"):
        if not isinstance(table.get(field, []), list):
            yield Problem(
                f"{path}.{field}", f'"{field}" is {found(table[field])}', "put it in square brackets"
            )
    if table.get("sweep") == []:
        yield Problem(f"{path}.sweep", "it sweeps over no values", "name the values, or leave the field out")
    if "sweep" in table and _VALUE not in json.dumps(table.get("edits"), default=str):
        remedy = "write {value} where the value belongs, or take the sweep out"
        yield Problem(f"{path}.edits", "it sweeps over values, but no edit has a place for one", remedy)
    if "sweep" not in table and _VALUE in json.dumps(table.get("edits"), default=str):
        remedy = f'add the values, as in "sweep": [8, 10, 12], or write one in place of {_VALUE}'
        yield Problem(
            f"{path}.edits", "an edit has a place for a value, but the scenario has no sweep", remedy
        )
    yield from _ancestry(name, tables)


def _ancestry(name: str, tables: Mapping[str, Any]) -> Iterator[Problem]:
    """Find a scenario that extends nothing, or itself by a detour."""
    path, seen, parent = f"scenarios.{name}.extends", [name], tables[name].get("extends")
    while parent is not None:
        if not isinstance(parent, str) or parent not in tables:
            if len(seen) == 1:
                remedy = nearest_or_known(str(parent), list(tables), "scenario")
                yield Problem(path, f'there is no scenario "{parent}" here', remedy)
            return
        if parent in seen:
            if parent == name == min(seen):  # one problem for each circle
                circle = " → ".join((*seen, name))
                yield Problem(path, f"the scenarios build on each other: {circle}", "take one extends out")
            return
        seen.append(parent)
        above = tables[parent]
        parent = above.get("extends") if isinstance(above, Mapping) else None


def _variants(name: str, tables: Mapping[str, Any]) -> Iterator[tuple[str, _Items]]:
    """Yield a scenario, or one for each value of its sweep and of those of the scenarios it builds on."""
    table = tables[name]
    parent = table.get("extends")
    bases = (
        [("", [])]
        if parent is None
        else [(full.removeprefix(parent), items) for full, items in _variants(parent, tables)]
    )
    own: _Items = table.get("edits", [])
    for suffix, before in bases:
        if "sweep" in table:
            for value in table["sweep"]:
                items = [_filled(item, value) for item in own]
                yield f"{name}{suffix}-{value}", [*before, *items]
        else:
            yield f"{name}{suffix}", [*before, *own]


def _filled(item: Any, value: object) -> Any:
    """Put a value in its places: in a text as text, in place of a whole text of JSON as itself."""
    if isinstance(item, str):
        return item.replace(_VALUE, str(value))
    if isinstance(item, Mapping):
        return {name: value if inner == _VALUE else _filled(inner, value) for name, inner in item.items()}
    if isinstance(item, list):
        return [value if inner == _VALUE else _filled(inner, value) for inner in item]
    return item


def _under(path: str, problem: Problem) -> Problem:
    return Problem(f"{path}.{problem.path}" if problem.path else path, problem.what, problem.remedy)


def _repeated(scenarios: Iterable[Scenario]) -> Iterator[Problem]:
    seen = set[str]()
    for one in scenarios:
        if one.name in seen:
            what = f'two scenarios come out as "{one.name}"'
            yield Problem(f"scenarios.{one.name}", what, "give one of them another name")
        seen.add(one.name)
