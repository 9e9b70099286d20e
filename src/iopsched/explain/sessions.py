"""Why a one-to-one or family need is short in a plan that could have held it: what takes its times."""

from __future__ import annotations

from collections import Counter

import numpy as np

from iopsched.explain.arranging import arrangement
from iopsched.explain.counting import telling
from iopsched.explain.fitting import fitting_reasons
from iopsched.explain.own_words import day_limit_note, order_note, own_sessions
from iopsched.explain.places import Places, places_of, with_somebody
from iopsched.explain.situation import Situation
from iopsched.explain.words import clocks, day_names, few, plural
from iopsched.instance.times import clock
from iopsched.options.calendar import BoolArray
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Note

__all__ = ["session_reasons"]

_LIMITS = {
    "max_minutes_per_week": "minutes of the week",
    "max_minutes_per_day": "minutes of the day",
    "max_participants": "caseload",
    "max_minutes_without_break": "break",
    "rest_hours": "rest overnight",
}
"""What a planner calls the limits of a member of staff."""


def session_reasons(situation: Situation, asked: SessionOptions) -> list[Note]:
    """Explain why a one-to-one or family need is short."""
    notes, possible = fitting_reasons(situation, asked)
    reached = situation.reached(asked)
    if notes and possible <= reached:
        return notes
    places = places_of(situation, asked)
    if places.serves(places.free) > reached:
        return [*notes, _left_over(places)]
    if places.leaves(()) <= reached:
        codes = ["pin"]
    else:
        codes = list(telling(tuple(places.barred), places.leaves, reached))
        if asked.one_leader and places.serves(places.free, one_leader=False) > reached:
            codes = [code for code in codes if code != "times-taken"] + ["same-staff"]
    return notes + [_said(places, code) for code in codes]


def _said(places: Places, code: str) -> Note:
    """Return the note of what bars places."""
    if code == "order":
        return order_note(places.situation, places.asked, places.occupancy)
    if code == "day-limit":
        return day_limit_note(places.situation, places.asked, places.occupancy)
    return {
        "pin": _pin,
        "times-taken": _times_taken,
        "staff-limits": _staff_limits,
        "same-staff": _same_staff,
    }[code](places)


def _ids(places: Places, members: list[int]) -> list[str]:
    return [places.situation.options.instance.staff[k].id for k in members]


def _pin(places: Places) -> Note:
    times = places.asked.times
    starts = times[places.starts_barred(places.barred["pin"])]
    text = f"What is pinned already takes {len(starts)} of {plural(len(times), 'common start')}."
    return Note(code="pin", text=text, count=len(starts), starts=clocks(starts))


def _times_taken(places: Places) -> Note:
    asked, situation = places.asked, places.situation
    nobody_left = places.starts_barred(places.booked | places.barred["staff-limits"])
    at = {
        "participant": places.starts_barred(places.own),
        "staff": nobody_left & with_somebody(places.booked & asked.led),
        "rooms": places.starts_barred(places.full),
    }
    taken = np.logical_or.reduce(list(at.values()))
    staff, rooms = _booked_staff(places, at["staff"]), _rooms(situation, asked)
    held = own_sessions(asked, places.occupancy, asked.times)
    said = {
        "participant": f"{situation.person(asked).id} is in another session ({few(held, 3)})",
        "staff": f"nobody who could lead it is left (booked: {few(staff)})",
        "rooms": f"all rooms that serve are in use ({few(rooms)})",
    }
    counts = {kind: int(starts.sum()) for kind, starts in at.items() if starts.any()}
    counts = dict(sorted(counts.items(), key=lambda item: -item[1]))
    shares = "; ".join(f"at {count} {said[kind]}" for kind, count in counts.items())
    common = f"{plural(len(taken), 'common start')} on {few(day_names(asked.times), 7)}"
    enough = places.leaves(("times-taken",)) <= situation.reached(asked)
    rest = " What is left holds no further session." if enough and not taken.all() else ""
    text = f"Of {common}, {int(taken.sum())} are taken: {shares}.{rest}"
    return Note(
        code="times-taken",
        text=text,
        starts=clocks(asked.times[taken]),
        count=int(taken.sum()),
        common=len(taken),
        by=counts,
        staff=staff,
        rooms=rooms if "rooms" in counts else [],
    )


def _booked_staff(places: Places, starts: BoolArray) -> list[str]:
    """Return who is booked at some starts, at the most of them first."""
    booked = (places.booked & places.asked.led)[starts].sum(axis=0)
    busiest = Counter({int(k): int(booked[k]) for k in np.flatnonzero(booked)}).most_common()
    return _ids(places, [k for k, _ in busiest])


def _rooms(situation: Situation, asked: SessionOptions) -> list[str]:
    """Return the rooms in which a need's sessions could be."""
    return [
        room
        for room_class in situation.facts.classes
        if asked.rooms[:, room_class.index].any()
        for room in room_class.rooms
    ]


def _staff_limits(places: Places) -> Note:
    limits: dict[int, list[str]] = {}
    for (member, limit), _ in places.limits.most_common():
        limits.setdefault(member, []).append(limit)
    members = sorted(limits)
    names = _ids(places, members)
    said = [
        f"{name} ({', '.join(_LIMITS[limit] for limit in limits[member])})"
        for name, member in zip(names, members, strict=True)
    ]
    person = places.situation.person(places.asked).id
    return Note(
        code="staff-limits",
        text=f"Staff who are free when {person} could come have reached a limit: {few(said)}.",
        staff=names,
        limits={name: limits[member] for name, member in zip(names, members, strict=True)},
        starts=clocks(places.asked.times[with_somebody(places.barred["staff-limits"])]),
    )


def _same_staff(places: Places) -> Note:
    reached = places.situation.reached(places.asked)
    placed = places.situation.plan.placements.get(places.asked.index, ())
    leaders = _ids(places, sorted({session.staff for session in placed}))
    text = (
        f"One person must lead all sessions, and nobody alone has times left for more than "
        f"{plural(reached, 'session')}; different people together would have."
    )
    return Note(code="same-staff", text=text, count=reached, staff=leaders)


def _left_over(places: Places) -> Note:
    """Say what is with times that are left: one is usable as the plan stands, or they are not together."""
    situation, asked = places.situation, places.asked
    beside = places_of(situation, asked, one_more=True)
    usable = asked.times[with_somebody(beside.free)]
    if len(usable):
        first = clock(int(usable[0]))
        text = f"There is still time at {first}: the search ended before the session was placed."
        return Note(code="search-ended", text=text, starts=[first])
    without_limits = tuple(code for code in beside.barred if code != "staff-limits")
    if beside.leaves(without_limits) and arrangement(places, situation.reached(asked) + 1) is None:
        return _staff_limits(beside)
    starts = asked.times[with_somebody(places.free)]
    text = (
        f"No single fact explains it: times are left ({few(clocks(starts), 3)}), but not together with all "
        "that stands around them."
    )
    return Note(code="combination", text=text, starts=clocks(starts), count=len(starts))
