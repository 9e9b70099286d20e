"""What one person has to be told about two rosters, and how it is put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from iopsched.roster.models import Session
from iopsched.roster.words import listed

__all__ = ["Appointment", "Change", "ChangeKind", "PersonChanges"]

ChangeKind = Literal["moved", "changed", "cancelled", "added"]
"""Another time; the same time, but other staff, group or room; gone; new."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One person's part in a session; the wall clock's times.

    Attributes
    ----------
    start, end : datetime
        For a member of staff from their first led part to their last.
    session : Session
        The whole of it.
    key : tuple of str
        The service, for staff also whose it is: what may be the same session at another time.
    """

    start: datetime
    end: datetime
    session: Session
    key: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values; times as ``2026-11-30T17:30``."""
        return {
            "session": self.session.id,
            "start": self.start.isoformat(timespec="minutes"),
            "end": self.end.isoformat(timespec="minutes"),
            "group": self.session.group,
            "room": self.session.room,
            "staff": list(self.session.staff),
            "participants": list(self.session.participants),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What one person has to be told about one session.

    Attributes
    ----------
    kind : {"moved", "changed", "cancelled", "added"}
    before, after : Appointment or None
        As it was and as it is; ``None`` where it is new or gone.
    what : tuple of str
        What differs, of ``"time"``, ``"staff"``, ``"group"``, ``"room"``; empty where it is new or gone.
    points : int
        What level ``changes`` counts for it: for participants only, and never for a session that is new.
    """

    kind: ChangeKind
    before: Appointment | None
    after: Appointment | None
    what: tuple[str, ...] = ()
    points: int = 0

    @property
    def first(self) -> Appointment:
        """As it was, or as it is where it is new."""
        found = self.before or self.after
        assert found is not None
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "kind": self.kind,
            "service": self.first.session.service,
            "what": list(self.what),
            "points": self.points,
            "before": None if self.before is None else self.before.to_dict(),
            "after": None if self.after is None else self.after.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """All that one person has to be told, by the time of what was, or of what is new."""

    kind: Literal["participant", "staff"]
    id: str
    changes: tuple[Change, ...]

    def told(self, change: Change) -> str:
        """Return one of the changes in words to be read out to this person."""
        return _to_staff(change) if self.kind == "staff" else _to_participant(change)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values; times as ``2026-11-30T17:30``."""
        return {
            "id": self.id,
            "changes": [{**change.to_dict(), "text": self.told(change)} for change in self.changes],
        }


def _to_participant(change: Change) -> str:
    before, after = change.before, change.after
    what = _service(change.first.session)
    if before is None or after is None:
        where = f"{what} on {_when(change.first)}{_circumstances(change.first.session)}"
        return f"{where} is new" if before is None else f"{where} is cancelled"
    if change.kind == "moved":
        return (
            f"{what} moves from {_when(before)}{_circumstances(before.session)} "
            f"to {_when(after)}{_circumstances(after.session)}"
        )
    return f"{what} on {_when(before)} stays, now {_instead(change, before.session, after.session)}"


def _to_staff(change: Change) -> str:
    before, after = change.before, change.after
    session = change.first.session
    what = f"{session.service} of {session.group or listed(session.participants)}"
    if before is None or after is None:
        where = f"{what} on {_when(change.first)}{_place(session)}"
        return f"leads {where}" if before is None else f"no longer leads {where}"
    if change.kind == "moved":
        return (
            f"{what} moves from {_when(before)}{_place(before.session)} "
            f"to {_when(after)}{_place(after.session)}"
        )
    return f"{what} on {_when(before)} stays, now {_instead(change, before.session, after.session)}"


def _service(session: Session) -> str:
    return session.service if session.group is None else f"{session.service} ({session.group})"


def _circumstances(session: Session) -> str:
    return f" with {listed(session.staff)}{_place(session)}"


def _place(session: Session) -> str:
    return " without a room" if session.room is None else f" in {session.room}"


def _instead(change: Change, before: Session, after: Session) -> str:
    parts = []
    if "staff" in change.what:
        parts.append(f"with {listed(after.staff)} instead of {listed(before.staff)}")
    if "group" in change.what:
        parts.append(f"in group {after.group or 'none'} instead of {before.group or 'none'}")
    if "room" in change.what:
        parts.append(f"in {after.room or 'no room'} instead of {before.room or 'no room'}")
    return ", ".join(parts)


def _when(item: Appointment) -> str:
    """Return ``Tue 1 Dec 10:00-11:00``; midnight at the end is 24:00."""
    start, end = item.start, item.end
    until = "24:00" if end.date() - start.date() == timedelta(1) and not end.hour else f"{end:%H:%M}"
    return f"{start:%a} {start.day} {start:%b} {start:%H:%M}-{until}"
