"""What is asked: one clinic in one week, as frozen models of ``docs/formats.md``.

The models hold a file's words as they were written (windows stay strings) and know nothing of each
other: what needs two objects to be judged is in :mod:`iopsched.instance.references`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from iopsched.instance.windows import parse_start, parse_window

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

_WINDOW_EXAMPLE = "Mon-Fri 17:00-21:00"
_START_EXAMPLE = "Mon,Wed 17:30"


def _check_window(text: str) -> str:
    parse_window(text)
    return text


def _check_start(text: str) -> str:
    parse_start(text)
    return text


def _check_one_start(text: str) -> str:
    if len(parse_start(text)) != 1:
        raise ValueError(f"{text!r} names more than one day; a pin has one start")
    return text


def _check_id(text: str) -> str:
    if not text or "\n" in text or "\r" in text:
        raise ValueError("an id is a non-empty string without line breaks")
    return text


def _check_date(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError(f"{value!r} is not an ISO date (YYYY-MM-DD)")
    if not isinstance(value, str | date):
        raise ValueError(f"{value!r} is not an ISO date (YYYY-MM-DD)")
    return value


def _check_monday(value: date) -> date:
    if value.weekday() != 0:
        monday = value - timedelta(days=value.weekday())
        raise ValueError(f"{value} is no Monday; the Monday of that week is {monday}")
    return value


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not an IANA time zone name such as America/Chicago") from None
    return name


Id = Annotated[str, AfterValidator(_check_id), Field(min_length=1)]
Window = Annotated[str, AfterValidator(_check_window), Field(examples=[_WINDOW_EXAMPLE])]
Start = Annotated[str, AfterValidator(_check_start), Field(examples=[_START_EXAMPLE])]
OneStart = Annotated[str, AfterValidator(_check_one_start), Field(examples=["Mon 17:30"])]
Windows = tuple[Window, ...]
Ids = tuple[Id, ...]
Date = Annotated[date, BeforeValidator(_check_date)]
Count = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, ge=1)]
Flag = Annotated[bool, Field(strict=True)]
Hours = (
    Annotated[int, Field(strict=True, ge=0)] | Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
)
Slot = Literal[5, 10, 15, 20, 30, 60]
Kind = Literal["one_to_one", "family", "group"]


class Model(BaseModel):
    """Base: frozen, and a field nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _not_null(value: object) -> object:
    if value is None:
        raise ValueError("null is not allowed here; leave the field out for its default")
    return value


def _filled(data: object, **defaults: object) -> object:
    """Return a JSON object with defaults that depend on its other fields filled in."""
    if not isinstance(data, dict):
        return data
    return {**{name: value for name, value in defaults.items() if value is not None}, **data}


class Part(Model):
    """A part of a group block's agenda, led by ``leaders`` different staff who have ``skill``.

    ``skill`` is the service's where the file names none.
    """

    title: str
    minutes: Positive
    skill: Id
    leaders: Positive = 1


class Service(Model):
    """A kind of session; ``minutes``, ``start_every`` and ``note_minutes`` in minutes."""

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
    available: Annotated[Windows | None, BeforeValidator(_not_null)] = None
    busy: Windows = ()


class Staff(Model):
    """A member of staff; limits in led minutes, notes not counted."""

    id: Id
    name: str
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
    why: str = ""
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
    family: Annotated[Ids | None, BeforeValidator(_not_null)] = None
    remote: Flag = False
    min_days_apart: Count = 1
    after: Id | None = None


class Participant(Model):
    """Somebody in treatment, by code. ``available`` is the clinic's hours where absent."""

    id: Id
    program: Id
    tags: Ids = ()
    available: Annotated[Windows | None, BeforeValidator(_not_null)] = None
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
    week: Annotated[Date, AfterValidator(_check_monday)]
    timezone: Annotated[str, AfterValidator(_check_timezone)] = "UTC"
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
    def closed_days(self) -> frozenset[int]:
        """Day numbers (Monday = 0) of this week on which nothing happens."""
        return frozenset((day - self.week).days for day in self.closed)
