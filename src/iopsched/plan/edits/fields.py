"""The kinds of field that edits have: what each may hold, how it is said, what it refers to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from iopsched.instance.models import Participant
from iopsched.instance.values import Count, Id, OneStart, Positive, Start, Windows
from iopsched.instance.windows import spans, start_minutes
from iopsched.plan.edits.spoken import (
    COUNT,
    DOCUMENT,
    ID,
    IDS,
    ON_WHEN,
    START,
    STARTS,
    WHEN,
    names_or,
)
from iopsched.plan.edits.times import canonical_start, written_starts, written_windows

__all__ = [
    "AnyGroups",
    "AnyLeaders",
    "AnyRooms",
    "AnyTags",
    "Copies",
    "GroupId",
    "Minutes",
    "Name",
    "New",
    "NewGroupId",
    "NewRoomId",
    "NewStaffId",
    "Newcomer",
    "Number",
    "OnWhen",
    "OneOrMore",
    "Opening",
    "ParticipantId",
    "PinnedLeaders",
    "PinnedRoom",
    "ProgramId",
    "Refers",
    "RoomId",
    "ServiceId",
    "SomeLeaders",
    "StaffId",
    "Times",
    "When",
    "only",
]


@dataclass(frozen=True)
class Refers:
    """The field names something that must be in this list of the instance."""

    collection: str


@dataclass(frozen=True)
class New:
    """The field gives an id that nothing in this list of the instance has yet."""

    collection: str


def _one_spelling(windows: Iterable[str]) -> tuple[str, ...]:
    return written_windows(spans(windows))


def _some_time(windows: tuple[str, ...]) -> tuple[str, ...]:
    if not windows:
        raise ValueError("names no time; name at least one window")
    return windows


def _starts(starts: tuple[str, ...]) -> tuple[str, ...]:
    return written_starts(start_minutes(starts))


_Spelt = Annotated[Windows, AfterValidator(_one_spelling), AfterValidator(_some_time)]

When = Annotated[_Spelt, WHEN]
"""Windows, said as in ``Mon-Thu 12:00-20:00``."""
OnWhen = Annotated[_Spelt, ON_WHEN]
"""Windows, said as in ``on Tue``."""
Times = Annotated[tuple[Start, ...], Field(min_length=1), AfterValidator(_starts), STARTS]
Opening = Annotated[OneStart, AfterValidator(canonical_start), START]
"""One start of one day."""

Name = Annotated[Id, ID]
"""An id that only its object knows, as a family member's."""
StaffId = Annotated[Id, ID, Refers("staff")]
RoomId = Annotated[Id, ID, Refers("rooms")]
GroupId = Annotated[Id, ID, Refers("groups")]
ParticipantId = Annotated[Id, ID, Refers("participants")]
ProgramId = Annotated[Id, ID, Refers("programs")]
ServiceId = Annotated[Id, ID, Refers("services")]
NewStaffId = Annotated[Id, ID, New("staff")]
NewRoomId = Annotated[Id, ID, New("rooms")]
NewGroupId = Annotated[Id, ID, New("groups")]

AnyLeaders = Annotated[tuple[Id, ...] | None, names_or("anybody", "nobody"), Refers("staff")]
"""Only these; none where empty, anybody where absent."""
SomeLeaders = Annotated[tuple[Id, ...], names_or("anybody", "nobody"), Refers("staff")]
AnyRooms = Annotated[tuple[Id, ...] | None, names_or("any room", "no room"), Refers("rooms")]
AnyGroups = Annotated[tuple[Id, ...] | None, names_or("any group", "no group"), Refers("groups")]
AnyTags = Annotated[tuple[Id, ...], names_or("every tag", "everybody")]
PinnedLeaders = Annotated[tuple[Id, ...] | None, IDS, Refers("staff")]
PinnedRoom = Annotated[Id | None, ID, Refers("rooms")]

Number = Annotated[Count, COUNT]
OneOrMore = Annotated[Positive, COUNT]
Minutes = Annotated[Positive, COUNT]
Copies = Annotated[int, Field(strict=True, ge=1, le=100), COUNT]
Newcomer = Annotated[Participant, DOCUMENT]


def only(kind: type[Any], metadata: Iterable[object]) -> Any:
    """Return the one piece of a field's metadata that is of a kind, or ``None``."""
    return next((piece for piece in metadata if isinstance(piece, kind)), None)
