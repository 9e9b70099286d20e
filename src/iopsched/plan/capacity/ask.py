"""How many more: base, counting, search, proofs, what binds, what more would bring, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from iopsched.errors import UsageError
from iopsched.instance.models import Instance
from iopsched.instance.words import nearest_or_known
from iopsched.plan.answering import require_answer
from iopsched.plan.capacity.answer import Capacity, Limit, Standing
from iopsched.plan.capacity.counting import counted_limits
from iopsched.plan.capacity.more import gains_of, more_of_each
from iopsched.plan.capacity.newcomers import (
    drawn_from,
    grown,
    needs_something,
    newcomers,
    without_least_sizes,
)
from iopsched.plan.capacity.reaching import LEAST_SECONDS, Asked, Reached, attempt, reach
from iopsched.plan.capacity.refuting import limit_by_prices
from iopsched.plan.capacity.supplies import supplies_of
from iopsched.plan.edits import sentence
from iopsched.roster import unmet_needs
from iopsched.roster.models import Roster
from iopsched.solve import Progress, Stop, solve
from iopsched.solve.clock import Clock

__all__ = ["ask"]

BASE, SEARCH, PRICES, AGAIN, WHY = 0.25, 0.45, 0.2, 0.4, 0.1
"""Of the time that is left, what each of these may take; what more would bring has the rest."""
MOST_ASKED = 300
"""Newcomers beyond which nobody asks, where counting knows no limit."""

Tell = Callable[[str, int, int | None], object]


def ask(
    instance: Instance,
    *,
    roster: Roster | None,
    like: str | None,
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    on_progress: Callable[[Standing], object] | None,
    stop: Stop,
) -> Capacity:
    """Carry out :func:`iopsched.plan.capacity.capacity`."""
    _check_usage(instance, like, time_limit)
    clock = Clock(time_limit, deterministic)

    def tell(stage: str, reached: int, at_most: int | None) -> None:
        if on_progress is not None:
            on_progress(Standing(stage, reached, at_most, round(clock.elapsed, 2)))

    if roster is None:
        tell("a roster for those present", 0, None)
        roster = _solved(instance, workers, seed, stop, clock)
    base = _holding(instance, roster)
    models = drawn_from(instance, base) if like is None else (like,)
    asked = Asked(instance, base, models, workers, seed, deterministic, stop)
    limits = counted_limits(instance, asked.promise, models)
    tell("looking for rosters with more", 0, _least(limits))
    with _share_of(clock, SEARCH) as own:
        reached = reach(asked, Reached(0, asked.base), _least(limits), own)
    reached, limits = _settled(asked, reached, _and(limits, reached.limit), clock, tell)
    reached = _with_reasons(asked, reached, clock)
    admitted = newcomers(instance, models, reached.newcomers)
    grown_instance = grown(instance, admitted)
    profile = newcomers(instance, models, len(models))
    tell("what more would bring", reached.newcomers, _least(limits))
    changes = more_of_each(reached, grown_instance, profile)
    gains, left = gains_of(asked, reached, changes, clock)
    return Capacity(
        profile=like,
        models=models,
        newcomers=tuple(one.id for one in admitted),
        limits=limits,
        instance=grown_instance,
        roster=reached.roster,
        base=asked.base,
        tried=reached.tried,
        missing=reached.missing,
        supplies=supplies_of(grown_instance, reached.roster, profile),
        gains=gains,
        unexamined=tuple("; ".join(map(sentence, change)) for change in left),
        seconds=clock.elapsed,
    )


def _check_usage(instance: Instance, like: str | None, time_limit: float) -> None:
    if not time_limit > 0:
        raise UsageError(f"time_limit is {time_limit}; it must be more than 0 seconds")
    if like is not None and like not in instance.participant_by_id:
        remedy = nearest_or_known(like, instance.participant_by_id, "participant")
        raise UsageError(f'there is no participant "{like}" to copy: {remedy}')
    if not instance.participants:
        raise UsageError("the clinic has no participants, so there is nobody whose like could be admitted")
    if like is not None and not needs_something(instance.participant_by_id[like]):
        raise UsageError(f"{like} needs nothing this week, and so would their like: name somebody who does")
    if not any(map(needs_something, instance.participants)):
        raise UsageError("nobody in the clinic needs anything this week, so any number can be admitted")


def _solved(instance: Instance, workers: int | None, seed: int, stop: Stop, clock: Clock) -> Roster:
    """Return a roster for those present; it need not be better than proved for ``unmet``."""
    enough = Stop()

    def look(progress: Progress) -> None:
        if progress.score.unmet == progress.bounds.unmet:
            enough.request()

    stop.add_listener(enough.request)
    try:
        with _share_of(clock, BASE) as own:
            roster = solve(
                instance,
                time_limit=own.limit,
                workers=workers,
                seed=seed,
                deterministic=clock.deterministic,
                on_progress=look,
                stop=enough,
            )
            own.charge_solving(Clock.solver_seconds(roster.solver.seconds or 0.0))
    finally:
        stop.remove_listener(enough.request)
    return roster


def _holding(instance: Instance, roster: Roster) -> Roster:
    """Return the roster, with what it leaves unmet worked out again, if it keeps the rules.

    Raises
    ------
    RosterError
        Otherwise: what cannot take place is no promise.
    """
    require_answer(instance, roster)
    told = {(one.participant, one.service, one.sessions): one for one in roster.unmet}
    unmet = (
        told.get((one.participant, one.service, one.sessions), one)
        for one in unmet_needs(instance, roster.sessions)
    )
    return roster.model_copy(update={"unmet": tuple(unmet)})


@contextmanager
def _share_of(clock: Clock, part: float) -> Iterator[Clock]:
    """Give a part of the time that is left to some work; in deterministic mode what it took is charged."""
    own = Clock(max(0.0, part * clock.remaining), clock.deterministic)
    yield own
    if clock.deterministic:
        clock.charge_solving(Clock.solver_seconds(own.elapsed))


def _least(limits: tuple[Limit, ...]) -> int | None:
    return limits[0].newcomers if limits else None


def _settled(
    asked: Asked, reached: Reached, limits: tuple[Limit, ...], clock: Clock, tell: Tell
) -> tuple[Reached, tuple[Limit, ...]]:
    """Bring the number reached and the limit together: prices first, then the search once more."""
    if _least(limits) != reached.newcomers and not asked.stop.requested:
        tell("limits by prices", reached.newcomers, _least(limits))
        row = newcomers(asked.instance, asked.models, _row(limits))
        with _share_of(clock, PRICES) as own:
            limits = _and(limits, limit_by_prices(_relaxed(asked), row, reached.newcomers, own, asked.stop))
    if _least(limits) != reached.newcomers and not asked.stop.requested:
        tell("looking again", reached.newcomers, _least(limits))
        with _share_of(clock, AGAIN) as own:
            again = reach(asked, replace(reached, tried=None, missing=()), _least(limits), own)
        limits = _and(limits, again.limit)
        if again.tried is not None or again.newcomers > reached.newcomers:
            reached = again
    return reached, limits


def _row(limits: tuple[Limit, ...]) -> int:
    least = _least(limits)
    return MOST_ASKED if least is None else min(MOST_ASKED, least)


def _and(limits: tuple[Limit, ...], found: Limit | None) -> tuple[Limit, ...]:
    """Return limits with another, the tightest first; of each kind the tightest."""
    kept = {limit.by: limit for limit in limits}
    if found is not None and (found.by not in kept or found.newcomers < kept[found.by].newcomers):
        kept[found.by] = found
    return tuple(sorted(kept.values(), key=lambda limit: limit.newcomers))


def _relaxed(asked: Asked) -> Callable[[int], Instance]:
    promise = without_least_sizes(asked.promise)
    return lambda count: grown(promise, newcomers(asked.instance, asked.models, count))


def _with_reasons(asked: Asked, reached: Reached, clock: Clock) -> Reached:
    """Try one more, if that has not been done, so that it can be said what is missing then."""
    if reached.tried == reached.newcomers + 1 or asked.stop.requested or clock.remaining < LEAST_SECONDS:
        return reached
    with _share_of(clock, WHY) as own:
        more = reached.newcomers + 1
        found = attempt(asked, asked.promised(more), reached.roster, own.remaining, own)
    return replace(reached, tried=more, missing=found.missing) if found.missing else reached
