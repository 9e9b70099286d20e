"""Forms of sentences: one notation from which they are both read and written.

In a form, ``{field}`` stands for what a field holds, ``[...]`` may be left out, ``(a|b)`` is said in any of
these ways, the first when it is written. Upper and lower case are alike outside ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from iopsched.plan.edits.base import BaseEdit
from iopsched.plan.edits.fields import only
from iopsched.plan.edits.spoken import Said

__all__ = ["Form", "forms_of", "said_of", "shown"]

_PIECES = re.compile(r"\{(?P<field>\w+)\}|\[(?P<maybe>[^\]]*)\]|\((?P<ways>[^)]*)\)|(?P<words>[^{\[(]+)")


@dataclass(frozen=True)
class Form:
    """One way to say a kind of edit.

    Attributes
    ----------
    kind : type of BaseEdit
    text : str
        The form in its notation.
    pattern : re.Pattern
        Matches the whole of a sentence in this form; a named group for each field.
    """

    kind: type[BaseEdit]
    text: str
    pattern: re.Pattern[str]

    def write(self, edit: BaseEdit) -> str | None:
        """Return the edit as a sentence of this form, or ``None`` where the form cannot say all of it."""
        needed = {
            name
            for name, field in self.kind.model_fields.items()
            if name != "edit" and (field.is_required() or getattr(edit, name) != field.default)
        }
        sentence, said = _written(edit, self.text, needed)
        return sentence if said >= needed and all(_has_value(edit, name) for name in said) else None

    def misread(self, sentence: str) -> tuple[str, str] | None:
        """Return the one field that keeps a sentence from being in this form, and what is said of it."""
        for field in re.findall(r"\{(\w+)\}", self.text):
            found = _pattern_of(self.kind, self.text, field).fullmatch(sentence)
            if found is not None and found[field] is not None:
                return field, found[field]
        return None

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words that are always there, lower case, each with the ways to say it."""
        fixed = re.sub(r"\{\w+\}|\[[^\]]*\]", " ", self.text.lower())
        either = [tuple(ways.split("|")) for ways in re.findall(r"\(([^)]*)\)", fixed)]
        always = [(word,) for word in re.findall(r"[a-z]{2,}", re.sub(r"\([^)]*\)", " ", fixed))]
        return (*always, *either)


@lru_cache(maxsize=1024)
def said_of(kind: type[BaseEdit], field: str) -> Said:
    """Return how a field of a kind is said."""
    said = only(Said, kind.model_fields[field].metadata)
    assert isinstance(said, Said), f"{kind.__name__}.{field} has no words"
    return said


@lru_cache(maxsize=1024)
def forms_of(kind: type[BaseEdit]) -> tuple[Form, ...]:
    """Return the forms of a kind, the canonical ones first."""
    return tuple(Form(kind, text, _pattern_of(kind, text)) for text in kind.FORMS)


def shown(form: Form) -> str:
    """Return a form for people: fields in capitals, only the first of several ways to say a word."""
    return " ".join("".join(_shown(form.text)).split())


def _shown(text: str) -> Iterator[str]:
    for piece in _PIECES.finditer(text):
        if piece["field"]:
            yield piece["field"].upper()
        elif piece["maybe"]:
            inner = "".join(_shown(piece["maybe"]))
            yield f"[{inner}]" if "{" in piece["maybe"] else ""
        else:
            yield piece["words"] or piece["ways"].partition("|")[0]


def _pattern_of(kind: type[BaseEdit], text: str, anything: str | None = None) -> re.Pattern[str]:
    """Return what matches a form; one field may hold anything."""
    return re.compile("".join(_patterns(kind, text, anything)), re.IGNORECASE | re.DOTALL)


def _patterns(kind: type[BaseEdit], text: str, anything: str | None) -> Iterator[str]:
    for piece in _PIECES.finditer(text):
        if piece["field"]:
            pattern = r"\S.*?" if piece["field"] == anything else said_of(kind, piece["field"]).pattern
            yield f"(?P<{piece['field']}>{pattern})"
        elif piece["maybe"]:
            yield f"(?:{''.join(_patterns(kind, piece['maybe'], anything))})?"
        elif piece["ways"]:
            yield f"(?:{'|'.join(map(_words, piece['ways'].split('|')))})"
        else:
            yield _words(piece["words"])


def _words(text: str) -> str:
    return re.sub(r"(?:\\ )+", r"\\s+", re.escape(text)).replace("'", "['’]")


def _written(edit: BaseEdit, text: str, needed: set[str]) -> tuple[str, set[str]]:
    """Return what a form says of an edit, and which fields that tells."""
    sentence, said = "", set[str]()
    for piece in _PIECES.finditer(text):
        if name := piece["field"]:
            value = getattr(edit, name)
            sentence += said_of(type(edit), name).write(value) if _has_value(edit, name) else ""
            said.add(name)
        elif piece["maybe"]:
            inner, also = _written(edit, piece["maybe"], needed)
            if also & needed:
                sentence, said = sentence + inner, said | also
        else:
            sentence += piece["words"] or piece["ways"].partition("|")[0]
    return sentence, said


def _has_value(edit: BaseEdit, name: str) -> bool:
    """Whether a field says something; an absent list that means anybody does."""
    field = type(edit).model_fields[name]
    return field.is_required() or getattr(edit, name) is not None
