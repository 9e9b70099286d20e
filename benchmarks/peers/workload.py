"""How much staff may lead: ``staff-load``, ``staff-break`` and ``staff-rest``."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.peers.builder import Item
from benchmarks.peers.clinic import Clinic, Lead, once_a_day
from iopsched.instance.models import Staff

__all__ = ["staff_break", "staff_load", "staff_rest"]


def staff_load(clinic: Clinic) -> None:
    """Led minutes by day and by week, notes not counted, and different participants seen."""
    by_week: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (k, _), leads in clinic.leads.items():
        led = [(lead.end - lead.start, lead.var) for lead in leads if lead.end > lead.start]
        by_week[k] += led
        longest = clinic.options.instance.staff[k].max_minutes_per_day
        if longest is not None:
            clinic.builder.row(led, None, longest)
    for k, led in by_week.items():
        longest = clinic.options.instance.staff[k].max_minutes_per_week
        if longest is not None:
            clinic.builder.row(led, None, longest)
    _caseload(clinic)


def _caseload(clinic: Clinic) -> None:
    seen: dict[int, dict[int, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    for asked in clinic.asked.values():
        for member, places in asked.by_staff.items():
            seen[member][asked.options.participant] += once_a_day(asked.options.need, places)
    for member, participants in seen.items():
        most = clinic.options.instance.staff[member].max_participants
        if most is None or len(participants) <= most:
            continue
        cases = []
        for exclusive in participants.values():
            case = clinic.builder.bool()
            cases.append((1, case))
            for variables in exclusive:
                clinic.builder.at_most_one(variables, within=case)
        clinic.builder.row(cases, None, most)


def staff_break(clinic: Clinic) -> None:
    """No run is longer than ``max_minutes_without_break``; together with ``staff-free`` for such staff.

    A break is an interval of ``break_minutes`` in which nothing is led or written. Whatever begins at t
    and ends at e needs one that begins in [e, t + longest run]. A run's break may begin where the run
    ends, so breaks begin where something may end, and no two of a day overlap.
    """
    for (k, _), leads in clinic.leads.items():
        member = clinic.options.instance.staff[k]
        if member.max_minutes_without_break is not None:
            items = [Item(lead.start, lead.until, lead.var) for lead in leads]
            breaks = _breaks(clinic, member, leads) if member.break_minutes else []
            clinic.builder.no_overlap([*items, *breaks])


def _breaks(clinic: Clinic, member: Staff, leads: list[Lead]) -> list[Item]:
    longest = member.max_minutes_without_break
    assert longest is not None
    last = max(lead.until for lead in leads)
    needing = [lead for lead in leads if lead.start + longest < last]
    if not needing:
        return []
    breaks = {
        moment: Item(moment, moment + member.break_minutes, clinic.builder.bool())
        for moment in sorted({lead.until for lead in leads})
    }
    for lead in needing:
        until = lead.start + longest
        enough = [(-1, item.var) for item in breaks.values() if lead.until <= item.start <= until]
        clinic.builder.row([(1, lead.var), *enough], None, 0)
    return list(breaks.values())


def staff_rest(clinic: Clinic) -> None:
    """At least ``rest_hours`` lie between a day's last led end and the next day's first start.

    Everything that holds a moment of the evening and lasts until e excludes everything that holds a
    moment of the morning and begins by s, where s − e is too short.
    """
    for (k, day), leads in clinic.leads.items():
        rest = clinic.options.instance.staff[k].rest_hours
        following = clinic.leads.get((k, day + 1))
        if not rest or not following:
            continue
        evening = [Item(lead.start, lead.end, lead.var) for lead in leads if lead.end > lead.start]
        morning = [Item(lead.start, lead.end, lead.var) for lead in following if lead.end > lead.start]
        for end in sorted({item.end for item in evening}):
            late = [item.var for item in evening if item.start < end <= item.end]
            starts = {item.start for item in morning if item.start - end < rest * 60}
            for start in sorted(starts):
                early = [item.var for item in morning if item.start <= start < item.end]
                clinic.builder.at_most_one([*late, *early])
