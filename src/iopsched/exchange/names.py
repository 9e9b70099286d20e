"""Names for ids, put on at the last step: instances and rosters hold codes alone.

A file of names is CSV with the columns ``id``, ``name`` and, where one id means several things, ``kind``.
"""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, get_args

from iopsched.errors import InputError, Problem
from iopsched.instance.models import Instance
from iopsched.roster.models import Roster
from iopsched.roster.views import ViewKind, known_ids

__all__ = ["NameKind", "Names", "read_names"]

NameKind = Literal["participant", "staff", "room", "group", "service", "program", "family"]

_KINDS: Final = get_args(NameKind)
_OR_KINDS: Final = f"{', '.join(_KINDS[:-1])} or {_KINDS[-1]}"
_PEOPLE: Final = ("participant", "staff")
_OF_WEEKS: Final[tuple[ViewKind, ...]] = get_args(ViewKind)
_COLUMNS: Final = ("id", "name", "kind")
_DELIMITERS: Final = ",;\t"
_WRITTEN_IN_NAMES: Final = str.maketrans("", "", "\u00a0\u202f\u200c\u200d")
"""Blanks that keep a name in one line, and the joiners of Persian and Indic names."""

_Key = tuple[str, str]
"""A kind and an id; the empty kind stands for every one."""


@dataclass(frozen=True)
class Names:
    """What ids are called where somebody reads them; an id without a name is called by itself.

    Attributes
    ----------
    shown : mapping of (kind, id) to str
        The empty kind stands for every kind.
    """

    shown: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: NameKind, code: str) -> str:
        """Return what an id is called: the name for its kind, the name for any kind, the id.

        People who share a name are told apart by their ids, which follow it; services and places that share
        one are meant to look the same.
        """
        name = self.shown.get((kind, code)) or self.shown.get(("", code)) or code
        return f"{name} ({code})" if kind in _PEOPLE and name in self._shared else name

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Return the names that several people have."""
        codes: dict[str, set[str]] = defaultdict(set)
        for (kind, code), name in self.shown.items():
            if kind in ("", *_PEOPLE):
                codes[name].add(code)
        return frozenset(name for name, several in codes.items() if len(several) > 1)

    def __bool__(self) -> bool:
        """Whether there is any name at all."""
        return bool(self.shown)

    def known(self, instance: Instance, roster: Roster) -> int:
        """Return how many of the names are of an id that the instance or the roster has, of that kind."""
        ids: dict[str, frozenset[str]] = {kind: known_ids(kind, instance, roster) for kind in _OF_WEEKS}
        ids["service"] = frozenset(instance.service_by_id)
        ids["program"] = frozenset(program.id for program in instance.programs)
        ids["family"] = frozenset(one.id for person in instance.participants for one in person.family)
        ids[""] = frozenset().union(*ids.values())
        return sum(code in ids[kind] for kind, code in self.shown)

    def with_staff_of(self, instance: Instance) -> Names:
        """Return names in which staff who have none are called what the instance calls them."""
        known = {("staff", member.id): member.name for member in instance.staff}
        known = {key: name for key, name in known.items() if ("", key[1]) not in self.shown}
        return Names(MappingProxyType({**known, **self.shown}))


def read_names(path: str | os.PathLike[str]) -> Names:
    """Read a file of names: CSV, UTF-8, with the columns ``id,name`` or ``id,name,kind``.

    Commas, semicolons and tabs may part the columns. A row without a kind names its id of whatever kind.
    Messages about the file carry line numbers, never a name.

    Raises
    ------
    InputError
        With every problem of the file, and its name as a note.
    """
    try:
        return _parse(_content(path))
    except InputError as error:
        error.add_note(os.fspath(path))
        raise


def _content(path: str | os.PathLike[str]) -> str:
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        what = f"cannot read it: {getattr(error, 'strerror', None) or 'no such name is possible'}"
        raise InputError([Problem("", what, "check the name and the rights of the file")]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        what = "letters in an encoding that is not UTF-8"
        raise InputError([Problem(f"line {row}", what, "save the file as CSV UTF-8")]) from None


def _parse(text: str) -> Names:
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    shown: dict[_Key, str] = {}
    problems: list[Problem] = []
    try:
        columns = [cell.strip().lower() for cell in next(rows, [])]
        problems += _head_problems(columns)
        if not problems:
            for cells in rows:
                problems += _row(
                    dict(zip(columns, cells, strict=False)), cells, rows.line_num, shown, columns
                )
    except csv.Error:
        what = "a quotation mark that is not closed, or stands inside a cell"
        problems.append(Problem(f"line {rows.line_num}", what, 'write "" for one inside quotes'))
    if problems:
        raise InputError(problems)
    return Names(MappingProxyType(shown))


def _head_problems(columns: list[str]) -> Iterator[Problem]:
    """Judge the first line; it is not quoted, for without a head it would hold a name."""
    remedy = "write id,name or id,name,kind in the first line"
    for wanted in ("id", "name"):
        if wanted not in columns:
            yield Problem("line 1", f"no column is called {wanted}", remedy)
    if len(set(columns)) < len(columns):
        yield Problem("line 1", "two columns have the same head", remedy)
    elif {"id", "name"} <= set(columns) and not set(columns) <= set(_COLUMNS):
        yield Problem("line 1", "there is a column that names have no use for", remedy)


def _row(
    named: Mapping[str, str], cells: list[str], line: int, shown: dict[_Key, str], columns: list[str]
) -> Iterator[Problem]:
    """Take a row's name, or say what is wrong with the row.

    Nothing of the row is quoted: where columns are swapped, what stands under ``id`` is a name.
    """
    if not any(cell.strip() for cell in cells):
        return
    code, name, kind = (named.get(column, "").strip() for column in _COLUMNS)
    wrong = []
    if len(cells) > len(columns):
        wrong.append(("more cells than columns", "put a name with a comma into quotes"))
    for column, value in (("id", code), ("name", name)):
        if not value:
            wrong.append((f"the cell of column {column} is empty", "fill it, or take the row out"))
    if not name.translate(_WRITTEN_IN_NAMES).isprintable():
        wrong.append(("a line break or a control character in the name", "take it out"))
    if kind and kind.lower() not in _KINDS:
        wrong.append(("the kind is none that has names", f"leave it empty, or write {_OR_KINDS}"))
    if not wrong and shown.setdefault((kind.lower(), code), name) != name:
        wrong.append(("an id that has another name in a row above", "leave one of the rows"))
    for what, remedy in wrong:
        yield Problem(f"line {line}", what, remedy)
