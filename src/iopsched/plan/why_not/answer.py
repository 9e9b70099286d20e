"""What is said of every unmet need: what is proved, which facts prevent it, what would mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from iopsched.roster.models import Roster

__all__ = ["Known", "Mend", "NeedAnswer", "Preventing", "WhyNot"]

Known = Literal["possible", "impossible", "unknown"]
"""``possible``: there is a roster, checked. ``impossible``: proved. ``unknown``: neither in the time."""


@dataclass(frozen=True, slots=True)
class Preventing:
    """A fact of a set that prevents a need.

    Attributes
    ----------
    kind : str
        What sort of fact it is, as in docs/explain.md.
    text : str
        In a planner's words.
    without : {"possible", "unknown"}
        What is proved of the need where only the other facts of the set hold.
    """

    kind: str
    text: str
    without: Known

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"kind": self.kind, "text": self.text, "without": self.without}


@dataclass(frozen=True, slots=True)
class Mend:
    """Edits, mostly one, that deliver a need while nobody loses a session.

    Attributes
    ----------
    edits : tuple of str
        Sentences that ``iopsched whatif --edit`` takes.
    documents : tuple of dict
        The same as JSON.
    asks : int
        How much it asks, in points: about the minutes of somebody's time.
    roster : Roster
        Of the edited instance; checked.
    """

    edits: tuple[str, ...]
    documents: tuple[dict[str, Any], ...]
    asks: int
    roster: Roster = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values, without the roster."""
        return {"edits": list(self.edits), "documents": list(self.documents), "asks": self.asks}


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """Why one need is unmet.

    Attributes
    ----------
    participant, service : str
    missing : int
        Sessions that the roster leaves out.
    any_roster : Known
        Whether any roster at all delivers the need in full, whoever else goes without.
    nobody_loses : Known
        Whether a roster does in which every need keeps at least the sessions that it has now.
    facts : tuple of Preventing
        By themselves, all other facts set aside, they prevent it; empty where nothing is proved to.
    irreducible : bool
        Whether each of ``facts`` is proved to be needed for that.
    mends : tuple of Mend
        Those that ask least first.
    complete : bool
        Whether time sufficed for all that was to be tried.
    roster : Roster or None
        Where nobody has to lose: a roster that delivers the need.
    """

    participant: str
    service: str
    missing: int
    any_roster: Known
    nobody_loses: Known
    facts: tuple[Preventing, ...] = ()
    irreducible: bool = False
    mends: tuple[Mend, ...] = ()
    complete: bool = True
    roster: Roster | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values, without rosters."""
        return {
            "participant": self.participant,
            "service": self.service,
            "missing": self.missing,
            "any_roster": self.any_roster,
            "nobody_loses": self.nobody_loses,
            "facts": [fact.to_dict() for fact in self.facts],
            "irreducible": self.irreducible,
            "mends": [mend.to_dict() for mend in self.mends],
            "complete": self.complete,
        }


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer to :func:`iopsched.plan.why_not.why_not`.

    Attributes
    ----------
    instance : str
        The instance's id.
    participant : str or None
        Whose needs were asked about; ``None``: everybody's.
    needs : tuple of NeedAnswer
        In the instance's order.
    not_examined : tuple of (str, str)
        Participant and service of the unmet needs that there was no time for.
    seconds : float
        Used of the limit.
    """

    instance: str
    participant: str | None
    needs: tuple[NeedAnswer, ...]
    not_examined: tuple[tuple[str, str], ...]
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON values."""
        return {
            "instance": self.instance,
            "participant": self.participant,
            "needs": [need.to_dict() for need in self.needs],
            "not_examined": [
                {"participant": participant, "service": service} for participant, service in self.not_examined
            ],
            "seconds": self.seconds,
        }
