"""One session of a roster, read against the instance: its parts and who leads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from iopsched.instance.models import Group, Instance, Service
from iopsched.roster.calendar import minutes_between
from iopsched.roster.models import Session

__all__ = ["Led", "LedPart", "Placed", "led_parts", "place"]


@dataclass(frozen=True, slots=True)
class LedPart:
    """A part of a session, and all who lead it."""

    start: datetime
    end: datetime
    staff: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A session of a roster, read against the instance.

    Attributes
    ----------
    session : Session
        As it stands in the roster.
    service, group : Service or None, Group or None
        What the session names, ``None`` where the instance doesn't know it.
    participants : tuple of str
        Each once, sorted.
    parts : tuple of LedPart
        In the order of time. A session that doesn't say who leads its parts is one part led by all.
    parts_known : bool
        False where the service has an agenda and the session doesn't say who leads what.
    frozen : bool
        It has happened, and stands exactly as it did in the baseline.
    """

    session: Session
    service: Service | None
    group: Group | None
    participants: tuple[str, ...]
    parts: tuple[LedPart, ...]
    parts_known: bool
    frozen: bool

    @property
    def start(self) -> datetime:
        """When it starts."""
        return self.session.start

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.session.end

    @property
    def minutes(self) -> int:
        """How long it is."""
        return minutes_between(self.session.start, self.session.end)

    @property
    def is_meeting(self) -> bool:
        """Whether it is a group's; what it names decides where the service is unknown."""
        if self.service is None:
            return self.session.group is not None
        return self.service.kind == "group"

    @property
    def staff(self) -> frozenset[str]:
        """All who lead any part."""
        return frozenset().union(*(part.staff for part in self.parts))


@dataclass(frozen=True, slots=True, eq=False)
class Led:
    """A part that one person leads; they write notes of it until ``notes_end``."""

    placed: Placed
    start: datetime
    end: datetime
    notes_end: datetime

    @property
    def frozen(self) -> bool:
        """Whether its session has happened."""
        return self.placed.frozen

    @property
    def minutes(self) -> int:
        """Led minutes, notes not counted."""
        return minutes_between(self.start, self.end)


def place(instance: Instance, session: Session, frozen: bool) -> Placed:
    """Read a session against the instance."""
    service = instance.service_by_id.get(session.service)
    parts, known = _parts(instance, service, session)
    return Placed(
        session=session,
        service=service,
        group=None if session.group is None else instance.group_by_id.get(session.group),
        participants=tuple(sorted(set(session.participants))),
        parts=parts,
        parts_known=known,
        frozen=frozen,
    )


def _parts(instance: Instance, service: Service | None, session: Session) -> tuple[tuple[LedPart, ...], bool]:
    """Return a session's parts, and whether it is known who leads them."""
    if session.agenda:
        items = (LedPart(item.start, item.end, frozenset(item.staff)) for item in session.agenda)
        return tuple(sorted(items, key=attrgetter("start", "end"))), True
    whole = (LedPart(session.start, session.end, frozenset(session.staff)),)
    if service is None or service.agenda is None:
        return whole, True
    read = _read_parts(instance, service, session)
    return (whole, False) if read is None else (read, True)


def _read_parts(instance: Instance, service: Service, session: Session) -> tuple[LedPart, ...] | None:
    """Read who leads what from skills, where each part has exactly as many who could as it takes."""
    parts = []
    start = session.start
    for part in service.parts:
        able = frozenset(
            member
            for member in session.staff
            if member in instance.staff_by_id and part.skill in instance.staff_by_id[member].skills
        )
        if len(able) != part.leaders:
            return None
        end = start + timedelta(minutes=part.minutes)
        parts.append(LedPart(start, end, able))
        start = end
    return tuple(parts)


def led_parts(placed: Placed) -> Iterator[tuple[str, Led]]:
    """Yield each part for each who leads it.

    Notes follow each part that a person leads unless the same person leads the next part.
    """
    notes = timedelta(minutes=placed.service.note_minutes if placed.service else 0)
    for number, part in enumerate(placed.parts):
        following = placed.parts[number + 1].staff if number + 1 < len(placed.parts) else frozenset()
        for member in part.staff:
            notes_end = part.end if member in following else part.end + notes
            yield member, Led(placed, part.start, part.end, notes_end)
