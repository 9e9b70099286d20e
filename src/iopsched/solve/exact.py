"""Stage *proof*: one exact model of the whole clinic, level after level.

Each level has a model of its own, in which earlier levels are held at the values they have reached. Where
nobody misses more than they would alone, the least that each participant bears alone enters the model of
``burden`` as a redundant limit: the solver would have to find all of them again.
"""

from __future__ import annotations

from collections.abc import Iterable

from iopsched.model import build_model, everything
from iopsched.options import Options
from iopsched.roster.models import LEVELS
from iopsched.solve.drawing import first_needs
from iopsched.solve.search import Search

__all__ = ["prove_level", "prove_levels", "size_of", "size_of_groups"]


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
    levels = LEVELS[: LEVELS.index(level) + 1]
    scope = everything(search.options)
    model = build_model(search.options, search.best.plan, scope, levels)
    for earlier in levels[:-1]:
        model.limit(earlier, model.incumbent(earlier))
    # What the model leaves out of a level (frozen sessions) is the same in every plan.
    outside = search.value(level) - model.incumbent(level)
    missed_alone = sum(one.unmet for one in search.alone.values())
    if level == "burden" and search.value("unmet") == missed_alone and not search.options.facts.frozen:
        # Nobody misses more than alone, so nobody bears less.
        for participant, alone in search.alone.items():
            model.at_least(level, participant, alone.burden)
    model.minimize([(1, level)])
    outcome = search.engine.run(model, seconds, thorough=True)
    if outcome.values is not None:
        search.adopt(search.best.moved_to(model.plan(outcome.values), scope), level)
    if outcome.bound is not None:
        search.prove(level, outcome.bound + outside)
