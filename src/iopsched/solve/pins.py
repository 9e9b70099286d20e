"""Pins that only a search shows to contradict each other, and the plan that a search begins with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from iopsched.errors import InstanceError, IopschedError, Problem
from iopsched.instance.models import Instance, Pin
from iopsched.model import Scope, ScopedModel, build_model, scope_of
from iopsched.options import Options, Plan, build_options
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.solve.engine import Engine, Outcome

__all__ = ["pinned_plan"]


def pinned_plan(options: Options, engine: Engine) -> Plan:
    """Return a plan in which everything pinned stands and as little else as that takes.

    Raises
    ------
    InstanceError
        Where the pins cannot stand together; names a set of them of which none can be spared.
    """
    pins = _binding(options, options.instance.pins)
    if not pins:
        return Plan()
    for few in (True, False):
        share = 0.3 if few else 1.0
        outcome, model = _try(options, pins, engine, share * engine.clock.remaining, few=few)
        if outcome.values is not None:
            return model.plan(outcome.values)
    if not outcome.infeasible:
        raise IopschedError("no roster that keeps every pin was found in the time given; allow more time")
    conflict = list(pins)
    for pin in pins:
        fewer = [other for other in conflict if other is not pin]
        if _try(options, fewer, engine, engine.clock.remaining)[0].infeasible:
            conflict = fewer
    raise InstanceError([_problem(options.instance, pin, conflict) for pin in conflict])


def _binding(options: Options, pins: Sequence[Pin]) -> list[Pin]:
    """Leave out pins before the moment that re-planning begins at: they ask nothing more."""
    return [pin for pin in pins if pin.minute >= options.facts.first_minute]


def _try(
    options: Options, pins: Sequence[Pin], engine: Engine, seconds: float, *, few: bool = False
) -> tuple[Outcome, ScopedModel]:
    """Look for a plan that keeps some pins, deciding whatever they bear on.

    With ``few``, groups may draw on no more members than fill them, which proves nothing if it fails.
    """
    some = options
    if len(pins) < len(_binding(options, options.instance.pins)):
        instance = options.instance.model_copy(update={"pins": tuple(pins)})
        some = build_options(instance, options.baseline, options.frozen_from)
    scope = _touched(some, pins, few=few)
    model = build_model(some, Plan(), scope, ())
    if any(not _has_place(some, pin) for pin in pins):
        return Outcome(None, None, None, not few), model
    outcome = engine.run(model, seconds)
    return (Outcome(None, None, None, False) if few and outcome.infeasible else outcome), model


def _touched(options: Options, pins: Sequence[Pin], *, few: bool) -> Scope:
    """Return the scope that pins bear on: what is pinned, what must come before it, and who fills its groups.

    Whatever is left out need not happen for the pins to stand; with ``few`` some of the members are.
    """
    facts = options.facts
    groups: set[int] = set()
    sessions: set[int] = set()
    attendances: set[int] = set()
    waiting = [facts.group_index[pin.group] for pin in pins if pin.group is not None]
    needs = [
        options.need_index[facts.participant_index[pin.participant], pin.service]
        for pin in pins
        if pin.participant is not None and pin.service is not None
    ]
    needs += [
        asked
        for pin in pins
        if pin.participant is not None and pin.group is not None
        for asked in _group_needs(options, facts.participant_index[pin.participant], pin.group)
    ]
    while needs or waiting:
        if waiting:
            group = waiting.pop()
            if group not in groups:
                groups.add(group)
                needs += [options.attendances[one] for one in _possible_members(options, group, few=few)]
            continue
        asked = needs.pop()
        known = sessions if isinstance(asked, SessionOptions) else attendances
        if asked.index in known:
            continue
        known.add(asked.index)
        before = asked.need.after
        person = options.instance.participants[asked.participant]
        if before is not None and person.need_of(before) is not None:
            first = options.need_index[asked.participant, before]
            needs.append(first)
            if not isinstance(first, SessionOptions):
                waiting += {options.meetings[option].group for option in first.meetings}
    return scope_of(options, Plan(), sessions=sessions, attendances=attendances, groups=groups)


def _group_needs(options: Options, participant: int, group: str) -> list[AttendanceOptions]:
    """Return the need of a participant that a group serves."""
    service = options.instance.group_by_id[group].service
    found = (options.attendances[need] for need in options.attendances_of[participant])
    return [asked for asked in found if asked.need.service == service]


def _possible_members(options: Options, group: int, *, few: bool) -> set[int]:
    """Return the group needs that a group could serve; with ``few``, enough to fill it."""
    could = {need for option in options.meetings_of[group] for need in options.attendable_by[option]}
    if not few:
        return could
    free = (need for need in sorted(could) if options.attendances[need].need.after is None)
    return set(islice(free, 2 * options.instance.groups[group].max_size))


def _has_place(options: Options, pin: Pin) -> bool:
    """Tell whether the options hold any place for what is pinned."""
    if pin.participant is None:
        return any(
            option.start == pin.minute and options.instance.groups[option.group].id == pin.group
            for option in options.meetings
        )
    participant = options.facts.participant_index[pin.participant]
    if pin.group is None:
        asked = options.need_index[participant, pin.service or ""]
        return isinstance(asked, SessionOptions) and pin.minute in asked.times
    return any(
        options.meetings[option].start == pin.minute
        for need in options.attendances_of[participant]
        for option in options.attendances[need].pinned
    )


def _problem(instance: Instance, pin: Pin, conflict: Sequence[Pin]) -> Problem:
    number = {id(one): k for k, one in enumerate(instance.pins)}
    here = number[id(pin)]
    others = ", ".join(f"pins[{number[id(other)]}]" for other in conflict if other is not pin)
    who = pin.participant or pin.group
    what = pin.service or pin.group
    alone = f"pins[{here}] ({who}, {what}, {pin.start}) cannot stand: no place is left for it"
    together = f"pins[{here}] ({who}, {what}, {pin.start}) cannot stand together with {others}"
    return Problem(
        f"pins[{here}]",
        together if others else alone,
        "move or drop one of these pins" if others else "move or drop this pin",
    )
