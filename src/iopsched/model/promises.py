"""What a model must deliver besides keeping the rules: so many sessions of some needs."""

from __future__ import annotations

from collections.abc import Mapping

from iopsched.model.build import ScopedModel
from iopsched.model.needs import free_needs, sessions_of_need

__all__ = ["promise_sessions"]


def promise_sessions(model: ScopedModel, floors: Mapping[tuple[int, str], int]) -> None:
    """Σ sessions of a need ≥ its floor, for every need that the scope frees.

    Parameters
    ----------
    model : ScopedModel
    floors : mapping of (int, str) to int
        Sessions that each need keeps at least, frozen ones left out, by participant index and service id;
        needs not named promise nothing.
    """
    build = model.draft.builder
    for variables in free_needs(model.draft):
        asked = variables.options
        floor = floors.get((asked.participant, asked.need.service), 0)
        literals = [literal for _, _, literal in sessions_of_need(model.draft, variables)]
        if floor > len(literals):
            build.require(0)
        elif floor > 0:
            build.add(build.sum_of((1, literal) for literal in literals) >= floor)
