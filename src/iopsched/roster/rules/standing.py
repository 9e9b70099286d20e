"""What already stands: ``pin`` and ``frozen``."""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.instance.models import Pin
from iopsched.roster.models import Session
from iopsched.roster.placed import Placed
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable, identity
from iopsched.roster.words import listed, moment, named, stretch

__all__ = ["frozen", "pin"]


def pin(table: Timetable) -> Iterator[Violation]:
    """Check ``pin``: what is pinned stands.

    A pin before the moment of re-planning has had its time: what happened then is the rule ``frozen``'s.
    """
    for pinned in table.instance.pins:
        start = table.calendar.moment(pinned.minute)
        if table.frozen_from is not None and start < table.frozen_from:
            continue
        there = [placed for placed in _pinned_to(table, pinned) if placed.start == start]
        if not there:
            what = f"pinned, but not in the roster: {_words(pinned)}, {moment(start)}"
        elif all(_differs(pinned, placed) for placed in there):
            what = f"pinned otherwise: {_words(pinned)}, {moment(start)}: {_differs(pinned, there[0])}"
        else:
            continue
        yield Violation(
            rule="pin",
            text=what,
            session=there[0].session.id if there else None,
            participants=() if pinned.participant is None else (pinned.participant,),
            staff=tuple(sorted(set(pinned.staff or ()))),
            group=pinned.group,
            room=pinned.room,
            when=start,
        )


def _pinned_to(table: Timetable, pinned: Pin) -> list[Placed]:
    """Return the sessions that could be the pinned one, whenever they start."""
    if pinned.group is None:
        return table.of_need.get((pinned.participant or "", pinned.service or ""), [])
    meetings = table.of_group.get(pinned.group, [])
    if pinned.participant is None:
        return meetings
    return [meeting for meeting in meetings if pinned.participant in meeting.participants]


def _differs(pinned: Pin, placed: Placed) -> str:
    """Return what of the pinned staff and room differs; nothing where they stand."""
    wrong = []
    if pinned.staff is not None and set(pinned.staff) != placed.staff:
        wrong.append(f"led by {listed(placed.staff)}, not by {listed(set(pinned.staff))}")
    if pinned.room is not None and pinned.room != placed.session.room:
        wrong.append(f"in {placed.session.room or 'no room'}, not in {pinned.room}")
    return "; ".join(wrong)


def _words(pinned: Pin) -> str:
    if pinned.group is None:
        return f"{pinned.service} of {pinned.participant}"
    if pinned.participant is None:
        return f"meeting of {pinned.group}"
    return f"{pinned.participant} in {pinned.group}"


def frozen(table: Timetable) -> Iterator[Violation]:
    """Check ``frozen``: baseline sessions before the moment of re-planning stand exactly as they were.

    Their start decides. Nothing else starts before it. They are exempt from all other rules, but occupy
    people and rooms.
    """
    if table.frozen_from is None:
        return
    since = moment(table.frozen_from)
    lost = {session.id: session for session in table.lost}
    for placed in table.judged:
        before = lost.pop(placed.session.id, None)
        if before is not None:
            what = f"it has happened and must stand as it was: {_changed(before, placed.session)}"
        elif placed.start < table.frozen_from:
            what = f"it starts before {since}, and the baseline doesn't have it"
        else:
            continue
        yield concerning("frozen", placed, what, placed.participants, placed.staff)
    for session in lost.values():
        yield Violation(
            rule="frozen",
            text=f"{named(session)}: it has happened before {since} and is missing",
            session=session.id,
            participants=tuple(sorted(set(session.participants))),
            staff=tuple(sorted(set(session.staff))),
            group=session.group,
            room=session.room,
            when=session.start,
        )


def _changed(before: Session, now: Session) -> str:
    fields = ("id", "service", "group", "start", "end", "room", "participants", "family", "staff", "agenda")
    differ = [
        name
        for name, was, is_now in zip(fields, identity(before), identity(now), strict=True)
        if was != is_now
    ]
    was = f"{stretch(before.start, before.end)}, led by {listed(set(before.staff))}"
    return f"{', '.join(differ)} changed; it was {was}"
