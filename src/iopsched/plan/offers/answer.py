"""What an intake coordinator is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iopsched.instance.models import Instance
from iopsched.roster.changes import PersonChanges
from iopsched.roster.models import Roster, Session, Unmet

__all__ = ["Offer", "Offers"]


@dataclass(frozen=True, slots=True)
class Offer:
    """One week for the newcomer.

    Attributes
    ----------
    sessions : tuple of Session
        The newcomer's, by start.
    missing : tuple of Unmet
        What of their needs it does not serve.
    days : int
        On how many days they come (or are called, where a session is remote).
    waiting : int
        Minutes between one session's end and the next's start, the whole week.
    burden : int
        What the week adds to the score's level ``burden``.
    moved : tuple of PersonChanges
        Other participants who would have to be told of a change; empty but for the offer with changes.
    changes : int
        Their points of the level ``changes``.
    roster : Roster
        The whole clinic's, with the newcomer; checked.
    """

    sessions: tuple[Session, ...]
    missing: tuple[Unmet, ...]
    days: int
    waiting: int
    burden: int
    moved: tuple[PersonChanges, ...]
    changes: int
    roster: Roster

    @property
    def complete(self) -> bool:
        """Whether it serves every need."""
        return not self.missing

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values, without the roster."""
        return {
            "complete": self.complete,
            "missing": [one.model_dump(mode="json", exclude={"reasons"}) for one in self.missing],
            "days": self.days,
            "waiting_minutes": self.waiting,
            "burden": self.burden,
            "changes": self.changes,
            "moved": [person.to_dict() for person in self.moved],
            "sessions": [one.model_dump(mode="json", exclude={"participants"}) for one in self.sessions],
        }


@dataclass(frozen=True, slots=True)
class Offers:
    """All that can be offered to a newcomer.

    Attributes
    ----------
    instance : Instance
        With the newcomer, nothing of theirs pinned.
    newcomer : str
        Their id.
    offers : tuple of Offer
        The best first: fewest minutes missing by priority, then nobody moved, then the least burden.
    proved : bool
        That no week serves more while nobody else moves.
    """

    instance: Instance
    newcomer: str
    offers: tuple[Offer, ...]
    proved: bool

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "newcomer": self.newcomer,
            "proved": self.proved,
            "offers": [{"number": k, **one.to_dict()} for k, one in enumerate(self.offers, 1)],
        }
