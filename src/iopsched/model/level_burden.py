"""Level ``burden`` of the score: what the week costs its participants."""

from __future__ import annotations

from collections import defaultdict

from iopsched.model.builder import Literal
from iopsched.model.objective import Objective, add_idle, gaps
from iopsched.model.participants import visits_by_day
from iopsched.model.variables import Draft, SessionVariables, Visit

__all__ = ["burden"]


def burden(draft: Draft) -> Objective:
    """Σ over participants of the weighted visits, waiting, preferences, staff and short days."""
    objective = Objective()
    preferring: dict[int, list[SessionVariables]] = defaultdict(list)
    for session in draft.sessions.values():
        if session.options.need.prefer_staff:
            preferring[session.options.participant].append(session)
    for participant, visits in draft.visits.items():
        part = Objective()
        _off_preference(draft, part, participant, visits)
        for day, some in sorted(visits_by_day(visits).items()):
            _visit(draft, part, participant, day)
            _wait(draft, part, some)
            _short_day(draft, part, participant, day, some)
        for session in preferring[participant]:
            _other_staff(draft, part, session)
        objective.add_part(participant, part)
    return objective


def _visit(draft: Draft, objective: Objective, participant: int, day: int) -> None:
    """``visit`` × days with a session."""
    objective.add(draft.options.instance.weights.visit, draft.day_used(participant, day))


def _wait(draft: Draft, objective: Objective, visits: list[Visit]) -> None:
    """``wait`` × minutes between one session's end and the next's start on one day."""
    weight = draft.options.instance.weights.wait
    if not weight:
        return
    fixed = [visit for visit in visits if isinstance(visit.literal, int)]
    free = [visit for visit in visits if not isinstance(visit.literal, int)]
    if _at_most_one(free):
        # Only one thing is open on this day: what it adds is known for each choice.
        spans = [_span(visit) for visit in fixed]
        alone = gaps(spans)
        objective.constant += weight * alone
        for visit in free:
            objective.add(weight * (gaps([*spans, _span(visit)]) - alone), visit.literal)
        return
    intervals = [(visit.start, visit.end, visit.literal) for visit in visits]
    add_idle(draft.builder, objective, weight, intervals)


def _at_most_one(free: list[Visit]) -> bool:
    """Tell whether of some visits on one day only one can happen."""
    return len({visit.service for visit in free}) <= 1 and all(visit.once_a_day for visit in free)


def _span(visit: Visit) -> tuple[int, int]:
    return visit.start, visit.end


def _off_preference(draft: Draft, objective: Objective, participant: int, visits: list[Visit]) -> None:
    """``off_preference`` × sessions not wholly inside ``prefers``."""
    prefers = draft.options.facts.preferences[participant]
    if prefers is None:
        return
    weight = draft.options.instance.weights.off_preference
    for visit in visits:
        if not prefers.fits_at(visit.start, visit.end - visit.start):
            objective.add(weight, visit.literal)


def _short_day(draft: Draft, objective: Objective, participant: int, day: int, visits: list[Visit]) -> None:
    """``short_day`` × days with a session but fewer minutes than ``billable_day_minutes``.

    Σ minutes + billable × short ≥ billable × used.
    """
    weight = draft.options.instance.weights.short_day
    program = draft.options.facts.program(draft.options.instance.participants[participant])
    billable = program.billable_day_minutes
    if not weight or not billable or all(visit.end - visit.start >= billable for visit in visits):
        return
    build = draft.builder
    used = draft.day_used(participant, day)
    minutes = [(visit.end - visit.start, visit.literal) for visit in visits]
    if sum(length for length, literal in minutes if isinstance(literal, int)) >= billable:
        return
    if all(isinstance(literal, int) for _, literal in minutes):
        objective.add(weight, used)
        return
    is_short: Literal = build.bool(int(build.value(used) and build.total(minutes) < billable))
    build.add(build.sum_of([*minutes, (billable, is_short), (-billable, used)]) >= 0)
    objective.add(weight, is_short)


def _other_staff(draft: Draft, objective: Objective, session: SessionVariables) -> None:
    """``other_staff`` × sessions led by someone outside the need's non-empty ``prefer_staff``.

    Preferred staff are decided by name: what a pool leads counts as led by others. Sessions that stand are
    left out: what they cost does not depend on the scope.
    """
    weight = draft.options.instance.weights.other_staff
    preferred = {draft.options.facts.staff_index[member] for member in session.options.need.prefer_staff}
    for leads, pooled in zip(session.leads, session.pooled, strict=True):
        for member, literal in leads:
            if member not in preferred:
                objective.add(weight, literal)
        if pooled is not None:
            objective.add(weight, pooled)
