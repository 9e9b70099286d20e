"""Constraints that accept constants among literals, and the maximal sets of intervals."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from iopsched.model.builder import Builder, Interval, Literal, cliques


def solutions(build: Builder, literals: list[cp_model.IntVar]) -> set[tuple[int, ...]]:
    """Return every assignment of some literals that a model allows."""
    found = set()
    for values in product((0, 1), repeat=len(literals)):
        model = build.model.clone()
        for literal, value in zip(literals, values, strict=True):
            model.add(model.get_bool_var_from_proto_index(literal.index) == value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(model) == cp_model.OPTIMAL:
            found.add(values)
    return found


def test_a_variable_knows_its_value_in_the_incumbent() -> None:
    """Values, sums and the hint speak of the plan that the model starts from; a constant is its own value."""
    build = Builder()
    yes, no, three = build.bool(1), build.bool(0), build.integer(0, 9, 3)
    assert [build.value(one) for one in (yes, no, three, 0, 1)] == [1, 0, 3, 0, 1]
    assert build.total([(5, yes), (7, no), (2, three), (4, 1)]) == 5 + 6 + 4
    build.hint()
    assert list(build.model.proto.solution_hint.vars) == [0, 1, 2]
    assert list(build.model.proto.solution_hint.values) == [1, 0, 3]
    assert build.size == 3


@pytest.mark.parametrize(
    ("constants", "limit", "allowed"),
    [
        ([], 1, {(0, 0), (0, 1), (1, 0)}),
        ([], 2, {(0, 0), (0, 1), (1, 0), (1, 1)}),
        ([1], 2, {(0, 0), (0, 1), (1, 0)}),
        ([0, 0], 1, {(0, 0), (0, 1), (1, 0)}),
        ([1, 1], 2, {(0, 0)}),
        ([1, 1, 1], 2, {(0, 0)}),
    ],
)
def test_at_most_counts_constants(constants: list[int], limit: int, allowed: set[tuple[int, int]]) -> None:
    """Constants use up the limit; where they exceed it, nothing is added to them."""
    build = Builder()
    two = [build.bool(0), build.bool(0)]
    build.at_most([(1, literal) for literal in [*constants, *two]], limit)
    assert solutions(build, two) == allowed


def test_at_most_weighs() -> None:
    """Of 50, 60 and 70 minutes beside 30 that stand, 150 hold any two but the longest."""
    build = Builder()
    three = [build.bool(0) for _ in range(3)]
    build.at_most([(30, 1), *zip((50, 60, 70), three, strict=True)], 150)
    assert solutions(build, three) == {
        (0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1),
    }  # fmt: skip


def test_constants_over_the_limit_break_nothing_by_themselves() -> None:
    """What has happened may be over a limit that came later."""
    build = Builder()
    build.at_most([(1, 1), (1, 1)], 1)
    assert solutions(build, []) == {()}


@pytest.mark.parametrize("values", list(product((0, 1), repeat=3)))
def test_any_of_is_one_exactly_when_one_is(values: tuple[int, ...]) -> None:
    """For every assignment; and its incumbent value follows from theirs."""
    build = Builder()
    three = [build.bool(value) for value in values]
    either = build.any_of([*three, 0])
    assert not isinstance(either, int)
    assert build.value(either) == max(values)
    for literal, value in zip(three, values, strict=True):
        build.add(literal == value)
    assert solutions(build, [either]) == {(max(values),)}


def test_any_of_needs_no_variable_where_constants_decide() -> None:
    """With a 1 among them it is 1; with none but zeros 0; with one variable that variable."""
    build = Builder()
    one = build.bool(0)
    assert build.any_of([one, 1]) == 1
    assert build.any_of([0, 0]) == 0
    assert build.any_of([]) == 0
    assert build.any_of([0, one]) is one
    assert build.size == 1


def test_one_of_is_the_sum() -> None:
    """It is 1 with either of two literals, and both at once are excluded."""
    build = Builder()
    two = [build.bool(0), build.bool(1)]
    total = build.one_of(two)
    assert build.value(total) == 1
    assert solutions(build, [*two, total]) == {(0, 0, 0), (1, 0, 1), (0, 1, 1)}
    assert build.one_of(two[:1]) is two[0]


@pytest.mark.parametrize(("one", "other"), list(product((0, 1, None), repeat=2)))
def test_implications_and_exclusions_accept_constants(one: int | None, other: int | None) -> None:
    """As if each constant were a variable fixed to it; but two constants are not excluded anew."""
    for method, holds in ((Builder.imply, lambda a, b: a <= b), (Builder.exclude, lambda a, b: a + b <= 1)):
        build = Builder()
        literals: list[Literal] = [build.bool(0) if value is None else value for value in (one, other)]
        method(build, *literals)
        free = [literal for literal in literals if not isinstance(literal, int)]
        given_values = product(*[(0, 1) if value is None else (value,) for value in (one, other)])
        allowed = {
            tuple(v for v, was in zip(values, (one, other), strict=True) if was is None)
            for values in given_values
            if holds(*values)
        }
        if method is Builder.exclude and not free:
            allowed = {()}
        assert solutions(build, free) == allowed


def test_both_is_at_least_one_where_both_are() -> None:
    """Where less is better it is then exactly the product; a constant leaves 0 or the other literal."""
    build = Builder()
    one, other = build.bool(1), build.bool(1)
    together = build.both(one, other)
    assert not isinstance(together, int)
    assert build.value(together) == 1
    assert solutions(build, [one, other, together]) == {
        values for values in product((0, 1), repeat=3) if values[2] >= values[0] * values[1]
    }
    assert build.both(one, 1) is one
    assert build.both(1, other) is other
    assert build.both(0, other) == build.both(one, 0) == build.both(0, 1) == 0
    assert build.both(1, 1) == 1


def test_requirements_accept_constants() -> None:
    """A constant that is what is required asks nothing; another one makes the model infeasible."""
    for literal, feasible in ((1, True), (0, False)):
        build = Builder()
        build.require(literal)
        assert (solutions(build, []) == {()}) == feasible
        build = Builder()
        build.require_not(1 - literal)
        assert (solutions(build, []) == {()}) == feasible
        build = Builder()
        build.at_least_one([0, literal])
        assert (solutions(build, []) == {()}) == feasible
        build = Builder()
        build.add(bool(literal))
        assert (solutions(build, []) == {()}) == feasible


def test_a_sum_keeps_its_constants() -> None:
    """Without variables a sum is a number; with them constants are added to it."""
    build = Builder()
    assert build.sum_of([(3, 1), (4, 0), (5, 1)]) == 8
    one = build.bool(0)
    build.add(build.sum_of([(3, 1), (2, one)]) == 5)
    assert solutions(build, [one]) == {(1,)}


intervals = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda one: (one[0], one[0] + one[1], 0)),
    max_size=9,
)


@given(intervals)
def test_cliques_are_the_maximal_sets_that_share_a_moment(every: list[Interval]) -> None:
    """Compared with the sets of intervals present at each minute, of which the largest are kept."""
    numbered = [(start, end, k) for k, (start, end, _) in enumerate(every)]
    present = {frozenset(one for one in numbered if one[0] <= minute < one[1]) for minute in range(20)}
    maximal = {some for some in present if some and not any(some < other for other in present)}
    found = cliques(numbered)
    assert {frozenset(some) for some in found} == maximal
    assert len(found) == len(maximal)


def test_intervals_that_touch_share_no_moment() -> None:
    """What ends at ten and what begins at ten are two sets."""
    assert cliques([(540, 600, 1), (600, 660, 1)]) == [[(540, 600, 1)], [(600, 660, 1)]]
