"""Limits by counting: what newcomers take at least, beside those present, of what there is at most.

Take some staff and some hours of the week. A session that only these staff may lead takes of their minutes
in these hours at least as much as it does at the start where that is least, wherever it is put. Whoever
attends a meeting takes the part of its leaders' minutes that a full meeting has for each seat. So newcomers
can only be as many as what is left of the capacity is worth. Rooms, seats and caseloads are counted
likewise. (Energetic reasoning: Baptiste, Le Pape and Nuijten, *Constraint-Based Scheduling*, 2001, ch. 3.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from iopsched.instance.models import Instance
from iopsched.options import Options, build_options
from iopsched.plan.capacity.answer import Limit
from iopsched.plan.capacity.counts import Count, counts
from iopsched.plan.capacity.newcomers import grown, newcomers, without_least_sizes

__all__ = ["counted_limits"]

ROUNDING = 1e-6


def counted_limits(instance: Instance, promise: Instance, models: Sequence[str]) -> tuple[Limit, ...]:
    """Return what counting proves, the tightest first, one limit for each kind of thing counted.

    Parameters
    ----------
    instance : Instance
        The clinic; newcomers need what the originals need here.
    promise : Instance
        The same in which those present need what they have (:func:`~.newcomers.promised`).
    models : sequence of str
        Whose copies the newcomers are; after everybody has had a turn their row repeats itself.
    """
    sample = newcomers(instance, models, len(models))
    options = build_options(without_least_sizes(grown(promise, sample)))
    present = len(instance.participants)
    tightest: dict[str, Limit] = {}
    for count in counts(options, present):
        most = _most(count, present)
        if most is not None and (count.by not in tightest or most < tightest[count.by].newcomers):
            tightest[count.by] = Limit(most, count.by, _told(count, present))
    without = _without_place(options, present)
    if without is not None:
        tightest["times"] = without
    return tuple(sorted(tightest.values(), key=lambda limit: (limit.newcomers, limit.by)))


def _most(count: Count, present: int) -> int | None:
    """Return how many newcomers fit; ``None`` if they take nothing."""
    each = count.taken[present:]
    left = count.there - count.taken[:present].sum() + ROUNDING
    if each.sum() <= ROUNDING:
        return None
    rounds = max(0, int(left // each.sum()))
    rest = np.cumsum(each) <= left - rounds * each.sum()
    return rounds * len(each) + (int(rest.argmin()) if not rest.all() else len(each) - 1)


def _told(count: Count, present: int) -> str:
    def amount(value: float, up: bool) -> str:
        whole = int(np.ceil(value - ROUNDING)) if up else int(value + ROUNDING)
        return f"{whole // 60}:{whole % 60:02} h" if count.unit == "h" else f"{whole} {count.unit}"

    each = count.taken[present:].mean()
    mean = " on average" if len(count.taken) - present > 1 else ""
    one = amount(each, up=True) if count.unit == "h" else f"{round(float(each), 1):g}"
    return (
        f"{count.what}: there are {amount(count.there, up=False)}; those present take at least "
        f"{amount(float(count.taken[:present].sum()), up=True)}, a newcomer {one}{mean}"
    )


def _without_place(options: Options, present: int) -> Limit | None:
    """Return the limit that a newcomer is who has a need that no place of the week would serve."""
    lacking = [
        (asked.participant, asked.need.service)
        for asked in options.sessions
        if asked.wanted and not len(asked.times)
    ]
    lacking += [
        (asked.participant, asked.need.service)
        for asked in options.attendances
        if asked.wanted and not asked.meetings
    ]
    first = min(((k, service) for k, service in lacking if k >= present), default=None)
    if first is None:
        return None
    text = f"no place in the week serves a newcomer's need of {first[1]}, even in an empty clinic"
    return Limit(first[0] - present, "times", text)
