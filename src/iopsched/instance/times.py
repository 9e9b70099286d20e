"""Small questions about spans of minutes of the week."""

from __future__ import annotations

from collections.abc import Iterable

from iopsched.instance.models import Instance
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY, spans

__all__ = ["Span", "clock", "crosses", "inside", "opening", "stretch"]

Span = tuple[int, int]
"""``(start, end)`` in minutes of the week, half open."""


def opening(instance: Instance) -> tuple[Span, ...]:
    """Return when the clinic is open: its hours without the closed days, disjoint and ascending."""
    return tuple(
        span for span in spans(instance.hours) if span[0] // MINUTES_PER_DAY not in instance.closed_days
    )


def inside(span: Span, stretches: Iterable[Span]) -> bool:
    """Whether a span lies within one of the stretches."""
    return any(start <= span[0] and span[1] <= end for start, end in stretches)


def crosses(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span has a minute in common with one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)


def clock(minute: int) -> str:
    """Return a minute of the week as ``Mon 17:30``."""
    day, rest = divmod(minute, MINUTES_PER_DAY)
    return f"{DAYS[day % len(DAYS)]} {rest // 60:02}:{rest % 60:02}"


def stretch(span: Span) -> str:
    """Return a span as ``Mon 17:30-18:30``."""
    start, end = span
    return f"{clock(start)}-{'24:00' if end % MINUTES_PER_DAY == 0 else clock(end)[-5:]}"
