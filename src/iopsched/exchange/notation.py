"""How texts and lists of texts are written into cells, so that any text reads back the same.

A text stands as it is where that reads back; otherwise as a JSON string, in double quotes. So protected are
texts that a spreadsheet would take for a formula (first character ``= + - @``), that begin or end with a
blank, that hold what cannot be seen, or that mean something in their place. An item of a list is quoted too
where it has a separator in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = [
    "ANY",
    "LONGEST_CELL",
    "NONE",
    "UNCLEAR",
    "cleaned",
    "read_text",
    "split_list",
    "written_list",
    "written_text",
]

NONE: Final = "none"
ANY: Final = "any"
"""What a cell says for an empty list, and for no restriction."""
UNCLEAR: Final = ("-", "–", "—", "n/a", "na", "?")
"""What people put into a cell that they don't fill; it could mean either."""
LONGEST_CELL: Final = 32_767
"""Characters that a spreadsheet's cell can hold (Excel's specifications and limits)."""

_BLANKS: Final = str.maketrans(
    {**dict.fromkeys("\u00a0\u2007\u202f\t", " "), **dict.fromkeys("\u200b\ufeff")}
)
_FORMULA: Final = ("=", "+", "-", "@")
_ESCAPED: Final = re.compile(r"_x[0-9A-Fa-f]{4}_|x005F_")
"""What xlsx files take for an escaped character."""
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def cleaned(text: str) -> str:
    """Return a text without blanks at its ends and without what is unseen, every blank a plain one."""
    return text.translate(_BLANKS).strip()


def written_text(text: str) -> str:
    """Return what a cell says for a text."""
    plain = text and text.isprintable() and cleaned(text) == text
    if plain and not text.startswith((*_FORMULA, '"')) and not _ESCAPED.search(text):
        return text
    return _quoted(text)


def written_list(texts: Iterable[str], separators: str) -> str:
    """Return what a cell says for a list that is not empty, parted by the first of the separators."""
    items = []
    for text in texts:
        item = written_text(text)
        special = item.casefold() in (NONE, ANY, *UNCLEAR) or any(mark in item for mark in separators)
        items.append(_quoted(text) if special and not item.startswith('"') else item)
    return f"{separators[0]} ".join(items)


def read_text(text: str) -> str:
    """Return the text that a cell's text stands for: what :func:`written_text` was given."""
    plain = cleaned(text)
    if _QUOTED.fullmatch(plain):
        return _unquoted(plain)
    return plain


def split_list(text: str, separators: str) -> Iterator[tuple[str, bool]]:
    """Yield the items of a list in a cell, each with whether it was quoted. Empty items are passed over.

    Raises
    ------
    ValueError
        Something follows a quoted item, or quotation marks are not closed.
    """
    rest = cleaned(text)
    while rest:
        if rest.startswith('"'):
            quoted = _QUOTED.match(rest)
            after = rest[quoted.end() :].lstrip(" ") if quoted else ""
            if quoted is None or (after and after[0] not in separators):
                raise ValueError(
                    "a quotation mark has no partner before the next separator; "
                    "leave quotation marks out, or put each whole item between two of them"
                )
            yield _unquoted(quoted[0]), True
            rest = after[1:].lstrip()
            continue
        item, _, rest = _cut(rest, separators)
        rest = rest.lstrip()
        if cleaned(item):
            yield cleaned(item), False


def _cut(text: str, separators: str) -> tuple[str, str, str]:
    found = re.search(f"[{re.escape(separators)}]", text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def _quoted(text: str) -> str:
    quoted = "".join(
        mark if mark.isprintable() else json.dumps(mark)[1:-1]
        for mark in json.dumps(text, ensure_ascii=False)
    )
    return quoted.replace("_", "\\u005f") if _ESCAPED.search(text) else quoted


def _unquoted(text: str) -> str:
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return text[1:-1]
    return str(value)
