"""From a solution's values to the sessions of a roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from benchmarks.peers.clinic import Clinic, Held, Like
from iopsched.options import Meeting, Placement, Plan
from iopsched.roster import Session
from iopsched.solve.assemble import sessions_of_plan

__all__ = ["sessions_of"]

Values = Sequence[float]


def sessions_of(clinic: Clinic, values: Values) -> tuple[Session, ...]:
    """Return the sessions that a solution describes, in order of time.

    Parameters
    ----------
    clinic : Clinic
    values : sequence of number
        The value of each variable; 0/1 variables may be a little off.
    """
    meetings = {
        held.option.index: _meeting(held, values) for held in clinic.held.values() if values[held.run] > 0.5
    }
    return sessions_of_plan(clinic.options, Plan(_placements(clinic, values), meetings))


def _placements(clinic: Clinic, values: Values) -> dict[int, tuple[Placement, ...]]:
    seats: dict[Like, list[int]] = {
        like: [room for room, var in counts.items() for _ in range(round(values[var]))]
        for like, counts in clinic.seated.items()
    }
    placed: dict[int, list[Placement]] = defaultdict(list)
    for asked in clinic.asked.values():
        for (start, member), var in asked.lead.items():
            if values[var] > 0.5:
                classes = asked.rooms[start]
                room = -1
                if not asked.options.remote:
                    one_class = len(classes) == 1
                    room = classes[0] if one_class else seats[start, asked.options.minutes, classes].pop()
                placed[asked.options.index].append(Placement(start, member, room))
    return {need: tuple(found) for need, found in placed.items()}


def _meeting(held: Held, values: Values) -> Meeting:
    return Meeting(
        tuple(tuple(sorted(k for k, var in part.items() if values[var] > 0.5)) for part in held.parts),
        next((room for room, var in held.rooms.items() if values[var] > 0.5), -1),
        frozenset(need for need, var in held.attend.items() if values[var] > 0.5),
    )
