"""The hard rules that the options leave open, each under its id of ``docs/rules.md``.

``grid``, ``hours``, ``family-free``, and what the other rules say about one session alone, are settled by
which places there are. ``frozen`` is not for peers: they plan weeks that have not begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from benchmarks.peers.builder import Item
from benchmarks.peers.clinic import Clinic, Visit, once_a_day
from benchmarks.peers.workload import staff_break, staff_load, staff_rest
from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["RULES"]


def participant_free(clinic: Clinic) -> None:
    """A participant is in one session at a time; their sessions are on days that they come."""
    for key, visits in clinic.visits.items():
        items = [Item(visit.start, visit.end, visit.var) for visit in visits]
        clinic.builder.no_overlap(items, within=clinic.day[key])


def staff_free(clinic: Clinic) -> None:
    """Nobody leads, or writes notes of, two things at once.

    Days are apart unless notes run past midnight. Where somebody needs breaks, ``staff_break`` says it.
    """
    late: set[int] = set()
    for (member, day), leads in clinic.leads.items():
        if any(lead.until > (day + 1) * MINUTES_PER_DAY for lead in leads):
            late.add(member)
        if clinic.options.instance.staff[member].max_minutes_without_break is None:
            clinic.builder.no_overlap([Item(lead.start, lead.until, lead.var) for lead in leads])
    for member in late:
        every = (lead for (who, _), leads in clinic.leads.items() if who == member for lead in leads)
        clinic.builder.no_overlap([Item(lead.start, lead.until, lead.var) for lead in every])


def same_staff(clinic: Clinic) -> None:
    """One person leads all sessions of a need that asks for it (rule ``staff-fit``)."""
    for asked in clinic.asked.values():
        by_staff = asked.by_staff
        if not asked.options.one_leader or len(by_staff) < 2:
            continue
        who = {member: clinic.builder.bool() for member in by_staff}
        clinic.builder.at_most_one(list(who.values()))
        for member, places in by_staff.items():
            for exclusive in once_a_day(asked.options.need, places):
                clinic.builder.at_most_one(exclusive, within=who[member])


def not_staff(clinic: Clinic) -> None:
    """Whoever a member of a group must not have leads no part of a meeting they are at (``staff-fit``)."""
    never = {
        attendance.index: {clinic.options.facts.staff_index[one] for one in attendance.need.not_staff}
        for attendance in clinic.options.attendances
        if attendance.need.not_staff
    }
    for held in clinic.held.values():
        for need, attend in held.attend.items():
            for leads in held.parts:
                for member in never.get(need, set()) & leads.keys():
                    clinic.builder.row([(1, attend), (1, leads[member]), (-1, held.run)], None, 0)


def room_free(clinic: Clinic) -> None:
    """A class of rooms holds as many sessions at a time as it has rooms."""
    for room_class, items in clinic.used.items():
        clinic.builder.cumulative(items, clinic.options.facts.classes[room_class].places)


def group_size(clinic: Clinic) -> None:
    """A meeting that runs has neither too few nor too many, and its room seats all (``room-fit``)."""
    for held in clinic.held.values():
        group = clinic.options.instance.groups[held.option.group]
        present = [(1, var) for var in held.attend.values()]
        clinic.builder.row([*present, (-group.min_size, held.run)], 0, None)
        seats = [(-group.max_size, held.run)]
        if held.rooms:
            classes = clinic.options.facts.classes
            most = {
                room: min(group.max_size, classes[room].capacity - held.option.most_leaders)
                for room in held.rooms
            }
            seats = [(-most[room], var) for room, var in held.rooms.items()]
        clinic.builder.row([*present, *seats], None, 0)
        for _, var in present:
            clinic.builder.row([(1, var), (-1, held.run)], None, 0)


def group_meetings(clinic: Clinic) -> None:
    """A group meets at most so often, on different days, and at one time of day if it asks for that."""
    for group, indices in clinic.options.meetings_of.items():
        asked = clinic.options.instance.groups[group]
        by_day: dict[int, list[int]] = defaultdict(list)
        by_time: dict[int, list[int]] = defaultdict(list)
        for index in indices:
            held = clinic.held[index]
            by_day[held.option.day].append(held.run)
            by_time[held.option.time_of_day].append(held.run)
        for runs in by_day.values():
            clinic.builder.at_most_one(runs)
        clinic.builder.row([(1, clinic.held[index].run) for index in indices], None, asked.meetings)
        if asked.same_start and len(by_time) > 1:
            chosen = {time: clinic.builder.bool() for time in by_time}
            clinic.builder.at_most_one(list(chosen.values()))
            for time, runs in by_time.items():
                for run in runs:
                    clinic.builder.row([(1, run), (-1, chosen[time])], None, 0)


def group_member(clinic: Clinic) -> None:
    """All sessions of a need are of one group unless it may mix them."""
    for attendance in clinic.options.attendances:
        by_group: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for held in map(clinic.held.__getitem__, attendance.meetings):
            by_group[held.option.group].append((held.option.day, held.attend[attendance.index]))
        if attendance.need.mix_groups or len(by_group) < 2:
            continue
        joined = {group: clinic.builder.bool() for group in by_group}
        clinic.builder.at_most_one(list(joined.values()))
        for group, places in by_group.items():
            for day in {day for day, _ in places}:
                today = [var for when, var in places if when == day]
                clinic.builder.at_most_one(today, within=joined[group])


def apart(clinic: Clinic) -> None:
    """Two participants apart are never in one meeting."""
    pairs = {
        frozenset((participant.id, other))
        for participant in clinic.options.instance.participants
        for other in participant.apart_from
    }
    index = clinic.options.facts.participant_index
    for held in clinic.held.values():
        who = {clinic.options.attendances[need].participant: var for need, var in held.attend.items()}
        for pair in pairs:
            both = [who[index[one]] for one in pair if index[one] in who]
            if len(both) == 2:
                clinic.builder.at_most_one(both, within=held.run)


def need_count(clinic: Clinic) -> None:
    """Never more sessions than needed."""
    for key, visits in clinic.of_need.items():
        wanted = clinic.options.need_index[key].wanted
        clinic.builder.row([(1, visit.var) for visit in visits], None, wanted)


def need_spacing(clinic: Clinic) -> None:
    """At most one session of a need in any ``min_days_apart`` days."""
    for key, visits in clinic.of_need.items():
        need = clinic.options.need_index[key].need
        if need.sessions > 1 and need.min_days_apart > 0:
            for first in range(max(1, 8 - need.min_days_apart)):
                days = range(first, first + need.min_days_apart)
                near = [visit.var for visit in visits if visit.start // MINUTES_PER_DAY in days]
                clinic.builder.at_most_one(near)


def need_order(clinic: Clinic) -> None:
    """What comes ``after`` a need begins when every session of that need has ended.

    wanted × Σ (begins of one day until t) ≤ (sessions before that have ended by t).
    """
    for key, visits in clinic.of_need.items():
        participant, _ = key
        need = clinic.options.need_index[key].need
        before = clinic.options.need_index.get((participant, need.after or ""))
        if before is None or before.wanted == 0:
            continue
        ended = _ended(clinic, clinic.of_need.get((participant, before.need.service), []), before.wanted)
        for exclusive in once_a_day(need, ((visit.start, visit.var) for visit in visits)):
            today = sorted(visit for visit in visits if visit.var in exclusive)
            for visit in today:
                until = [(before.wanted, other.var) for other in today if other.start <= visit.start]
                last = max((moment for moment in ended if moment <= visit.start), default=None)
                done = [] if last is None else [(-1, ended[last])]
                clinic.builder.row([*until, *done], None, 0)


def _ended(clinic: Clinic, visits: list[Visit], wanted: int) -> dict[int, int]:
    """Return for each moment at which some of these sessions may end how many have ended by then."""
    by_end: dict[int, list[int]] = defaultdict(list)
    for visit in visits:
        by_end[visit.end].append(visit.var)
    ended: dict[int, int] = {}
    previous: list[tuple[int, int]] = []
    for end in sorted(by_end):
        ended[end] = clinic.builder.count(wanted)
        clinic.builder.row([*((1, var) for var in by_end[end]), *previous, (-1, ended[end])], 0, 0)
        previous = [(1, ended[end])]
    return ended


def day_limit(clinic: Clinic) -> None:
    """A participant comes on no more days, and on a day no longer, than their program allows."""
    by_participant: dict[int, list[int]] = defaultdict(list)
    for (participant, day), visits in clinic.visits.items():
        today = clinic.day[participant, day]
        by_participant[participant].append(today)
        longest = clinic.program(participant).max_minutes_per_day
        if longest is not None:
            lengths = [(visit.end - visit.start, visit.var) for visit in visits]
            clinic.builder.row([*lengths, (-longest, today)], None, 0)
    for participant, days in by_participant.items():
        most = clinic.program(participant).max_days_per_week
        if most is not None and most < len(days):
            clinic.builder.row([(1, day) for day in days], None, most)


def pin(clinic: Clinic) -> None:
    """What is pinned stands; the places hold only what the pins allow."""
    required: list[list[int]] = []
    for asked in clinic.asked.values():
        required += [[asked.at[start]] if start in asked.at else [] for start in asked.options.pinned]
    for attendance in clinic.options.attendances:
        required += [[clinic.held[index].attend[attendance.index]] for index in attendance.pinned]
    required += [[held.run] for held in clinic.held.values() if held.option.pin is not None]
    for variables in required:
        clinic.builder.row([(1, var) for var in variables], 1, None)


RULES: tuple[Callable[[Clinic], None], ...] = (
    participant_free,
    staff_free,
    same_staff,
    not_staff,
    staff_load,
    staff_break,
    staff_rest,
    room_free,
    group_size,
    group_meetings,
    group_member,
    apart,
    need_count,
    need_spacing,
    need_order,
    day_limit,
    pin,
)
"""Every rule that needs a constraint."""
