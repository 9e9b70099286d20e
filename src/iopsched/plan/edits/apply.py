"""From an instance and edits to the edited instance."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from iopsched.errors import InputError, Problem
from iopsched.instance import validate
from iopsched.instance.draft import COLLECTIONS
from iopsched.instance.models import Instance
from iopsched.instance.words import nearest_or_known
from iopsched.plan.edits.base import BaseEdit, Refused
from iopsched.plan.edits.fields import New, Refers, only
from iopsched.plan.edits.kinds import Edit
from iopsched.plan.edits.sentences import edit_of, parse_edit, sentence

__all__ = ["apply_edits", "read_edits"]


def apply_edits(instance: Instance, edits: Iterable[Edit]) -> Instance:
    """Return what an instance is after some edits, each made on what those before it have left.

    Parameters
    ----------
    instance : Instance
        Stays what it is.
    edits : iterable of Edit

    Returns
    -------
    Instance
        Validated as a file is.

    Raises
    ------
    InputError
        With every problem of all edits: names of nothing, what contradicts the instance or another edit.
        Paths are as in ``edits[2].staff``.
    """
    edits = tuple(edits)
    edited, problems = instance, list[Problem]()
    for number, edit in enumerate(edits):
        try:
            edited = _made(edited, edit, instance)
        except InputError as error:
            problems += _placed(error, f"edits[{number}]", edit)
    valid, _ = validate(_document(edited))
    if valid is not None and not problems:
        return valid
    raise InputError(problems if valid is not None else _one_by_one(instance, edits))


def read_edits(
    items: Sequence[str | Mapping[str, Any]], instance: Instance, *, folder: str | os.PathLike[str] = "."
) -> tuple[Edit, ...]:
    """Read edits, sentences or JSON objects, each with what those before it have left in view.

    Raises
    ------
    InputError
        With every problem of all of them, those of making them included; paths as in ``edits[2].staff``.
    """
    edits, problems, edited = list[Edit](), list[Problem](), instance
    for number, item in enumerate(items):
        where = f"edits[{number}]"
        edit = None
        try:
            edit = parse_edit(item, edited, folder=folder) if isinstance(item, str) else edit_of(item)
            edits.append(edit)
            edited = _made(edited, edit, instance)
        except InputError as error:
            problems += _placed(error, where, edit)
    if problems:
        raise InputError(problems)
    apply_edits(instance, edits)
    return tuple(edits)


def _made(instance: Instance, edit: BaseEdit, first: Instance) -> Instance:
    """Return the instance after one edit, not validated as a whole; the ``first`` is before all edits.

    Raises
    ------
    InputError
        Where it names nothing, or there is nothing to change.
    """
    fields = type(edit).model_fields
    problems = [problem for field in fields for problem in _misnamed(instance, edit, field, first)]
    if problems:
        raise InputError(problems)
    try:
        return edit.applied(instance)
    except Refused as refused:
        raise InputError([Problem(refused.field, refused.what, refused.remedy)]) from None


def _misnamed(instance: Instance, edit: BaseEdit, field: str, first: Instance) -> Iterable[Problem]:
    """Yield a problem for each name in a field that is not there, or is there already and must not be."""
    metadata, value = type(edit).model_fields[field].metadata, getattr(edit, field)
    refers, new = only(Refers, metadata), only(New, metadata)
    if refers is not None and value is not None:
        known = [thing.id for thing in getattr(instance, refers.collection)]
        kind = COLLECTIONS[refers.collection]
        gone = {thing.id for thing in getattr(first, refers.collection)}.difference(known)
        for name in (value,) if isinstance(value, str) else value:
            if name in gone:
                remedy = "an edit before this one took it out: drop one of the two"
                yield Problem(field, f'there is no {kind} "{name}" any more', remedy)
            elif name not in known:
                yield Problem(field, f'there is no {kind} "{name}"', nearest_or_known(name, known, kind))
    if new is not None and any(thing.id == value for thing in getattr(instance, new.collection)):
        what = f'there is a {COLLECTIONS[new.collection]} "{value}" already'
        yield Problem(field, what, "give the new one an id of its own")


def _one_by_one(instance: Instance, edits: Sequence[Edit]) -> list[Problem]:
    """Return what is wrong with edits that do not go together, at the first edit that brings each problem."""
    edited, problems = instance, list[Problem]()
    for number, edit in enumerate(edits):
        where = f"edits[{number}]"
        try:
            tried = _made(edited, edit, instance)
        except InputError as error:
            problems += _placed(error, where, edit)
            continue
        valid, found = validate(_document(tried))
        if valid is None:
            broken = InputError([one for one in found if one.severity == "error"])
            problems += _placed(broken, where, edit, keep_field=False)
        else:
            edited = tried
    return problems


def _placed(
    error: InputError, where: str, edit: BaseEdit | None, *, keep_field: bool = True
) -> list[Problem]:
    """Return problems of one edit under its place, each with the sentence that says it."""
    said = "" if edit is None else f'"{sentence(edit)}": '
    return [
        Problem(f"{where}.{one.path}" if one.path and keep_field else where, f"{said}{one.what}", one.remedy)
        for one in error.problems
        if one.severity == "error"
    ]


def _document(instance: Instance) -> dict[str, Any]:
    return instance.model_dump(mode="json", exclude_none=True)
