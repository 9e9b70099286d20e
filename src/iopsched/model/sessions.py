"""Variables of one-to-one and family sessions: where they may be, and who may lead them.

Most sessions could be led by anybody of several, and nothing else depends on who it is. Such sessions that
begin together draw on a *pool*: it is decided how many of them are held and who of the pool is busy, and only
the finished plan says who leads which. Staff are decided by name where it matters to more than their time: in
a need that one person leads throughout, that would rather have them, or compares with a baseline, and where
they may reach the limit of their caseload.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from iopsched.model.calendars import Calendars
from iopsched.model.scope import Shortlist
from iopsched.model.variables import Draft, Pool, SessionVariables, Together
from iopsched.options.calendar import BoolArray, IntArray
from iopsched.options.plan import Placement
from iopsched.options.sessions import SessionOptions

__all__ = ["create_sessions", "full_caseloads"]


@dataclass(frozen=True)
class _Open:
    """The places of a need that what stands leaves open; arrays as in :class:`SessionOptions`."""

    asked: SessionOptions
    times: IntArray
    led: BoolArray
    rooms: BoolArray


def create_sessions(draft: Draft, calendars: Calendars) -> None:
    """Create ``at``, ``lead`` and ``pooled`` of each need that is free, then the pools they draw on."""
    places = {need: _open_places(draft, need, calendars) for need in sorted(draft.scope.sessions)}
    limited = full_caseloads(draft, {need: np.logical_or.reduce(some.led) for need, some in places.items()})
    by_name = np.zeros(len(draft.options.instance.staff), np.bool_)
    by_name[sorted(limited)] = True
    claims: dict[Together, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
    for need, some in places.items():
        draft.sessions[need] = _session_variables(draft, some, by_name, claims)
    for together, claimed in claims.items():
        draft.pools[together] = _pool(draft, together, claimed)


def _open_places(draft: Draft, need: int, calendars: Calendars) -> _Open:
    """Keep the places that what stands leaves open."""
    asked = draft.options.sessions[need]
    open_ = calendars.participant(asked.participant).fits(asked.times, asked.minutes)
    times, led, rooms = asked.times[open_], asked.led[open_], asked.rooms[open_]
    for member in np.flatnonzero(led.any(axis=0)):
        led[:, member] &= calendars.member(int(member)).fits_clipped(times, asked.minutes + asked.note)
    if draft.scope.shortlist is not None:
        led = _shortlisted(draft, draft.scope.shortlist, asked, times, led)
    for room_class in np.flatnonzero(rooms.any(axis=0)):
        rooms[:, room_class] &= calendars.room(int(room_class)).fits(times, asked.minutes)
    kept = led.any(axis=1) & (asked.remote | rooms.any(axis=1))
    return _Open(asked, times[kept], led[kept], rooms[kept])


def _shortlisted(
    draft: Draft, shortlist: Shortlist, asked: SessionOptions, times: IntArray, led: BoolArray
) -> BoolArray:
    """Keep of those who could lead at each start the first few, whom the need prefers, and who does now."""
    order = np.array(shortlist.order)
    kept = np.zeros_like(led)
    kept[:, order] = np.cumsum(led[:, order], axis=1) <= shortlist.length
    kept[:, [draft.options.facts.staff_index[member] for member in asked.need.prefer_staff]] = True
    for placed in draft.plan.placements.get(asked.index, ()):
        kept[times == placed.start, placed.staff] = True
    short: BoolArray = kept & led
    return short


def full_caseloads(draft: Draft, could: dict[int, BoolArray]) -> set[int]:
    """Return the staff whose ``max_participants`` the sessions of a scope could exceed.

    Parameters
    ----------
    draft : Draft
    could : dict of int to array of bool, shape (staff,)
        For each need that is free, who could lead any of its sessions.
    """
    counselled: dict[int, set[int | str]] = defaultdict(set)
    for participant, member in draft.standing.counselled:
        counselled[member].add(participant)
    for need, able in could.items():
        for member in map(int, np.flatnonzero(able)):
            counselled[member].add(draft.options.sessions[need].participant)
    staff = draft.options.instance.staff
    return {
        member
        for member, participants in counselled.items()
        if (limit := staff[member].max_participants) is not None and len(participants) > limit
    }


def _session_variables(
    draft: Draft, places: _Open, by_name: BoolArray, claims: dict[Together, list[tuple[int, cp_model.IntVar]]]
) -> SessionVariables:
    """Create a need's variables; what it leaves to a pool is added to ``claims``."""
    asked, build = places.asked, draft.builder
    incumbent = {placed.start: placed for placed in draft.plan.placements.get(asked.index, ())}
    named, pooled = _named_and_pooled(draft, places, by_name)
    at, leads, any_of_pool = [], [], []
    times = places.times.tolist()
    for k, (start, names, pool) in enumerate(zip(times, _by_row(named), _by_row(pooled), strict=True)):
        chosen = incumbent.get(start)
        choices = tuple((member, build.bool(int(_leads(chosen, member)))) for member in names)
        claim = None
        if pool:
            claim = build.bool(int(chosen is not None and not named[k, chosen.staff]))
            claims[start, asked.minutes, asked.note, pool].append((asked.index, claim))
        leads.append(choices)
        any_of_pool.append(claim)
        every = [literal for _, literal in choices]
        at.append(build.one_of(every if claim is None else [*every, claim]))
    return SessionVariables(
        asked, tuple(times), tuple(at), tuple(leads), tuple(any_of_pool), tuple(_by_row(places.rooms))
    )


def _by_row(places: BoolArray) -> list[tuple[int, ...]]:
    """Return the columns that are true in each row, ascending."""
    rows, columns = np.nonzero(places)
    bounds = np.searchsorted(rows, np.arange(len(places) + 1)).tolist()
    every = columns.tolist()
    return [tuple(every[first:last]) for first, last in pairwise(bounds)]


def _leads(placed: Placement | None, member: int) -> bool:
    return placed is not None and placed.staff == member


def _named_and_pooled(draft: Draft, places: _Open, by_name: BoolArray) -> tuple[BoolArray, BoolArray]:
    """Part those who could lead at each start into who is decided by name and who is of a pool.

    Preferred staff are in both, so that needs with and without a preference share a pool.
    """
    asked, led = places.asked, places.led
    if draft.options.baseline is not None or (asked.one_leader and asked.wanted > 1):
        return led, np.zeros_like(led)
    preferred = np.zeros(led.shape[1], np.bool_)
    preferred[[draft.options.facts.staff_index[member] for member in asked.need.prefer_staff]] = True
    pooled = led & ~by_name
    others = pooled & ~preferred
    # A pool is worth while for two or more, of whom one at least is not preferred.
    pooled[(pooled.sum(axis=1) < 2) | ~others.any(axis=1)] = False
    return led & (by_name | preferred | ~pooled), pooled


def _pool(draft: Draft, together: Together, claims: list[tuple[int, cp_model.IntVar]]) -> Pool:
    """Create who of a pool leads: Σ over staff of ``pool`` = Σ of ``pooled``."""
    start, minutes, note, staff = together
    build = draft.builder
    busy = {
        placed.staff
        for need, claim in claims
        if build.value(claim)
        for placed in draft.plan.placements[need]
        if placed.start == start
    }
    leads = tuple((member, build.bool(int(member in busy))) for member in staff)
    literals = [literal for _, literal in leads]
    if len(claims) == 1:
        build.model.add_exactly_one([*literals, claims[0][1].negated()])
    else:
        build.add(build.sum_of([*[(1, one) for _, one in claims], *[(-1, one) for one in literals]]) == 0)
    return Pool(start, minutes, note, claims, leads)
