"""Pins that only a search shows to contradict each other, and the plan that a search begins with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from iopsched.errors import InstanceError, IopschedError, Problem
from iopsched.instance.models import Instance, Pin
from iopsched.model import ScopedModel, build_model, scope_of
from iopsched.options import Options, Plan, build_options
from iopsched.options.sessions import SessionOptions
from iopsched.solve.engine import Engine, Outcome
from iopsched.solve.neighbourhoods import first_needs

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
        outcome, model = _try(options, pins, engine, few=few)
        if outcome.values is not None:
            return model.plan(outcome.values)
    if not outcome.infeasible:
        raise IopschedError("no roster that keeps every pin was found in the time given; allow more time")
    conflict = list(pins)
    for pin in pins:
        fewer = [other for other in conflict if other is not pin]
        if _try(options, fewer, engine)[0].infeasible:
            conflict = fewer
    raise InstanceError([_problem(options.instance, pin, conflict) for pin in conflict])


def _binding(options: Options, pins: Sequence[Pin]) -> list[Pin]:
    """Leave out pins before the moment that re-planning begins at: they ask nothing more."""
    return [pin for pin in pins if pin.minute >= options.facts.first_minute]


def _try(
    options: Options, pins: Sequence[Pin], engine: Engine, *, few: bool = False
) -> tuple[Outcome, ScopedModel]:
    """Look for a plan that keeps some pins, deciding whatever they bear on.

    With ``few``, pinned groups may draw on no more members than fill them, which proves nothing if it fails.
    """
    some = options
    if len(pins) < len(_binding(options, options.instance.pins)):
        instance = options.instance.model_copy(update={"pins": tuple(pins)})
        some = build_options(instance, options.baseline, options.frozen_from)
    by_id = options.facts.participant_index
    groups = {options.facts.group_index[pin.group] for pin in pins if pin.group is not None}
    people = {by_id[pin.participant] for pin in pins if pin.participant is not None}
    attendances = {need for participant in people for need in some.attendances_of[participant]}
    for group in groups:
        attendances |= _possible_members(some, group, few=few)
    people |= {some.attendances[need].participant for need in attendances}
    pinned = {(by_id[pin.participant], pin.service) for pin in pins if pin.participant is not None}
    sessions = first_needs(some, people)
    for participant, service in pinned:
        sessions |= _with_those_before(some, participant, service)
    scope = scope_of(some, Plan(), sessions=sessions, attendances=attendances, groups=groups)
    model = build_model(some, Plan(), scope, ())
    if any(not _has_place(some, pin) for pin in pins):
        return Outcome(None, None, None, True), model
    return engine.run(model, engine.clock.remaining), model


def _possible_members(options: Options, group: int, *, few: bool) -> set[int]:
    """Return the group needs that a group could serve; with ``few``, enough to fill it."""
    could = {need for option in options.meetings_of[group] for need in options.attendable_by[option]}
    if not few:
        return could
    free = (
        need for need in sorted(could) if not first_needs(options, [options.attendances[need].participant])
    )
    return set(islice(free, 2 * options.instance.groups[group].max_size))


def _with_those_before(options: Options, participant: int, service: str | None) -> set[int]:
    """Return a one-to-one need and all one-to-one needs that it waits for."""
    person = options.instance.participants[participant]
    found: set[int] = set()
    while service is not None and (need := person.need_of(service)) is not None:
        asked = options.need_index[participant, service]
        if isinstance(asked, SessionOptions):
            found.add(asked.index)
        service = need.after
    return found


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
