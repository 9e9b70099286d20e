"""From words to an edit and back."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iopsched.errors import InputError, Problem
from iopsched.instance.models import Instance
from iopsched.instance.words import expected, found, listed, nearest
from iopsched.plan.edits.base import BaseEdit
from iopsched.plan.edits.fields import Refers, only
from iopsched.plan.edits.forms import Form, forms_of, said_of
from iopsched.plan.edits.kinds import EDITS, KINDS, Edit
from iopsched.plan.edits.newcomers import read_newcomer

__all__ = ["edit_document", "edit_of", "parse_edit", "sentence"]

_NEAREST = 3
_ADMIT_FILE = re.compile(r"admit\s+(?P<file>[^{].*)", re.IGNORECASE | re.DOTALL)


def sentence(edit: BaseEdit) -> str:
    """Say an edit; :func:`parse_edit` reads the sentence as the same edit."""
    return next(said for form in forms_of(type(edit)) if (said := form.write(edit)) is not None)


def parse_edit(text: str, instance: Instance, *, folder: str | os.PathLike[str] = ".") -> Edit:
    """Read an edit as a planner says it, as in ``"T3 is away on Tuesday"``.

    Parameters
    ----------
    text : str
        The sentence, or the edit's JSON object.
    instance : Instance
        What is edited: it tells which dates the week has, and whom a name can mean. Names are not looked
        up otherwise; :func:`apply_edits` does that, as an earlier edit may have brought them.
    folder : path, optional
        Where the file of somebody admitted is looked for.

    Returns
    -------
    Edit

    Raises
    ------
    InputError
        With the nearest forms where the sentence is not understood.
    """
    text = text.strip()
    if text.startswith("{"):
        try:
            return edit_of(json.loads(text))
        except ValueError as error:
            raise _refused(f"this is no JSON ({error})", "write one object, or a sentence") from None
    text = text.rstrip(". ")
    if file := _ADMIT_FILE.fullmatch(text):
        newcomer = read_newcomer(Path(folder, file["file"].strip('"')), instance)
        return edit_of({"edit": "admitted", "participant": newcomer.model_dump(exclude_defaults=True)})
    matches = [
        (form, match)
        for kind in KINDS.values()
        for form in forms_of(kind)
        if (match := form.pattern.fullmatch(text))
    ]
    if not matches:
        raise InputError([_misread(text) or Problem("", f'"{text}" is not understood', _nearest_forms(text))])
    meant = [pair for pair in matches if _names_known(*pair, instance)] or matches
    return _read(text, *meant[0], instance)


def edit_of(document: object) -> Edit:
    """Make an edit of its JSON object.

    Raises
    ------
    InputError
        With everything that is wrong with it.
    """
    if not isinstance(document, Mapping):
        remedy = 'write a sentence, or an object such as {"edit": "staff_leaves", "staff": "T3"}'
        raise _refused(f"{found(document)} is no edit", remedy)
    kind = document.get("edit")
    if not isinstance(kind, str) or kind not in KINDS:
        what = f'there is no edit "{kind}"' if isinstance(kind, str) else 'the field "edit" is missing'
        close = nearest(kind, KINDS) if isinstance(kind, str) else None
        remedy = (
            f'did you mean "{close}"?'
            if close
            else f"write one of {listed(KINDS)}, as docs/whatif.md lists them"
        )
        raise InputError([Problem("edit", what, remedy)])
    try:
        return EDITS.validate_python(document)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise InputError([_problem(KINDS[kind], detail) for detail in details]) from None


def edit_document(edit: BaseEdit) -> dict[str, Any]:
    """Return an edit's JSON object, without what is its default; :func:`edit_of` reads it."""
    kind = type(edit).model_fields["edit"].default
    return {"edit": kind, **edit.model_dump(mode="json", exclude_defaults=True)}


def _read(text: str, form: Form, match: re.Match[str], instance: Instance) -> Edit:
    problems, fields = [], dict[str, Any](edit=form.kind.model_fields["edit"].default)
    for name, said in match.groupdict().items():
        if said is None:
            continue
        try:
            fields[name] = said_of(form.kind, name).read(said, instance)
        except ValueError as error:
            what, _, remedy = str(error).partition("; ")
            problems.append(
                Problem(name, f'"{text}": {what}', remedy or f'say it as in "{form.kind.EXAMPLE}"')
            )
    if problems:
        raise InputError(problems)
    try:
        return edit_of(fields)
    except InputError as error:
        raise InputError(
            [Problem(one.path, f'"{text}": {one.what}', one.remedy) for one in error.problems]
        ) from None


def _names_known(form: Form, match: re.Match[str], instance: Instance) -> bool:
    """Whether every name in a sentence is one that the instance has, where it is read in this form."""
    for name, said in match.groupdict().items():
        refers = only(Refers, form.kind.model_fields[name].metadata)
        if said is None or refers is None:
            continue
        known = {thing.id for thing in getattr(instance, refers.collection)}
        try:
            value = said_of(form.kind, name).read(said, instance)
        except ValueError:
            return False  # it is told when the sentence is read
        names = (value,) if isinstance(value, str) else value or ()
        if not known.issuperset(names):
            return False
    return True


def _misread(text: str) -> Problem | None:
    """Name the one field that cannot be read in the form that a sentence nearly has, if there is one."""
    tried = [(form, form.misread(text)) for kind in KINDS.values() for form in forms_of(kind)]
    near = [(form, *wrong) for form, wrong in tried if wrong is not None]
    if not near:
        return None
    form, field, said = min(near, key=lambda one: (-len(one[0].words), len(one[2])))
    what, _, remedy = said_of(form.kind, field).otherwise.partition("; ")
    return Problem(field, f'"{text}": "{said}" is {what}', f'{remedy}, as in "{form.kind.EXAMPLE}"')


def _nearest_forms(text: str) -> str:
    """Name the forms whose fixed words a sentence nearly has."""
    said = [word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 1]

    def likeness(form: Form) -> float:
        words = form.words
        close = sum(any(get_close_matches(way, said, n=1, cutoff=0.75) for way in ways) for ways in words)
        return close / len(words) + 0.1 * close

    first = [forms_of(kind)[0] for kind in KINDS.values()]
    ranked = sorted(first, key=likeness, reverse=True)
    shown = [f'"{form.kind.EXAMPLE}"' for form in ranked[:_NEAREST]]
    return f"say it as in {' or '.join([', '.join(shown[:-1]), shown[-1]])}"


def _problem(kind: type[BaseEdit], detail: ErrorDetails) -> Problem:
    """Put a mistake of the models into a planner's words."""
    loc = [str(step) for step in detail["loc"][1:]]
    path = ".".join(loc) or "edit"
    node = kind.model_json_schema()["properties"].get(loc[0] if loc else "", {})
    fields = [name for name in kind.model_fields if name != "edit"]
    match detail["type"]:
        case "extra_forbidden":
            close = nearest(loc[-1], fields)
            remedy = f'did you mean "{close}"?' if close else f"the fields here are {listed(fields)}"
            return Problem(path, f'unknown field "{loc[-1]}"', remedy)
        case "missing":
            return Problem(path, f'the field "{loc[-1]}" is missing', f'add "{loc[-1]}"')
        case "value_error":
            what, _, remedy = str(detail["ctx"]["error"]).partition("; ")
            return Problem(path, what, remedy or f'say it as in "{kind.EXAMPLE}"')
        case "literal_error":
            known = node.get("enum", ())
            value = str(detail["input"])
            close = nearest(value, known)
            remedy = f'did you mean "{close}"?' if close else f"use one of {', '.join(known)}"
            return Problem(path, f'there is no "{value}"', remedy)
    return Problem(path, f'"{loc[-1]}" is {found(detail["input"])}', f"write {_wanted(node, detail)}")


def _wanted(node: Mapping[str, Any], detail: ErrorDetails) -> str:
    return expected(node) if "type" in node or "anyOf" in node else detail["msg"].lower()


def _refused(what: str, remedy: str) -> InputError:
    return InputError([Problem("", what, remedy)])
