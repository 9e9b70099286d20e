"""The kinds of edit there are."""

from __future__ import annotations

from typing import Annotated, Final, get_args

from pydantic import ConfigDict, Field, TypeAdapter

from iopsched.plan.edits.base import BaseEdit
from iopsched.plan.edits.clinic import Closed, OpenAlso, OpenHours, ProgramDays, ProgramMinutes, Weighed
from iopsched.plan.edits.commitments import (
    CommitmentAdded,
    CommitmentDropped,
    CommitmentEndsEarlier,
    CommitmentMoved,
    CommitmentStartsLater,
    Travel,
)
from iopsched.plan.edits.groups import (
    GroupAdded,
    GroupAlsoStarts,
    GroupDays,
    GroupDropped,
    GroupLedBy,
    GroupMeets,
    GroupMinimum,
    GroupOpenTo,
    GroupRooms,
    GroupSeats,
    GroupStarts,
)
from iopsched.plan.edits.needs import (
    NeedDaysApart,
    NeedGroups,
    NeedLedBy,
    NeedManyLeaders,
    NeedMixesGroups,
    NeedNotAfter,
    NeedNotLedBy,
    NeedPrefers,
    NeedRemote,
    NeedSessions,
    NeedTags,
)
from iopsched.plan.edits.participants import (
    Admitted,
    Discharged,
    FamilyAlsoAvailable,
    FamilyAvailable,
    MayMeet,
    MoreLike,
    ParticipantAlsoAvailable,
    ParticipantAvailable,
)
from iopsched.plan.edits.pins import PinMoved, Pinned, Unpinned
from iopsched.plan.edits.rooms import RoomAdded, RoomCloses, RoomDropped, RoomOpens, RoomSeats
from iopsched.plan.edits.staff import (
    Hired,
    StaffAway,
    StaffCanLead,
    StaffFree,
    StaffLeaves,
    StaffMinutesPerDay,
    StaffMinutesPerWeek,
    StaffParticipants,
    StaffWorks,
    StaffWorksAlso,
)

__all__ = ["EDITS", "KINDS", "Edit"]

Edit = Annotated[
    StaffAway
    | StaffFree
    | StaffWorks
    | StaffWorksAlso
    | StaffCanLead
    | StaffMinutesPerDay
    | StaffMinutesPerWeek
    | StaffParticipants
    | StaffLeaves
    | Hired
    | RoomCloses
    | RoomOpens
    | RoomSeats
    | RoomDropped
    | RoomAdded
    | Closed
    | OpenHours
    | OpenAlso
    | ProgramDays
    | ProgramMinutes
    | Weighed
    | GroupSeats
    | GroupMinimum
    | GroupMeets
    | GroupStarts
    | GroupAlsoStarts
    | GroupDays
    | GroupLedBy
    | GroupRooms
    | GroupOpenTo
    | GroupDropped
    | GroupAdded
    | ParticipantAvailable
    | ParticipantAlsoAvailable
    | CommitmentAdded
    | CommitmentDropped
    | CommitmentMoved
    | CommitmentEndsEarlier
    | CommitmentStartsLater
    | Travel
    | FamilyAvailable
    | FamilyAlsoAvailable
    | MayMeet
    | Discharged
    | Admitted
    | MoreLike
    | NeedSessions
    | NeedLedBy
    | NeedNotLedBy
    | NeedPrefers
    | NeedTags
    | NeedManyLeaders
    | NeedRemote
    | NeedGroups
    | NeedMixesGroups
    | NeedDaysApart
    | NeedNotAfter
    | Pinned
    | Unpinned
    | PinMoved,
    Field(discriminator="edit"),
]
"""Any edit; in JSON an object whose ``edit`` names its kind."""

EDITS: Final[TypeAdapter[Edit]] = TypeAdapter(Edit, config=ConfigDict(defer_build=True))
"""Reads and publishes the JSON form."""

KINDS: Final[dict[str, type[BaseEdit]]] = {
    kind.model_fields["edit"].default: kind for kind in get_args(get_args(Edit)[0])
}
"""The kinds by their names in JSON, in the order in which they are told."""
