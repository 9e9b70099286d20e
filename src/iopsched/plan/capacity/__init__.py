"""How many more participants a clinic can admit, what binds, and what more of each resource would bring."""

from __future__ import annotations

from collections.abc import Callable

from iopsched.instance.models import Instance
from iopsched.plan.capacity.answer import BANDS, Band, Capacity, Gain, Limit, Standing, Supply, SupplyKind
from iopsched.roster.models import Roster
from iopsched.solve.control import Stop

__all__ = ["BANDS", "Band", "Capacity", "Gain", "Limit", "Standing", "Supply", "SupplyKind", "capacity"]


def capacity(
    instance: Instance,
    *,
    roster: Roster | None = None,
    like: str | None = None,
    time_limit: float = 120.0,
    workers: int | None = None,
    seed: int = 0,
    deterministic: bool = False,
    on_progress: Callable[[Standing], object] | None = None,
    stop: Stop | None = None,
) -> Capacity:
    """Say how many more participants can be admitted with every need met and nobody else worse off.

    Nobody is worse off where everybody present has at least as many sessions of each of their needs as in
    ``roster``. They may be moved.

    Parameters
    ----------
    instance : Instance
        The clinic.
    roster : Roster, optional
        What those present have; it keeps the rules. Without one the clinic is solved first.
    like : str, optional
        The participant whose copies the newcomers are. Without one, those present who have everything they
        need are copied in turn, so that newcomers are in the proportions of their programs and tags.
    time_limit : float
        Seconds in all; deterministic seconds in deterministic mode.
    workers, seed, deterministic, stop
        As of :func:`iopsched.solve.solve`; a stop ends with what is known by then.
    on_progress : callable, optional
        Called with a :class:`Standing` when something else is begun.

    Returns
    -------
    Capacity
        The number reached with the checked roster that shows it, limits that were proved, what there is and
        what is used of it, and what changes of the clinic would bring.

    Raises
    ------
    UsageError
        Where nobody has the id ``like``, or a limit makes no sense.
    RosterError
        Where the roster breaks a rule in this instance.
    """
    from iopsched.plan.capacity.ask import ask  # loads the solver

    return ask(
        instance,
        roster=roster,
        like=like,
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        deterministic=deterministic,
        on_progress=on_progress,
        stop=stop or Stop(),
    )
