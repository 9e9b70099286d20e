"""How a caller follows a search and ends it: progress reports and the stop request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from iopsched.roster.models import Bound, Score

__all__ = ["Progress", "ProgressCallback", "Stop"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands.

    Attributes
    ----------
    stage : str
        What the search is doing, e.g. ``"construction"``.
    level : str
        The level of the score that has news, one of :data:`iopsched.roster.models.LEVELS`.
    score : Score
        What the best roster so far comes to, all levels.
    bounds : Bound
        The proved lower limit of each level given the values on those before it; ``None`` where none is known
        yet.
    sessions_placed, sessions_needed : int
        Sessions of needs in the best roster so far, and those asked for; a group meeting is one session for
        each of its members.
    elapsed : float
        Seconds since the search began (deterministic seconds in deterministic mode).
    """

    stage: str
    level: str
    score: Score
    bounds: Bound
    sessions_placed: int
    sessions_needed: int
    elapsed: float

    @property
    def value(self) -> int:
        """The level's value in the best roster so far."""
        return int(getattr(self.score, self.level))

    @property
    def bound(self) -> int | None:
        """The proved lower limit of the level, if one is known yet."""
        limit: int | None = getattr(self.bounds, self.level)
        return limit

    @property
    def gap(self) -> float | None:
        """``(value - bound) / value``, 0 when proved optimal; ``None`` without a bound."""
        if self.bound is None:
            return None
        return (self.value - self.bound) / self.value if self.value else 0.0


ProgressCallback = Callable[[Progress], None]


class Stop:
    """A request to end a search early and keep the best roster found. Safe to use from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], object]] = []

    @property
    def requested(self) -> bool:
        """Whether the search has been asked to end."""
        return self._event.is_set()

    def request(self) -> None:
        """Ask the search to end; returns at once."""
        self._event.set()
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def add_listener(self, listener: Callable[[], object]) -> None:
        """Call ``listener`` when the stop is requested, at once if it has been."""
        with self._lock:
            self._listeners.append(listener)
        if self.requested:
            listener()

    def remove_listener(self, listener: Callable[[], object]) -> None:
        """Forget a listener."""
        with self._lock:
            self._listeners.remove(listener)
