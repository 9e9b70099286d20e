"""From the clinic's wall clock to moments that other systems understand."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["instants", "offset_text"]


def instants(start: datetime, end: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Return when a stretch of the wall clock begins and ends, in its time zone.

    A start that comes twice when clocks are set back is the first of the two; one that they skip when set
    forward is as much later (RFC 5545, 3.3.5). The end is as many minutes later as the wall clock's times
    are apart: a session lasts as long as it lasts.

    Parameters
    ----------
    start, end : datetime
        On the clinic's wall clock, without an offset.
    timezone : str
        IANA name.
    """
    zone = ZoneInfo(timezone)
    begins = start.replace(tzinfo=zone).astimezone(UTC)
    return begins.astimezone(zone), (begins + (end - start)).astimezone(zone)


def offset_text(moment: datetime) -> str:
    """Return what a clock is set to, as in ``UTC-06:00``."""
    return f"UTC{moment.isoformat()[-6:]}"
