"""Stage *construction*: a first good roster.

Groups are the large stones: :mod:`iopsched.solve.timetable` decides when they meet. Then everybody in turn,
whoever has the fewest places first, takes the best week that is left (:mod:`iopsched.solve.respond`), first
within the groups meant for them, then wherever there is a seat, until nobody changes. From the second turn
on meetings that too few joined are cancelled.

Where a baseline stands already, little is left to construct: groups that do not meet are placed one by one,
each in a small model of its own, and one-to-one sessions participant by participant. Each step leaves a plan
that keeps every rule, so the search may stop anywhere.
"""

from __future__ import annotations

from collections import defaultdict

from iopsched.model import scope_of
from iopsched.options import Options
from iopsched.solve.drawing import first_needs, split_newcomers
from iopsched.solve.improve import improve
from iopsched.solve.ledger import Ledger
from iopsched.solve.neighbourhoods import GroupBatch
from iopsched.solve.price_bounds import tariff_of
from iopsched.solve.respond import Responder
from iopsched.solve.search import Search
from iopsched.solve.timetable import Timetable, timetable
from iopsched.solve.value import value_plan
from iopsched.weeks.tariff import Tariff

__all__ = ["construct", "fill", "settle"]

TURNS = 6
"""Times that everybody may choose again."""
CHARGED = (1.0, 0.98)
"""How much of the tariff is charged for in each of the first turns. At prices that clear the market whoever
is on the margin is as well off without; for a little less they take what is cheapest."""
FEW = 0.1
"""Part of the participants; where no more chose anew from the third turn on, there is no other turn: it costs
as much as the ones before, and neighbourhoods find the rest as well."""
SECONDS = 1.0
"""Limit of the solve of one step; most take a few hundredths."""
STARTS_TRIED = 1
"""Times of day, the most promising first, among which a group's model chooses."""
CANDIDATES_PER_SEAT = 4
"""Participants considered for each seat of a group, those with the fewest other meetings first."""


def construct(search: Search, seconds: float, *, standing: bool = False) -> None:
    """Place groups, then everything else around them.

    Parameters
    ----------
    search : Search
    seconds : float
        At most about what deciding groups may take; the rest takes what it takes.
    standing : bool
        Whether an earlier roster has been taken over, as a baseline always is: what stands stays.
    """
    search.stage = "construction"
    if search.options.baseline is None and not standing:
        tariff = tariff_of(search)
        made = timetable(search.options, search.best.plan, search.engine, seconds, tariff)
        settle(search, made, tariff)
    else:
        _add_to_standing(search, seconds)


def settle(search: Search, made: Timetable, tariff: Tariff | None = None) -> None:
    """Let everybody in turn take the best week that the timetable and the others leave them.

    Where staff or rooms are short, what they could bring in elsewhere is charged for in the first turn, and a
    little less of it in the second; then what is left is free.
    """
    options = search.options
    ledger, responder = Ledger(options, made.plan), Responder.of(options)
    charging = [responder.charging(tariff and tariff.times(share)) for share in CHARGED]
    everybody = _participant_order(options)
    for turn in range(TURNS):
        changed = 0
        for participant in everybody:
            if search.engine.exhausted:
                break
            search.engine.clock.charge_responses(1)
            takes = charging[turn] if turn < len(charging) else responder
            changed += takes.respond(ledger, participant, {} if turn else made.offered)
        # After the first turn meetings may still fill; the plan adopted goes without those that have not.
        kept = ledger if turn or search.engine.exhausted else Ledger(options, ledger.plan())
        kept.cancel_unfilled()
        search.adopt(value_plan(options, kept.plan()), "unmet")
        if search.engine.exhausted or (turn > 1 and changed <= FEW * len(everybody)):
            return


def _add_to_standing(search: Search, seconds: float) -> None:
    for group in _group_order(search.options):
        if search.engine.exhausted:
            return
        _place_group(search, group)
    improve(search, "unmet", seconds, patience=5, neighbourhoods=[GroupBatch()])
    search.stage = "construction"
    for participant in _participant_order(search.options):
        if search.engine.exhausted:
            return
        scope = scope_of(search.options, search.best.plan, sessions=search.options.sessions_of[participant])
        search.decide(scope, ("unmet", "changes", "burden"), SECONDS)


def fill(search: Search, seconds: float) -> None:
    """Give everybody who is short what still fits around all that stands, the heaviest shortfall first."""
    until = search.engine.clock.elapsed + seconds
    short = [(-missing, participant) for participant, missing in enumerate(search.best.short) if missing]
    for _, participant in sorted(short):
        if search.engine.exhausted or search.engine.clock.elapsed > until:
            return
        scope = scope_of(search.options, search.best.plan, participants=[participant])
        search.decide(scope, ("unmet", "changes", "burden"), SECONDS)


def _group_order(options: Options) -> list[int]:
    """Return the groups that could meet, those with the fewest possible members for their seats first."""
    members: dict[int, set[int]] = defaultdict(set)
    for group, found in options.meetings_of.items():
        for option in found:
            members[group].update(options.attendable_by[option])
    choosiness = {
        group: len(needs) / max(1, options.instance.groups[group].max_size)
        for group, needs in members.items()
        if needs
    }
    return sorted(choosiness, key=lambda group: (choosiness[group], group))


def _place_group(search: Search, group: int) -> None:
    """Decide a group's meetings among its most promising times of day, for whoever is not served yet."""
    options = search.options
    served = {need: len(sessions) for need, sessions in search.best.plan.attended().items()}
    by_time: dict[int, list[int]] = defaultdict(list)
    for option in options.meetings_of[group]:
        by_time[options.meetings[option].time_of_day].append(option)
    open_needs = {
        option: [
            need
            for need in options.attendable_by[option]
            if served.get(need, 0) < options.attendances[need].wanted
            and (options.attendances[need].need.mix_groups or not served.get(need))
        ]
        for option in options.meetings_of[group]
    }
    worth = {time: _worth(options, group, found, open_needs) for time, found in by_time.items()}
    best = sorted(worth, key=lambda time: (-worth[time], time))
    if options.instance.groups[group].same_start:
        best = best[:STARTS_TRIED]
    meetings = {option for time in best for option in by_time[time]}
    candidates = {need for option in meetings for need in open_needs[option]}
    order = sorted(candidates, key=lambda need: (len(options.attendances[need].meetings), need))
    settled, newcomers = split_newcomers(search, order)
    seats = options.instance.groups[group].max_size
    needs = newcomers + settled[: CANDIDATES_PER_SEAT * seats]
    if not needs:
        return
    scope = scope_of(
        options,
        search.best.plan,
        sessions=first_needs(options, [options.attendances[need].participant for need in newcomers]),
        attendances=needs,
        groups=[group],
        meetings=meetings,
    )
    search.decide(scope, ("unmet",), SECONDS)


def _worth(options: Options, group: int, found: list[int], open_needs: dict[int, list[int]]) -> int:
    """Return about what a group could add at one time of day: its fullest meetings, seat by seat."""
    limits = options.instance.groups[group]
    served: list[int] = []
    for option in found:
        weights = sorted((options.attendances[need].weight for need in open_needs[option]), reverse=True)
        seated = weights[: limits.max_size]
        served.append(sum(seated) if len(seated) >= limits.min_size else 0)
    return sum(sorted(served, reverse=True)[: limits.meetings])


def _participant_order(options: Options) -> list[int]:
    """Return the participants with anything to place, whoever has a need with the fewest places first."""
    places = {
        participant: min(
            (int(options.sessions[need].led.sum()) for need in options.sessions_of[participant]),
            default=10**6,
        )
        for participant in range(len(options.instance.participants))
        if options.instance.participants[participant].needs
    }
    return sorted(places, key=lambda participant: (places[participant], participant))
