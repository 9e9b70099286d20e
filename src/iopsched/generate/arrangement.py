"""Whether decisions can stand together: an arrangement of leaders and rooms for all of them is kept in view.

The arrangement is stricter than the rules: nobody leads for two decisions on one day, so no break, note or
rest between them can be too short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iopsched.generate.services import Document
from iopsched.generate.staffing import at_work
from iopsched.instance.windows import MINUTES_PER_DAY, spans

__all__ = ["Arrangement", "Decision"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A session that shall stand.

    Attributes
    ----------
    start, minutes : int
        Minute of the week, and length.
    parts : tuple of (int, int, str, int)
        Offset in minutes, length, skill and number of leaders of what happens inside.
    led_by : frozenset of str
        Who may lead any of it.
    room_kinds : tuple of str
        Kinds of room that serve.
    """

    start: int
    minutes: int
    parts: tuple[tuple[int, int, str, int], ...]
    led_by: frozenset[str]
    room_kinds: tuple[str, ...]

    @property
    def day(self) -> int:
        """The day, Monday = 0."""
        return self.start // MINUTES_PER_DAY


class Arrangement:
    """Decisions that can all stand.

    Parameters
    ----------
    staff, rooms : sequence of dict
        As the instance file has them.
    """

    def __init__(self, staff: Sequence[Document], rooms: Sequence[Document]) -> None:
        self._staff = staff
        self._rooms = rooms
        self._decisions: list[Decision] = []

    def take(self, decision: Decision) -> bool:
        """Add a decision if leaders and a room can be found for it beside the others, and tell whether."""
        together = [*(other for other in self._decisions if other.day == decision.day), decision]
        if not self._roomy(together) or not self._led(together):
            return False
        self._decisions.append(decision)
        return True

    def _roomy(self, together: Sequence[Decision]) -> bool:
        """Whether there is a room for each of those that go on when one of them begins."""
        for one in together:
            going_on = [
                other
                for other in together
                if other.start <= one.start < other.start + other.minutes
                and set(other.room_kinds) & set(one.room_kinds)
            ]
            rooms = [
                room
                for room in self._rooms
                if room["kind"] in one.room_kinds and all(_available(room, other) for other in going_on)
            ]
            if len(rooms) < len(going_on):
                return False
        return True

    def _led(self, together: Sequence[Decision]) -> bool:
        """Whether all parts find leaders, nobody leading for two decisions."""
        seats = [
            [
                member["id"]
                for member in self._staff
                if member["id"] in decision.led_by
                and skill in member["skills"]
                and at_work(member, decision.start + offset, minutes)
            ]
            for decision in together
            for offset, minutes, skill, leaders in decision.parts
            for _ in range(leaders)
        ]
        places = [
            (k, part)
            for k, decision in enumerate(together)
            for part, (*_, leaders) in enumerate(decision.parts)
            for _ in range(leaders)
        ]
        return _seated(seats, places, {}, [])


def _available(room: Document, decision: Decision) -> bool:
    first, last = decision.start, decision.start + decision.minutes
    windows = room.get("available")
    inside = windows is None or any(start <= first and last <= end for start, end in spans(windows))
    return inside and all(last <= start or end <= first for start, end in spans(room.get("busy", [])))


def _seated(
    seats: Sequence[Sequence[str]],
    places: Sequence[tuple[int, int]],
    leads_for: dict[str, int],
    chosen: list[str],
) -> bool:
    """Fill the seats from the first still empty on; who leads for a decision already comes first.

    ``places`` tells each seat's decision and part: a part's leaders differ.
    """
    here = len(chosen)
    if here == len(seats):
        return True
    decision, part = places[here]
    beside = {chosen[k] for k in range(here) if places[k] == (decision, part)}
    able = [name for name in seats[here] if name not in beside and leads_for.get(name, decision) == decision]
    for name in sorted(able, key=lambda name: name not in leads_for):
        new = name not in leads_for
        leads_for[name] = decision
        if _seated(seats, places, leads_for, [*chosen, name]):
            return True
        if new:
            del leads_for[name]
    return False
