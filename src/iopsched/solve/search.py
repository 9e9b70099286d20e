"""The state of a search, and the one step that all stages take: decide a scope anew, keep what is better."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iopsched.model import Scope, build_model
from iopsched.options import Options
from iopsched.roster.models import LEVELS, Bound
from iopsched.solve.alone import Alone
from iopsched.solve.control import Progress, ProgressCallback
from iopsched.solve.crew import Crew
from iopsched.solve.engine import NOTHING_FOUND, NOTHING_TO_GAIN, Engine, Outcome
from iopsched.solve.value import Valued

if TYPE_CHECKING:  # prices climb towards the value of a search
    from iopsched.solve.price_bounds import PriceBounds

__all__ = ["Search"]

OVER_LATER_LEVELS = 1000
"""How much more a unit of one level weighs than a unit of the next while a neighbourhood is searched.

What is kept is compared level by level; this only guides the solver."""


@dataclass
class Search:
    """The best plan so far, what is proved about it, and what may still be spent.

    Attributes
    ----------
    bounds : dict of str to int
        For each level, a proved lower limit given the values reached on the levels before it.
    alone : dict of int to Alone
        What each participant misses and bears at least.
    solved_alone : set of int
        Of whom a model of their own has said so.
    stage : str
        What the search is doing, for progress reports.
    prices : dict of str to PriceBounds
        How far the bounds by prices have come, by level.
    crew : Crew or None
        Processes that improve the plan; without them the search does.
    """

    options: Options
    engine: Engine
    best: Valued
    rng: random.Random
    on_progress: ProgressCallback | None = None
    bounds: dict[str, int] = field(default_factory=dict)
    alone: dict[int, Alone] = field(default_factory=dict)
    solved_alone: set[int] = field(default_factory=set)
    prices: dict[str, PriceBounds] = field(default_factory=dict)
    stage: str = "construction"
    crew: Crew | None = None

    def value(self, level: str) -> int:
        """Return the best plan's value of a level."""
        return int(getattr(self.best, level))

    def proved(self, level: str) -> bool:
        """Tell whether a level is known to be optimal, given those before it."""
        return self.bounds.get(level) == self.value(level)

    def report(self, level: str) -> None:
        """Tell the caller where the search stands; a level has news."""
        if self.on_progress is None:
            return
        placed, needed = self._sessions()
        bounds = Bound(**{name: self.bounds.get(name) for name in LEVELS})
        elapsed = round(self.engine.clock.elapsed, 2)
        self.on_progress(Progress(self.stage, level, self.best.score, bounds, placed, needed, elapsed))

    def _sessions(self) -> tuple[int, int]:
        """Return how many sessions of needs there are in the best plan, frozen ones too, and in all."""
        needed = sum(need.sessions for person in self.options.instance.participants for need in person.needs)
        wanted = sum(asked.wanted for asked in self.options.sessions)
        wanted += sum(asked.wanted for asked in self.options.attendances)
        placed = sum(len(sessions) for sessions in self.best.plan.placements.values())
        placed += sum(len(meeting.members) for meeting in self.best.plan.meetings.values())
        return needed - wanted + placed, needed

    def prove(self, level: str, bound: int) -> None:
        """Record a proved lower limit of a level, if it is news."""
        if level not in self.bounds or bound > self.bounds[level]:
            self.bounds[level] = bound
            self.report(level)

    def adopt(self, candidate: Valued, level: str) -> bool:
        """Keep a plan if it is better; bounds that depended on an earlier level's value go.

        That of ``changes`` stays: it holds for whatever misses as much or less, and nothing else precedes it.
        """
        if not candidate.better_than(self.best):
            return False
        before = {name: self.value(name) for name in LEVELS[:-1]}
        self.best = candidate
        for position, name in enumerate(LEVELS[:-1]):
            if self.value(name) != before[name]:
                for later in LEVELS[max(position, LEVELS.index("changes")) + 1 :]:
                    self.bounds.pop(later, None)
                break
        self.report(level)
        return True

    def _misses(self, scope: Scope) -> bool:
        """Tell whether anybody within a scope misses anything."""
        participants = {self.options.sessions[need].participant for need in scope.sessions}
        participants |= {self.options.attendances[need].participant for need in scope.attendances}
        return any(self.best.short[participant] for participant in participants)

    def decide(self, scope: Scope, levels: Sequence[str], seconds: float) -> tuple[bool, Outcome]:
        """Decide a scope anew and keep the plan if it is better.

        Parameters
        ----------
        scope : Scope
        levels : sequence of str
            Levels to minimise, the most important first; earlier levels may not grow.
        seconds : float
            Limit of the solve.

        Returns
        -------
        bool
            Whether a better plan was found.
        Outcome
            What the solver said; its objective is the weighted sum of the levels within the scope.
        """
        if self.engine.exhausted:
            return False, NOTHING_FOUND
        if tuple(levels) == ("unmet",) and not self._misses(scope):
            return False, NOTHING_TO_GAIN
        earlier = LEVELS[: LEVELS.index(levels[0])]
        spoken = [level for level in LEVELS if level in earlier or level in levels]
        if self.options.baseline is None:
            spoken = [level for level in spoken if level != "changes"]
        model = build_model(self.options, self.best.plan, scope, spoken)
        for level in spoken:
            if level in earlier:
                model.limit(level, model.incumbent(level))
        rising = [level for level in spoken if level in levels]
        weights = [OVER_LATER_LEVELS ** (len(rising) - 1 - k) for k in range(len(rising))]
        model.minimize(list(zip(weights, rising, strict=True)))
        outcome = self.engine.run(model, seconds)
        if outcome.values is None:
            return False, outcome
        candidate = self.best.moved_to(model.plan(outcome.values), scope)
        return self.adopt(candidate, levels[0]), outcome
