"""Rules of one need's sessions: ``need-count``, ``need-spacing``, ``need-order`` and ``same_staff``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from iopsched.instance.models import Need
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model.builder import Builder, Literal, Term
from iopsched.model.variables import AttendanceVariables, Draft, SessionVariables
from iopsched.options.sessions import SessionOptions

__all__ = ["need_count", "need_order", "need_spacing", "same_staff", "sessions_of_need", "short_of"]

NeedVariables = SessionVariables | AttendanceVariables
Begins = list[tuple[int, int, Literal]]


def free_needs(draft: Draft) -> Iterable[NeedVariables]:
    """Return the decisions on every need that the scope frees."""
    yield from draft.sessions.values()
    yield from draft.attendances.values()


def sessions_of_need(draft: Draft, variables: NeedVariables) -> Begins:
    """Return ``(start, end, literal)`` of each session that may serve a need."""
    if isinstance(variables, SessionVariables):
        minutes = variables.options.minutes
        return [(start, start + minutes, at) for start, at in zip(variables.times, variables.at, strict=True)]
    meetings = draft.options.meetings
    return [(meetings[k].start, meetings[k].end, attends) for k, attends in variables.attends.items()]


def need_count(draft: Draft) -> None:
    """Σ sessions of a need ≤ those it asks for, and missing ≥ those it asks for − Σ sessions.

    Two inequalities say it rather than one equation, by which presolve would write ``missing`` out of the
    objective: the search for cores lives on an objective of literals that need not be 1.
    """
    build = draft.builder
    for variables in free_needs(draft):
        wanted = variables.options.wanted
        if not wanted:
            continue
        literals = [literal for _, _, literal in sessions_of_need(draft, variables)]
        build.at_most([(1, literal) for literal in literals], wanted)
        missing = short_of(build, literals, wanted)
        draft.missing.append((variables.options.participant, variables.options.weight, missing))


def short_of(build: Builder, literals: Sequence[Literal], wanted: int) -> cp_model.IntVar:
    """Create what is at least ``wanted`` − Σ literals, and not negative."""
    lacking = max(0, wanted - sum(map(build.value, literals)))
    if wanted == 1:
        short = build.bool(lacking)
        build.at_least_one([*literals, short])
    else:
        short = build.integer(0, wanted, lacking)
        build.add(build.sum_of((1, literal) for literal in [*literals, short]) >= wanted)
    return short


def need_spacing(draft: Draft) -> None:
    """In any ``min_days_apart`` days in a row there is at most one session of the need."""
    for variables in free_needs(draft):
        apart = variables.options.need.min_days_apart
        if apart < 1 or variables.options.wanted < 2:
            continue
        by_day: dict[int, list[Literal]] = defaultdict(list)
        for start, _, literal in sessions_of_need(draft, variables):
            by_day[start // MINUTES_PER_DAY].append(literal)
        for first in range(max(1, 8 - apart)):
            inside = [literal for day in range(first, first + apart) for literal in by_day.get(day, ())]
            draft.builder.at_most([(1, literal) for literal in inside], 1)


def same_staff(draft: Draft) -> None:
    """One person leads all sessions of a need (rule ``staff-fit``): Σ lead ≤ sessions × chosen."""
    build = draft.builder
    for variables in draft.sessions.values():
        if not variables.options.one_leader or variables.options.wanted < 2:
            continue
        by_member: dict[int, list[Literal]] = defaultdict(list)
        for leads in variables.leads:
            for member, lead in leads:
                by_member[member].append(lead)
        chosen: list[Term] = []
        for literals in by_member.values():
            is_chosen = build.bool(max(map(build.value, literals)))
            chosen.append((1, is_chosen))
            for literal in literals:
                build.imply(literal, is_chosen)
            total = build.sum_of((1, literal) for literal in literals)
            build.add(total <= variables.options.wanted * is_chosen)
        build.at_most(chosen, 1)


def _standing_sessions(draft: Draft, participant: int, need: Need) -> Begins:
    return [
        (item.start, item.end, 1)
        for item in draft.standing.attended.get(participant, ())
        if item.service == need.service
    ]


def _sessions_of(draft: Draft, participant: int, need: Need) -> Begins:
    """Return ``(start, end, literal)`` of all sessions of a need, decided, standing or frozen."""
    options = draft.options.need_index[participant, need.service]
    found = _standing_sessions(draft, participant, need)
    variables: NeedVariables | None
    if isinstance(options, SessionOptions):
        variables = draft.sessions.get(options.index)
    else:
        variables = draft.attendances.get(options.index)
    return found + (sessions_of_need(draft, variables) if variables is not None else [])


def need_order(draft: Draft) -> None:
    """Let a session wait for all of the need it is ``after``.

    For each start τ of the later need: (sessions of the earlier one that end by τ) ≥ needed × begins(τ).
    """
    for participant in draft.visits:
        person = draft.options.instance.participants[participant]
        for later in person.needs:
            earlier = None if later.after is None else person.need_of(later.after)
            if earlier is not None and earlier.sessions:
                _order(draft, participant, earlier, later)


def _order(draft: Draft, participant: int, earlier: Need, later: Need) -> None:
    build = draft.builder
    before = _sessions_of(draft, participant, earlier)
    frozen = {
        frozen.start
        for frozen in draft.options.facts.frozen
        if participant in frozen.participants and frozen.session.service == later.service
    }
    if frozen:
        # What came too early is past; but whatever of the earlier need came now would come after it.
        for _, end, literal in before:
            if not isinstance(literal, int) and end > min(frozen):
                build.require_not(literal)
    by_start: dict[int, list[Literal]] = defaultdict(list)
    for start, _, literal in _sessions_of(draft, participant, later):
        if start not in frozen:
            by_start[start].append(literal)
    for start, literals in by_start.items():
        ended: list[Term] = [(1, literal) for _, end, literal in before if end <= start]
        if sum(term[1] for term in ended if isinstance(term[1], int)) >= earlier.sessions:
            continue
        begins = build.sum_of((1, literal) for literal in literals)
        build.add(build.sum_of(ended) >= earlier.sessions * begins)
