"""The sentences that docs/whatif.md lists, made from the kinds of edit themselves.

``python -m iopsched.plan.edits.reference`` prints them.
"""

from __future__ import annotations

import inspect
import sys
from itertools import groupby

from iopsched.plan.edits.base import BaseEdit
from iopsched.plan.edits.forms import forms_of, shown
from iopsched.plan.edits.kinds import KINDS

__all__ = ["edits_reference"]


def edits_reference() -> str:
    """Return a Markdown table of the sentences for each kind of thing that is edited."""
    sections = []
    for module, kinds in groupby(KINDS.items(), key=lambda item: item[1].__module__.rpartition(".")[2]):
        rows = [_row(name, kind) for name, kind in kinds]
        head = [f"#### {module.capitalize()}\n", "| say | as in | JSON | |", "|---|---|---|---|"]
        sections.append("\n".join((*head, *rows)))
    return "\n\n".join(sections) + "\n"


def _row(name: str, kind: type[BaseEdit]) -> str:
    said = " <br> ".join(f"`{shown(form)}`" for form in forms_of(kind))
    fields = ", ".join(f"`{field}`" for field in kind.model_fields if field != "edit")
    meaning = inspect.cleandoc(kind.__doc__ or "").splitlines()[0]
    return f"| {said} | {kind.EXAMPLE} | `{name}`: {fields} | {meaning} |"


if __name__ == "__main__":
    sys.stdout.write(edits_reference())
