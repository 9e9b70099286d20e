"""How sessions and times are named in messages: by ids, days and clock times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from iopsched.instance.windows import DAYS
from iopsched.roster.models import Session

__all__ = ["counted", "listed", "moment", "named", "stretch"]


def moment(at: datetime) -> str:
    """Return ``Mon 2026-11-30 17:30``; seconds only where there are some, which no clinic keeps."""
    clock = "%H:%M:%S" if at.second or at.microsecond else "%H:%M"
    return f"{DAYS[at.weekday()]} {at.date().isoformat()} {at.strftime(clock)}"


def stretch(start: datetime, end: datetime) -> str:
    """Return ``Mon 2026-11-30 17:30-20:30``; midnight at the end of a day is 24:00."""
    if end.date() == start.date():
        return f"{moment(start)}-{end:%H:%M}"
    if end.time() == time.min and end.date() - start.date() == timedelta(days=1):
        return f"{moment(start)}-24:00"
    return f"{moment(start)} to {moment(end)}"


def counted(number: int, thing: str) -> str:
    """Return ``1 session`` or ``2 sessions``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def listed(ids: Iterable[str]) -> str:
    """Return sorted ids as one phrase; ``nobody`` where there are none."""
    return ", ".join(sorted(ids)) or "nobody"


def named(session: Session) -> str:
    """Return what, whose, when and where a session is."""
    whose = session.group if session.group is not None else listed(set(session.participants))
    where = "" if session.room is None else f" in {session.room}"
    return f"{session.service} of {whose}, {stretch(session.start, session.end)}{where}"
