"""What is answered: the roster file, as frozen models of ``docs/formats.md``."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from iopsched.instance.values import Text

__all__ = [
    "LEVELS",
    "ROSTER_FORMAT",
    "AgendaItem",
    "Bound",
    "Note",
    "Roster",
    "Score",
    "Session",
    "SolverInfo",
    "Unmet",
]

ROSTER_FORMAT: Final = "iopsched-roster/1"
LEVELS = ("unmet", "changes", "burden", "staffing")
"""The levels of the score, in the order in which they are compared."""

# JSON Schema's own date-time would ask for seconds and an offset, which wall-clock times don't have.
_WALL_TIME_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$"


def _check_datetime(value: object) -> object:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is not a time such as 2026-11-23T17:30") from None
    if not isinstance(value, datetime) or value.tzinfo is not None:
        raise ValueError(f"{value!r} is not a time on the clinic's wall clock such as 2026-11-23T17:30")
    if value.year in (MINYEAR, MAXYEAR):  # no room left for notes, travel and days before and after
        raise ValueError(f"{value.isoformat()} is no time in the life of a clinic")
    return value


WallTime = Annotated[
    datetime,
    BeforeValidator(_check_datetime),
    WithJsonSchema({"type": "string", "pattern": _WALL_TIME_PATTERN, "examples": ["2026-11-23T17:30"]}),
    PlainSerializer(lambda value: value.isoformat(timespec="minutes"), return_type=str, when_used="json"),
]
Integer = Annotated[int, Field(strict=True)]
Ids = Annotated[tuple[Text, ...], AfterValidator(lambda ids: tuple(dict.fromkeys(ids)))]
"""Ids as a set: repeats are ignored."""


class Model(BaseModel):
    """Base: frozen; fields that a later version may add are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class AgendaItem(Model):
    """A part of a meeting and who leads it."""

    title: Text = ""
    start: WallTime
    end: WallTime
    staff: Ids


class Session(Model):
    """One session: who, when, where, led by whom.

    ``id`` stays the same across re-planning while participant or group, service and ordinal stay.
    """

    id: Text
    service: Text
    group: Text | None = None
    start: WallTime
    end: WallTime
    room: Text | None = None
    participants: Ids
    family: Ids = ()
    staff: Ids
    agenda: tuple[AgendaItem, ...] | None = None
    pinned: bool = False


class Score(Model):
    """The four levels, compared in this order; lower is better."""

    unmet: Integer
    changes: Integer
    burden: Integer
    staffing: Integer

    def as_tuple(self) -> tuple[int, int, int, int]:
        """Return the levels in the order in which they are compared."""
        return (self.unmet, self.changes, self.burden, self.staffing)


class Bound(Model):
    """Proved lower limits, each given the values reached on the levels before it; ``None`` = none proved."""

    unmet: Integer | None = None
    changes: Integer | None = None
    burden: Integer | None = None
    staffing: Integer | None = None

    def as_tuple(self) -> tuple[int | None, int | None, int | None, int | None]:
        """Return the bounds in the order of the levels."""
        return (self.unmet, self.changes, self.burden, self.staffing)


class Note(Model):
    """A reason or a warning: a code for programs, a text for people, and whatever facts belong to it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    code: Text
    text: Text


class Unmet(Model):
    """A need that is short: the sessions and session minutes missing, and why."""

    participant: Text
    service: Text
    sessions: Integer
    minutes: Integer
    reasons: tuple[Note, ...] = ()


class SolverInfo(Model):
    """How to get this roster again; ``seconds`` are deterministic seconds in deterministic mode."""

    model_config = ConfigDict(frozen=True, extra="allow")

    seconds: float | None = None
    seed: int | None = None
    workers: int | None = None
    time_limit: float | None = None
    deterministic: bool | None = None
    versions: dict[str, str] = {}


class Roster(Model):
    """The answer to one instance."""

    format: Literal["iopsched-roster/1"] = ROSTER_FORMAT
    instance: Text
    instance_sha256: Text = ""
    week: date
    timezone: Text = "UTC"
    status: Literal["optimal", "feasible"]
    score: Score
    bound: Bound
    sessions: tuple[Session, ...]
    unmet: tuple[Unmet, ...]
    warnings: tuple[Note, ...] = ()
    solver: SolverInfo = SolverInfo()

    def to_json(self) -> str:
        """Return the roster as the text of a roster file (UTF-8, one trailing newline)."""
        exclude: dict[str, Any] = {
            "sessions": {k: {"agenda"} for k, session in enumerate(self.sessions) if session.agenda is None}
        }
        return self.model_dump_json(indent=1, exclude=exclude) + "\n"
