"""What a benchmark tells besides its time: it is worth nothing without what was reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iopsched.roster import LEVELS, Bound, Score

__all__ = ["reached"]


def reached(score: Score, bounds: Bound, *, placed: int, needed: int, variables: int) -> Mapping[str, Any]:
    """Return value, bound and gap of each level, sessions, and the variables of the largest model.

    The gap is (value − bound) ÷ value; ``None`` without a bound.
    """
    levels = {}
    for level in LEVELS:
        value, bound = getattr(score, level), getattr(bounds, level)
        gap = None if bound is None else (value - bound) / value if value else 0.0
        levels[level] = {"value": value, "bound": bound, "gap": gap}
    return {**levels, "sessions": {"placed": placed, "needed": needed}, "variables": variables}
