"""The reasons of every unmet need of a plan."""

from __future__ import annotations

from time import monotonic

from iopsched.explain.meetings import attendance_reasons
from iopsched.explain.sessions import session_reasons
from iopsched.explain.situation import Situation
from iopsched.options.build import Options
from iopsched.options.plan import Plan
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Note

__all__ = ["reasons_of_unmet"]


_NOT_EXAMINED = Note(
    code="not-examined",
    text="The search was cut short, and no time was left to look into this need: allow more time.",
)


def reasons_of_unmet(
    options: Options, plan: Plan, until: float | None = None
) -> dict[tuple[str, str], tuple[Note, ...]]:
    """Say of every need that is short why it is: facts of the instance, and of what the plan holds.

    Parameters
    ----------
    options : Options
        Where each session could go.
    plan : Plan
        Feasible, of these options.
    until : float, optional
        On :func:`time.monotonic`'s clock: needs not reached by then are said not to have been examined.

    Returns
    -------
    dict of (str, str) to tuple of Note
        For each short need, by participant id and service id in the instance's order, at least one reason,
        the most telling first. Starts in facts are ``Mon 17:30``, the first few of them; counts are of all.
        No text and no fact names another participant.

    Notes
    -----
    What the week as asked for could never hold comes first, then what is past, then what the plan takes.
    Obstacles that explain the shortfall by themselves are all named; where none does, so is a set of them
    of which none can be spared. Facts speak of the plan: they do not say that no other plan would do better.
    """
    situation = Situation(options, plan)
    found: dict[tuple[str, str], tuple[Note, ...]] = {}
    for participant, service in situation.missing:
        asked = options.need_index[participant, service]
        key = options.instance.participants[participant].id, service
        if until is not None and monotonic() > until:
            found[key] = (_NOT_EXAMINED,)
            continue
        reasons = (
            session_reasons(situation, asked)
            if isinstance(asked, SessionOptions)
            else attendance_reasons(situation, asked)
        )
        found[key] = tuple(reasons)
    return found
