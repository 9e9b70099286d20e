"""Rules of rooms: ``room-fit`` and ``room-free``, counted within classes of interchangeable rooms."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from iopsched.model.builder import Interval, cliques
from iopsched.model.variables import Draft, Like

__all__ = ["room_fit", "room_free"]


def room_fit(draft: Draft) -> None:
    """Everybody in a meeting has a seat: Σ attend + most leaders ≤ capacity, in the class it is in."""
    build = draft.builder
    for meeting in draft.meetings.values():
        most = draft.options.instance.groups[meeting.option.group].max_size
        possible = min(most, len(meeting.attends))
        for room_class, literal in meeting.rooms:
            seats = draft.options.facts.classes[room_class].capacity - meeting.option.most_leaders
            if seats < possible:
                attending = build.sum_of((1, attends) for attends in meeting.attends.values())
                build.add(attending <= seats + (possible - seats) * (1 - literal))


def _place_sessions(draft: Draft) -> None:
    """Σ over classes of ``placed`` = Σ of like sessions that begin then.

    Sessions that begin together, last equally long and could use the same classes are alike to rooms.
    Where a baseline makes a room matter to a session, it is like no other.
    """
    build = draft.builder
    like: dict[Like, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
    for need, session in draft.sessions.items():
        if session.options.remote:
            continue
        for start, literal, rooms in zip(session.times, session.at, session.rooms, strict=True):
            own = need if draft.options.baseline is not None else -1
            like[start, session.options.minutes, rooms, own].append((need, literal))
    for key, some in like.items():
        start, _, rooms, _ = key
        literals = [literal for _, literal in some]
        if len(rooms) == 1 and len(literals) == 1:
            draft.placed[key] = {rooms[0]: literals[0]}
            continue
        held = [
            placed.room_class
            for need, _ in some
            for placed in draft.plan.placements.get(need, ())
            if placed.start == start
        ]
        counts = {room: build.integer(0, len(literals), held.count(room)) for room in rooms}
        build.add(sum(counts.values()) == sum(literals))
        draft.placed[key] = counts


def room_free(draft: Draft) -> None:
    """One session at a time in each room: at every moment, Σ in a class ≤ its rooms."""
    _place_sessions(draft)
    build = draft.builder
    used: dict[int, list[Interval]] = defaultdict(list)
    for key, counts in draft.placed.items():
        start, minutes = key[0], key[1]
        for room_class, count in counts.items():
            used[room_class].append((start, start + minutes, count))
    for meeting in draft.meetings.values():
        if meeting.option.group in draft.scope.leaders:
            for room_class, literal in meeting.rooms:
                used[room_class].append((meeting.option.start, meeting.option.end, literal))
    for room_class, intervals in used.items():
        places = draft.options.facts.classes[room_class].places
        stands = [(start, end, 1) for start, end in draft.standing.used[room_class]]
        for clique in cliques([*intervals, *stands]):
            taken = sum(literal for _, _, literal in clique if isinstance(literal, int))
            free = [literal for _, _, literal in clique if not isinstance(literal, int)]
            if free:
                build.add(cp_model.LinearExpr.sum(free) <= max(0, places - taken))
