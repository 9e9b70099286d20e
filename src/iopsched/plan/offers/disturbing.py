"""A week for a newcomer for which a few others move, where nothing complete is left without."""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.model import build_model, scope_of
from iopsched.options import Options, Plan
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.solve.engine import Engine

__all__ = ["MOST_POINTS", "with_few_changes"]

MOST_POINTS = 30
"""Points of level ``changes`` that others may be asked: three sessions at another time, or ten rooms."""
FREED = 6
"""Sessions of others that may move in one model."""
MODELS = 4
"""Models tried, those most in the way first."""
SECONDS = 2.0
"""Deterministic seconds for each."""


def with_few_changes(options: Options, best: Plan, participant: int, engine: Engine) -> Plan | None:
    """Return a plan that serves a newcomer better, with at most :data:`MOST_POINTS` of changes to others.

    Nobody else misses anything for it. Only those are asked who stand in the way of what is missing: whose
    session is led by somebody who could lead the newcomer's then, or who has a seat in a full group.

    Parameters
    ----------
    options : Options
        With the roster that stands as the baseline.
    best : Plan
        With the newcomer's best week while nobody moves.
    participant : int
    engine : Engine
    """
    in_the_way = list(_in_the_way(options, best, participant))
    for k in range(0, min(len(in_the_way), MODELS * FREED), FREED):
        if engine.exhausted:
            return None
        found = _try(options, best, participant, in_the_way[k : k + FREED], engine)
        if found is not None:
            return found
    return None


def _try(
    options: Options,
    best: Plan,
    participant: int,
    others: list[SessionOptions | AttendanceOptions],
    engine: Engine,
) -> Plan | None:
    scope = scope_of(
        options,
        best,
        participants=[participant],
        sessions=[one.index for one in others if isinstance(one, SessionOptions)],
        attendances=[one.index for one in others if not isinstance(one, SessionOptions)],
    )
    model = build_model(options, best, scope, ("unmet", "changes", "burden"))
    model.limit("changes", model.incumbent("changes") + MOST_POINTS)
    build = model.draft.builder
    for whose, _, missing in model.draft.missing:
        if whose != participant:
            build.add(missing <= build.value(missing))
    missed = model.incumbent("unmet")
    model.minimize([(10_000_000, "unmet"), (10_000, "changes"), (1, "burden")])
    outcome = engine.run(model, SECONDS)
    if outcome.values is None:
        return None
    left = sum(weight * outcome.values[missing.index] for _, weight, missing in model.draft.missing)
    return model.plan(outcome.values) if left < missed else None


def _in_the_way(
    options: Options, best: Plan, participant: int
) -> Iterator[SessionOptions | AttendanceOptions]:
    """Yield others' needs that hold what the newcomer's missing sessions could take, the shortest first."""
    attended = best.attended()
    for need in options.sessions_of[participant]:
        asked = options.sessions[need]
        if len(best.placements.get(need, ())) < asked.wanted:
            yield from _holding_staff(options, best, asked)
    for need in options.attendances_of[participant]:
        attendance = options.attendances[need]
        if len(attended.get(need, ())) < attendance.wanted:
            yield from _holding_seats(options, best, attendance)


def _holding_staff(options: Options, best: Plan, asked: SessionOptions) -> list[SessionOptions]:
    """Return needs of sessions during which their leader could lead one that is missing."""
    found = []
    for need, placements in best.placements.items():
        other = options.sessions[need]
        if other.participant == asked.participant or other.pinned:
            continue
        for placed in placements:
            overlaps = (asked.times < placed.start + other.minutes) & (
                asked.times + asked.minutes > placed.start
            )
            if (overlaps & asked.led[:, placed.staff]).any():
                found.append(other)
                break
    return sorted(found, key=lambda other: (other.wanted, -len(other.times), other.index))


def _holding_seats(options: Options, best: Plan, asked: AttendanceOptions) -> list[AttendanceOptions]:
    """Return the needs of whoever attends what the newcomer could attend, and could go elsewhere."""
    running = set(best.meetings)
    found = {
        need
        for option in asked.meetings
        if option in running
        for need in best.meetings[option].members
        if options.attendances[need].participant != asked.participant
    }
    others = [options.attendances[need] for need in found if not options.attendances[need].pinned]
    elsewhere = {other.index: len(running.intersection(other.meetings)) - other.wanted for other in others}
    movable = [other for other in others if elsewhere[other.index] > 0]
    return sorted(movable, key=lambda other: (-elsewhere[other.index], other.index))
