"""A CpModel under construction, in which every variable knows its value in the incumbent plan.

CP-SAT often loses an incumbent that is hinted in part. Each variable, auxiliaries included, is therefore
created together with its value in the plan that the model starts from, so that the hint is complete by
construction and a wrong formula shows as an infeasible hint.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Sequence

import numpy as np
from ortools.sat.python import cp_model

__all__ = ["Builder", "Interval", "Literal", "Term", "cliques"]

Literal = cp_model.IntVar | int
"""A Boolean variable, or the constant 0 or 1 where the plan leaves nothing to decide."""
Term = tuple[int, Literal]
"""A coefficient and what it multiplies."""
Interval = tuple[int, int, Literal]
"""Start, end and presence of something that may happen; half open, minutes of the week."""

ZERO_OR_ONE = cp_model.Domain(0, 1)


class Builder:
    """Variables with their incumbent values, and constraints that accept constants among literals."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self._values: list[int] = []

    def bool(self, value: int) -> cp_model.IntVar:
        """Create a Boolean variable that is ``value`` in the incumbent."""
        self._values.append(value)
        # What new_bool_var does, without the name and the domain made anew: it takes half the time.
        return cp_model.IntVar(self.model.model_proto).with_domain(ZERO_OR_ONE)

    def integer(self, lower: int, upper: int, value: int) -> cp_model.IntVar:
        """Create an integer variable in ``[lower, upper]`` that is ``value`` in the incumbent."""
        self._values.append(value)
        return self.model.new_int_var(lower, upper, "")

    def add(self, constraint: cp_model.BoundedLinearExpression | builtins.bool | np.bool_) -> None:
        """Add a linear constraint, which constants may have decided already.

        The solver would make a variable of a constant, of which the values here would know nothing.
        """
        if isinstance(constraint, builtins.bool | np.bool_):
            if not constraint:
                self.model.add_bool_or([])
        else:
            self.model.add(constraint)

    def value(self, literal: Literal) -> int:
        """Return a literal's value in the incumbent."""
        return literal if isinstance(literal, int) else self._values[literal.index]

    def total(self, terms: Iterable[Term]) -> int:
        """Return a sum's value in the incumbent."""
        return sum(coefficient * self.value(literal) for coefficient, literal in terms)

    @property
    def size(self) -> int:
        """Number of variables so far."""
        return len(self._values)

    def at_most(self, terms: Iterable[Term], limit: int) -> None:
        """Require Σ coefficient × literal ≤ limit, coefficients not negative.

        Constants count towards the limit; where they exceed it already (frozen sessions may), nothing
        may be added to them.
        """
        fixed, free = self._split(terms)
        if not free:
            return
        room = max(0, limit - fixed)
        if sum(coefficient for coefficient, _ in free) <= room:
            return
        if room == 1 and all(coefficient == 1 for coefficient, _ in free):
            self.model.add_at_most_one([literal for _, literal in free])
        else:
            self.add(self.sum_of(free) <= room)

    def any_of(self, literals: Iterable[Literal]) -> Literal:
        """Return a literal that is 1 exactly when one of the given ones is."""
        every = list(literals)
        if any(isinstance(literal, int) and literal for literal in every):
            return 1
        free = [literal for literal in every if not isinstance(literal, int)]
        if len(free) <= 1:
            return free[0] if free else 0
        either = self.bool(max(self.value(literal) for literal in free))
        self.model.add_max_equality(either, free)
        return either

    def one_of(self, literals: Sequence[cp_model.IntVar]) -> cp_model.IntVar:
        """Return a literal equal to the sum of the given ones, of which at most one may be 1."""
        if len(literals) == 1:
            return literals[0]
        total = self.bool(sum(map(self.value, literals)))
        self.model.add_exactly_one([*literals, total.negated()])
        return total

    def both(self, one: Literal, other: Literal) -> Literal:
        """Return a literal that is 1 wherever both are, to be used where less is better."""
        if isinstance(one, int):
            return other if one else 0
        if isinstance(other, int):
            return one if other else 0
        together = self.bool(self.value(one) * self.value(other))
        self.model.add_bool_or([one.negated(), other.negated(), together])
        return together

    def imply(self, one: Literal, other: Literal) -> None:
        """Require one ⇒ other."""
        if isinstance(one, int):
            if one:
                self.require(other)
        elif isinstance(other, int):
            if not other:
                self.add(one == 0)
        else:
            self.model.add_implication(one, other)

    def exclude(self, one: Literal, other: Literal) -> None:
        """Require that not both are 1; two constants are what they are."""
        if isinstance(one, int) and isinstance(other, int):
            return
        self.at_most([(1, one), (1, other)], 1)

    def require(self, literal: Literal) -> None:
        """Require a literal to be 1."""
        if isinstance(literal, int):
            if not literal:
                self.model.add_bool_or([])
        else:
            self.add(literal == 1)

    def require_not(self, literal: Literal) -> None:
        """Require a literal to be 0."""
        if isinstance(literal, int):
            self.require(1 - literal)
        else:
            self.add(literal == 0)

    def at_least_one(self, literals: Iterable[cp_model.LiteralT]) -> None:
        """Require one of the literals to be 1."""
        every = list(literals)
        if not any(isinstance(literal, int) and literal for literal in every):
            self.model.add_bool_or([literal for literal in every if not isinstance(literal, int)])

    @staticmethod
    def negated(literal: Literal) -> cp_model.LiteralT:
        """Return the negation, for use in :meth:`at_least_one`."""
        return 1 - literal if isinstance(literal, int) else ~literal

    def sum_of(self, terms: Iterable[Term]) -> cp_model.LinearExprT:
        """Return Σ coefficient × literal as a linear expression."""
        fixed, free = self._split(terms)
        if not free:
            return fixed
        total = cp_model.LinearExpr.weighted_sum(
            [literal for _, literal in free], [coefficient for coefficient, _ in free]
        )
        return total + fixed if fixed else total

    def hint(self) -> None:
        """Give the solver the incumbent's value of every variable that it has not been given yet."""
        hint = self.model.proto.solution_hint
        first = len(hint.vars)
        hint.vars.extend(range(first, len(self._values)))
        hint.values.extend(self._values[first:])

    @staticmethod
    def _split(terms: Iterable[Term]) -> tuple[int, list[tuple[int, cp_model.IntVar]]]:
        fixed = 0
        free: list[tuple[int, cp_model.IntVar]] = []
        for coefficient, literal in terms:
            if isinstance(literal, int):
                fixed += coefficient * literal
            elif coefficient:
                free.append((coefficient, literal))
        return fixed, free


def cliques(intervals: Iterable[Interval]) -> list[list[Interval]]:
    """Return the maximal sets of intervals that share a moment.

    By Helly's property of intervals, limiting every such set limits every moment.
    """
    every = [interval for interval in intervals if interval[0] < interval[1]]
    # At one moment what ends comes before what begins: intervals are half open.
    events = sorted(
        [(start, 1, k) for k, (start, _, _) in enumerate(every)]
        + [(end, 0, k) for k, (_, end, _) in enumerate(every)]
    )
    found: list[list[Interval]] = []
    present: dict[int, None] = {}
    grown = False
    for _, opens, k in events:
        if opens:
            present[k] = None
            grown = True
        else:
            if grown:
                found.append([every[j] for j in present])
                grown = False
            del present[k]
    return found
