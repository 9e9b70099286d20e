"""What is asked: one clinic in one week, as frozen models of ``docs/formats.md``.

The models hold a file's words as they were written (windows stay strings) and know nothing of each
other: what needs two objects to be judged is in :mod:`iopsched.instance.references`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from iopsched.instance.values import (
    Count,
    Date,
    Flag,
    Hours,
    Id,
    Ids,
    Kind,
    Monday,
    NotNull,
    OneStart,
    Positive,
    Slot,
    Start,
    Text,
    TimeZone,
    Windows,
)
from iopsched.instance.windows import parse_start

__all__ = [
    "INSTANCE_FORMAT",
    "Busy",
    "FamilyMember",
    "Group",
    "Instance",
    "Need",
    "Part",
    "Participant",
    "Pin",
    "Program",
    "Room",
    "Service",
    "Staff",
    "Weights",
]

INSTANCE_FORMAT: Final = "iopsched-instance/1"


class Model(BaseModel):
    """Base: frozen, and a field nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _filled(data: object, **defaults: object) -> object:
    """Return a JSON object with defaults that depend on its other fields filled in."""
    if not isinstance(data, dict):
        return data
    return {**{name: value for name, value in defaults.items() if value is not None}, **data}


def _has_default(field: str) -> ConfigDict:
    """Publish a field that is filled in from another one as one that may be left out."""

    def leave_out(schema: dict[str, Any]) -> None:
        schema["required"].remove(field)

    return ConfigDict(json_schema_extra=leave_out)


class Part(Model):
    """A part of a group block's agenda, led by ``leaders`` different staff who have ``skill``.

    ``skill`` is the service's where the file names none.
    """

    model_config = _has_default("skill")

    title: Text
    minutes: Positive
    skill: Id
    leaders: Positive = 1


class Service(Model):
    """A kind of session; ``minutes``, ``start_every`` and ``note_minutes`` in minutes."""

    model_config = _has_default("skill")

    id: Id
    kind: Kind
    minutes: Positive
    skill: Id
    room_kinds: Ids = ()
    start_every: Positive = 30
    note_minutes: Count = 0
    agenda: Annotated[tuple[Part, ...], Field(min_length=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _default_skills(cls, data: object) -> object:
        filled = _filled(data, skill=data.get("id")) if isinstance(data, dict) else data
        if isinstance(filled, dict) and isinstance(filled.get("agenda"), list | tuple):
            skill = filled.get("skill")
            filled["agenda"] = [
                _filled(part, skill=skill if isinstance(skill, str) else None) for part in filled["agenda"]
            ]
        return filled

    @property
    def parts(self) -> tuple[Part, ...]:
        """The agenda, or the one part that a service without an agenda is."""
        return self.agenda or (Part(title=self.id, minutes=self.minutes, skill=self.skill),)

    @property
    def remote(self) -> bool:
        """Whether its sessions take no room at all."""
        return not self.room_kinds


class Room(Model):
    """A room; ``capacity`` counts everyone in it. ``available`` is always where absent."""

    id: Id
    kind: Id
    capacity: Positive
    available: Annotated[Windows | None, *NotNull] = None
    busy: Windows = ()


class Staff(Model):
    """A member of staff; limits in led minutes, notes not counted."""

    model_config = _has_default("name")

    id: Id
    name: Text
    skills: Ids
    tags: Ids = ()
    available: Windows
    busy: Windows = ()
    max_minutes_per_day: Count | None = None
    max_minutes_per_week: Count | None = None
    max_participants: Count | None = None
    max_minutes_without_break: Count | None = None
    break_minutes: Count = 30
    rest_hours: Hours | None = None
    target_minutes_per_week: Count | None = None

    @model_validator(mode="before")
    @classmethod
    def _default_name(cls, data: object) -> object:
        return _filled(data, name=data.get("id")) if isinstance(data, dict) else data


class Group(Model):
    """A cohort that meets in blocks, or any class; sizes in participants at each meeting."""

    id: Id
    service: Id
    meetings: Count
    starts: tuple[Start, ...]
    same_start: Flag = True
    min_size: Count = 1
    max_size: Count
    rooms: Ids | None = None
    staff: Ids | None = None
    open_to: Ids = ()


class Program(Model):
    """A level of care. What is ``None`` is not limited."""

    id: Id
    min_minutes_per_week: Count | None = None
    min_days_per_week: Count | None = None
    max_days_per_week: Count | None = None
    max_minutes_per_day: Count | None = None
    billable_day_minutes: Count | None = None


class Busy(Model):
    """A standing commitment of a participant; each window grows by the travel at both ends."""

    when: Windows
    why: Text = ""
    travel_minutes: Count = 0


class FamilyMember(Model):
    """A relative who attends family sessions, with hours of their own."""

    id: Id
    available: Windows


class Need(Model):
    """What a treatment plan asks for this week of one service."""

    service: Id
    sessions: Annotated[int, Field(strict=True, ge=0, le=50)]
    priority: Annotated[int, Field(strict=True, ge=1, le=100)] = 1
    groups: Ids | None = None
    mix_groups: Flag = False
    staff: Ids | None = None
    not_staff: Ids = ()
    staff_tags: Ids = ()
    prefer_staff: Ids = ()
    same_staff: Flag = True
    family: Annotated[Ids | None, *NotNull] = None
    remote: Flag = False
    min_days_apart: Count = 1
    after: Id | None = None


class Participant(Model):
    """Somebody in treatment, by code. ``available`` is the clinic's hours where absent."""

    id: Id
    program: Id
    tags: Ids = ()
    available: Annotated[Windows | None, *NotNull] = None
    busy: tuple[Busy, ...] = ()
    prefers: Annotated[Windows, Field(min_length=1)] | None = None
    family: tuple[FamilyMember, ...] = ()
    apart_from: Ids = ()
    needs: tuple[Need, ...]

    def need_of(self, service: str) -> Need | None:
        """Return this participant's need of a service, if there is one."""
        return next((need for need in self.needs if need.service == service), None)

    def family_of(self, need: Need) -> tuple[str, ...]:
        """Return the sorted ids of the relatives who must attend a family need's sessions."""
        everyone = tuple(member.id for member in self.family)
        return tuple(sorted(set(everyone if need.family is None else need.family)))


class Pin(Model):
    """A decision that already stands: a session, a meeting, or one participant's attendance of one."""

    participant: Id | None = None
    service: Id | None = None
    group: Id | None = None
    start: OneStart
    staff: Ids | None = None
    room: Id | None = None

    @property
    def minute(self) -> int:
        """The pinned start, in minutes of the week."""
        return parse_start(self.start)[0]


class Weights(Model):
    """Weights of the score's burden and staffing levels; the defaults are those of the rules."""

    visit: Count = 60
    wait: Count = 1
    off_preference: Count = 30
    other_staff: Count = 45
    short_day: Count = 60
    meeting: Count = 60
    leader_change: Count = 30
    over_target: Count = 2
    idle: Count = 1


class Instance(Model):
    """One clinic in one week: what has to be scheduled and with what."""

    format: Literal["iopsched-instance/1"] = INSTANCE_FORMAT
    id: Id
    week: Monday
    timezone: TimeZone = "UTC"
    slot_minutes: Slot = 15
    hours: Windows
    closed: tuple[Date, ...] = ()
    services: tuple[Service, ...]
    rooms: tuple[Room, ...]
    staff: tuple[Staff, ...]
    groups: tuple[Group, ...]
    programs: tuple[Program, ...]
    participants: tuple[Participant, ...]
    pins: tuple[Pin, ...] = ()
    weights: Weights = Weights()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed; look-ups are worked out anew for it."""
        copied = super().model_copy(update=update, deep=deep)
        for name, attribute in vars(Instance).items():
            if isinstance(attribute, cached_property):
                copied.__dict__.pop(name, None)
        return copied

    @cached_property
    def service_by_id(self) -> dict[str, Service]:
        """Services by id."""
        return {service.id: service for service in self.services}

    @cached_property
    def room_by_id(self) -> dict[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def staff_by_id(self) -> dict[str, Staff]:
        """Staff by id."""
        return {member.id: member for member in self.staff}

    @cached_property
    def group_by_id(self) -> dict[str, Group]:
        """Groups by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def program_by_id(self) -> dict[str, Program]:
        """Programs by id."""
        return {program.id: program for program in self.programs}

    @cached_property
    def participant_by_id(self) -> dict[str, Participant]:
        """Participants by id."""
        return {participant.id: participant for participant in self.participants}

    @cached_property
    def apart(self) -> frozenset[tuple[str, str]]:
        """Pairs of participants who must not meet in a group, smaller id first."""
        return frozenset(
            (min(one.id, other), max(one.id, other)) for one in self.participants for other in one.apart_from
        )

    @cached_property
    def apart_of(self) -> dict[str, tuple[str, ...]]:
        """For each participant who must not meet others in a group, those others, ascending."""
        others: dict[str, list[str]] = {}
        for one, other in sorted(self.apart):
            others.setdefault(one, []).append(other)
            others.setdefault(other, []).append(one)
        return {one: tuple(sorted(them)) for one, them in others.items()}

    @cached_property
    def closed_days(self) -> frozenset[int]:
        """Day numbers (Monday = 0) of this week on which nothing happens."""
        return frozenset((day - self.week).days for day in self.closed)
