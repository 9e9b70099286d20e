"""What one's own week says, a row for each session or led part, for pages and workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.views import View, attending
from iopsched.report.week import kind_of, leaders, led_stretches, seats
from iopsched.report.words import listed, plain, span
from iopsched.roster.models import Session

__all__ = ["OwnRow", "own_rows", "people", "stop_of", "what_of", "where_of"]


class OwnRow(NamedTuple):
    """A session in one's own week; for a member of staff a stretch of it that they lead.

    All texts have their names put on and hold no control characters.

    Attributes
    ----------
    start, end : datetime
        On the clinic's wall clock.
    kind : str
        Of the service: ``one_to_one``, ``family`` or ``group``.
    service, group, room : str
        ``group`` is empty outside groups, ``room`` says remote where there is none.
    remote : bool
        Whether it takes no room.
    part : str
        Titles of the parts that a member of staff leads, where that is not all.
    led_by : str
        Who leads, a line for each part.
    who : str
        Who attends, as far as the view may name them; of a meeting else ``"8/10"``.
    """

    start: datetime
    end: datetime
    kind: str
    service: str
    group: str
    part: str
    room: str
    remote: bool
    led_by: str
    who: str

    @property
    def what(self) -> str:
        """The group, or the service outside groups."""
        return self.group or self.service


def own_rows(instance: Instance, view: View, sessions: Iterable[Session], names: Names) -> list[OwnRow]:
    """Return the rows of a view's sessions, in their order."""
    rows = []
    for session in sessions:
        stretches = [(session.start, session.end, "")]
        if view.kind == "staff":
            stretches = [(part.start, part.end, part.title) for part in led_stretches(session, view.id)]
        rows += [
            OwnRow(
                start,
                end,
                kind_of(instance, session),
                plain(names.of("service", session.service)),
                "" if session.group is None else plain(names.of("group", session.group)),
                plain(part),
                where_of(session, names),
                session.room is None,
                leaders(session, partial(names.of, "staff")),
                _who(instance, view, session, names),
            )
            for start, end, part in stretches
        ]
    return rows


def what_of(session: Session, names: Names) -> str:
    """Return what a session is called: its group, or its service outside groups."""
    if session.group is None:
        return plain(names.of("service", session.service))
    return plain(names.of("group", session.group))


def where_of(session: Session, names: Names) -> str:
    """Return what a session's room is called."""
    return "remote" if session.room is None else plain(names.of("room", session.room))


def people(session: Session, names: Names) -> list[str]:
    """Return what a session's participants and family are called, family last."""
    return [
        *(names.of("participant", name) for name in session.participants),
        *(names.of("family", name) for name in session.family),
    ]


def stop_of(session: Session, names: Names) -> str:
    """Return ``"17:30–20:30 evening-1, G1"``, and with whom of the family."""
    words = [f"{span(session.start, session.end)} {what_of(session, names)}", where_of(session, names)]
    if session.family:
        words.append(f"with {listed(names.of('family', name) for name in session.family)}")
    return ", ".join(words)


def _who(instance: Instance, view: View, session: Session, names: Names) -> str:
    if session.group is not None and view.kind in ("staff", "room"):
        return seats(instance, session)
    return listed(_called(session, name, names) for name in attending(view, session))


def _called(session: Session, name: str, names: Names) -> str:
    return names.of("family" if name in session.family else "participant", name)
