"""What every edit has, and the few ways in which edits change an instance."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from iopsched.instance.models import Instance, Need, Participant
from iopsched.instance.words import nearest_or_known

__all__ = [
    "BaseEdit",
    "Refused",
    "added",
    "changed",
    "need_changed",
    "participant_of",
    "replaced",
    "without",
]


class Refused(Exception):  # noqa: N818  # no failure of ours: it says why an edit cannot be made
    """An edit cannot be made: in which field, what is wrong, what would mend it."""

    def __init__(self, field: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.field, self.what, self.remedy = field, what, remedy


class BaseEdit(BaseModel):
    """One change of an instance; see :data:`iopsched.plan.edits.Edit` for the kinds there are.

    Attributes
    ----------
    FORMS : tuple of str
        How it is said: fields in braces, what may be left out in brackets, other words in parentheses.
        The first form that can say everything is the canonical one; all are read.
    EXAMPLE : str
        A sentence for those who look for the right one.
    """

    # Built when first used: whoever imports iopsched seldom edits anything.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    FORMS: ClassVar[tuple[str, ...]]
    EXAMPLE: ClassVar[str]

    @abstractmethod
    def applied(self, instance: Instance) -> Instance:
        """Return the instance with this change, not validated yet.

        What the fields refer to is there.

        Raises
        ------
        Refused
            Where there is nothing to change in this way.
        """


def changed(instance: Instance, collection: str, name: str, **fields: Any) -> Instance:
    """Return the instance with fields of one object of a list changed."""
    return replaced(
        instance, collection, lambda thing: thing.model_copy(update=fields) if thing.id == name else thing
    )


def replaced(instance: Instance, collection: str, change: Callable[[Any], Any]) -> Instance:
    """Return the instance with every object of a list changed by a function."""
    things = tuple(change(thing) for thing in getattr(instance, collection))
    return instance.model_copy(update={collection: things})


def added(instance: Instance, collection: str, things: Iterable[object]) -> Instance:
    """Return the instance with more objects at the end of a list."""
    return instance.model_copy(update={collection: (*getattr(instance, collection), *things)})


def without(instance: Instance, collection: str, name: str) -> Instance:
    """Return the instance without one object of a list."""
    left = tuple(thing for thing in getattr(instance, collection) if thing.id != name)
    return instance.model_copy(update={collection: left})


def participant_of(instance: Instance, name: str) -> Participant:
    """Return a participant who is there."""
    return instance.participant_by_id[name]


def need_changed(instance: Instance, name: str, service: str, **fields: Any) -> Instance:
    """Return the instance with fields of a participant's need changed.

    Raises
    ------
    Refused
        Where they have no need of the service.
    """
    participant = participant_of(instance, name)
    if participant.need_of(service) is None:
        known = [need.service for need in participant.needs]
        raise Refused(
            "service",
            f'participant {name} has no need of "{service}"',
            nearest_or_known(service, known, "need"),
        )

    def change(need: Need) -> Need:
        return need.model_copy(update=fields) if need.service == service else need

    return changed(instance, "participants", name, needs=tuple(map(change, participant.needs)))
