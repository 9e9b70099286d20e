"""Limits by prices of all resources together, for many numbers of newcomers at once.

Prices look at the clinic without least sizes (see :func:`~.newcomers.without_least_sizes`), in which those
present need what they are promised. With so many newcomers that some need must stay unmet, its proof is a
limit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iopsched.instance.models import Instance, Participant
from iopsched.options import build_options
from iopsched.plan.capacity.answer import Limit
from iopsched.solve.band_prices import first_prices
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop
from iopsched.weeks.ascent import Ascent
from iopsched.weeks.prices import Market

__all__ = ["limit_by_prices"]

BARREN = 20
"""Steps of prices without a better bound after which a number of newcomers is given up."""
POSITIVE = 1e-6


def limit_by_prices(
    clinic: Callable[[int], Instance], people: Sequence[Participant], low: int, clock: Clock, stop: Stop
) -> Limit | None:
    """Return the tightest limit that prices prove, by bisection between a number reached and too many.

    At given prices a newcomer's week costs no more than missing everything. So a bound of ``unmet`` far
    above nothing proves the same for fewer newcomers: each who is left out lowers it by no more than that.

    Parameters
    ----------
    clinic : callable
        The clinic with so many newcomers, the first of the row.
    people : sequence of Participant
        The row of newcomers; nobody asks about more.
    low : int
        A number that was reached.
    clock, stop
        While there is time left, and no stop is requested.
    """
    weights = _weights(clinic(0), people)
    asked, high = len(people), len(people)
    refuted = False
    while low < asked and clock.remaining > 0 and not stop.requested:
        bound = _bound(clinic(asked), sum(weights[:asked]), clock, stop)
        if bound <= POSITIVE:
            low = asked
        while bound > POSITIVE:
            refuted, high = True, asked - 1
            asked -= 1
            bound -= weights[asked]
        asked = (low + high + 1) // 2
    if not refuted:
        return None
    return Limit(high, "prices", f"prices of staff, rooms and seats show that {high + 1} more is too many")


def _weights(instance: Instance, people: Sequence[Participant]) -> list[int]:
    """Return what each of some people would add to ``unmet`` with nothing at all."""
    minutes = {service.id: service.minutes for service in instance.services}
    return [sum(n.priority * minutes[n.service] * n.sessions for n in one.needs) for one in people]


def _bound(instance: Instance, most: int, clock: Clock, stop: Stop) -> float:
    """Return a lower limit of ``unmet``, at most ``most``; steps end when they gain little."""
    market = Market(build_options(instance), None)
    ascent = Ascent(market, first_prices(market))
    best, barren = 0.0, 0
    while barren < BARREN and clock.remaining > 0 and not stop.requested:
        found = ascent.step(float(most))
        clock.charge_responses(len(instance.participants) // 4)
        barren = 0 if found > best + max(POSITIVE, 0.02 * best) else barren + 1
        best = max(best, found)
    return best
