"""Where the clinics of a batch come from: files, folders, lines of NDJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from iopsched.errors import RosterError, UsageError
from iopsched.instance import load_instance, parse_instance
from iopsched.instance.models import Instance
from iopsched.roster import load_roster

__all__ = ["Source", "find_sources", "holds_a_roster", "read_source"]

_STDIN: Final = "-"
"""Stands for lines of NDJSON among the paths."""


@dataclass(frozen=True)
class Source:
    """One place that should hold an instance.

    Attributes
    ----------
    name : str
        What it is called in reports: the path, or ``-:3`` for the third line.
    line : bytes or None
        The line; ``None`` where the name is a path.
    in_folder : bool
        Whether it was found in a folder, not named.
    """

    name: str
    line: bytes | None = field(default=None, repr=False)
    in_folder: bool = False


def find_sources(paths: Sequence[str], lines: Iterable[bytes] = ()) -> list[Source]:
    """Return the places to read, in the order of the paths.

    Parameters
    ----------
    paths : sequence of str
        Files; folders, which stand for all their files ``*.json`` in alphabetical order, hidden ones and
        sub-folders left out; and ``-`` for the lines.
    lines : iterable of bytes
        NDJSON: an instance a line. Blank lines are passed over.

    Raises
    ------
    UsageError
        Where the lines are a document written over several of them.
    """
    return [source for path in paths for source in _of_path(path, lines)]


def _of_path(path: str, lines: Iterable[bytes]) -> Iterator[Source]:
    if path == _STDIN:
        together = list(lines)
        if _over_several(together):
            raise UsageError(
                "standard input is JSON over several lines, and - takes an instance a line; name the "
                "files, or pipe them through jq -c ."
            )
        for number, line in enumerate(together, start=1):
            if line.strip():
                yield Source(f"{_STDIN}:{number}", line)
    elif Path(path).is_dir():
        for file in sorted(Path(path).glob("*.json")):
            lost = not file.exists()  # a link to what is gone: a clinic that fails, not one passed over
            if (file.is_file() or lost) and not file.name.startswith("."):
                yield Source(str(file), in_folder=True)
    else:
        yield Source(path)


def _over_several(lines: Sequence[bytes]) -> bool:
    """Tell whether the first document goes on in another line.

    All lines together are only looked at where the first is no document by itself.
    """
    first = next((line for line in lines if line.strip(b"\xef\xbb\xbf \t\r\n")), b"")
    return not _begins_with_json(first) and _begins_with_json(b"".join(lines))


def _begins_with_json(content: bytes) -> bool:
    try:
        json.JSONDecoder().raw_decode(content.decode("utf-8-sig").lstrip())
    except (ValueError, RecursionError):
        return False
    return True


def read_source(source: Source) -> Instance:
    """Read an instance.

    Raises
    ------
    InstanceError
        With every problem that keeps it from being one.
    """
    return load_instance(source.name) if source.line is None else parse_instance(source.line)


def holds_a_roster(source: Source) -> bool:
    """Tell whether a file that is no instance is a roster: folders may hold both."""
    try:
        load_roster(source.name)
    except RosterError:
        return False
    return True
