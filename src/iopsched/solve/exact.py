"""Stage *proof*: one exact model of the whole clinic, level after level.

Each level has a model of its own, in which earlier levels are held at the values they have reached. Where
nobody misses more than they would alone, the least that each participant bears alone enters the model of
``burden`` as a redundant limit: the solver would have to find all of them again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from iopsched.model import Scope, ScopedModel, build_model, everything
from iopsched.options import Options
from iopsched.roster.models import LEVELS
from iopsched.solve.control import Stop
from iopsched.solve.drawing import first_needs
from iopsched.solve.engine import (
    PROOF,
    PROOF_OF_BURDEN,
    PROOF_OF_BURDEN_IN_SHORTAGE,
    PROOF_OF_UNMET,
    Engine,
    Outcome,
    Way,
)
from iopsched.solve.improve import POLL_SECONDS, improve
from iopsched.solve.search import Search
from iopsched.solve.value import Valued

__all__ = [
    "UNMET_PROVABLE",
    "Proof",
    "improve_and_prove",
    "prove_level",
    "prove_levels",
    "size_of",
    "size_of_groups",
]

UNMET_PROVABLE = 400_000
"""Decisions up to which the model of everything is asked about ``unmet``: its linear relaxation is strong."""
WAYS = {"unmet": PROOF_OF_UNMET, "burden": PROOF_OF_BURDEN}
THREADS_OF_A_CREW = 4
"""One thread of so many proves where a level is improved and proved at the same time, and at least one."""


def size_of(options: Options) -> int:
    """Return about how many decisions the exact model of a clinic has."""
    return _places(options, range(len(options.sessions))) + _of_meetings(options)


def size_of_groups(options: Options) -> int:
    """Return about how many decisions the model of all groups has, with what must come before them."""
    return _places(options, first_needs(options, options.attendances_of)) + _of_meetings(options)


def _places(options: Options, needs: Iterable[int]) -> int:
    return sum(int(options.sessions[need].led.sum()) for need in needs)


def _of_meetings(options: Options) -> int:
    attendances = sum(len(asked.meetings) for asked in options.attendances)
    return attendances + sum(len(part.staff) for option in options.meetings for part in option.parts)


def prove_levels(search: Search, seconds: float) -> None:
    """Minimise each level that is not proved yet over the whole clinic, earlier levels held.

    Each gets an equal share of what time is left; what one leaves goes to the next.
    """
    until = search.engine.clock.elapsed + seconds
    for position, level in enumerate(LEVELS):
        if search.proved(level):
            continue
        left = until - search.engine.clock.elapsed
        if left <= 0 or search.engine.exhausted:
            return
        prove_level(search, level, left / (len(LEVELS) - position))


def prove_level(search: Search, level: str, seconds: float) -> None:
    """Minimise one level over the whole clinic, earlier levels held, unless it is proved already."""
    if search.proved(level) or search.engine.exhausted:
        return
    search.stage = "proof"
    exact = _Exact.of(search, level)
    exact.tell(search, search.engine.run(exact.model, seconds, way=exact.way))


def improve_and_prove(search: Search, level: str, seconds: float, patience: int) -> None:
    """Prove a level in threads of this process while the crew improves it; without one, do both in turn.

    Neighbourhoods find better plans than the model of everything, and that one says how far they can get.
    On two cores each has one to itself.

    Parameters
    ----------
    search : Search
    level : str
    seconds : float
        At most about this long.
    patience : int
        As of :func:`iopsched.solve.improve.improve`.
    """
    if search.proved(level) or search.engine.exhausted:
        return
    until = search.engine.clock.elapsed + seconds
    if search.crew is None or not search.crew.ready:
        improve(search, level, 0.4 * seconds, patience)
        prove_level(search, level, until - search.engine.clock.elapsed)
        return
    with Proof(search, level, seconds) as proof:
        improve(search, level, seconds, patience, beside=proof)
        search.stage = "proof"
        while proof.goes_on:
            proof.wait(POLL_SECONDS)
            proof.tell()


class Proof:
    """A level that is minimised over the whole clinic while other work goes on; a context that ends it.

    Parameters
    ----------
    search : Search
    level : str
    seconds : float
        At most this long.
    """

    def __init__(self, search: Search, level: str, seconds: float) -> None:
        self._search = search
        self._exact = _Exact.of(search, level)
        self._stop = Stop()
        self.threads = max(1, search.engine.workers // THREADS_OF_A_CREW)
        self._engine = Engine(search.engine.clock, self._stop, self.threads, search.engine.seed)
        self._bound: int | None = None
        self._outcome: Outcome | None = None
        self._thread = threading.Thread(target=self._run, args=(seconds,), name="iopsched-proof", daemon=True)

    @property
    def goes_on(self) -> bool:
        """Whether there is more to expect, and reason to wait for it."""
        search = self._search
        return (
            self._thread.is_alive() and not search.proved(self._exact.level) and not search.engine.exhausted
        )

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the solver has come to its end."""
        self._thread.join(seconds)

    def tell(self) -> None:
        """Tell the search what is proved by now, and of the plan that the solver ended with."""
        outcome, self._outcome = self._outcome, None
        if outcome is not None:
            self._exact.tell(self._search, outcome)
        elif self._bound is not None:
            self._search.prove(self._exact.level, self._bound + self._exact.outside)

    def _run(self, seconds: float) -> None:
        exact = self._exact
        self._outcome = self._engine.run(exact.model, seconds, way=exact.way, on_bound=self._note)

    def _note(self, bound: int) -> None:
        self._bound = bound

    def __enter__(self) -> Self:
        self._search.engine.stop.add_listener(self._stop.request)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.request()
        self._thread.join()
        self._search.engine.stop.remove_listener(self._stop.request)
        self._search.engine.count(self._engine.solves, self._engine.most_variables)
        self.tell()


@dataclass(frozen=True)
class _Exact:
    """The model of the whole clinic that minimises a level, and how its answers are told.

    Attributes
    ----------
    outside : int
        What the model leaves out of the level (frozen sessions), the same in every plan.
    base : Valued
        The plan that the model began with.
    """

    level: str
    model: ScopedModel
    way: Way
    scope: Scope
    base: Valued
    outside: int

    @classmethod
    def of(cls, search: Search, level: str) -> Self:
        """Build the model, with the values reached on earlier levels as limits."""
        levels = LEVELS[: LEVELS.index(level) + 1]
        scope = everything(search.options)
        model = build_model(search.options, search.best.plan, scope, levels)
        for earlier in levels[:-1]:
            model.limit(earlier, model.incumbent(earlier))
        short = search.value("unmet") > sum(one.unmet for one in search.alone.values())
        if level == "burden" and not short and not search.options.facts.frozen:
            # Nobody misses more than alone, so nobody bears less.
            for participant, alone in search.alone.items():
                model.at_least(level, participant, alone.burden)
        model.minimize([(1, level)])
        way = WAYS.get(level, PROOF)
        if level == "burden" and short:
            way = PROOF_OF_BURDEN_IN_SHORTAGE
        return cls(level, model, way, scope, search.best, search.value(level) - model.incumbent(level))

    def tell(self, search: Search, outcome: Outcome) -> None:
        """Tell the search of a plan that may be better than its own, and of a bound."""
        if outcome.values is not None:
            search.adopt(self.base.moved_to(self.model.plan(outcome.values), self.scope), self.level)
        if outcome.bound is not None:
            search.prove(self.level, outcome.bound + self.outside)
