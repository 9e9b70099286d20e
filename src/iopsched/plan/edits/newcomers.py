"""Somebody who begins treatment, from a file of their own."""

from __future__ import annotations

import os
from pathlib import Path

from iopsched.errors import InputError, Problem
from iopsched.instance import validate
from iopsched.instance.models import Instance, Participant
from iopsched.instance.reading import read_document

__all__ = ["newcomer_of", "read_newcomer"]

_EXPECTED = 'one participant, {"id": …, "program": …, "needs": […]}'


def read_newcomer(path: str | os.PathLike[str], instance: Instance) -> Participant:
    """Read a file that holds one participant, as an instance's list of participants would.

    Raises
    ------
    InputError
        With every problem of the file; also where it cannot be read.
    """
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        what = f"cannot read {os.fspath(path)}: {getattr(error, 'strerror', None) or error}"
        raise InputError([Problem("", what, "check the name and the rights of the file")]) from None
    return newcomer_of(content, instance)


def newcomer_of(content: bytes, instance: Instance) -> Participant:
    """Make a participant of what their file holds.

    Raises
    ------
    InputError
        With every problem of it.
    """
    newcomer, findings = read_document(content, expected=_EXPECTED)
    if isinstance(newcomer.get("participants"), list):
        raise InputError([Problem("participants", "this is no single participant", f"write {_EXPECTED}")])
    if findings:
        fields = ", ".join(str(finding.loc[-1]) for finding in findings)
        raise InputError([Problem(fields, f"{fields}: given more than once", "keep one of them")])
    document = instance.model_dump(mode="json", exclude_none=True)
    document["participants"].append(newcomer)
    admitted, problems = validate(document)
    own = f"participants[{len(instance.participants)}]"
    theirs = [problem for problem in problems if problem.path.startswith(own)]
    if admitted is None:
        raise InputError(
            [
                Problem(one.path.removeprefix(own).lstrip("."), one.what, one.remedy, one.severity)
                for one in theirs
            ]
        )
    return admitted.participants[-1]
