"""Where links lead: ids of a page's parts, safe whatever the ids of a file are."""

from __future__ import annotations

import re

from iopsched.report.views import ViewKind

__all__ = ["Anchors"]

_SAFE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


class Anchors:
    """Gives each board its place: ``participant-P0001``, or a number where an id could not stand in a link.

    A number follows ``~``, which no id that is kept has: no two boards share a place.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[ViewKind, str], int] = {}

    def of(self, kind: ViewKind, name: str) -> str:
        """Return where the board of an id is."""
        if _SAFE.fullmatch(name):
            return f"{kind}-{name}"
        number = self._numbers.setdefault((kind, name), len(self._numbers) + 1)
        return f"{kind}-~{number}"
