"""Rules of a member of staff's time: ``staff-free`` and ``staff-load``."""

from __future__ import annotations

from collections import defaultdict

from iopsched.model.builder import Literal, Term, cliques
from iopsched.model.variables import Draft, Led

__all__ = ["led_by_day", "staff_free", "staff_load"]


def led_by_day(led: list[Led]) -> dict[int, list[Led]]:
    """Return what is led by the day number (Monday = 0) it belongs to."""
    days: dict[int, list[Led]] = defaultdict(list)
    for item in led:
        days[item.day].append(item)
    return days


def staff_free(draft: Draft) -> None:
    """Nobody leads, or writes notes of, two things at once: at every moment Σ occupied ≤ 1."""
    for led in draft.led.values():
        for clique in cliques((item.start, item.occupied_until, item.literal) for item in led):
            draft.builder.at_most([(1, literal) for _, _, literal in clique], 1)


def staff_load(draft: Draft) -> None:
    """Σ minutes led of a day, of the week, and the caseload stay within their limits."""
    for member, led in draft.led.items():
        limits = draft.options.instance.staff[member]
        if limits.max_minutes_per_week is not None:
            _minutes_at_most(draft, led, limits.max_minutes_per_week)
        if limits.max_minutes_per_day is not None:
            for items in led_by_day(led).values():
                _minutes_at_most(draft, items, limits.max_minutes_per_day)
    _caseloads(draft)


def _minutes_at_most(draft: Draft, led: list[Led], limit: int) -> None:
    draft.builder.at_most([(item.end - item.start, item.literal) for item in led], limit)


def _caseloads(draft: Draft) -> None:
    """Different participants in one-to-one and family sessions ≤ ``max_participants``.

    Only those who could exceed it are decided by name, and need a constraint.
    """
    met: dict[int, dict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for session in draft.sessions.values():
        for leads in session.leads:
            for member, literal in leads:
                met[member][session.options.participant].append(literal)
    already: dict[int, int] = defaultdict(int)
    for _, member in draft.standing.counselled:
        already[member] += 1
    for member, by_participant in met.items():
        limit = draft.options.instance.staff[member].max_participants
        if limit is not None:
            _caseload(draft, member, limit, already[member], by_participant)


def _caseload(draft: Draft, member: int, limit: int, already: int, met: dict[int, list[Literal]]) -> None:
    build = draft.builder
    new = {
        participant: literals
        for participant, literals in met.items()
        if (participant, member) not in draft.standing.counselled
    }
    if already + len(new) <= limit:
        return
    terms: list[Term] = []
    for literals in new.values():
        meets = build.bool(max(map(build.value, literals)))
        for literal in literals:
            build.imply(literal, meets)
        terms.append((1, meets))
    build.at_most([*terms, (already, 1)], limit)
    if already > limit:
        for literals in met.values():
            for literal in literals:
                build.require_not(literal)
