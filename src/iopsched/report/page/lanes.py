"""Blocks that share time are drawn beside each other, in lanes."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import datetime

from iopsched.roster.calendar import Span

__all__ = ["clusters", "lanes_of"]


def lanes_of(spans: Sequence[Span]) -> list[int]:
    """Return the lane of each stretch of time: the first that is free. As few lanes as can be.

    Parameters
    ----------
    spans : sequence of (datetime, datetime)
        Ascending by start.
    """
    lanes: list[int] = []
    free: list[int] = []
    taken: list[tuple[datetime, int]] = []
    for start, end in spans:
        while taken and taken[0][0] <= start:
            heapq.heappush(free, heapq.heappop(taken)[1])
        lane = heapq.heappop(free) if free else len(taken)
        heapq.heappush(taken, (end, lane))
        lanes.append(lane)
    return lanes


def clusters(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return each stretch's lane, and how many lanes those have that it is linked with by common time.

    Parameters
    ----------
    spans : sequence of (datetime, datetime)
        Ascending by start.
    """
    lanes = lanes_of(spans)
    placed: list[tuple[int, int]] = []
    first = 0
    until = None
    for number, (start, end) in enumerate(spans):
        if until is not None and start >= until:
            placed += _cluster(lanes[first:number])
            first, until = number, end
        until = end if until is None else max(until, end)
    return placed + _cluster(lanes[first:])


def _cluster(lanes: Sequence[int]) -> list[tuple[int, int]]:
    width = max(lanes, default=0) + 1
    return [(lane, width) for lane in lanes]
