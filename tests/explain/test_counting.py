"""How many sessions some days hold, and which obstacles explain a shortfall."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from iopsched.explain.counting import held_by_day, most_sessions, telling

DAY = 24 * 60


def test_one_session_a_day_or_as_many_as_fit() -> None:
    """Nine, half past nine and ten hold two sessions of an hour, but one of a need spaced by days."""
    starts = [9 * 60, 9 * 60 + 30, 10 * 60, DAY + 9 * 60]
    assert held_by_day(starts, 60, 0) == {0: 2, 1: 1}
    assert held_by_day(starts, 60, 1) == {0: 1, 1: 1}
    assert held_by_day([], 60, 0) == {}


@given(
    st.dictionaries(st.integers(0, 6), st.integers(1, 3)),
    st.integers(0, 8),
    st.sets(st.integers(0, 6)),
    st.integers(0, 7),
)
def test_most_sessions_is_the_best_of_all_choices_of_days(
    held: dict[int, int], apart: int, coming: set[int], new_days: int
) -> None:
    """No choice of days that keeps the spacing and the program's days holds more."""
    choices = chain.from_iterable(combinations(sorted(held), size) for size in range(len(held) + 1))
    allowed = [
        days
        for days in choices
        if len(set(days) - coming) <= new_days and all(b - a >= apart for a, b in combinations(days, 2))
    ]
    best = max(sum(held[day] for day in days) for days in allowed)
    assert most_sessions(held, apart, coming, new_days) == best


def free_places(**barred: set[int]) -> Callable[[Collection[str]], int]:
    """Count the places that some obstacles leave of three."""
    return lambda codes: len({0, 1, 2}.difference(*(barred[code] for code in codes)))


def test_obstacles_that_are_enough_alone() -> None:
    """Two obstacles bar everything each; the third, which bars one place, is not needed."""
    leaves = free_places(a={0, 1, 2}, b={1}, c={0, 1, 2})
    assert telling("abc", leaves, 0) == ("a", "c")
    assert telling("abc", leaves, 2) == ("a", "b", "c")


def test_obstacles_none_of_which_can_be_spared() -> None:
    """Together they leave nothing; the last that says nothing new is left out."""
    assert telling("abc", free_places(a={0, 1}, b={2}, c={1}), 0) == ("a", "b")
    assert telling("abc", free_places(a={0}, b={2}, c={1}), 0) == ("a", "b", "c")


def test_obstacles_that_explain_nothing() -> None:
    """One place is left whatever they bar."""
    assert telling("ab", free_places(a={0}, b={1}), 0) == ()
