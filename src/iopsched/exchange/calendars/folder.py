"""A folder of calendars and the index that says which is whose, brought from one roster to the next."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from icalendar import Calendar, Event

from iopsched.errors import InputError, Problem
from iopsched.exchange.calendars.events import is_ours, updated
from iopsched.exchange.calendars.zones import zone_component
from iopsched.exchange.csv_cells import as_meant, csv_text
from iopsched.exchange.entries import entries
from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.roster.models import Roster
from iopsched.roster.views import View, ViewKind, known_ids

__all__ = ["INDEX", "CalendarFolder", "calendar_folder", "file_name"]

INDEX: Final = "index.csv"

_KINDS: Final[tuple[ViewKind, ...]] = ("participant", "staff", "room")
_HEAD: Final = ("file", "kind", "id", "name")
_PRODUCT: Final = "-//Weekly timetable//EN"
"""Nothing in a participant's file says what kind of clinic it is from, its maker's name included."""

_PLAIN: Final = re.compile(r"[A-Z0-9_-]{1,60}")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")
_Events = dict[str, Event]


@dataclass(frozen=True)
class CalendarFolder:
    """What a folder holds after a roster.

    Attributes
    ----------
    files : mapping of str to bytes
        Every calendar that was asked for and the index, by file name; the index comes last.
    calendars : int
        How many calendars that is.
    new, changed, cancelled : int
        Events that the last of the rosters makes different.
    """

    files: Mapping[str, bytes]
    calendars: int
    new: int
    changed: int
    cancelled: int


def file_name(owner: View) -> str:
    """Return the name of somebody's file: the id where it is plain capitals, digits, ``_`` and ``-``.

    Any other id is written as far as a file name allows and told apart by a hash, so that no two ids have
    the same file even where upper and lower case are the same, and none leads out of the folder.
    """
    if _PLAIN.fullmatch(owner.id):
        return f"{owner.kind}-{owner.id}.ics"
    told = hashlib.sha256(owner.id.encode()).hexdigest()[:16]
    return f"{owner.kind}-{_UNSAFE.sub('-', owner.id)[:40]}.{told}.ics"


def calendar_folder(
    instance: Instance,
    rosters: Sequence[Roster],
    names: Names,
    before: Mapping[str, bytes],
    view: View | None = None,
) -> CalendarFolder:
    """Bring a folder of calendars up to date.

    Parameters
    ----------
    instance : Instance
        What was asked.
    rosters : sequence of Roster
        Answers of the week one after the other, oldest first; the last is what stands.
    names : Names
        Put on in place of ids.
    before : mapping of str to bytes
        What the folder holds, by file name; the state that SEQUENCE counts on from.
    view : View or None
        Whose calendar alone, a group's too; by default everybody's, but no group's.

    Raises
    ------
    InputError
        Where a file in the way is no calendar, or the index none.
    """
    known = _owners_in(before)
    owners = [view] if view is not None else sorted({*known, *_owners(instance, rosters)}, key=_order)
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    counts: Counter[str] = Counter()
    for owner in owners:
        file = file_name(owner)
        try:
            events = _events_in(before.get(file))
        except ValueError:
            remedy = "move it away, or name another folder"
            problems.append(Problem(file, "this file is no calendar that could be updated", remedy))
            continue
        last: Counter[str] = Counter()
        for roster in rosters:
            events, last = updated(events, owner, instance, entries(owner, instance, roster, names))
        counts += last
        files[file] = _calendar(owner, names, events)
    if problems:
        raise InputError(problems)
    listed = sorted({*known, *owners}, key=_order)
    rows = [(file_name(owner), owner.kind, owner.id, names.of(owner.kind, owner.id)) for owner in listed]
    files[INDEX] = csv_text(_HEAD, rows).encode()
    return CalendarFolder(files, len(owners), counts["new"], counts["changed"], counts["cancelled"])


def _order(owner: View) -> tuple[str, str]:
    return owner.kind, owner.id


def _owners(instance: Instance, rosters: Sequence[Roster]) -> set[View]:
    return {
        View(kind, name)
        for roster in rosters
        for kind in _KINDS
        for name in known_ids(kind, instance, roster)
    }


def _owners_in(before: Mapping[str, bytes]) -> set[View]:
    """Return whose calendars the index of a folder lists."""
    if INDEX not in before:
        return set()
    try:
        rows = list(csv.reader(io.StringIO(before[INDEX].decode("utf-8-sig"), newline="")))
        if tuple(rows[0]) != _HEAD:
            raise ValueError
        found = {View(_kind(kind), as_meant(name)) for _, kind, name, _ in filter(None, rows[1:])}
    except (ValueError, IndexError, csv.Error):
        remedy = "move it away, or name another folder"
        raise InputError([Problem(INDEX, "this file is no index of calendars", remedy)]) from None
    return found


def _kind(text: str) -> ViewKind:
    kinds: tuple[ViewKind, ...] = (*_KINDS, "group")
    for kind in kinds:
        if kind == text:
            return kind
    raise ValueError(text)


def _events_in(content: bytes | None) -> _Events:
    """Return the events of a file that were made here, by UID."""
    if content is None:
        return {}
    calendar = Calendar.from_ical(content)
    if not isinstance(calendar, Calendar):
        raise ValueError("a part of a calendar")
    events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event) and is_ours(event)]
    if not all(isinstance(event.DTSTART, datetime) and isinstance(event.DTEND, datetime) for event in events):
        raise ValueError("an event without times")
    return {str(event["UID"]): event for event in events}


def _calendar(owner: View, names: Names, events: _Events) -> bytes:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _PRODUCT)
    calendar.add("X-WR-CALNAME", _title(owner, names))
    placed = sorted(events.values(), key=_when)
    zones: dict[str, set[int]] = {}
    for event in placed:
        parameters: Mapping[str, str] = event["DTSTART"].params
        if "TZID" in parameters:
            zones.setdefault(parameters["TZID"], set()).update((event.start.year, event.end.year))
    for name, years in sorted(zones.items()):
        calendar.add_component(zone_component(name, min(years), max(years)))
    for event in placed:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _when(event: Event) -> tuple[float, str]:
    start = event.start
    return (start.timestamp() if isinstance(start, datetime) else 0.0), str(event["UID"])


def _title(owner: View, names: Names) -> str:
    return "Appointments" if owner.kind == "participant" else names.of(owner.kind, owner.id)
