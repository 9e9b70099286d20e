"""Which states a week goes through, and from which day's choice to which: index tables of the week's program.

A participant's week is decided day by day. The *state* says how many sessions of each need have been placed
so far, the group block among them; a day adds at most one session of each (needs that allow two on a day
count as several needs). The tables depend on the numbers of sessions only, so participants share them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

__all__ = ["DAYS", "StateTables", "splits", "state_tables", "transitions"]

DAYS = 7

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class StateTables:
    """Transitions between states on one day, ordered by the state they lead to.

    Attributes
    ----------
    counts : array of int, shape (states, needs + 1)
        Sessions placed of each need, and blocks attended (last).
    source, choice : array of int, shape (transitions,)
        The state before the day, and the day's choice: a set of needs as a bit mask, plus ``2 ** needs``
        where the block is attended.
    target : array of int, shape (transitions,)
        The state after the day, ascending.
    first : array of int, shape (states,)
        Where each state's transitions begin.
    """

    counts: npt.NDArray[np.int32]
    source: Indices
    choice: Indices
    target: Indices
    first: Indices


@lru_cache(maxsize=256)
def state_tables(wanted: tuple[int, ...], blocks: int) -> StateTables:
    """Return the tables for needs of so many sessions each, and so many blocks.

    Parameters
    ----------
    wanted : tuple of int
        Sessions of each need, one a day at most: no more than seven are ever placed.
    blocks : int
        Group blocks, one a day at most.
    """
    limits = _most_placed((*wanted, blocks))
    states = list(product(*(range(limit + 1) for limit in limits)))
    position = {state: k for k, state in enumerate(states)}
    found: list[tuple[int, int, int]] = []
    for state in states:
        for step in product(
            *(range(min(1, limit - had) + 1) for had, limit in zip(state, limits, strict=True))
        ):
            mask = sum(taken << k for k, taken in enumerate(step))
            after = tuple(had + taken for had, taken in zip(state, step, strict=True))
            found.append((position[after], position[state], mask))
    found.sort()
    target, source, choice = (np.array(column, np.intp) for column in zip(*found, strict=True))
    first = np.searchsorted(target, np.arange(len(states)))
    return StateTables(np.array(states, np.int32), source, choice, target, first)


def transitions(wanted: tuple[int, ...], blocks: int) -> int:
    """Return how many transitions there are, without working them out."""
    return prod(2 * limit + 1 for limit in _most_placed((*wanted, blocks)))


def _most_placed(wanted: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(min(sessions, DAYS) for sessions in wanted)


def splits(mask: int) -> Iterator[tuple[int, int]]:
    """Yield the ways to part a set into what comes before and what after."""
    before = mask
    while True:
        yield before, mask & ~before
        if not before:
            return
        before = (before - 1) & mask
