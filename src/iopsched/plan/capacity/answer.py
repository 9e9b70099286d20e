"""What is answered to "how many more?", as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from iopsched.instance.models import Instance
from iopsched.roster.models import Roster, Unmet

__all__ = ["BANDS", "Band", "Capacity", "Gain", "Limit", "Standing", "Supply", "SupplyKind"]

Band = Literal["morning", "afternoon", "evening", "week"]
SupplyKind = Literal["staff", "rooms", "seats"]

BANDS: Final[dict[Band, tuple[int, int]]] = {
    "morning": (0, 12 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "evening": (17 * 60, 24 * 60),
}
"""Parts of a day, in minutes from midnight."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an answer has come.

    Attributes
    ----------
    stage : str
        What is being worked out, for people.
    reached : int
        Newcomers admitted so far.
    at_most : int or None
        The tightest limit so far.
    elapsed : float
        Seconds so far; deterministic seconds in deterministic mode.
    """

    stage: str
    reached: int
    at_most: int | None
    elapsed: float


@dataclass(frozen=True, slots=True)
class Limit:
    """A proof that no more can be admitted.

    Attributes
    ----------
    newcomers : int
        At most so many.
    by : str
        ``"staff"``, ``"caseload"``, ``"rooms"``, ``"seats"``: counted; ``"times"``: a newcomer has no place
        to be at all; ``"prices"``: bounds from prices of all resources together; ``"model"``: the model of
        the whole clinic has no solution.
    text : str
        Why, for people.
    """

    newcomers: int
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is of a resource and what the roster with the newcomers uses.

    Attributes
    ----------
    kind : str
        ``"staff"`` (minutes of all who have a skill), ``"rooms"`` (minutes of all rooms of a kind) or
        ``"seats"`` (participants at the meetings of a group).
    name : str
        The skill, the kind of room, the group.
    band : str
        ``"morning"`` until 12:00, ``"afternoon"`` until 17:00, ``"evening"``; ``"week"`` for seats.
    available, used : int
        Minutes while the clinic is open, or seats. Staff are in use while they lead or write notes, whatever
        skill it takes.
    room_for : int
        How many more sessions of ``service`` the gaps could hold, or seats left.
    service : str
        The shortest service that a newcomer needs of it.
    """

    kind: SupplyKind
    name: str
    band: Band
    available: int
    used: int
    room_for: int
    service: str

    @property
    def used_up(self) -> bool:
        """Whether there was something and not one more session fits into what is left."""
        return self.available > 0 and self.room_for == 0


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change of the clinic would bring, solved again.

    Attributes
    ----------
    edits : tuple of str
        Sentences that ``whatif --edit`` takes.
    newcomers : int
        How many more than without the change were admitted, shown by a roster that was checked.
    at_most : int or None
        How many more there could be at most, where that was proved.
    """

    edits: tuple[str, ...]
    newcomers: int
    at_most: int | None


@dataclass(frozen=True)
class Capacity:
    """How many more participants a clinic can admit.

    Attributes
    ----------
    profile : str or None
        Whose copies the newcomers are; ``None`` for the mixture of those present.
    models : tuple of str
        Whose copies they are: that one, or all present who had everything they need.
    newcomers : tuple of str
        The ids of those admitted.
    limits : tuple of Limit
        Proofs of how many there could be at most, the tightest first; none where none was found.
    instance, roster : Instance, Roster
        The clinic with the newcomers, and the roster that shows it, checked. Its weeks are complete, but
        not made short or convenient.
    base : Roster
        What those present had: nobody has less of any service.
    tried : int or None
        The fewest newcomers, more than were admitted, that were tried in vain.
    missing : tuple of Unmet
        What was missing then, with reasons; of those present, what they would have had to give up.
    supplies : tuple of Supply
        What there is and what the roster uses.
    gains : tuple of Gain
        What changes would bring, those that bring most first.
    unexamined : tuple of str
        What the time was too short for, in words.
    seconds : float
        What it took; deterministic seconds in deterministic mode.
    """

    profile: str | None
    models: tuple[str, ...]
    newcomers: tuple[str, ...]
    limits: tuple[Limit, ...]
    instance: Instance
    roster: Roster
    base: Roster
    tried: int | None
    missing: tuple[Unmet, ...]
    supplies: tuple[Supply, ...]
    gains: tuple[Gain, ...]
    unexamined: tuple[str, ...]
    seconds: float

    @property
    def reached(self) -> int:
        """How many newcomers the roster admits."""
        return len(self.newcomers)

    @property
    def at_most(self) -> int | None:
        """The tightest limit proved, if any."""
        return self.limits[0].newcomers if self.limits else None

    @property
    def proved(self) -> bool:
        """Whether the number reached is the largest there is."""
        return self.at_most == self.reached

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON values; without instance and roster."""
        return {
            "instance": self.base.instance,
            "profile": self.profile if self.profile is not None else "mix",
            "models": list(self.models),
            "reached": self.reached,
            "at_most": self.at_most,
            "proved": self.proved,
            "newcomers": list(self.newcomers),
            "present_unmet": [one.model_dump(mode="json") for one in self.base.unmet],
            "limits": [asdict(one) for one in self.limits],
            "tried": self.tried,
            "missing": [one.model_dump(mode="json") for one in self.missing],
            "supplies": [{**asdict(one), "used_up": one.used_up} for one in self.supplies],
            "gains": [asdict(one) for one in self.gains],
            "unexamined": list(self.unexamined),
            "seconds": round(self.seconds, 2),
        }
