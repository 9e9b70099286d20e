"""Which meetings a group need could count on if nothing else were in the way, and what rules them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from iopsched.explain.counting import telling
from iopsched.explain.occupancy import Occupancy
from iopsched.explain.situation import ANY_WEEK, OwnWeek, Situation
from iopsched.explain.words import clocks, day_names, few, joined, plural
from iopsched.instance.models import Group
from iopsched.instance.windows import MINUTES_PER_DAY, start_minutes
from iopsched.options.calendar import BoolArray, IntArray
from iopsched.options.meetings import AttendanceOptions, may_join
from iopsched.roster.models import Note

__all__ = ["Meetings", "by_group", "joining_reasons", "meetings_of", "said_by_group"]


@dataclass(frozen=True)
class Meetings:
    """Every meeting that groups open to a participant could hold in the hours; arrays of shape (n,).

    Attributes
    ----------
    groups, starts : array of int
        Index of the group, minute of the week.
    options : array of int
        The meeting option, or -1 where it is none.
    week : OwnWeek
        The participant's other sessions.
    """

    situation: Situation
    asked: AttendanceOptions
    groups: IntArray
    starts: IntArray
    options: IntArray
    week: OwnWeek

    def only(self, kept: BoolArray) -> Meetings:
        """Keep some of the meetings."""
        return Meetings(
            self.situation, self.asked, self.groups[kept], self.starts[kept], self.options[kept], self.week
        )

    def beside(self, occupancy: Occupancy) -> Meetings:
        """Judge the same meetings beside the sessions that a participant has in an occupancy."""
        week = OwnWeek.of(occupancy, self.asked.participant)
        return Meetings(self.situation, self.asked, self.groups, self.starts, self.options, week)

    def attended(
        self,
        free: BoolArray,
        *,
        mix: bool | None = None,
        apart: int | None = None,
        limited: bool = True,
        past: bool = True,
    ) -> int:
        """Return how many of some meetings the participant could attend, one rule loosened or none.

        With ``limited`` off, the program limits nothing; with ``past`` off, meetings that are frozen do not
        count towards their group's.

        Counts each group's ``meetings``, ``same_start``, one meeting a day, and the need's rules.
        """
        need = self.asked.need
        mix = need.mix_groups if mix is None else mix
        apart = need.min_days_apart if apart is None else apart
        week, minutes = self.week if limited else ANY_WEEK, self.asked.service.minutes
        alone: list[int] = []
        shared: dict[int, int] = defaultdict(int)
        for group in np.unique(self.groups[free]):
            held = self._days_of_group(int(group), self.starts[free & (self.groups == group)])
            most = max(week.most(days, minutes, apart) for days in held)
            alone.append(min(most, self._meetings_left(int(group), past)))
            for day in set().union(*held):
                shared[day] += 1
        if not mix:
            return max(alone, default=0)
        days = {day: 1 if apart else count for day, count in shared.items()}
        return min(sum(alone), week.most(days, minutes, apart))

    def _days_of_group(self, group: int, starts: IntArray) -> list[dict[int, int]]:
        """Return the days of a group's meetings, for each time of day where they all begin at one."""
        same = self.situation.options.instance.groups[group].same_start
        times = np.unique(starts % MINUTES_PER_DAY) if same else [None]
        chosen = [starts if time is None else starts[starts % MINUTES_PER_DAY == time] for time in times]
        return [dict.fromkeys(map(int, some // MINUTES_PER_DAY), 1) for some in chosen]

    def _meetings_left(self, group: int, past: bool) -> int:
        held = sum(1 for frozen in self.situation.facts.frozen if past and frozen.group == group)
        return max(0, self.situation.options.instance.groups[group].meetings - held)

    def loosened(self, free: BoolArray, reached: int) -> list[str]:
        """Return the rules of the need each of which alone keeps some meetings from serving it better."""
        trials = {
            "frozen": self.attended(free, past=False),
            "one-group": self.attended(free, mix=True),
            "too-few-days": self.attended(free, apart=min(1, self.asked.need.min_days_apart)),
            "day-limit": self.attended(free, limited=False),
        }
        return [code for code, most in trials.items() if most > reached]


def meetings_of(situation: Situation, asked: AttendanceOptions) -> Meetings:
    """List the meetings in the clinic's hours of the groups that a participant may join, beside the past."""
    instance, facts = situation.options.instance, situation.whole_week
    found: list[tuple[int, int]] = []
    for k, group in enumerate(instance.groups):
        if may_join(facts, asked.participant, asked.need, group):
            starts = np.array(start_minutes(group.starts), np.int32)
            starts = starts[starts % instance.slot_minutes == 0]
            found += [(k, int(start)) for start in facts.within_hours(starts, asked.service.minutes)]
    return Meetings(
        situation,
        asked,
        np.array([group for group, _ in found], np.int32),
        np.array([start for _, start in found], np.int32),
        np.array([situation.option_at.get(place, -1) for place in found], np.int32),
        OwnWeek.of(situation.past, asked.participant),
    )


def by_group(meetings: Meetings, barred: BoolArray) -> dict[str, list[str]]:
    """Return the first few of some meetings' starts for each group."""
    instance = meetings.situation.options.instance
    return {
        instance.groups[int(group)].id: clocks(meetings.starts[barred & (meetings.groups == group)])
        for group in np.unique(meetings.groups[barred])
    }


_GROUPS_SAID = 3
"""Groups that a sentence names; the note's fields hold them all."""


def said_by_group(found: dict[str, list[str]]) -> str:
    """Return ``evening: Mon 17:30, Wed 17:30; morning: Tue 09:00``, and how many more groups there are."""
    said = [f"{group}: {few(starts, 4)}" for group, starts in found.items()]
    more = len(said) - _GROUPS_SAID
    return "; ".join(said[:_GROUPS_SAID]) + (f"; and {plural(more, 'more group')}" if more > 0 else "")


def joining_reasons(
    situation: Situation, asked: AttendanceOptions, meetings: Meetings
) -> tuple[list[Note], BoolArray]:
    """Explain what no roster could give a group need.

    Returns
    -------
    list of Note
        Codes ``no-group``, ``group-times``, ``group-staff``, ``not-staff``, ``group-size``, ``frozen``,
        ``one-group``, ``too-few-days``, ``day-limit`` and ``group-meetings``.
    array of bool, shape (n,)
        The meetings that they could attend.
    """
    barred = _never(situation, asked, meetings)
    possible = ~np.logical_or.reduce(list(barred.values()))
    whole = np.ones(len(meetings.starts), np.bool_)
    if not len(whole):
        return [_no_group(situation, asked)], whole
    if not situation.facts.day_fits(situation.person(asked), asked.service.minutes):
        return [_said(meetings, "day-limit", whole)], ~whole
    if meetings.attended(possible) >= asked.wanted:
        return [], possible
    # Too few even if all were held and could be attended.
    inherent = meetings.attended(whole) < asked.wanted
    if inherent:
        codes = meetings.loosened(whole, asked.wanted - 1) or ["group-meetings"]
        return [_said(meetings, code, whole) for code in codes], possible

    def leaves(some: Collection[str]) -> int:
        return meetings.attended(~np.logical_or.reduce([~whole, *(barred[code] for code in some)]))

    codes = list(telling(tuple(barred), leaves, asked.wanted - 1))
    codes += [code for code in meetings.loosened(possible, asked.wanted - 1) if code not in codes]
    shown = {code: some for code, some in barred.items() if some.any()}
    return [_said(meetings, code, shown.get(code, possible)) for code in codes], possible


def _never(situation: Situation, asked: AttendanceOptions, meetings: Meetings) -> dict[str, BoolArray]:
    """Tell for each meeting what rules it out whatever else the clinic does."""
    facts, options = situation.whole_week, situation.options
    possible = situation.meetings_of_whole_week
    never = {facts.staff_index[member] for member in asked.need.not_staff}
    size = len(meetings.starts)
    barred = {
        code: np.zeros(size, np.bool_)
        for code in ("group-times", "no-leader", "no-room", "not-staff", "frozen", "group-size")
    }
    barred["group-times"] = ~facts.participants[asked.participant].fits(
        meetings.starts, asked.service.minutes
    )
    attendable = set(asked.meetings)
    for k, place in enumerate(zip(map(int, meetings.groups), map(int, meetings.starts), strict=True)):
        option = possible.get(place)
        group = options.instance.groups[place[0]]
        if option is None:
            barred["no-leader" if _room_serves(situation, group, place[1]) else "no-room"][k] = True
            continue
        unwanted = any(len(set(part.staff) - never) < part.leaders for part in option.parts)
        barred["not-staff"][k] = unwanted
        index = int(meetings.options[k])
        if index not in attendable:
            barred["frozen"][k] = situation.begun and not unwanted and not barred["group-times"][k]
        elif group.max_size < 1 or len(options.attendable_by[index]) < group.min_size:
            barred["group-size"][k] = True
    return barred


def _room_serves(situation: Situation, group: Group, start: int) -> bool:
    """Tell whether a meeting would have a room, whoever leads it."""
    service = situation.options.instance.service_by_id[group.service]
    people = max(part.leaders for part in service.parts) + max(1, group.min_size)
    return service.remote or any(
        room_class.kind in service.room_kinds
        and room_class.capacity >= people
        and (group.rooms is None or room_class.rooms[0] in group.rooms)
        and room_class.calendar.fits_at(start, service.minutes)
        for room_class in situation.whole_week.classes
    )


def _no_group(situation: Situation, asked: AttendanceOptions) -> Note:
    """Say why no group is open to a participant, or that none of those meets within the hours."""
    instance, person, need = situation.options.instance, situation.person(asked), asked.need
    groups = [group for group in instance.groups if group.service == need.service]
    if not groups:
        return Note(code="no-group", text=f"There is no group of {need.service}.", groups=[])
    allowed = [group for group in groups if need.groups is None or group.id in need.groups]
    if not allowed:
        text = f"The need allows only groups that do not exist ({few(need.groups or ()) or 'none'})."
        return Note(code="no-group", text=text, groups=[group.id for group in groups])
    open_ = [group for group in allowed if set(group.open_to) <= set(person.tags)]
    if open_:
        names = [group.id for group in open_]
        text = f"No start of {joined(names)} lies within the clinic's hours on a day that is open."
        return Note(code="group-times", text=text, groups=names)
    lacking = {group.id: sorted(set(group.open_to) - set(person.tags)) for group in allowed}
    said = "; ".join(f"{group} is for {', '.join(tags)}" for group, tags in list(lacking.items())[:4])
    text = f"No group of {need.service} is open to {person.id}, who lacks the tags: {said}."
    return Note(code="no-group", text=text, groups=list(lacking), tags=lacking)


def _said(meetings: Meetings, code: str, barred: BoolArray) -> Note:
    """Return the note of what rules meetings out."""
    situation, asked = meetings.situation, meetings.asked
    person, need = situation.person(asked), asked.need
    found = by_group(meetings, barred)
    where, program = said_by_group(found), situation.facts.program(person)
    days = few(day_names(meetings.starts[barred]), 7)
    text = {
        "group-times": f"{person.id} is not free, travel considered, when these groups meet: {where}.",
        "no-leader": f"Nobody could lead some part then: {where}.",
        "no-room": f"No room that serves is to be had then: {where}.",
        "not-staff": f"Only staff whom the need excludes could lead {where}.",
        "group-size": f"Too few could ever attend for the least size to be reached: {where}.",
        "frozen": f"What is past stands and rules out {where}.",
        "one-group": (
            f"All {plural(need.sessions, 'session')} must be of one group, and no one group has as many "
            f"meetings that {person.id} can attend; several groups together have."
        ),
        "too-few-days": (
            f"Meetings that {person.id} could attend are on {days}: too few that are "
            f"{plural(need.min_days_apart, 'day')} apart."
        ),
        "day-limit": f"Program {program.id} allows too few days, or too few minutes a day, for them.",
        "group-meetings": f"The groups open to {person.id} ({few(found)}) hold too few meetings in the week.",
    }[code]
    named = "group-staff" if code in ("no-leader", "no-room") else code
    return Note(code=named, text=text, groups=list(found), starts=found)
