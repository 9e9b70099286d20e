"""What stands in whose calendar, and in what words.

A participant's calendar is on a phone that others look at: it says when and where, and with whom, and
nothing of what it is for. Staff read in the title whom they expect, a code unless names are put on, and in
the description for what. A room's says that it is taken, and by which staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.roster.leading import led_stretches
from iopsched.roster.models import Roster, Session
from iopsched.roster.views import View, sessions_of

__all__ = ["Entry", "entries"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of one calendar.

    Attributes
    ----------
    session : str
        The id of the session that it is of.
    number : int
        Which of somebody's stretches of that session.
    notes : bool
        Whether it is the time for writing notes.
    start, end : datetime
        On the clinic's wall clock.
    title, place, text : str
        For people; empty where there is nothing to say.
    """

    session: str
    number: int
    notes: bool
    start: datetime
    end: datetime
    title: str
    place: str
    text: str


def entries(owner: View, instance: Instance, roster: Roster, names: Names) -> Iterator[Entry]:
    """Yield what stands in one's calendar, by session."""
    for session in sessions_of(owner, roster):
        if owner.kind == "staff":
            yield from _led(owner.id, instance, session, names)
        else:
            title, text = _words(owner, session, names)
            yield Entry(session.id, 0, False, session.start, session.end, title, _place(session, names), text)


def _words(owner: View, session: Session, names: Names) -> tuple[str, str]:
    """Return title and text of a session for those who don't lead it."""
    led_by = _listed(names.of("staff", member) for member in sorted(session.staff))
    if owner.kind == "participant":
        return "Appointment", f"With {led_by}"
    return "Reserved" if owner.kind == "room" else names.of("group", owner.id), f"Led by {led_by}"


def _led(who: str, instance: Instance, session: Session, names: Names) -> Iterator[Entry]:
    """Yield each stretch of a session that a member of staff leads, and the time for notes after it."""
    service = instance.service_by_id.get(session.service)
    notes = timedelta(minutes=service.note_minutes if service else 0)
    called = names.of("service", session.service)
    if session.group is None:
        title = f"Session {_listed(names.of('participant', one) for one in session.participants)}"
    else:
        title = names.of("group", session.group)
    for number, part in enumerate(led_stretches(session, who)):
        text = f"{called}: {part.title}" if part.title else called
        place = _place(session, names)
        yield Entry(session.id, number, False, part.start, part.end, title, place, text)
        if notes:
            yield Entry(session.id, number, True, part.end, part.end + notes, "Notes", "", title)


def _place(session: Session, names: Names) -> str:
    return "Remote" if session.room is None else names.of("room", session.room)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)
