"""What the main process and the crew's workers say to each other, and how it crosses a pipe."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING

from iopsched.instance.models import Instance
from iopsched.model import Scope
from iopsched.options import Meeting, Placement, Plan
from iopsched.roster.models import Roster
from iopsched.solve.alone import Alone

if TYPE_CHECKING:  # a search knows its crew, and a neighbourhood is drawn from a search
    from iopsched.solve.neighbourhoods import Neighbourhood

__all__ = ["UNCHANGED", "Begin", "Change", "Order", "Report", "Task", "change_between", "receive", "send"]

LENGTH_BYTES = 8
"""Each message is its pickle, after the length of it in so many bytes, most significant first."""


@dataclass(frozen=True)
class Change:
    """What turns one plan into another.

    Attributes
    ----------
    placements, meetings : mapping
        As in :meth:`iopsched.options.Plan.with_changes`.
    """

    placements: Mapping[int, tuple[Placement, ...]]
    meetings: Mapping[int, Meeting | None]

    def __bool__(self) -> bool:
        return bool(self.placements or self.meetings)

    def applied_to(self, plan: Plan) -> Plan:
        """Return the plan that this turns another into; the same object where nothing changes."""
        return plan.with_changes(self.placements, self.meetings) if self else plan


UNCHANGED = Change({}, {})
"""What turns a plan into itself."""


def change_between(old: Plan, new: Plan) -> Change:
    """Return what turns one plan into another."""
    if old is new:
        return UNCHANGED
    return Change(
        {
            need: new.placements.get(need, ())
            for need in old.placements.keys() | new.placements.keys()
            if old.placements.get(need) != new.placements.get(need)
        },
        {
            option: new.meetings.get(option)
            for option in old.meetings.keys() | new.meetings.keys()
            if old.meetings.get(option) != new.meetings.get(option)
        },
    )


@dataclass(frozen=True)
class Begin:
    """What a worker makes its options from, the same as the main process has, and how it draws."""

    instance: Instance
    baseline: Roster | None
    frozen_from: datetime | None
    seed: int


@dataclass(frozen=True)
class Task:
    """A level to improve: from which neighbourhoods, and what is known of participants alone."""

    level: str
    neighbourhoods: Sequence[Neighbourhood]
    alone: Mapping[int, Alone]


@dataclass(frozen=True)
class Order:
    """The next step of a worker.

    Attributes
    ----------
    change : Change
        From the worker's plan to the one that it shall start from.
    seconds : float
        What is left of the task's time.
    task : Task or None
        Where it is another than at the step before.
    again : bool
        Decide the same scope as at the step before; else draw one.
    """

    change: Change
    seconds: float
    task: Task | None
    again: bool


@dataclass(frozen=True)
class Report:
    """What came of a step.

    Attributes
    ----------
    change : Change
        From the plan that the step started from to a better one.
    scope : Scope or None
        Within which the change is; ``None`` where nothing better was found.
    solves : int
        Solves that the step took.
    most_variables : int
        Those of the largest model so far.
    """

    change: Change
    scope: Scope | None
    solves: int
    most_variables: int


def send(stream: IO[bytes], message: object) -> None:
    """Write one message.

    Raises
    ------
    OSError
        Where nobody reads any more.
    """
    body = pickle.dumps(message)
    stream.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Read one message, waiting for it.

    Raises
    ------
    EOFError
        Where the writer has ended, be it in the middle of a message.
    """
    head = stream.read(LENGTH_BYTES)
    length = int.from_bytes(head, "big")
    body = stream.read(length)
    if len(head) < LENGTH_BYTES or len(body) < length:
        raise EOFError("the other process has ended")
    return pickle.loads(body)
