"""The facts that may stand in the way of a need, each with how it is set aside.

To set a fact aside is to edit the instance (or the question) so that it no longer holds, and nothing becomes
harder by it: with more facts set aside a need that was possible stays possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from iopsched.instance.models import Instance, Need, Participant, Pin, Service
from iopsched.plan.why_not.deciding import Case
from iopsched.roster.models import Session

__all__ = ["Asked", "Fact", "Lift", "asked_of", "edited", "lifting", "without_facts"]

Lift = Callable[[Case], Case]


@dataclass(frozen=True)
class Fact:
    """One fact, in a planner's words, and how it is set aside.

    Attributes
    ----------
    kind : str
        One of :data:`iopsched.plan.why_not.answer.FACT_KINDS`.
    text : str
    lift : callable
        From a case to the same without the fact.
    subject : str or None
        The id of what it is about besides the participant: a group, a member of staff, a relative.
    number : int or None
        Which of the participant's commitments, the first being 1.
    pin : Pin or None
        Which pin.
    """

    kind: str
    text: str
    lift: Lift = field(repr=False, compare=False)
    subject: str | None = None
    number: int | None = None
    pin: Pin | None = None


@dataclass(frozen=True)
class Asked:
    """What is asked: a need, whose it is, of which service, and what stands now."""

    instance: Instance
    participant: Participant
    need: Need
    service: Service
    sessions: tuple[Session, ...] = ()

    @property
    def for_group(self) -> bool:
        """Whether meetings of groups serve the need."""
        return self.service.kind == "group"

    @property
    def remote(self) -> bool:
        """Whether its sessions take no room."""
        return self.service.remote or self.need.remote


def asked_of(case: Case) -> Asked:
    """Return a need with all that belongs to it."""
    person = case.instance.participant_by_id[case.participant]
    need = person.need_of(case.service)
    assert need is not None
    return Asked(case.instance, person, need, case.instance.service_by_id[case.service], case.sessions)


def lifting(change: Callable[[Instance], Instance]) -> Lift:
    """Return a lift that edits the instance."""
    return lambda case: replace(case, instance=change(case.instance))


def edited(instance: Instance, collection: str, ids: Iterable[str], change: Callable[[Any], Any]) -> Instance:
    """Return the instance with some objects of a list put through a function."""
    wanted = frozenset(ids)
    things = tuple(change(one) if one.id in wanted else one for one in getattr(instance, collection))
    return instance.model_copy(update={collection: things})


def without_facts(case: Case, facts: Iterable[Fact]) -> Case:
    """Return a case with some facts set aside."""
    for fact in facts:
        case = fact.lift(case)
    return case
