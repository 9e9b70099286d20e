"""Weeks for one participant while everybody else's stands: the best, then the best that lie far from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model import ScopedModel, build_model, scope_of
from iopsched.model.builder import Literal
from iopsched.options import Options, Plan
from iopsched.solve.engine import Engine

__all__ = ["Found", "find_weeks"]

NOON, EVENING = 12 * 60, 17 * 60
"""Where the parts of a day meet: morning, afternoon and evening."""
MISSING = 10_000
"""Points of burden that a unit of ``unmet`` weighs: more than any week's."""
NEARER = 100_000
"""Points of burden that a step of distance weighs."""
SECONDS = 2.0
"""Deterministic seconds for one week."""


@dataclass(frozen=True, slots=True)
class Attended:
    """A session of a week: its service, its group (``None`` outside groups), its start in the week."""

    service: str
    group: str | None
    start: int

    @property
    def part(self) -> int:
        """The part of the day: 0 morning, 1 afternoon, 2 evening."""
        time_of_day = self.start % MINUTES_PER_DAY
        return int(time_of_day >= NOON) + int(time_of_day >= EVENING)

    def key(self, step: int) -> tuple[object, ...] | None:
        """Return what of it a step of distance looks at; ``None`` where the step does not look at it."""
        if step == 3 and self.group is None:
            return None
        whose = self.service, self.group, self.part
        return whose if step > 1 else (*whose, self.start // MINUTES_PER_DAY)


@dataclass(frozen=True)
class Found:
    """Plans with weeks of the participant, and whether none serves more than the first."""

    plans: tuple[Plan, ...]
    proved: bool


def find_weeks(options: Options, plan: Plan, participant: int, top: int, engine: Engine) -> Found:
    """Find weeks for a participant who has none, by a model of their needs with all else standing.

    The first serves most and then burdens least. Each next serves as much, lies as far from all before it as
    any does, and of those burdens least; the search ends where only variants of the same are left. How far a
    week lies from another is counted in steps. 3: it has a meeting of another group, or of the same at
    another part of the day (morning, afternoon from 12:00, evening from 17:00); 2: some session of any
    service is at another part of the day; 1: some session is on another day; 0: it is a variant of the same.

    Parameters
    ----------
    options : Options
    plan : Plan
        Everybody else's.
    participant : int
    top : int
        At most so many.
    engine : Engine
    """
    scope = scope_of(options, plan, participants=[participant])
    model = build_model(options, plan, scope, ("unmet", "burden"))
    model.minimize([(MISSING, "unmet"), (1, "burden")])
    outcome = engine.run(model, SECONDS)
    if outcome.values is None:
        return Found((), False)
    proved = outcome.optimal
    build = model.draft.builder
    model.limit("unmet", _missed(model, outcome.values))
    # nearer[k]: the week lies no further than step k + 1 from some week before it.
    nearer = [build.bool(0), build.bool(0)]
    build.imply(nearer[0], nearer[1])
    found: list[Plan] = []
    every = list(_attended(model))
    while outcome.values is not None:
        found.append(model.plan(outcome.values))
        if len(found) == top:
            break
        taken = [item for item, literal in every if _is_one(literal, outcome.values)]
        for step in (3, 2, 1):
            there = {item.key(step) for item in taken}
            others = [literal for item, literal in every if item.key(step) not in {None, *there}]
            build.at_least_one([*others, *nearer[step - 2 : step - 1]] if step > 1 else others)
        burden = model.levels["burden"].terms
        model.model.minimize(build.sum_of([*burden, *((NEARER, literal) for literal in nearer)]))
        outcome = engine.run(model, SECONDS)
    return Found(tuple(found), proved)


def _attended(model: ScopedModel) -> Iterator[tuple[Attended, Literal]]:
    """Yield every session that the participant could have."""
    options = model.draft.options
    for session in model.draft.sessions.values():
        for start, at in zip(session.times, session.at, strict=True):
            yield Attended(session.options.need.service, None, start), at
    for attendance in model.draft.attendances.values():
        for index, attends in attendance.attends.items():
            meeting = options.meetings[index]
            group = options.instance.groups[meeting.group]
            yield Attended(group.service, group.id, meeting.start), attends


def _missed(model: ScopedModel, values: Sequence[int]) -> int:
    return sum(weight * values[missing.index] for _, weight, missing in model.draft.missing)


def _is_one(literal: Literal, values: Sequence[int]) -> bool:
    return bool(literal if isinstance(literal, int) else values[literal.index])
