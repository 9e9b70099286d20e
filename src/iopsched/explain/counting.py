"""How many sessions some places could hold, and which obstacles explain that it is not one more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["held_by_day", "most_sessions", "telling"]


def held_by_day(starts: Iterable[int], minutes: int, apart: int) -> dict[int, int]:
    """Return for each day how many sessions of one need could be held on it.

    Parameters
    ----------
    starts : iterable of int
        Minutes of the week.
    minutes : int
        Length of a session.
    apart : int
        The need's ``min_days_apart``; with 0 a day holds as many as fit one after the other.
    """
    held: dict[int, int] = defaultdict(int)
    until = 0
    for start in sorted(map(int, starts)):
        if start >= until:
            held[start // MINUTES_PER_DAY] += 1
            until = start + minutes
    return {day: 1 if apart else count for day, count in held.items()}


def most_sessions(
    held: Mapping[int, int], apart: int, coming: Collection[int] = (), new_days: int = 7
) -> int:
    """Return the most sessions of one need that some days could hold.

    Parameters
    ----------
    held : mapping of int to int
        For each day, how many sessions could be held on it.
    apart : int
        Rule ``need-spacing``: the difference between two days used is at least this.
    coming : collection of int
        Days on which the participant comes anyway.
    new_days : int
        How many other days the program still allows (rule ``day-limit``).
    """
    if apart <= 1 and sum(day not in coming for day in held) <= new_days:
        return sum(held.values())

    def best(days: tuple[int, ...], left: int) -> int:
        if not days:
            return 0
        first, rest = days[0], days[1:]
        without = best(rest, left)
        costs = int(first not in coming)
        if costs > left:
            return without
        after = tuple(day for day in rest if day - first >= apart)
        return max(without, held[first] + best(after, left - costs))

    return best(tuple(sorted(held)), new_days)


def telling(
    obstacles: Sequence[str], leaves: Callable[[Collection[str]], int], reached: int
) -> tuple[str, ...]:
    """Return the obstacles that explain why no more than ``reached`` sessions are possible.

    Parameters
    ----------
    obstacles : sequence of str
        Codes, most fundamental first.
    leaves : callable
        The most sessions that could be held if nothing but some of the obstacles were in the way.
    reached : int
        What has to be explained; with no obstacle at all, more could be held.

    Returns
    -------
    tuple of str
        Every obstacle that is enough by itself; where none is, a set of which none can be spared, or
        nothing where even all together leave room.
    """
    alone = tuple(code for code in obstacles if leaves((code,)) <= reached)
    if alone:
        return alone
    needed = list(obstacles)
    if leaves(needed) > reached:
        return ()
    for code in reversed(obstacles):
        spared = [other for other in needed if other != code]
        if leaves(spared) <= reached:
            needed = spared
    return tuple(needed)
