"""When whom leads what: the parts of a session, and one person's stretches of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from iopsched.roster.models import Session

__all__ = ["LedPart", "led_parts", "led_stretches"]


class LedPart(NamedTuple):
    """A part of a session that one member of staff leads; ``title`` is empty for a whole session."""

    staff: str
    start: datetime
    end: datetime
    title: str


def led_parts(session: Session) -> Iterator[LedPart]:
    """Yield each part of a session with each who leads it."""
    if session.agenda is None:
        for staff in session.staff:
            yield LedPart(staff, session.start, session.end, "")
    else:
        for item in session.agenda:
            for staff in item.staff:
                yield LedPart(staff, item.start, item.end, item.title)


def led_stretches(session: Session, staff: str) -> list[LedPart]:
    """Return when one member of staff leads a session; parts in a row are one.

    Their titles are joined; who leads the whole session leads it under no title.
    """
    stretches: list[LedPart] = []
    for part in sorted(part for part in led_parts(session) if part.staff == staff):
        if stretches and stretches[-1].end == part.start:
            before = stretches[-1]
            stretches[-1] = before._replace(end=part.end, title=f"{before.title}, {part.title}")
        else:
            stretches.append(part)
    whole = (session.start, session.end)
    return [part._replace(title="") if (part.start, part.end) == whole else part for part in stretches]
