"""Minutes between: by counting, and as a linear objective over what may happen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from iopsched.model.builder import Builder, Interval
from iopsched.model.objective import Objective, add_idle, gaps

spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda one: (one[0], one[0] + one[1])), max_size=5
)


def idle_minutes(some: list[tuple[int, int]]) -> int:
    """Count the minutes after a span's start and before another's end that no span covers."""
    inside = range(min((a for a, _ in some), default=0), max((b for _, b in some), default=0))
    return sum(not any(a <= minute < b for a, b in some) for minute in inside)


@given(spans)
def test_gaps_are_the_minutes_between(some: list[tuple[int, int]]) -> None:
    """Compared with counting minute by minute; overlaps leave nothing between."""
    assert gaps(some) == idle_minutes(some)


@pytest.mark.parametrize(
    ("some", "minutes"),
    [([], 0), ([(9, 10)], 0), ([(9, 10), (12, 13)], 2), ([(12, 13), (9, 12)], 0), ([(9, 14), (10, 11)], 0)],
)
def test_gaps_by_eye(some: list[tuple[int, int]], minutes: int) -> None:
    """Nothing between one or touching spans; what lies inside another changes nothing."""
    assert gaps(some) == minutes


@st.composite
def chosen_spans(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """Return spans that stand, that may happen and do, and that may happen and do not.

    Whatever happens overlaps nothing else that happens.
    """
    at, found = 0, []
    for kind in draw(st.lists(st.sampled_from(["stands", "happens"]), max_size=4)):
        at += draw(st.integers(0, 5))
        length = draw(st.integers(1, 4))
        found.append((at, at + length, kind))
        at += length
    for start, length in draw(st.lists(st.tuples(st.integers(0, 25), st.integers(1, 4)), max_size=3)):
        found.append((start, start + length, "not"))
    return found


@settings(deadline=None, max_examples=60)
@given(chosen_spans())
def test_the_objective_is_the_gaps_of_what_happens(every: list[tuple[int, int, str]]) -> None:
    """With the choices fixed the least it can be is three times the gaps, and so is its incumbent value."""
    build, objective = Builder(), Objective()
    intervals: list[Interval] = []
    for start, end, kind in every:
        literal = 1 if kind == "stands" else build.bool(int(kind == "happens"))
        intervals.append((start, end, literal))
        if not isinstance(literal, int):
            build.add(literal == int(kind == "happens"))
    add_idle(build, objective, 3, intervals)
    wanted = 3 * gaps([(start, end) for start, end, kind in every if kind != "not"])
    assert build.total(objective.terms) + objective.constant == wanted
    build.model.minimize(build.sum_of(objective.terms) + objective.constant)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(build.model) == cp_model.OPTIMAL
    assert round(solver.objective_value) == wanted


def test_a_weight_of_nothing_adds_nothing() -> None:
    """No term and no variable."""
    build, objective = Builder(), Objective()
    add_idle(build, objective, 0, [(0, 10, build.bool(1)), (20, 30, build.bool(1))])
    assert objective == Objective()
    assert build.size == 2
    objective.add(0, 1)
    objective.add(7, 0)
    assert objective == Objective()
