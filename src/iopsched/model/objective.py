"""A level of the score as an expression over a model's variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from iopsched.model.builder import Builder, Interval, Literal, Term

__all__ = ["Objective", "add_idle", "gaps"]


@dataclass
class Objective:
    """Σ coefficient × variable + constant; covers all people that a scope touches.

    Attributes
    ----------
    parts : dict of int to Objective
        Where a level is a sum over participants: what each of them adds.
    """

    terms: list[Term] = field(default_factory=list)
    constant: int = 0
    parts: dict[int, Objective] = field(default_factory=dict)

    def add(self, coefficient: int, literal: Literal) -> None:
        """Add a term; a weight of zero adds nothing."""
        if coefficient and (not isinstance(literal, int) or literal):
            self.terms.append((coefficient, literal))

    def add_part(self, owner: int, part: Objective) -> None:
        """Add what one participant adds."""
        self.parts[owner] = part
        self.terms += part.terms
        self.constant += part.constant


def add_idle(build: Builder, objective: Objective, weight: int, intervals: list[Interval]) -> None:
    """Add ``weight`` × the minutes of one day between intervals, of which only constants may overlap.

    The starts and ends cut the day into stretches. A stretch is idle when something begins before it,
    something ends after it and nothing covers it: ``idle[k] ≥ begun[k] + lasting[k] − 1 − Σ covering``.
    Each literal is at least what it must be, and exactly that where less is better.

    Parameters
    ----------
    build : Builder
    objective : Objective
        The level that the minutes are added to.
    weight : int
        Points for a minute.
    intervals : list of Interval
        What may happen on the day.
    """
    if not weight:
        return
    if all(isinstance(literal, int) for _, _, literal in intervals):
        objective.constant += weight * gaps([(start, end) for start, end, _ in intervals])
        return
    moments = sorted({moment for start, end, _ in intervals for moment in (start, end)})
    stretches = list(pairwise(moments))
    begun = _reached(build, [[one[2] for one in intervals if one[0] == start] for start, _ in stretches])
    ended = [[one[2] for one in intervals if one[1] == end] for _, end in reversed(stretches)]
    lasting = _reached(build, ended)[::-1]
    for (start, end), before, after in zip(stretches, begun, lasting, strict=True):
        covering = [one[2] for one in intervals if one[0] <= start and one[1] >= end]
        objective.add(weight * (end - start), _idle(build, before, after, covering))


def _reached(build: Builder, present: list[list[Literal]]) -> list[Literal]:
    """Return for each step a literal: something at it or before it is present."""
    reached: list[Literal] = []
    previous: Literal = 0
    for literals in present:
        if any(isinstance(literal, int) and literal for literal in [previous, *literals]):
            previous = 1
        elif literals:
            step = build.bool(int(bool(build.value(previous)) or any(map(build.value, literals))))
            for literal in [previous, *literals]:
                build.imply(literal, step)
            previous = step
        reached.append(previous)
    return reached


def _idle(build: Builder, before: Literal, after: Literal, covering: list[Literal]) -> Literal:
    """Return a literal that is 1 where a stretch lies between sessions and is covered by none."""
    ends = [literal for literal in (before, after) if isinstance(literal, int)]
    if not all(ends) or any(isinstance(literal, int) and literal for literal in covering):
        return 0
    if len(ends) == 2 and not covering:
        return 1
    value = int(bool(build.value(before) and build.value(after)) and not any(map(build.value, covering)))
    idle = build.bool(value)
    build.at_least_one([idle, build.negated(before), build.negated(after), *covering])
    return idle


def gaps(spans: list[tuple[int, int]]) -> int:
    """Return the minutes between spans of one day; those that overlap have none between."""
    idle, latest = 0, None
    for start, end in sorted(spans):
        if latest is not None:
            idle += max(0, start - latest)
        latest = end if latest is None else max(latest, end)
    return idle
