"""VEVENTs: made of entries, recognised again, and compared with what was there before."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from icalendar import Event

from iopsched.exchange.clocks import instants
from iopsched.exchange.entries import Entry
from iopsched.instance.models import Instance
from iopsched.roster.views import View

__all__ = ["is_ours", "updated"]

_SPACE: Final = UUID("5d4dbb7b-1d5c-4c0f-9d5e-2d9a5c9b7f10")
_OURS: Final = re.compile(r"[0-9a-f-]{36}\.[0-9]{8}\.[0-9a-f]{12}@timetable")
_REVISION: Final = ("SEQUENCE", "DTSTAMP")
"""What tells one state of an event from another, and is not part of what it says."""


def is_ours(event: Event) -> bool:
    """Tell whether an event was made here."""
    return _OURS.fullmatch(_uid(event)) is not None


def updated(
    before: Mapping[str, Event], owner: View, instance: Instance, now: Iterable[Entry]
) -> tuple[dict[str, Event], Counter[str]]:
    """Return an owner's events by UID, and how many are ``new``, ``changed`` and ``cancelled``.

    Events of other weeks and clinics stay as they are, and so do those of this week that say the same as
    before. One that says something else has its SEQUENCE raised; one that is no longer held stays as
    CANCELLED.
    """
    after = dict(before)
    counts: Counter[str] = Counter()
    held = set()
    for entry in now:
        event = _event(owner, instance, entry)
        uid = _uid(event)
        held.add(uid)
        old = before.get(uid)
        if old is None:
            after[uid] = _revised(event, instance.week, 0)
            counts["new"] += 1
        elif _said(old) != _said(event):
            after[uid] = _revised(event, instance.week, _sequence(old) + 1)
            counts["changed"] += 1
    for uid, old in before.items():
        if uid.endswith(_mark(instance)) and uid not in held and old.get("STATUS") != "CANCELLED":
            cancelled = deepcopy(old)
            del cancelled["STATUS"]
            cancelled.add("STATUS", "CANCELLED")
            after[uid] = _revised(cancelled, instance.week, _sequence(old) + 1)
            counts["cancelled"] += 1
    return after, counts


def _event(owner: View, instance: Instance, entry: Entry) -> Event:
    start, end = instants(entry.start, entry.end, instance.timezone)
    if end.fold:  # the wall clock shows this time twice, which only UTC tells apart
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    whose = [instance.id, instance.week.isoformat(), owner.kind, owner.id]
    key = json.dumps([*whose, entry.session, entry.number, entry.notes], ensure_ascii=True)
    event = Event()
    event.add("UID", f"{uuid5(_SPACE, key)}{_mark(instance)}")
    event.add("DTSTART", start)
    event.add("DTEND", end)
    event.add("SUMMARY", entry.title)
    if entry.place:
        event.add("LOCATION", entry.place)
    if entry.text:
        event.add("DESCRIPTION", entry.text)
    event.add("CLASS", "PRIVATE")
    event.add("STATUS", "CONFIRMED")
    return event


def _mark(instance: Instance) -> str:
    """Return how the UIDs of a clinic's week end; what the clinic is called can't be read from it."""
    clinic = hashlib.sha256(instance.id.encode()).hexdigest()[:12]
    return f".{instance.week:%Y%m%d}.{clinic}@timetable"


def _revised(event: Event, week: date, sequence: int) -> Event:
    """Put number and time of its state on an event.

    The time is a made-up one, so that the same rosters give the same files: a week before the roster's, and
    a minute later for each change, for a later state must have a later time (RFC 5545, 3.8.7.2).
    """
    for name in _REVISION:
        event.pop(name, None)
    stamp = datetime.combine(week - timedelta(days=7), time.min, UTC) + timedelta(minutes=sequence)
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", stamp)
    return event


def _said(event: Event) -> bytes:
    bare = deepcopy(event)
    for name in _REVISION:
        bare.pop(name, None)
    return bytes(bare.to_ical())


def _uid(event: Event) -> str:
    return str(event.get("UID", ""))


def _sequence(event: Event) -> int:
    return int(event.get("SEQUENCE", 0))
