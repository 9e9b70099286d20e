"""One row for each attendance: a session and a participant who comes to it; CSV for whatever else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from iopsched.exchange.clocks import instants, offset_text
from iopsched.exchange.csv_cells import csv_text
from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.instance.windows import DAYS
from iopsched.roster.calendar import minutes_between
from iopsched.roster.models import Roster, Session

__all__ = ["COLUMNS", "NAME_COLUMNS", "attendance_csv"]

COLUMNS: Final = (
    "participant",
    "day",
    "start",
    "end",
    "utc_offset",
    "minutes",
    "service",
    "group",
    "room",
    "staff",
    "family",
    "session",
)
NAME_COLUMNS: Final = ("participant_name", "service_name", "group_name", "room_name", "staff_names")
"""Where names are put on: further columns, so that the codes stay what programs join by."""


def attendance_csv(instance: Instance, roster: Roster, names: Names) -> str:
    """Return a roster as CSV: a row for each participant of each session, by participant and start.

    ``start`` and ``end`` are ISO times on the clinic's wall clock, and
    ``utc_offset`` what the clocks are set to at the start, as in ``UTC-06:00``: a spreadsheet would take
    the offset by itself, as ISO 8601 has it, for a formula. Several staff or family
    members are parted by ``; ``. Cells are harmless to spreadsheets, see :mod:`iopsched.exchange.csv_cells`.

    Parameters
    ----------
    instance, roster : Instance, Roster
        What was asked and the answer.
    names : Names
        If there are any, the columns of names follow the others.
    """
    attendances = [(who, session) for session in roster.sessions for who in session.participants]
    attendances.sort(key=lambda one: (one[0], one[1].start, one[1].id))
    rows = (
        (*_codes(instance, who, session), *(_named(names, who, session) if names else ()))
        for who, session in attendances
    )
    return csv_text(COLUMNS + (NAME_COLUMNS if names else ()), rows)


def _codes(instance: Instance, who: str, session: Session) -> Iterator[str]:
    begins, _ = instants(session.start, session.end, instance.timezone)
    yield who
    yield DAYS[session.start.weekday()]
    yield session.start.isoformat(timespec="minutes")
    yield session.end.isoformat(timespec="minutes")
    yield offset_text(begins)
    yield str(minutes_between(session.start, session.end))
    yield session.service
    yield session.group or ""
    yield session.room or ""
    yield _several(sorted(session.staff))
    yield _several(session.family)
    yield session.id


def _named(names: Names, who: str, session: Session) -> Iterator[str]:
    yield names.of("participant", who)
    yield names.of("service", session.service)
    yield "" if session.group is None else names.of("group", session.group)
    yield "" if session.room is None else names.of("room", session.room)
    yield _several(names.of("staff", member) for member in sorted(session.staff))


def _several(texts: Iterable[str]) -> str:
    return "; ".join(texts)
