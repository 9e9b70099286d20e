"""The only place where a solver runs: levels, decomposition, improvement, bounds, limits.

The solver itself is loaded when a solve begins, not when this package is.
"""

from __future__ import annotations

from datetime import datetime

from iopsched.instance.models import Instance
from iopsched.roster.models import Roster
from iopsched.solve.control import Progress, ProgressCallback, Stop

__all__ = ["Progress", "ProgressCallback", "Stop", "solve"]


def solve(
    instance: Instance,
    *,
    time_limit: float = 60.0,
    workers: int | None = None,
    seed: int = 0,
    deterministic: bool = False,
    baseline: Roster | None = None,
    frozen_from: datetime | None = None,
    start: Roster | None = None,
    on_progress: ProgressCallback | None = None,
    stop: Stop | None = None,
) -> Roster:
    """Schedule a clinic's week: the best roster found in the time, with what is proved about it.

    Parameters
    ----------
    instance : Instance
        What has to be scheduled and with what.
    time_limit : float
        Seconds; deterministic seconds in deterministic mode.
    workers : int, optional
        Processes that improve the roster, and threads of the solver elsewhere; by default as many as
        there are cores that this process may use.
    seed : int
        The same seed, limit and instance give the same roster in deterministic mode.
    deterministic : bool
        Count effort instead of time, so that the roster is the same byte for byte on every run.
    baseline : Roster, optional
        What stood before; level ``changes`` counts what differs from it.
    frozen_from : datetime, optional
        With a baseline of the same week: what starts before this moment stands, and nothing else does.
    start : Roster, optional
        A roster to begin with, of this week or another, of this version of the clinic or another: what of
        it can stand is taken over, and then improved. Nothing is counted against it. A baseline is begun
        with anyway.
    on_progress : callable, optional
        Called with a :class:`Progress` whenever a level's value or bound changes.
    stop : Stop, optional
        Ends the search early; the best roster so far is returned.

    Returns
    -------
    Roster
        Checked; what could not be placed is in ``unmet`` with its reasons.

    Raises
    ------
    InstanceError
        Where pins contradict each other in a way that only a search shows.
    IopschedError
        Where no roster that keeps every pin was found in the time.
    UsageError
        Where ``frozen_from`` has no baseline of the same week, or a limit makes no sense.
    """
    from iopsched.solve.strategy import run

    return run(
        instance,
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        deterministic=deterministic,
        baseline=baseline,
        frozen_from=frozen_from,
        start=start,
        on_progress=on_progress,
        stop=stop,
    )
