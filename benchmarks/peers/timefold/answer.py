"""The weeks that the Java program finds, as sessions of a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from iopsched.options import Options
from iopsched.options.meetings import MeetingOption
from iopsched.roster import AgendaItem, Session

__all__ = ["Week", "read_weeks", "sessions_of"]


@dataclass
class Week:
    """One answer, in positions of the options.

    Attributes
    ----------
    levels : tuple of int
        ``unmet``, ``burden`` and ``staffing`` as Java counts them.
    placed : list of tuple of int
        Need, start, staff and room class of each one-to-one or family session.
    rooms : dict
        The room class of each meeting that is held.
    leaders : dict
        Who leads which part of which meeting.
    members : dict
        The group needs whose participants attend each meeting.
    """

    levels: tuple[int, ...]
    placed: list[tuple[int, int, int, int]] = field(default_factory=list)
    rooms: dict[int, int] = field(default_factory=dict)
    leaders: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def take(self, word: str, numbers: list[int]) -> None:
        """Take in one line."""
        match word, numbers:
            case "session", [need, start, staff, room]:
                self.placed.append((need, start, staff, room))
            case "meeting", [slot, room]:
                self.rooms[slot] = room
            case "lead", [slot, part, staff]:
                self.leaders[slot, part].append(staff)
            case "seat", [need, slot]:
                self.members[slot].append(need)
            case _:
                raise ValueError(f"no line of an answer: {word} {numbers}")


def read_weeks(lines: Iterable[str]) -> Iterator[Week]:
    """Yield each week as it comes, until the line ``done``.

    Raises
    ------
    RuntimeError
        Where the lines end before that: the program has crashed.
    """
    week = Week(())
    for line in lines:
        word, *numbers = line.split()
        if word == "done":
            return
        if word == "week":
            week = Week(tuple(map(int, numbers)))
        elif word == "end":
            yield week
        else:
            week.take(word, [int(number) for number in numbers])
    raise RuntimeError("the Java program ended before its answer did")


def sessions_of(options: Options, week: Week) -> list[Session]:
    """Return a week's sessions, each in a room by name."""
    rooms = _Rooms(options, week)
    sessions = [_placed(options, number, rooms, *what) for number, what in enumerate(week.placed)]
    sessions += [_meeting(options, week, rooms, options.meetings[slot]) for slot in week.rooms]
    return sorted(sessions, key=lambda session: (session.start, session.service, session.id))


class _Rooms:
    """A room of its class for each session: the first that is free, by start."""

    def __init__(self, options: Options, week: Week) -> None:
        uses = [
            (start, start + options.sessions[need].minutes, room, ("session", number))
            for number, (need, start, _, room) in enumerate(week.placed)
        ]
        uses += [
            (options.meetings[slot].start, options.meetings[slot].end, room, ("meeting", slot))
            for slot, room in week.rooms.items()
        ]
        free_from = [dict.fromkeys(room.rooms, 0) for room in options.facts.classes]
        self._named: dict[tuple[str, int], str] = {}
        for start, end, room, use in sorted(uses):
            if room < len(free_from):
                name = next(name for name, moment in free_from[room].items() if moment <= start)
                free_from[room][name] = end
                self._named[use] = name

    def of(self, kind: str, number: int) -> str | None:
        return self._named.get((kind, number))


def _moment(options: Options, minute: int) -> datetime:
    return datetime.combine(options.instance.week, time()) + timedelta(minutes=minute)


def _placed(
    options: Options, number: int, rooms: _Rooms, need: int, start: int, staff: int, room: int
) -> Session:
    asked = options.sessions[need]
    participant = options.instance.participants[asked.participant].id
    return Session(
        id=f"{participant}/{asked.need.service}/{start}",
        service=asked.need.service,
        start=_moment(options, start),
        end=_moment(options, start + asked.minutes),
        room=rooms.of("session", number),
        participants=(participant,),
        family=asked.family,
        staff=(options.instance.staff[staff].id,),
        pinned=start in asked.pinned,
    )


def _meeting(options: Options, week: Week, rooms: _Rooms, slot: MeetingOption) -> Session:
    instance = options.instance
    group = instance.groups[slot.group]
    service = instance.service_by_id[group.service]
    led = [
        tuple(sorted(instance.staff[member].id for member in week.leaders[slot.index, part]))
        for part in range(len(slot.parts))
    ]
    agenda = None
    if service.agenda is not None:
        agenda = tuple(
            AgendaItem(
                title=part.title,
                start=_moment(options, span.start),
                end=_moment(options, span.end),
                staff=staff,
            )
            for part, span, staff in zip(service.agenda, slot.parts, led, strict=True)
        )
    members = [options.attendances[need - len(options.sessions)] for need in week.members[slot.index]]
    return Session(
        id=f"{group.id}/{slot.start}",
        service=service.id,
        group=group.id,
        start=_moment(options, slot.start),
        end=_moment(options, slot.end),
        room=rooms.of("meeting", slot.index),
        participants=tuple(sorted(instance.participants[member.participant].id for member in members)),
        staff=tuple(sorted({name for part in led for name in part})),
        agenda=agenda,
        pinned=slot.pin is not None or any(slot.index in member.pinned for member in members),
    )
