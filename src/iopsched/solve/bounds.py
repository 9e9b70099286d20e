"""Stage *bounds*: proved lower limits of the levels, cheapest first.

``unmet``
    Σ over participants of what each misses alone: first by the program of their week, for all at once, then
    by a model of their own for those about whom the program leaves something out. Then prices, where staff,
    rooms or seats are short (:mod:`iopsched.solve.price_bounds`). Then all groups together with whatever a
    group waits for, and for each participant no less than alone: the other one-to-one sessions are left out,
    which only helps.
``burden``
    Σ over participants of the least that anyone with their sessions bears alone, likewise, given the
    ``unmet`` reached.
``changes``
    No term is negative.
``staffing``
    Meetings that must run cost what they cost. No other term is negative, but where fewer led a frozen
    meeting than its part has leaders by now.
"""

from __future__ import annotations

from collections import defaultdict
from math import gcd

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
from iopsched.solve.drawing import first_needs
from iopsched.solve.engine import PROOF_OF_UNMET
from iopsched.solve.search import Search
from iopsched.weeks.batches import SCALE, batches, covers
from iopsched.weeks.clock import DayClock
from iopsched.weeks.program import cheapest_weeks

__all__ = [
    "bound_alone",
    "bound_by_weeks",
    "bound_others",
    "bound_unmet_by_groups",
    "least_burden",
    "rounded_up",
]

SECONDS_ALONE = 2.0
"""Limit of a solve of one participant alone."""
MISSING = 100
"""Price of a unit of ``unmet``, in points, where the least burden of those who miss least is asked for."""


def bound_by_weeks(search: Search) -> None:
    """Bound ``unmet`` and ``burden`` by the best week of each participant, with the clinic to themselves."""
    options = search.options
    everybody = range(len(options.instance.participants))
    search.alone = {k: Alone(0, least_burden(options, k), price_of_missing(options, k, 0)) for k in everybody}
    clock = DayClock.of(options)
    missed: dict[int, int] = {}
    for batch in batches(options, clock, everybody, burden=False):
        weeks = cheapest_weeks(
            batch.shape, batch.starts, batch.days, batch.missing(1), batch.blocks, batch.block_costs
        )
        missed.update(zip(batch.people.tolist(), weeks.cost.tolist(), strict=True))
    for batch in batches(options, clock, missed, burden=True):
        prices = batch.missing(MISSING * SCALE)
        weeks = cheapest_weeks(batch.shape, batch.starts, batch.days, prices, batch.blocks, batch.block_costs)
        for k, cost in zip(batch.people.tolist(), weeks.cost.tolist(), strict=True):
            least = missed[k]
            # Whoever misses no more than that pays no more than its price, so the rest is burden.
            burden = -(-(cost - least * MISSING * SCALE) // SCALE)
            counted = search.alone[k].burden if least == 0 else 0
            search.alone[k] = Alone(least, max(0, burden, counted), price_of_missing(options, k, least))
    _prove_alone(search)


def bound_alone(search: Search, level: str, seconds: float) -> None:
    """Bound a level by a model of each participant alone, where the program's bound may fall short.

    Whoever is furthest above it comes first; while time lasts.
    """
    borne = search.best.short if level == "unmet" else search.best.load
    options = search.options
    relaxed: Options | None = None
    until = search.engine.clock.elapsed + seconds
    gaps = {k: borne[k] - getattr(alone, level) for k, alone in search.alone.items()}
    for k in sorted(gaps, key=lambda k: (-gaps[k], k)):
        if gaps[k] <= 0 or search.engine.exhausted or search.engine.clock.elapsed >= until:
            break
        if k in search.solved_alone or not _left_out(options, k):
            continue
        relaxed = relaxed or relaxed_options(options)
        found = alone_in_the_clinic(relaxed, search.engine, k, SECONDS_ALONE)
        search.solved_alone.add(k)
        before = search.alone[k]
        if found.unmet >= before.unmet:
            same = found.unmet == before.unmet
            burden = max(found.burden, before.burden) if same else found.burden
            search.alone[k] = Alone(found.unmet, burden, found.price)
    _prove_alone(search)


def _left_out(options: Options, participant: int) -> bool:
    """Tell whether the program of somebody's week leaves out a rule, or some of their needs."""
    if not covers(options, participant):
        return True
    asked: list[SessionOptions | AttendanceOptions] = [
        *(options.sessions[k] for k in options.sessions_of[participant]),
        *(options.attendances[k] for k in options.attendances_of[participant]),
    ]
    several = [one for one in asked if one.wanted > 1]
    days = options.facts.program(options.instance.participants[participant]).max_days_per_week
    return (
        any(one.need.after is not None for one in asked)
        or any(one.need.min_days_apart != 1 for one in several)
        or any(isinstance(one, SessionOptions) and one.one_leader for one in several)
        or any(isinstance(one, AttendanceOptions) and one.need.mix_groups for one in several)
        or any(one.pinned for one in asked)
        or sum(isinstance(one, AttendanceOptions) for one in several) > 1
        or (days is not None and days < max((one.wanted for one in asked), default=0) + 2)
    )


def _prove_alone(search: Search) -> None:
    """Prove what the sums over participants say."""
    least = search.alone.values()
    search.prove("unmet", rounded_up(search.options, "unmet", sum(one.unmet for one in least)))
    slack = search.best.unmet - sum(one.unmet for one in least)
    burden = sum_given_slack([(one.burden, one.price) for one in least], slack)
    search.prove("burden", rounded_up(search.options, "burden", burden))


def _unit_of(options: Options, level: str) -> int:
    """Return what every value of ``unmet`` or ``burden`` is a multiple of."""
    if level == "unmet":
        every: list[SessionOptions | AttendanceOptions] = [*options.sessions, *options.attendances]
        return gcd(*(one.weight for one in every)) or 1
    if options.facts.frozen:
        return 1
    weights = options.instance.weights
    waiting = weights.wait * options.instance.slot_minutes
    return gcd(weights.visit, waiting, weights.off_preference, weights.other_staff, weights.short_day) or 1


def rounded_up(options: Options, level: str, bound: float) -> int:
    """Return the least value of a level that is not below a bound."""
    unit = _unit_of(options, level)
    return int(-(-bound // unit)) * unit


def bound_unmet_by_groups(search: Search, seconds: float) -> None:
    """Bound ``unmet`` by all groups together, other one-to-one sessions left out.

    Minimises Σ over participants of max(what they miss alone, group sessions missed + one-to-one sessions
    missed of those that a group waits for). Dropping needs and sharing staff and rooms with nobody else
    relaxes the problem, so whatever is proved of it holds for the clinic.

    Nothing is tried where prices have proved more than everybody alone does: seats or staff are short in the
    aggregate there, and who goes without is a question in which this model drowns (over-full clinic of 60:
    2,520 after 6 s as after 25 s, where prices prove over 21,000).
    """
    options = search.options
    alone = rounded_up(options, "unmet", sum(one.unmet for one in search.alone.values()))
    if search.engine.exhausted or search.bounds.get("unmet", 0) > alone:
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
    outcome = search.engine.run(model, seconds, way=PROOF_OF_UNMET)
    if outcome.bound is not None:
        search.prove("unmet", rounded_up(options, "unmet", outcome.bound))


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
