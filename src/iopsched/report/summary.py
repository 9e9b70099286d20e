"""The end of a search as one JSON object, for programs."""

from __future__ import annotations

from typing import Any

from iopsched.instance.models import Instance
from iopsched.report.week import figures_of
from iopsched.roster.models import Roster

__all__ = ["solve_document"]


def solve_document(instance: Instance, roster: Roster, *, seconds: float, output: str) -> dict[str, Any]:
    """Return what ``iopsched solve --json`` prints.

    Parameters
    ----------
    instance, roster : Instance, Roster
        What was asked and the answer.
    seconds : float
        Wall-clock seconds of the search.
    output : str
        Where the roster was written.

    Returns
    -------
    dict
        ``status``; ``score`` and ``bound`` by level; ``needed`` and ``delivered`` sessions and their
        minutes; ``unmet`` and ``warnings`` as in the roster; ``seconds``; ``output``.
    """
    figures = figures_of(instance, roster)
    return {
        "instance": roster.instance,
        "status": roster.status,
        "score": roster.score.model_dump(mode="json"),
        "bound": roster.bound.model_dump(mode="json"),
        "needed": figures.sessions_needed,
        "delivered": figures.sessions_delivered,
        "needed_minutes": figures.minutes_needed,
        "delivered_minutes": figures.minutes_delivered,
        "unmet": [item.model_dump(mode="json") for item in roster.unmet],
        "warnings": [note.model_dump(mode="json") for note in roster.warnings],
        "seconds": round(seconds, 2),
        "output": output,
    }
