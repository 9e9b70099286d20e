"""Stage *bounds*: proved lower limits of the levels, cheapest first.

``unmet``
    Σ over participants of what each misses alone (:mod:`iopsched.solve.alone`); who misses nothing in the
    best plan need not be asked. Then all groups together with whatever a group waits for, and for each
    participant no less than alone: the other one-to-one sessions are left out, which only helps.
``burden``
    Σ over participants of the least that anyone with their sessions bears: a visit for each day they must
    come, what no choice of times or staff avoids; sharper where a participant is solved alone.
``changes``
    No term is negative.
``staffing``
    Meetings that must run cost what they cost. No other term is negative, but where fewer led a frozen
    meeting than its part has leaders by now.
"""

from __future__ import annotations

from collections import defaultdict

from iopsched.model import build_model, scope_of
from iopsched.model.builder import Literal
from iopsched.options import Options, Plan
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.solve.alone import (
    Alone,
    alone_in_the_clinic,
    price_of_missing,
    relaxed_options,
    sum_given_slack,
)
from iopsched.solve.neighbourhoods import first_needs
from iopsched.solve.search import Search

__all__ = ["bound_burden", "bound_others", "bound_unmet_alone", "bound_unmet_by_groups", "least_burden"]

SECONDS_ALONE = 2.0
"""Limit of a solve of one participant alone."""


def bound_unmet_alone(search: Search, seconds: float) -> None:
    """Bound ``unmet`` by what each participant who is short would miss alone, while time lasts."""
    until = search.engine.clock.elapsed + seconds
    relaxed: Options | None = None
    for participant, short in enumerate(search.best.short):
        if short and participant not in search.alone:
            if search.engine.exhausted or search.engine.clock.elapsed > until:
                break
            relaxed = relaxed or relaxed_options(search.options)
            search.alone[participant] = alone_in_the_clinic(
                relaxed, search.engine, participant, SECONDS_ALONE
            )
    search.prove("unmet", sum(alone.unmet for alone in search.alone.values()))


def bound_unmet_by_groups(search: Search, seconds: float) -> None:
    """Bound ``unmet`` by all groups together, other one-to-one sessions left out.

    Minimises Σ over participants of max(what they miss alone, group sessions missed + one-to-one sessions
    missed of those that a group waits for). Dropping needs and sharing staff and rooms with nobody else
    relaxes the problem, so whatever is proved of it holds for the clinic.
    """
    options = search.options
    if search.engine.exhausted:
        return
    everyone = set(range(len(options.instance.participants)))
    scope = scope_of(
        options,
        Plan(),
        sessions=first_needs(options, everyone),
        attendances=range(len(options.attendances)),
        groups=range(len(options.instance.groups)),
    )
    model = build_model(options, Plan(), scope, ("unmet",))
    build = model.draft.builder
    missed: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
    for participant, weight, missing in model.draft.missing:
        missed[participant].append((weight, missing))
    terms: list[tuple[int, Literal]] = []
    for participant in sorted(everyone):
        least = search.alone[participant].unmet if participant in search.alone else 0
        if least:
            most = sum(weight * 50 for weight, _ in missed[participant]) + least
            misses = build.integer(least, most, max(least, build.total(missed[participant])))
            build.add(build.sum_of([*missed[participant], (-1, misses)]) <= 0)
            terms.append((1, misses))
        else:
            terms += missed[participant]
    model.model.minimize(build.sum_of(terms))
    outcome = search.engine.run(model, seconds, thorough=True)
    if outcome.bound is not None:
        search.prove("unmet", outcome.bound)


def least_burden(options: Options, participant: int) -> int:
    """Return a lower limit of what a participant bears who misses nothing, by counting alone.

    ``visit`` × the days that their sessions need, + ``off_preference`` and ``other_staff`` for each session
    that no choice spares; frozen sessions only count as days.
    """
    weights = options.instance.weights
    program = options.facts.program(options.instance.participants[participant])
    prefers = options.facts.preferences[participant]
    days, minutes, unavoidable = 0, 0, 0
    for need in options.sessions_of[participant]:
        asked = options.sessions[need]
        days = max(days, _days_needed(asked))
        minutes += asked.wanted * asked.minutes
        if not asked.wanted:
            continue
        if prefers is not None and not prefers.fits(asked.times, asked.minutes).any():
            unavoidable += weights.off_preference * asked.wanted
        preferred = [
            options.facts.staff_index[member]
            for member in asked.need.prefer_staff
            if member in options.facts.staff_index
        ]
        if asked.need.prefer_staff and not asked.led[:, preferred].any():
            unavoidable += weights.other_staff * asked.wanted
    for need in options.attendances_of[participant]:
        attendance = options.attendances[need]
        days = max(days, _days_needed(attendance))
        length = attendance.service.minutes
        minutes += attendance.wanted * length
        starts = [options.meetings[option].start for option in attendance.meetings]
        if prefers is not None and not any(prefers.fits_at(start, length) for start in starts):
            unavoidable += weights.off_preference * attendance.wanted
    if program.max_minutes_per_day:
        days = max(days, -(-minutes // program.max_minutes_per_day))
    days = max(days, int(minutes > 0))
    return weights.visit * days + unavoidable


def _days_needed(asked: SessionOptions | AttendanceOptions) -> int:
    return asked.wanted if asked.need.min_days_apart >= 1 else min(1, asked.wanted)


def bound_burden(search: Search, seconds: float) -> None:
    """Bound ``burden`` given ``unmet``, by each participant alone; the worst off first, while time lasts."""
    options = search.options
    slack = search.best.unmet - sum(alone.unmet for alone in search.alone.values())
    counted = {
        participant: Alone(0, least_burden(options, participant), price_of_missing(options, participant, 0))
        for participant in range(len(options.instance.participants))
    }
    relaxed: Options | None = None
    until = search.engine.clock.elapsed + seconds
    order = sorted(counted, key=lambda k: counted[k].burden - search.best.load[k])
    for participant in order:
        if participant in search.alone or search.best.load[participant] <= counted[participant].burden:
            continue
        if search.engine.exhausted or search.engine.clock.elapsed >= until:
            break
        relaxed = relaxed or relaxed_options(options)
        search.alone[participant] = alone_in_the_clinic(relaxed, search.engine, participant, SECONDS_ALONE)
    least = [search.alone.get(participant, counted[participant]) for participant in sorted(counted)]
    search.least["burden"] = tuple(one.burden for one in least)
    search.prove("burden", sum_given_slack([(one.burden, one.price) for one in least], slack))


def bound_others(search: Search) -> None:
    """Bound ``changes`` and ``staffing`` by what no roster of this ``unmet`` avoids."""
    search.prove("changes", 0)
    least = _least_staffing(search.options, search.best.unmet) + _least_leader_changes(search.options)
    search.prove("staffing", least)


def _least_staffing(options: Options, unmet: int) -> int:
    """Return ``meeting`` × the fewest meetings that seat whoever must attend, service by service.

    At most ``unmet`` ÷ weight attendances can be missing, and a meeting seats at most the largest
    ``max_size`` of the service's groups.
    """
    attendances: dict[str, int] = defaultdict(int)
    lightest: dict[str, int] = {}
    for asked in options.attendances:
        service = asked.need.service
        attendances[service] += asked.wanted
        lightest[service] = min(asked.weight, lightest.get(service, asked.weight))
    meetings = 0
    for service, wanted in attendances.items():
        seats = max((g.max_size for g in options.instance.groups if g.service == service), default=0)
        must = wanted - unmet // lightest[service]
        if seats and must > 0:
            meetings += -(-must // seats)
    return options.instance.weights.meeting * meetings


def _least_leader_changes(options: Options) -> int:
    """Return ``leader_change`` × Σ over parts of frozen meetings of min(0, who led so far − ``leaders``)."""
    led: dict[tuple[int, int], set[str]] = defaultdict(set)
    for frozen in options.facts.frozen:
        if frozen.group is not None:
            for part, staff in enumerate(frozen.leaders_by_part(options.instance)):
                led[frozen.group, part].update(staff)
    least = 0
    for (group, part), names in led.items():
        parts = options.instance.service_by_id[options.instance.groups[group].service].parts
        if part < len(parts):
            least += min(0, len(names) - parts[part].leaders)
    return options.instance.weights.leader_change * least
