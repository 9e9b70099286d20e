"""Rules of a participant's week: ``participant-free`` and ``day-limit``."""

from __future__ import annotations

from collections import defaultdict

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model.builder import Literal, cliques
from iopsched.model.variables import Draft, Visit

__all__ = ["day_limit", "participant_free", "visits_by_day"]


def visits_by_day(visits: list[Visit]) -> dict[int, list[Visit]]:
    """Return visits by day number (Monday = 0)."""
    days: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        days[visit.start // MINUTES_PER_DAY].append(visit)
    return days


def participant_free(draft: Draft) -> None:
    """Nobody is in two sessions at once: at every moment, Σ sessions attended ≤ 1."""
    for visits in draft.visits.values():
        for clique in cliques((visit.start, visit.end, visit.literal) for visit in visits):
            draft.builder.at_most([(1, literal) for _, _, literal in clique], 1)


def day_limit(draft: Draft) -> None:
    """Σ session minutes of a day ≤ ``max_minutes_per_day``; days with a session ≤ ``max_days_per_week``."""
    for participant, visits in draft.visits.items():
        program = draft.options.facts.program(draft.options.instance.participants[participant])
        days = visits_by_day(visits)
        if program.max_minutes_per_day is not None:
            for some in days.values():
                draft.builder.at_most(
                    [(visit.end - visit.start, visit.literal) for visit in some], program.max_minutes_per_day
                )
        if program.max_days_per_week is not None and len(days) > program.max_days_per_week:
            used: list[Literal] = [draft.day_used(participant, day) for day in sorted(days)]
            draft.builder.at_most([(1, literal) for literal in used], program.max_days_per_week)
            if sum(1 for literal in used if isinstance(literal, int)) > program.max_days_per_week:
                # The past alone is over the limit: whatever were added would share in the breach.
                for visit in visits:
                    draft.builder.exclude(visit.literal, 1)
