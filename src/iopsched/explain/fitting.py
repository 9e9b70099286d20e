"""Reasons that hold whatever else the clinic does: qualification, common times, days, one leader."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np

from iopsched.explain.counting import held_by_day, most_sessions
from iopsched.explain.situation import OwnWeek, Situation
from iopsched.explain.words import clocks, day_names, few, joined, plural, sentence
from iopsched.instance.models import Staff
from iopsched.instance.times import clock
from iopsched.instance.windows import MINUTES_PER_WEEK
from iopsched.options.calendar import BoolArray, IntArray, family_calendar
from iopsched.options.facts import Facts
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Note

__all__ = ["fitting_reasons"]

_SIZES = ("alone", "pair", "triple", "everybody")
"""What the parties are called in a note that together have no common time, by how many they are."""


def fitting_reasons(situation: Situation, asked: SessionOptions) -> tuple[list[Note], int]:
    """Explain what no roster could give a one-to-one or family need.

    Returns
    -------
    list of Note
        Codes ``nobody-qualified``, ``staff-limits``, ``no-common-time``, ``too-few-days``, ``day-limit``,
        ``same-staff`` and ``frozen``.
    int
        The most sessions of the need that what remains of the week could still hold.
    """
    staff, unqualified = _qualified(situation, asked)
    if unqualified is not None:
        return [unqualified], 0
    facts = situation.whole_week
    person, need = situation.person(asked), asked.need
    parties = _parties(situation, asked, facts, staff)
    grid = facts.grid(asked.service)
    apart = _without_common_time(situation, asked, grid, parties, staff)
    if apart:
        return apart, 0
    together = np.logical_and.reduce(list(parties.values()), axis=0)
    common = grid[together]
    if not facts.day_fits(person, asked.minutes):
        return [_day_limit(situation, asked, 0)], 0
    notes: list[Note] = []
    held = held_by_day(common, asked.minutes, need.min_days_apart)
    most = most_sessions(held, need.min_days_apart)
    within_days = OwnWeek.within(facts.program(person), {}).most(held, asked.minutes, need.min_days_apart)
    if most < need.sessions:
        notes.append(_too_few_days(situation, asked, common, most))
    if within_days < min(most, need.sessions):
        notes.append(_day_limit(situation, asked, within_days))
    if asked.one_leader:
        by_member = _most_by_member(facts, asked, common, staff)
        if max(by_member.values()) < min(within_days, need.sessions):
            notes.append(_same_staff(situation, asked, by_member))
        within_days = min(within_days, max(by_member.values()))
    if not situation.begun:
        return notes, within_days
    left = _most_left(situation, asked)
    if left < asked.wanted and not notes:
        notes.append(_frozen(situation, asked, common, left))
    return notes, left


def _qualified(situation: Situation, asked: SessionOptions) -> tuple[list[int], Note | None]:
    """Narrow the staff down condition by condition; a note says which one removes the last."""
    need, service, facts = asked.need, asked.service, situation.facts
    members = situation.options.instance.staff
    wanted, tags = set(need.staff or ()), set(need.staff_tags)

    def ids(some: Iterable[int]) -> list[str]:
        return [members[k].id for k in some]

    def names(k: int) -> Staff:
        return members[k]

    left = [k for k in range(len(members)) if service.skill in names(k).skills]
    if not left:
        text = f"Nobody on the staff has the skill {service.skill}."
        return [], Note(code="nobody-qualified", text=text, condition="skill", skill=service.skill)
    conditions = (
        ("staff", [k for k in left if need.staff is None or names(k).id in wanted]),
        ("not_staff", [k for k in left if names(k).id not in need.not_staff]),
        ("staff_tags", [k for k in left if tags <= set(names(k).tags)]),
    )
    words = {
        "staff": f"none is among those whom the need names ({few(sorted(wanted)) or 'nobody'})",
        "not_staff": "all are excluded by the need's not_staff",
        "staff_tags": f"none has the tags that the need asks for ({few(sorted(tags))})",
    }
    for condition, passing in conditions:
        kept = [k for k in left if k in passing]
        if not kept:
            text = f"Of those who could lead {service.id} ({few(ids(left))}), {words[condition]}."
            return [], Note(
                code="nobody-qualified",
                text=text,
                condition=condition,
                skill=service.skill,
                staff=ids(left),
            )
        left = kept
    able = [
        k
        for k in left
        if names(k).max_participants != 0 and facts.lead_fits(k, service.minutes, service.note_minutes)
    ]
    if able:
        return able, None
    text = (
        f"The limits of those who could lead {service.id} ({few(ids(left))}) allow no session of "
        f"{service.minutes} minutes."
    )
    return [], Note(code="staff-limits", text=text, staff=ids(left))


def _parties(
    situation: Situation, asked: SessionOptions, facts: Facts, staff: list[int]
) -> dict[str, BoolArray]:
    """Tell for each start of the grid whether each party could hold the session, whoever else is there."""
    grid = facts.grid(asked.service)
    parties = {"participant": facts.participants[asked.participant].fits(grid, asked.minutes)}
    if asked.family:
        relatives = family_calendar(situation.person(asked), asked.family)
        parties["family"] = relatives.fits(grid, asked.minutes)
    parties["staff"] = np.logical_or.reduce([facts.staff[k].fits(grid, asked.minutes) for k in staff])
    if not asked.remote:
        suitable = [
            room_class.calendar.fits(grid, asked.minutes)
            for room_class in facts.classes
            if room_class.kind in asked.service.room_kinds and room_class.capacity >= _people(asked)
        ]
        parties["rooms"] = np.logical_or.reduce([np.zeros(len(grid), np.bool_), *suitable])
    return parties


def _people(asked: SessionOptions) -> int:
    return 2 + len(asked.family)


def _without_common_time(
    situation: Situation,
    asked: SessionOptions,
    grid: IntArray,
    parties: dict[str, BoolArray],
    staff: list[int],
) -> list[Note]:
    """Name the smallest sets of parties that have no start in common, if all together have none."""
    if not len(grid):
        text = (
            f"{asked.service.id} takes {asked.minutes} minutes, and there is no start from which they lie "
            "within the clinic's hours."
        )
        return [Note(code="no-common-time", text=text, alone=["hours"])]
    if np.logical_and.reduce(list(parties.values())).any():
        return []
    for size in range(1, len(parties) + 1):
        without = [
            some
            for some in combinations(parties, size)
            if not np.logical_and.reduce([parties[name] for name in some]).any()
        ]
        if without:
            break
    return [_no_common_time(situation, asked, grid, parties, some, staff) for some in without]


def _no_common_time(
    situation: Situation,
    asked: SessionOptions,
    grid: IntArray,
    parties: dict[str, BoolArray],
    some: tuple[str, ...],
    staff: list[int],
) -> Note:
    members = [situation.options.instance.staff[k].id for k in staff]
    names = {
        "participant": situation.person(asked).id,
        "family": f"the family ({few(asked.family)})",
        "staff": f"the staff who could lead it ({few(members)})",
        "rooms": f"the rooms that serve ({few(asked.service.room_kinds)}, for {_people(asked)} people)",
    }
    facts: dict[str, object] = {_SIZES[len(some) - 1]: list(some), "minutes": asked.minutes}
    if "staff" in some:
        facts["staff"] = members
    if len(some) == 1:
        text = (
            f"{names[some[0]]} {_never(situation, asked, some[0])} for {asked.minutes} minutes in the hours"
        )
        return Note(code="no-common-time", text=sentence(text) + ".", **facts)
    facts["days"] = {name: day_names(grid[parties[name]]) for name in some}
    short = {"participant": names["participant"], "family": "the family", "staff": "staff", "rooms": "rooms"}
    could = "; ".join(f"{short[name]} on {few(day_names(grid[parties[name]]), 7)}" for name in some)
    text = (
        f"{joined([names[name] for name in some])} have no time in common in the clinic's hours for "
        f"{asked.minutes} minutes. Each by itself could: {could}."
    )
    return Note(code="no-common-time", text=sentence(text), **facts)


def _never(situation: Situation, asked: SessionOptions, party: str) -> str:
    """Return the verb of who or what has no time by itself."""
    if party == "participant":
        return "is never free, commitments and travel considered,"
    if party == "family":
        return "is never available together"
    if party == "staff":
        return "are never at work and free"
    suitable = any(
        room.kind in asked.service.room_kinds and room.capacity >= _people(asked)
        for room in situation.options.instance.rooms
    )
    return "are never available" if suitable else "are not in the list of rooms: none is free"


def _too_few_days(situation: Situation, asked: SessionOptions, common: IntArray, most: int) -> Note:
    need, days = asked.need, day_names(common)
    wish = f", {need.min_days_apart} days apart" if need.min_days_apart > 1 else ""
    text = (
        f"Everybody's common times are on {few(days, 7)} and hold at most {plural(most, 'session')}{wish}; "
        f"{need.sessions} are needed."
    )
    return Note(code="too-few-days", text=text, days=days, count=most, starts=clocks(common))


def _day_limit(situation: Situation, asked: SessionOptions, most: int) -> Note:
    program = situation.facts.program(situation.person(asked))
    limits = {
        name: value
        for name in ("max_days_per_week", "max_minutes_per_day")
        if (value := getattr(program, name)) is not None
    }
    said = joined([f"{name} {value}" for name, value in limits.items()])
    text = f"Program {program.id} ({said}) allows at most {plural(most, 'session')} of it in the week."
    return Note(code="day-limit", text=text, program=program.id, count=most, **limits)


def _most_by_member(
    facts: Facts, asked: SessionOptions, common: IntArray, staff: list[int]
) -> dict[int, int]:
    """Return for each member of staff how many of a need's sessions they could lead."""
    own = OwnWeek.within(facts.program(facts.instance.participants[asked.participant]), {})
    apart = asked.need.min_days_apart
    found = {}
    for member in staff:
        times = common[facts.staff[member].fits(common, asked.minutes)]
        week = facts.instance.staff[member].max_minutes_per_week
        affordable = 50 if week is None else week // asked.minutes
        days = own.most(held_by_day(times, asked.minutes, apart), asked.minutes, apart)
        found[member] = min(days, affordable)
    return found


def _same_staff(situation: Situation, asked: SessionOptions, by_member: dict[int, int]) -> Note:
    most = max(by_member.values())
    members = situation.options.instance.staff
    nearest = [members[k].id for k, count in by_member.items() if count == most]
    text = (
        f"One person must lead all {asked.need.sessions} sessions, and nobody alone has times for more than "
        f"{most} ({few(nearest)})."
    )
    return Note(code="same-staff", text=text, staff=nearest, count=most)


def _most_left(situation: Situation, asked: SessionOptions) -> int:
    """Return the most sessions that what remains of the week could hold."""
    apart = asked.need.min_days_apart
    week = OwnWeek.of(situation.past, asked.participant)
    columns = [asked.times[led] for led in asked.led.T] if asked.one_leader else [asked.times]
    return max(
        (week.most(held_by_day(times, asked.minutes, apart), asked.minutes, apart) for times in columns),
        default=0,
    )


def _frozen(situation: Situation, asked: SessionOptions, common: IntArray, left: int) -> Note:
    first = situation.facts.first_minute
    since = clock(first) if first < MINUTES_PER_WEEK else "the end of the week"
    lost = common[common < first]
    past = f" {len(lost)} of {plural(len(common), 'common start')} were before it." if len(lost) else ""
    text = (
        f"The week is planned anew from {since} on, and what is past stands.{past} What is left holds "
        f"{left} of {plural(asked.wanted, 'session')} still to be had."
    )
    return Note(code="frozen", text=text, starts=clocks(lost), count=left, since=since)
