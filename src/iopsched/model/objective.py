"""A level of the score as an expression over a model's variables."""

from __future__ import annotations

from dataclasses import dataclass, field

from iopsched.model.builder import Builder, Interval, Literal, Term

__all__ = ["Objective", "gaps", "idle_minutes"]


@dataclass
class Objective:
    """Σ coefficient × variable + constant; covers all people that a scope touches."""

    terms: list[Term] = field(default_factory=list)
    constant: int = 0

    def add(self, coefficient: int, literal: Literal) -> None:
        """Add a term; a weight of zero adds nothing."""
        if coefficient and (not isinstance(literal, int) or literal):
            self.terms.append((coefficient, literal))


def idle_minutes(build: Builder, intervals: list[Interval]) -> Literal:
    """Return the minutes of one day that lie between intervals, of which only constants may overlap.

    With first start F and last end L of the intervals present, they are L − F − Σ lengths present.
    The variable is at least that, and exactly that where less is better.
    """
    present = [(start, end) for start, end, literal in intervals if build.value(literal)]
    if all(isinstance(literal, int) for _, _, literal in intervals):
        return gaps(present)
    intervals = _merged(intervals)
    first_start = min(start for start, _, _ in intervals)
    last_start = max(start for start, _, _ in intervals)
    first_end = min(end for _, end, _ in intervals)
    last_end = max(end for _, end, _ in intervals)
    first = build.integer(first_start, last_start, min((start for start, _ in present), default=last_start))
    last = build.integer(first_end, last_end, max((end for _, end in present), default=first_end))
    for start, end, literal in intervals:
        if isinstance(literal, int):
            build.model.add(first <= start)
            build.model.add(last >= end)
        else:
            build.model.add(first <= start).only_enforce_if(literal)
            build.model.add(last >= end).only_enforce_if(literal)
    idle = build.integer(0, last_end - first_start, gaps(present))
    lengths = [(end - start, literal) for start, end, literal in intervals]
    build.model.add(build.sum_of([*lengths, (1, idle), (-1, last), (1, first)]) >= 0)
    return idle


def gaps(spans: list[tuple[int, int]]) -> int:
    """Return the minutes between spans of one day; those that overlap have none between."""
    idle, latest = 0, None
    for start, end in sorted(spans):
        if latest is not None:
            idle += max(0, start - latest)
        latest = end if latest is None else max(latest, end)
    return idle


def _merged(intervals: list[Interval]) -> list[Interval]:
    """Unite constants that overlap (frozen sessions may), so that no minute is counted twice."""
    free = [interval for interval in intervals if not isinstance(interval[2], int)]
    united: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for start, end, literal in intervals if isinstance(literal, int)):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return [*free, *((start, end, 1) for start, end in united)]
