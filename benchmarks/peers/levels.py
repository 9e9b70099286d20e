"""The levels of the score as linear terms; what a level needs is added to the model when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.peers.builder import Item, Terms
from benchmarks.peers.clinic import Clinic, Visit
from iopsched.instance.models import Group

__all__ = ["LEVELS", "Objective"]


@dataclass
class Objective:
    """constant + Σ coefficient × variable, to be minimised; equal to the score where it is minimised."""

    constant: int = 0
    terms: Terms = field(default_factory=list)

    def add(self, weight: int, terms: Terms) -> None:
        """Add weight × Σ terms."""
        if weight:
            self.terms += [(weight * coefficient, var) for coefficient, var in terms]


def unmet(clinic: Clinic) -> Objective:
    """Σ over needs of priority × minutes × missing sessions."""
    objective = Objective()
    for key, options in clinic.options.need_index.items():
        placed = [visit.var for visit in clinic.of_need.get(key, [])]
        constant, missing = clinic.builder.missing(placed, options.wanted)
        objective.constant += options.weight * constant
        objective.add(options.weight, missing)
    return objective


def burden(clinic: Clinic) -> Objective:
    """Visits, waiting, sessions off preference, other staff than preferred, and short days."""
    objective = Objective()
    weights = clinic.options.instance.weights
    for (participant, day), visits in clinic.visits.items():
        today = clinic.day[participant, day]
        objective.add(weights.visit, [(1, today)])
        if weights.wait and _may_wait(clinic, visits):
            items = [Item(visit.start, visit.end, visit.var) for visit in visits]
            objective.add(weights.wait, clinic.builder.gaps(items, today))
        least = clinic.program(participant).billable_day_minutes
        if weights.short_day and least:
            short = clinic.builder.bool()
            led = [(min(visit.end - visit.start, least), visit.var) for visit in visits]
            clinic.builder.row([*led, (least, short), (-least, today)], 0, None)
            objective.add(weights.short_day, [(1, short)])
        calendar = clinic.options.facts.preferences[participant]
        if calendar is not None:
            off = [visit for visit in visits if not calendar.fits_at(visit.start, visit.end - visit.start)]
            objective.add(weights.off_preference, [(1, visit.var) for visit in off])
    for asked in clinic.asked.values():
        preferred = {clinic.options.facts.staff_index[one] for one in asked.options.need.prefer_staff}
        if preferred:
            other = [(1, var) for (_, member), var in asked.lead.items() if member not in preferred]
            objective.add(weights.other_staff, other)
    return objective


def _may_wait(clinic: Clinic, visits: list[Visit]) -> bool:
    """Tell whether a day may have two sessions."""
    needs = {visit.need for visit in visits}
    need = clinic.options.need_index[visits[0].need].need
    return len(needs) > 1 or (need.sessions > 1 and need.min_days_apart == 0)


def staffing(clinic: Clinic) -> Objective:
    """Meetings, changes of leaders, minutes above target, and idle minutes."""
    objective = Objective()
    weights = clinic.options.instance.weights
    objective.add(weights.meeting, [(1, held.run) for held in clinic.held.values()])
    if weights.leader_change:
        for group, indices in clinic.options.meetings_of.items():
            if indices:
                changes = _leader_changes(clinic, clinic.options.instance.groups[group], indices)
                objective.add(weights.leader_change, changes)
    if weights.over_target:
        objective.add(weights.over_target, _over_target(clinic))
    for leads in clinic.leads.values() if weights.idle else ():
        items = [Item(lead.start, lead.until, lead.var) for lead in leads]
        objective.add(weights.idle, clinic.builder.gaps(items, clinic.builder.bool()))
    return objective


def _leader_changes(clinic: Clinic, group: Group, indices: tuple[int, ...]) -> Terms:
    """Return Σ over parts of (different staff who lead it − its leaders), if the group meets."""
    builder = clinic.builder
    meets = builder.bool()
    held = [clinic.held[index] for index in indices]
    builder.row([*((1, one.run) for one in held), (-1, meets)], 0, None)
    days = {one.option.day for one in held}
    by_day = [[one for one in held if one.option.day == day] for day in sorted(days)]
    for today in by_day:
        builder.at_most_one([one.run for one in today], within=meets)
    terms: Terms = []
    for k, part in enumerate(clinic.options.instance.service_by_id[group.service].parts):
        ever = {}
        for member in sorted({member for one in held for member in one.parts[k]}):
            ever[member] = builder.bool()
            for today in by_day:
                led = [one.parts[k][member] for one in today if member in one.parts[k]]
                builder.at_most_one(led, within=ever[member])
        terms += [*((1, var) for var in ever.values()), (-part.leaders, meets)]
        builder.row([*((1, var) for var in ever.values()), (-part.leaders, meets)], 0, None)
    return terms


def _over_target(clinic: Clinic) -> Terms:
    """Return the minutes led above each target."""
    by_staff: dict[int, Terms] = defaultdict(list)
    for (k, _), leads in clinic.leads.items():
        by_staff[k] += [(lead.end - lead.start, lead.var) for lead in leads if lead.end > lead.start]
    terms: Terms = []
    for k, led in by_staff.items():
        target = clinic.options.instance.staff[k].target_minutes_per_week
        if target is not None:
            over = clinic.builder.count(sum(minutes for minutes, _ in led))
            clinic.builder.row([*led, (-1, over)], None, target)
            terms.append((1, over))
    return terms


LEVELS: dict[str, Callable[[Clinic], Objective]] = {"unmet": unmet, "burden": burden, "staffing": staffing}
"""In the order of comparison; without a baseline ``changes`` is 0."""
