"""VTIMEZONE components: what clocks are set to, for whoever reads a calendar.

``icalendar`` can make them too, but its version 7 says that clocks set forward begin an hour late: it
gives the new wall clock's time where RFC 5545 (3.6.5) asks for the old one's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

__all__ = ["zone_component"]

_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def zone_component(name: str, first_year: int, last_year: int) -> Timezone:
    """Return the VTIMEZONE of an IANA time zone: one observance for each time that its clocks are changed.

    It holds from the year before the first to the end of the year after the last.
    """
    zone = ZoneInfo(name)
    begin = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    component = Timezone()
    component.add("TZID", name)
    component.add_component(_observance(name, begin.astimezone(zone), begin.astimezone(zone)))
    for change in _changes(zone, begin, datetime(last_year + 2, 1, 1, tzinfo=UTC)):
        before = (change - timedelta(seconds=1)).astimezone(zone)
        component.add_component(_observance(name, before, change.astimezone(zone)))
    return component


def _observance(name: str, before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """Return what holds from a change on; it begins at the wall clock's time as it was set before.

    It is called daylight saving where clocks are set forward, though by Irish law winter is what is special.
    """
    old, new = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
    part = TimezoneDaylight() if new > old else TimezoneStandard()
    part.add("DTSTART", (after.astimezone(UTC) + old).replace(tzinfo=None))
    part.add("TZOFFSETFROM", old)
    part.add("TZOFFSETTO", new)
    part.add("TZNAME", after.tzname() or name)
    return part


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield each moment in UTC from which on clocks are set otherwise; none are less than a day apart."""
    day = begin
    while day < end:
        if _setting(zone, day) != _setting(zone, day + _DAY):
            early, late = day, day + _DAY
            while late - early > timedelta(seconds=1):
                middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
                early, late = (
                    (middle, late) if _setting(zone, middle) == _setting(zone, early) else (early, middle)
                )
            yield late
        day += _DAY


def _setting(zone: ZoneInfo, moment: datetime) -> tuple[object, ...]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.dst(), local.tzname()
