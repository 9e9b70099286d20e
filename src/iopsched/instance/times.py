"""Small questions about spans of minutes of the week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from iopsched.instance.models import Instance
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY, spans

__all__ = ["Span", "clock", "crosses", "inside", "opening", "overlapping", "stretch"]

T = TypeVar("T")

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


def overlapping(things: Iterable[T], span: Callable[[T], Span]) -> Iterator[tuple[T, T]]:
    """Yield each thing that begins before an earlier one has ended, after the one that ends last of those."""
    longest: T | None = None
    for thing in sorted(things, key=span):
        if longest is not None and span(thing)[0] < span(longest)[1]:
            yield longest, thing
        if longest is None or span(thing)[1] > span(longest)[1]:
            longest = thing
