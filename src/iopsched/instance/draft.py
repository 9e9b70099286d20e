"""An instance file that may be broken in places, in a shape in which the rest can still be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from iopsched.instance.models import Instance

__all__ = ["COLLECTIONS", "Draft", "Finding", "Loc", "written"]

Loc = tuple[str | int, ...]
"""A place in the file: field names and list indexes from the top."""

COLLECTIONS = {
    "services": "service",
    "rooms": "room",
    "staff": "member of staff",
    "groups": "group",
    "programs": "program",
    "participants": "participant",
}
"""The lists of an instance whose objects are referred to by id, and what one such object is called."""

_EVERY = "*"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem whose place is still a tuple, and whose object is not named yet."""

    loc: Loc
    what: str
    remedy: str
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Draft:
    """An instance in which stand-ins have taken the place of what was broken.

    Attributes
    ----------
    instance : Instance
        Indexes of all lists are those of the file.
    broken : frozenset of Loc
        Where a stand-in (or nothing, where the field may be left out) is in the place of what the file
        says. Nothing may be concluded from what is there.
    renamed : dict of Loc to str
        Where a field of the instance has another, wrong, name in the file.
    """

    instance: Instance
    broken: frozenset[Loc] = frozenset()
    renamed: Mapping[Loc, str] = field(default_factory=dict)

    @cached_property
    def _above_broken(self) -> frozenset[Loc]:
        return frozenset(loc[:end] for loc in self.broken for end in range(len(loc) + 1))

    def sound(self, *loc: str | int) -> bool:
        """Whether everything at this place is what the file says."""
        if not self.broken:
            return True
        return loc not in self._above_broken and not any(
            loc[:end] in self.broken for end in range(len(loc) + 1)
        )

    @cached_property
    def number(self) -> dict[str, dict[str, int]]:
        """For each collection the index of each id, the first one where an id occurs twice."""
        numbers: dict[str, dict[str, int]] = {}
        for name in COLLECTIONS:
            numbers[name] = {}
            for k, thing in enumerate(getattr(self.instance, name)):
                if self.sound(name, k, "id"):
                    numbers[name].setdefault(thing.id, k)
        return numbers

    @cached_property
    def _broken_fields(self) -> dict[str, frozenset[str]]:
        """For each collection the fields broken in some object; ``*`` where a whole object is."""
        fields: dict[str, set[str]] = {name: set() for name in COLLECTIONS}
        for loc in self.broken:
            if loc and loc[0] in fields:
                fields[str(loc[0])].add(str(loc[2]) if len(loc) > 2 else _EVERY)
        return {name: frozenset(found) for name, found in fields.items()}

    def all_sound(self, collection: str, *fields: str) -> bool:
        """Whether these fields of all objects of a collection are what the file says."""
        return self._broken_fields[collection].isdisjoint((_EVERY, *fields))

    @cached_property
    def complete(self) -> frozenset[str]:
        """Collections all of whose ids are known; in others an unknown reference proves nothing."""
        return frozenset(name for name in COLLECTIONS if self.all_sound(name, "id"))

    def sound_object(self, collection: str, name: str) -> bool:
        """Whether an id names one object of a collection, and all its fields are what the file says."""
        return self._times[collection][name] == 1 and self.sound(
            collection, self.number[collection].get(name, -1)
        )

    @cached_property
    def _times(self) -> dict[str, Counter[str]]:
        return {name: Counter(thing.id for thing in getattr(self.instance, name)) for name in COLLECTIONS}

    def without(self, findings: Iterable[Finding]) -> Draft:
        """Return the draft with the places of further findings marked as broken."""
        return replace(self, broken=self.broken.union(finding.loc for finding in findings))


def written(loc: Loc) -> str:
    """Return a place as ``participants[3].needs[0].service``."""
    text = ""
    for step in loc:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
