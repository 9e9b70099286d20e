"""The cheapest edits that deliver a need while nobody loses a session, each solved and checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from iopsched.errors import InputError
from iopsched.plan.edits import apply_edits, edit_document, sentence
from iopsched.plan.why_not.answer import Mend
from iopsched.plan.why_not.clinic_mends import clinic_mends
from iopsched.plan.why_not.deciding import Case, Verdict, held_by
from iopsched.plan.why_not.facts import Asked, Fact
from iopsched.plan.why_not.own_mends import own_mends
from iopsched.plan.why_not.proposals import Proposal
from iopsched.roster.models import Roster

__all__ = ["mends_of"]

ENOUGH = 5
"""So many mends are looked for."""
OWN = {
    "commitment",
    "travel",
    "available",
    "family",
    "program",
    "pin",
    "need-staff",
    "not-staff",
    "staff-tags",
    "need-groups",
    "one-group",
    "same-staff",
    "days-apart",
    "after",
}
"""Kinds of fact about the participant."""


def mends_of(
    case: Case, asked: Asked, facts: Sequence[Fact], decide: Callable[[Case], Verdict]
) -> tuple[Mend, ...]:
    """Return mends of a need, those that ask least first.

    One edit that mends must set aside, at least in part, some fact of every set that prevents the need; so
    those of one such set are enough to look among.

    Parameters
    ----------
    case : Case
        The clinic as it is, where nobody may lose anything.
    asked : Asked
    facts : sequence of Fact
        A set that prevents the need; all facts where none is known.
    decide : callable
        Decides a case as far as a quick search can.
    """
    proposals = [
        proposal
        for fact in facts
        for proposal in (own_mends(asked, fact) if fact.kind in OWN else clinic_mends(asked, fact))
    ]
    found: dict[str, Mend] = {}
    done: set[str] = set()
    for proposal in sorted(proposals, key=lambda one: one.points):
        if proposal.family in done:
            continue
        if len(found) >= ENOUGH and proposal.points >= sorted(one.asks for one in found.values())[ENOUGH - 1]:
            break
        mend = _tried(case, proposal, decide)
        if mend is not None:
            done.add(proposal.family)
            found.setdefault(" / ".join(mend.edits), mend)
    ranked = sorted(found.values(), key=lambda mend: (mend.asks, mend.edits))
    return tuple(ranked[:ENOUGH])


def _tried(case: Case, proposal: Proposal, decide: Callable[[Case], Verdict]) -> Mend | None:
    """Solve a clinic that allows more; keep of what it allows only what its roster takes, and check that."""
    verdict = decide(replace(case, instance=proposal.widened))
    if verdict.roster is None:
        return None
    asked = proposal.asking(verdict.roster)
    if not asked.edits:
        return None
    try:
        edited = apply_edits(case.instance, asked.edits)
    except InputError:  # an edit that the clinic as a whole does not allow, as with a pin in its way
        return None
    roster: Roster | None = held_by(replace(case, instance=edited), verdict.roster.sessions)
    if roster is None:
        return None
    edits = tuple(sentence(edit) for edit in asked.edits)
    return Mend(edits, tuple(edit_document(edit) for edit in asked.edits), asked.points, roster)
