"""Two rosters of two versions of a clinic side by side: what is delivered, to whom, and with what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from iopsched.instance.models import Instance
from iopsched.roster.calendar import Span, common, minutes_between, without
from iopsched.roster.models import Note, Roster
from iopsched.roster.programs import program_warnings_of
from iopsched.roster.timetable import Timetable, timetable

__all__ = ["Delivery", "Joined", "Measures", "Shift", "Use", "compared", "measures"]


@dataclass(frozen=True, slots=True)
class Use:
    """How much of the time at hand is in use, in minutes.

    Of staff: led parts and their notes, of time at work while the clinic is open and not busy. Of rooms:
    sessions, of time available while the clinic is open.
    """

    id: str
    minutes: int
    available: int

    @property
    def share(self) -> float | None:
        """``minutes / available``; ``None`` where nothing is available."""
        return self.minutes / self.available if self.available else None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One participant's sessions of one service: asked for, and given."""

    participant: str
    service: str
    needed: int
    delivered: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What one roster comes to.

    Attributes
    ----------
    deliveries : tuple of Delivery
        One for each need, in the instance's order.
    staff, rooms : tuple of Use
        In the instance's order.
    below_minimum : tuple of Note
        Participants who get less than their program promises.
    """

    deliveries: tuple[Delivery, ...]
    staff: tuple[Use, ...]
    rooms: tuple[Use, ...]
    below_minimum: tuple[Note, ...]

    @property
    def needed(self) -> int:
        """Sessions asked for."""
        return sum(one.needed for one in self.deliveries)

    @property
    def delivered(self) -> int:
        """Sessions given."""
        return sum(one.delivered for one in self.deliveries)

    @property
    def staff_total(self) -> Use:
        """All staff together."""
        return _total("staff", self.staff)

    @property
    def rooms_total(self) -> Use:
        """All rooms together."""
        return _total("rooms", self.rooms)

    def to_dict(self) -> dict[str, Any]:
        """Return them as JSON values; what is missing is left to be subtracted."""
        return {
            "needed": self.needed,
            "delivered": self.delivered,
            "staff_minutes": self.staff_total.minutes,
            "staff_available": self.staff_total.available,
            "room_minutes": self.rooms_total.minutes,
            "room_available": self.rooms_total.available,
            "staff": [asdict(use) for use in self.staff],
            "rooms": [asdict(use) for use in self.rooms],
            "below_minimum": [note.model_dump(mode="json") for note in self.below_minimum],
        }


@dataclass(frozen=True, slots=True)
class Shift:
    """A participant gets more or fewer sessions of a service than in the base.

    ``sessions`` is the difference; ``needed`` and ``delivered`` tell how it is now.
    """

    participant: str
    service: str
    sessions: int
    needed: int
    delivered: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who is not in the base: sessions asked for and given, all services together."""

    participant: str
    needed: int
    delivered: int


def measures(instance: Instance, roster: Roster) -> Measures:
    """Work out what a roster delivers and uses."""
    table = timetable(instance, roster.sessions)
    return Measures(
        deliveries=tuple(
            Delivery(participant, need.service, need.sessions, min(need.sessions, len(placed)))
            for participant, need, placed in table.needs()
        ),
        staff=tuple(_staff_use(table)),
        rooms=tuple(_room_use(table)),
        below_minimum=program_warnings_of(table),
    )


def compared(
    base: Measures, now: Measures
) -> tuple[tuple[Shift, ...], tuple[Shift, ...], tuple[Joined, ...], tuple[str, ...]]:
    """Return who gains, who loses, who is new and who is gone, from the base to now.

    Who is gone loses nothing: they are no longer in the instance. A need that only one of the two has counts
    as none of its sessions in the other.
    """
    before = {(one.participant, one.service): one for one in base.deliveries}
    after = {(one.participant, one.service): one for one in now.deliveries}
    known, present = {name for name, _ in before}, {name for name, _ in after}
    shifts = []
    for key in dict.fromkeys((*before, *after)):
        if key[0] not in known or key[0] not in present:
            continue
        was = before[key].delivered if key in before else 0
        needed, delivered = (after[key].needed, after[key].delivered) if key in after else (0, 0)
        if delivered != was:
            shifts.append(Shift(*key, delivered - was, needed, delivered))
    joined = tuple(
        Joined(
            name,
            sum(one.needed for key, one in after.items() if key[0] == name),
            sum(one.delivered for key, one in after.items() if key[0] == name),
        )
        for name in dict.fromkeys(name for name, _ in after)
        if name not in known
    )
    left = tuple(name for name in dict.fromkeys(name for name, _ in before) if name not in present)
    gains = tuple(one for one in shifts if one.sessions > 0)
    return gains, tuple(one for one in shifts if one.sessions < 0), joined, left


def _staff_use(table: Timetable) -> Iterator[Use]:
    opening = table.calendar.open_hours(table.instance)
    for member in table.instance.staff:
        at_work = common(table.calendar.stretches(member.available), opening)
        there = without(at_work, table.calendar.stretches(member.busy))
        led = table.led_by.get(member.id, [])
        yield Use(member.id, _minutes((part.start, part.notes_end) for part in led), _minutes(there))


def _room_use(table: Timetable) -> Iterator[Use]:
    opening = table.calendar.open_hours(table.instance)
    for room in table.instance.rooms:
        there: Iterable[Span] = opening
        if room.available is not None:
            there = common(table.calendar.stretches(room.available), opening)
        free = without(list(there), table.calendar.stretches(room.busy))
        placed = table.in_room.get(room.id, [])
        yield Use(room.id, _minutes((one.start, one.end) for one in placed), _minutes(free))


def _minutes(stretches: Iterable[Span]) -> int:
    return sum(minutes_between(start, end) for start, end in stretches)


def _total(name: str, uses: Iterable[Use]) -> Use:
    uses = tuple(uses)
    return Use(name, sum(one.minutes for one in uses), sum(one.available for one in uses))
