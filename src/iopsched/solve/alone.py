"""Bounds from every participant alone: what each would miss, and bear, with the whole clinic to themselves.

No roster gives a participant more than the clinic would if nobody else were there, so the sum over
participants of what each would miss alone is a lower limit of ``unmet``. Given the ``unmet`` reached, the sum
of what each would bear alone is one of ``burden``, less what those could save who miss more than alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd

import numpy as np

from iopsched.model import build_model, scope_of
from iopsched.options import Options, Plan
from iopsched.options.calendar import BoolArray
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.solve.engine import Engine

__all__ = ["Alone", "alone_in_the_clinic", "price_of_missing", "relaxed_options", "sum_given_slack"]


@dataclass(frozen=True, slots=True)
class Alone:
    """Lower limits for one participant.

    Attributes
    ----------
    unmet : int
        What they miss at least.
    burden : int
        What they bear at least while they miss no more than that.
    price : int
        The least by which they could miss more than that.
    """

    unmet: int
    burden: int
    price: int


def relaxed_options(options: Options) -> Options:
    """Return options in which only the participants' own weeks and the staff's presence still bind.

    Meetings need neither leaders, nor a room, nor other members; sessions need no room; staff have no limits.
    Where any one person may lead a session, one of those who cost least is enough to choose from.
    """
    instance = options.instance
    groups = tuple(group.model_copy(update={"min_size": 0}) for group in instance.groups)
    unlimited = dict.fromkeys(
        (
            "max_minutes_per_day",
            "max_minutes_per_week",
            "max_participants",
            "max_minutes_without_break",
            "rest_hours",
        )
    )
    staff = tuple(member.model_copy(update=unlimited) for member in instance.staff)
    facts = replace(options.facts, instance=instance.model_copy(update={"groups": groups, "staff": staff}))
    meetings = tuple(
        replace(option, parts=(), rooms=(), remote=True, pin=None) for option in options.meetings
    )
    sessions = tuple(
        replace(asked, remote=True, note=0, led=asked.led if asked.one_leader else _cheapest(options, asked))
        for asked in options.sessions
    )
    return replace(options, facts=facts, meetings=meetings, sessions=sessions)


def _cheapest(options: Options, asked: SessionOptions) -> BoolArray:
    """Keep one member of staff for each start, a preferred one where there is one."""
    preferred = [member.id in asked.need.prefer_staff for member in options.instance.staff]
    rank = asked.led.astype(np.int8) + (asked.led & np.array(preferred, np.bool_))
    kept = np.zeros_like(asked.led)
    if kept.size:
        kept[np.arange(len(kept)), rank.argmax(axis=1)] = True
    return kept


def alone_in_the_clinic(relaxed: Options, engine: Engine, participant: int, seconds: float) -> Alone:
    """Bound what one participant misses and bears, with the clinic to themselves.

    Parameters
    ----------
    relaxed : Options
        Of :func:`relaxed_options`.
    engine : Engine
    participant : int
        Index of the participant.
    seconds : float
        Limit of each solve; a bound that is not tight is still a bound.
    """
    attended = {
        relaxed.meetings[option].group
        for need in relaxed.attendances_of[participant]
        for option in relaxed.attendances[need].meetings
    }
    scope = scope_of(relaxed, Plan(), participants=[participant], groups=attended)
    model = build_model(relaxed, Plan(), scope, ("unmet", "burden"))
    model.minimize([(1, "unmet")])
    missed = engine.run(model, seconds)
    least = max(0, missed.bound or 0)
    burden = 0
    if missed.optimal:
        model.limit("unmet", least)
        model.minimize([(1, "burden")])
        burden = max(0, engine.run(model, seconds).bound or 0)
    return Alone(least, burden, price_of_missing(relaxed, participant, least))


def price_of_missing(options: Options, participant: int, least: int) -> int:
    """Return the least by which somebody could miss more than ``least``, their minimum.

    From nothing missed it is the lightest session. Otherwise one shortfall may be exchanged for another, and
    what is missed grows by a multiple of the greatest common divisor of the weights.
    """
    asked: list[SessionOptions | AttendanceOptions] = [
        *(options.sessions[need] for need in options.sessions_of[participant]),
        *(options.attendances[need] for need in options.attendances_of[participant]),
    ]
    weights = [one.weight for one in asked if one.wanted]
    return gcd(*weights) if least else min(weights, default=0)


def sum_given_slack(minima: Sequence[tuple[int, int]], slack: int) -> int:
    """Return a lower limit of a sum of minima, some of which may be undercut at a price.

    Parameters
    ----------
    minima : sequence of (int, int)
        For each participant the minimum while they miss no more than alone, and the least price of
        missing more (0 where nothing can be missed).
    slack : int
        What all prices paid may come to. The best use of it is a knapsack; its fractional relaxation,
        best value for the price first, saves at least as much.
    """
    total = sum(minimum for minimum, _ in minima)
    saved = 0.0
    for minimum, price in sorted(minima, key=lambda one: one[0] / max(1, one[1]), reverse=True):
        if price <= 0 or slack <= 0:
            continue
        part = min(1.0, slack / price)
        saved += minimum * part
        slack -= price
    return max(0, total - int(saved) - (saved > int(saved)))
