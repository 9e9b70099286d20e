"""Why not: what prevents an unmet need, proved, and what would mend it, solved and checked.

The solver itself is loaded when a question is asked, not when this package is.
"""

from __future__ import annotations

import os
from difflib import get_close_matches

from iopsched.errors import UsageError
from iopsched.instance.models import Instance
from iopsched.plan.answering import require_answer
from iopsched.plan.why_not.answer import Known, Mend, NeedAnswer, Preventing, WhyNot
from iopsched.roster.models import Roster
from iopsched.solve.control import Stop

__all__ = ["Known", "Mend", "NeedAnswer", "Preventing", "WhyNot", "why_not"]


def why_not(
    instance: Instance,
    roster: Roster,
    *,
    participant: str | None = None,
    time_limit: float = 60.0,
    workers: int | None = None,
    seed: int = 0,
    deterministic: bool = False,
    stop: Stop | None = None,
) -> WhyNot:
    """Explain every unmet need of a roster: is it possible at all, what prevents it, what would mend it.

    Parameters
    ----------
    instance : Instance
        What was asked.
    roster : Roster
        What was answered, for the instance as it is.
    participant : str, optional
        Only this participant's needs. Texts then say what commitments are for, which they leave out where
        everybody is explained.
    time_limit : float
        Seconds in all; deterministic seconds in deterministic mode.
    workers : int, optional
        Threads of the solver; by default as many as there are cores that this process may use.
    seed : int
        The same seed gives the same answer in deterministic mode.
    deterministic : bool
        Count effort instead of time.
    stop : Stop, optional
        Ends the work early; needs not reached are named.

    Returns
    -------
    WhyNot
        Whatever it calls possible is a roster that the checker accepts; whatever it calls impossible has
        been proved by the solver; the rest is ``"unknown"``.

    Raises
    ------
    RosterError
        Where the roster is of another week, or breaks a rule.
    UsageError
        Where nobody has the participant's id, or the time limit makes no sense.
    """
    if not time_limit > 0:
        raise UsageError(f"time_limit is {time_limit}; it must be more than 0 seconds")
    if participant is not None and participant not in instance.participant_by_id:
        near = get_close_matches(participant, list(instance.participant_by_id), n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else "name an id of the instance"
        raise UsageError(f"participant: there is no {participant!r}; {hint}")
    require_answer(instance, roster)
    from iopsched.plan.why_not.examine import examine

    return examine(
        instance,
        roster,
        participant=participant,
        time_limit=time_limit,
        workers=1 if deterministic else workers or os.cpu_count() or 1,
        seed=seed,
        deterministic=deterministic,
        stop=stop or Stop(),
    )
