"""Facts about a participant: commitments, family, what the need asks for, the program, their pins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from iopsched.instance.models import Busy, FamilyMember, Instance, Need, Participant, Pin, Program
from iopsched.plan.why_not.facts import Asked, Fact, Lift, edited, lifting

__all__ = ["own_facts"]

ALL_WEEK = ("Mon-Sun 00:00-24:00",)


def own_facts(asked: Asked, *, with_reasons: bool) -> Iterator[Fact]:
    """Yield the facts about a participant and a need of theirs, the most personal first.

    Parameters
    ----------
    asked : Asked
    with_reasons : bool
        Whether texts say what commitments are for (``why``).
    """
    yield from _commitments(asked, with_reasons)
    yield from _family(asked)
    yield from _wishes(asked)
    yield from _program(asked)
    for pin in asked.instance.pins:
        if pin.participant == asked.participant.id:
            yield _pin(asked, pin)
    if asked.need.after is not None or len(asked.participant.needs) > 1:
        text = f"{asked.participant.id} keeps the sessions that they have of other services."
        yield Fact("own-sessions", text, lambda case: replace(case, own=False))


def _person(asked: Asked, change: Any) -> Lift:
    return lifting(lambda one: edited(one, "participants", [asked.participant.id], change))


def _commitments(asked: Asked, with_reasons: bool) -> Iterator[Fact]:
    person = asked.participant
    for k, busy in enumerate(person.busy):
        when = "; ".join(busy.when)
        why = f" ({busy.why})" if with_reasons and busy.why else ""
        yield Fact(
            "commitment",
            f"{person.id} is busy {when}{why}: commitment {k + 1}.",
            _person(asked, lambda one, k=k: _with_busy(one, k, when=(), travel_minutes=0)),
            number=k + 1,
        )
        if busy.travel_minutes:
            yield Fact(
                "travel",
                f"{person.id} needs {busy.travel_minutes} minutes each way between commitment {k + 1} "
                f"and the clinic.",
                _person(asked, lambda one, k=k: _with_busy(one, k, travel_minutes=0)),
                number=k + 1,
            )
    if person.available is not None:
        text = f"{person.id} can come {'; '.join(person.available) or 'at no time'}, and at no other time."
        yield Fact(
            "available", text, _person(asked, lambda one: one.model_copy(update={"available": ALL_WEEK}))
        )


def _with_busy(person: Participant, k: int, **fields: Any) -> Participant:
    busy: list[Busy] = list(person.busy)
    busy[k] = busy[k].model_copy(update=fields)
    return person.model_copy(update={"busy": tuple(busy)})


def _family(asked: Asked) -> Iterator[Fact]:
    if asked.service.kind != "family":
        return
    attending = asked.participant.family_of(asked.need)
    for member in asked.participant.family:
        if member.id in attending:
            when = "; ".join(member.available) or "at no time"
            yield Fact(
                "family",
                f"{member.id}, who must attend, can come {when}, and at no other time.",
                _person(asked, lambda one, name=member.id: _always(one, name)),
                subject=member.id,
            )


def _always(person: Participant, name: str) -> Participant:
    family: tuple[FamilyMember, ...] = tuple(
        one.model_copy(update={"available": ALL_WEEK}) if one.id == name else one for one in person.family
    )
    return person.model_copy(update={"family": family})


def _wishes(asked: Asked) -> Iterator[Fact]:
    """Yield what the need itself asks for."""
    need, who, what = asked.need, asked.participant.id, asked.service.id

    def fact(kind: str, text: str, **fields: Any) -> Fact:
        return Fact(kind, text, _person(asked, lambda one: _with_need(one, what, fields)))

    if need.groups is not None:
        named = ", ".join(need.groups) or "none"
        yield fact("need-groups", f"{who} may be in these groups of {what} only: {named}.", groups=None)
    if asked.for_group and not need.mix_groups and need.sessions > 1:
        yield fact("one-group", f"All {what} sessions of {who} must be in one group.", mix_groups=True)
    if need.staff is not None:
        named = ", ".join(need.staff) or "nobody"
        yield fact("need-staff", f"{who}'s {what} may be led by {named} only.", staff=None)
    if need.not_staff:
        named = ", ".join(need.not_staff)
        yield fact("not-staff", f"{who}'s {what} may not be led by {named}.", not_staff=())
    if need.staff_tags:
        named = ", ".join(need.staff_tags)
        yield fact("staff-tags", f"{who}'s {what} must be led by staff with {named}.", staff_tags=())
    if not asked.for_group and need.same_staff and need.sessions > 1:
        yield fact("same-staff", f"One person must lead all {what} sessions of {who}.", same_staff=False)
    if need.min_days_apart and need.sessions > 1:
        apart = "on different days" if need.min_days_apart == 1 else f"{need.min_days_apart} days apart"
        yield fact("days-apart", f"{who}'s {what} sessions must be {apart}.", min_days_apart=0)
    if need.after is not None:
        yield fact("after", f"{who}'s {what} begins only after all their {need.after}.", after=None)


def _with_need(person: Participant, service: str, fields: dict[str, Any]) -> Participant:
    needs: tuple[Need, ...] = tuple(
        one.model_copy(update=fields) if one.service == service else one for one in person.needs
    )
    return person.model_copy(update={"needs": needs})


def _program(asked: Asked) -> Iterator[Fact]:
    program: Program = asked.instance.program_by_id[asked.participant.program]

    def fact(name: str, text: str) -> Fact:
        lift = lifting(
            lambda one: edited(one, "programs", [program.id], lambda it: it.model_copy(update={name: None}))
        )
        return Fact("program", text, lift, subject=name)

    if program.max_days_per_week is not None:
        text = f"Program {program.id} allows at most {program.max_days_per_week} days a week."
        yield fact("max_days_per_week", text)
    if program.max_minutes_per_day is not None:
        text = f"Program {program.id} allows at most {program.max_minutes_per_day} session minutes a day."
        yield fact("max_minutes_per_day", text)


def _pin(asked: Asked, pin: Pin) -> Fact:
    what = pin.service if pin.group is None else f"attendance of {pin.group}"
    text = f"{asked.participant.id}'s {what} is pinned at {pin.start}."
    return Fact("pin", text, lifting(lambda one: _unpinned(one, pin)), pin=pin)


def _unpinned(instance: Instance, pin: Pin) -> Instance:
    return instance.model_copy(update={"pins": tuple(one for one in instance.pins if one != pin)})
