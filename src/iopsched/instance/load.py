"""The way in: from a file, a text or a document to an instance, or to everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from iopsched.errors import InstanceError, Problem
from iopsched.instance.cautions import check_cautions
from iopsched.instance.clinic import check_clinic
from iopsched.instance.draft import Draft, Finding, Loc, written
from iopsched.instance.fields import read_fields
from iopsched.instance.models import Instance
from iopsched.instance.needs import check_needs
from iopsched.instance.pins import check_pins, check_shapes
from iopsched.instance.reading import read_document
from iopsched.instance.references import check_references
from iopsched.instance.words import object_name

__all__ = ["instance_warnings", "load_instance", "parse_instance", "validate"]


def load_instance(path: str | os.PathLike[str]) -> Instance:
    """Read an instance file.

    Parameters
    ----------
    path : str or path-like
        The file, JSON in UTF-8.

    Raises
    ------
    InstanceError
        With every problem of the file, warnings included, in file order; also where it cannot be read.
    """
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = f"cannot read {os.fspath(path)}: {reason}"
        raise InstanceError([Problem("", what, "check the name and the rights of the file")]) from error
    return parse_instance(content)


def parse_instance(content: str | bytes | Mapping[str, Any]) -> Instance:
    """Make an instance of what has been read already: JSON text, or the object that it holds.

    Raises
    ------
    InstanceError
        With every problem of the content, warnings included, in file order.
    """
    document, findings = (content, []) if isinstance(content, Mapping) else read_document(content)
    instance, problems = _examine(document, findings)
    if instance is None:
        raise InstanceError(problems)
    return instance


def validate(document: Mapping[str, Any]) -> tuple[Instance | None, tuple[Problem, ...]]:
    """Find everything that is wrong with a document in one pass.

    Broken fields hide nothing else: what they would have said is left open, all the rest is judged.

    Returns
    -------
    instance : Instance or None
        ``None`` if and only if one of the problems is an error.
    problems : tuple of Problem
        Errors and warnings, in file order.
    """
    return _examine(document, [])


def instance_warnings(instance: Instance) -> tuple[Problem, ...]:
    """Return what is allowed and yet probably not meant: what can never be scheduled, and goes unmet.

    The problems have severity ``"warning"``.
    """
    return _problems(instance.model_dump(mode="json"), Draft(instance), check_cautions(Draft(instance)))


def _examine(
    document: Mapping[str, Any], findings: list[Finding]
) -> tuple[Instance | None, tuple[Problem, ...]]:
    if str(document.get("format")).startswith("iopsched-roster/"):
        what = "this file is a roster, not an instance"
        remedy = "name the instance file that the roster answers"
        return None, (Problem("format", what, remedy),)
    draft, in_fields = read_fields(document)
    between = [*check_references(draft), *check_clinic(draft), *check_needs(draft), *check_shapes(draft)]
    judgeable = draft.without(between)
    last = chain(check_pins(judgeable), check_cautions(judgeable))
    problems = _problems(document, draft, chain(findings, in_fields, between, last))
    usable = all(problem.severity == "warning" for problem in problems)
    return draft.instance if usable else None, problems


def _problems(document: Mapping[str, Any], draft: Draft, findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """Name places and objects as the file does, and put the findings into its order."""
    placed = [(_in_file(draft, finding.loc), finding) for finding in findings]
    placed.sort(key=lambda pair: _order(document, pair[0]))
    problems = []
    for loc, finding in placed:
        name = object_name(document, loc)
        what = f"{name}: {finding.what}" if name else finding.what
        problems.append(
            Problem(_printable(written(loc)), _printable(what), _printable(finding.remedy), finding.severity)
        )
    return tuple(problems)


def _in_file(draft: Draft, loc: Loc) -> Loc:
    """Return a place under the field names that the file itself uses."""
    if not draft.renamed:
        return loc
    return tuple(draft.renamed.get(loc[: k + 1], step) for k, step in enumerate(loc))


def _order(document: Any, loc: Loc) -> tuple[int, ...]:
    """Return a sort key: where in the file a place comes; missing fields come last in their object."""
    key = []
    node = document
    for step in loc:
        names = list(node) if isinstance(node, Mapping) else []
        if isinstance(step, int) and not names:
            key.append(step)
        else:
            key.append(names.index(step) if step in names else len(names))
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
    return tuple(key)


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
