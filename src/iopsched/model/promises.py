"""What a model must deliver besides keeping the rules: so many sessions of some needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iopsched.model.build import ScopedModel
from iopsched.model.builder import Literal
from iopsched.model.needs import free_needs, sessions_of_need, short_of

__all__ = ["minimize_short_of", "promise_sessions"]


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
    for floor, _, literals in _promised(model, floors):
        if floor > len(literals):
            build.require(0)
        else:
            build.add(build.sum_of((1, literal) for literal in literals) >= floor)


def minimize_short_of(model: ScopedModel, floors: Mapping[tuple[int, str], int]) -> None:
    """Minimise Σ over the needs that the scope frees of weight × max(0, floor − Σ sessions of the need).

    0 is reached where all promises can be kept. In the model of everything this finds out sooner than to
    require them: a plan that is a little short is a solution to begin with, and the linear relaxation knows
    where to go. Two more sessions at 60 participants were found in 3 and 12 to 23 s; with constraints
    instead nothing was in 24. Small models, and those that are proved to have no solution, are decided two
    to five times as fast with constraints.

    Parameters
    ----------
    model : ScopedModel
        Without an objective.
    floors : mapping of (int, str) to int
        Sessions that each need keeps at least, frozen ones left out, by participant index and service id;
        needs not named promise nothing.
    """
    build = model.draft.builder
    terms = [
        (weight, short_of(build, literals, floor)) for floor, weight, literals in _promised(model, floors)
    ]
    build.hint()
    model.model.minimize(build.sum_of(terms))


def _promised(
    model: ScopedModel, floors: Mapping[tuple[int, str], int]
) -> Iterator[tuple[int, int, list[Literal]]]:
    """Yield the floor of each need that has one, what a session of it weighs, and its sessions."""
    for variables in free_needs(model.draft):
        asked = variables.options
        floor = floors.get((asked.participant, asked.need.service), 0)
        if floor > 0:
            literals = [literal for _, _, literal in sessions_of_need(model.draft, variables)]
            yield floor, asked.weight, literals
