"""A roster's sessions indexed for judging: who is where when, and what has already happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Final, Protocol, TypeVar

from iopsched.instance.models import Instance, Need
from iopsched.roster.calendar import Calendar
from iopsched.roster.models import Session
from iopsched.roster.placed import Led, Placed, led_parts, place

__all__ = ["Timetable", "identity", "overlapping", "timetable"]

_BY_START: Final = attrgetter("start", "end")


class _Timed(Protocol):
    @property
    def start(self) -> datetime: ...

    @property
    def end(self) -> datetime: ...


_Item = TypeVar("_Item", bound=_Timed)


def overlapping(items: Iterable[_Item], until: str = "end") -> Iterator[tuple[_Item, _Item]]:
    """Yield all pairs that share time, the earlier first.

    Parameters
    ----------
    items : iterable
        Ascending by start.
    until : str
        The attribute that says until when an item lasts.
    """
    last = attrgetter(until)
    current: list[_Item] = []
    for item in items:
        current = [other for other in current if last(other) > item.start]
        yield from ((other, item) for other in current if other.start < last(item))
        current.append(item)


@dataclass(frozen=True)
class Timetable:
    """All sessions of a roster, by whom and what they concern; every list ascends by start.

    Attributes
    ----------
    instance, calendar
        What was asked, and its words for time.
    placed : tuple of Placed
        Every session, in the roster's order.
    of_participant, in_room, of_group : dict of str to list of Placed
        Sessions by the ids that the roster names, whether the instance knows them or not.
    of_need : dict of (participant, service) to list of Placed
        Sessions that count for a need.
    led_by : dict of str to list of Led
        Each part, by each who leads it.
    frozen_from : datetime or None
        The moment from which on the roster was planned anew.
    lost : tuple of Session
        Baseline sessions before that moment that don't stand exactly as they were.
    """

    instance: Instance
    calendar: Calendar
    placed: tuple[Placed, ...]
    of_participant: dict[str, list[Placed]]
    of_need: dict[tuple[str, str], list[Placed]]
    led_by: dict[str, list[Led]]
    in_room: dict[str, list[Placed]]
    of_group: dict[str, list[Placed]]
    frozen_from: datetime | None
    lost: tuple[Session, ...]

    @property
    def judged(self) -> Iterator[Placed]:
        """The sessions that rules over one session apply to: those that haven't happened."""
        return (placed for placed in self.placed if not placed.frozen)

    def needs(self) -> Iterator[tuple[str, Need, list[Placed]]]:
        """Yield each participant's id, each of their needs, and the sessions placed for it."""
        for participant in self.instance.participants:
            for need in participant.needs:
                yield participant.id, need, self.of_need.get((participant.id, need.service), [])


def identity(session: Session) -> tuple[object, ...]:
    """Return all that makes a session what it is; titles, pins and the order of ids are form."""
    agenda = sorted((item.start, item.end, sorted(set(item.staff))) for item in session.agenda or ())
    return (
        session.id,
        session.service,
        session.group,
        session.start,
        session.end,
        session.room,
        frozenset(session.participants),
        frozenset(session.family),
        frozenset(session.staff),
        tuple((start, end, tuple(staff)) for start, end, staff in agenda),
    )


def timetable(
    instance: Instance,
    sessions: Sequence[Session],
    baseline: Sequence[Session] = (),
    frozen_from: datetime | None = None,
) -> Timetable:
    """Index a roster's sessions.

    Parameters
    ----------
    instance : Instance
        What was asked.
    sessions : sequence of Session
        What was answered.
    baseline : sequence of Session
        What stood before.
    frozen_from : datetime, optional
        Baseline sessions that start before this moment have happened.
    """
    past = {
        id(session): identity(session)
        for session in (*baseline, *sessions)
        if frozen_from is not None and session.start < frozen_from
    }
    happened = Counter(past[id(session)] for session in baseline if id(session) in past)
    placed = []
    for session in sessions:
        key = past.get(id(session), ())
        frozen = happened[key] > 0
        if frozen:
            happened[key] -= 1
        placed.append(place(instance, session, frozen))
    return _indexed(instance, placed, frozen_from, _lost(baseline, past, happened))


def _lost(
    baseline: Sequence[Session], past: dict[int, tuple[object, ...]], missing: Counter[tuple[object, ...]]
) -> tuple[Session, ...]:
    return tuple(session for session in baseline if id(session) in past and missing[past[id(session)]] > 0)


def _indexed(
    instance: Instance, placed: list[Placed], frozen_from: datetime | None, lost: tuple[Session, ...]
) -> Timetable:
    of_participant: dict[str, list[Placed]] = defaultdict(list)
    of_need: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    led_by: dict[str, list[Led]] = defaultdict(list)
    in_room: dict[str, list[Placed]] = defaultdict(list)
    of_group: dict[str, list[Placed]] = defaultdict(list)
    for item in sorted(placed, key=_BY_START):
        for participant in item.participants:
            of_participant[participant].append(item)
            of_need[participant, item.session.service].append(item)
        for member, led in led_parts(item):
            led_by[member].append(led)
        if item.session.room is not None:
            in_room[item.session.room].append(item)
        if item.session.group is not None:
            of_group[item.session.group].append(item)
    for parts in led_by.values():
        parts.sort(key=_BY_START)
    return Timetable(
        instance=instance,
        calendar=Calendar(instance.week),
        placed=tuple(placed),
        of_participant=dict(of_participant),
        of_need=dict(of_need),
        led_by=dict(led_by),
        in_room=dict(in_room),
        of_group=dict(of_group),
        frozen_from=frozen_from,
        lost=lost,
    )
