"""A roster as a plan: the same sessions as choices among options."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time

from iopsched.options import Meeting, Options, Placement, Plan
from iopsched.options.frozen import parts_of
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Session

__all__ = ["plan_of"]


def plan_of(options: Options, sessions: tuple[Session, ...]) -> Plan:
    """Return the plan that sessions describe; what the options do not offer is left out.

    Parameters
    ----------
    options : Options
        Of the instance that the sessions answer, or of one that allows more.
    sessions : tuple of Session
        Of the instance's own week, without a frozen part.
    """
    placements: dict[int, list[Placement]] = defaultdict(list)
    meetings: dict[int, Meeting] = {}
    option_at = {(option.group, option.start): option.index for option in options.meetings}
    for session in sessions:
        start = _minute(options, session.start)
        if session.group is not None:
            group = options.facts.group_index.get(session.group)
            option = None if group is None else option_at.get((group, start))
            if option is not None:
                meetings[option] = _meeting(options, session, option)
            continue
        for name in session.participants:
            placed = _placement(options, session, name, start)
            if placed is not None:
                placements[placed[0]].append(placed[1])
    return Plan().with_changes({need: tuple(sorted(some)) for need, some in placements.items()}, meetings)


def _minute(options: Options, moment: datetime) -> int:
    return int((moment - datetime.combine(options.instance.week, time())).total_seconds() // 60)


def _placement(options: Options, session: Session, name: str, start: int) -> tuple[int, Placement] | None:
    facts = options.facts
    participant = facts.participant_index.get(name)
    if participant is None or not session.staff or session.staff[0] not in facts.staff_index:
        return None
    asked = options.need_index.get((participant, session.service))
    if not isinstance(asked, SessionOptions) or start not in asked.times:
        return None
    room = -1 if session.room is None else facts.class_of_room.get(session.room, -1)
    return asked.index, Placement(start, facts.staff_index[session.staff[0]], room)


def _meeting(options: Options, session: Session, option: int) -> Meeting:
    facts = options.facts
    leaders = tuple(
        tuple(sorted(facts.staff_index[name] for name in staff))
        for _, _, staff in parts_of(options.instance, session)
    )
    members = set()
    for name in session.participants:
        participant = facts.participant_index.get(name)
        asked = None if participant is None else options.need_index.get((participant, session.service))
        if asked is not None and not isinstance(asked, SessionOptions) and option in asked.meetings:
            members.add(asked.index)
    room = -1 if session.room is None else facts.class_of_room.get(session.room, -1)
    return Meeting(leaders, room, frozenset(members))
