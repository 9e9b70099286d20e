"""How a caller follows a search and ends it: progress reports and the stop request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Progress", "ProgressCallback", "Stop"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands.

    Attributes
    ----------
    stage : str
        What the search is doing, e.g. ``"construction"``.
    level : str
        The level of the score being improved, one of :data:`iopsched.roster.models.LEVELS`.
    value : int
        The level's value in the best roster so far.
    bound : int or None
        The proved lower limit of the level, if one is known yet.
    elapsed : float
        Seconds since the search began (deterministic seconds in deterministic mode).
    """

    stage: str
    level: str
    value: int
    bound: int | None
    elapsed: float

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
