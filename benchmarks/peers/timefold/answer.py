"""The weeks that the Java program finds, as sessions of a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from iopsched.options import Meeting, Options, Placement, Plan
from iopsched.roster import Session
from iopsched.solve.assemble import sessions_of_plan

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


def sessions_of(options: Options, week: Week) -> tuple[Session, ...]:
    """Return a week's sessions, each in a room by name."""

    def class_of(room: int) -> int:
        return room if room < len(options.facts.classes) else -1

    placed: dict[int, list[Placement]] = defaultdict(list)
    for need, start, staff, room in week.placed:
        placed[need].append(Placement(start, staff, class_of(room)))
    meetings = {
        slot: Meeting(
            tuple(tuple(sorted(week.leaders[slot, k])) for k in range(len(options.meetings[slot].parts))),
            class_of(room),
            frozenset(need - len(options.sessions) for need in week.members[slot]),
        )
        for slot, room in week.rooms.items()
    }
    return sessions_of_plan(options, Plan({need: tuple(found) for need, found in placed.items()}, meetings))
