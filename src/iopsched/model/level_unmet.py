"""Level ``unmet`` of the score."""

from __future__ import annotations

from iopsched.model.objective import Objective
from iopsched.model.variables import Draft

__all__ = ["unmet"]


def unmet(draft: Draft) -> Objective:
    """Σ over needs of ``priority`` × service minutes × missing sessions."""
    objective = Objective()
    for _, weight, missing in draft.missing:
        objective.add(weight, missing)
    return objective
