"""Ids: each is given once, and each that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopsched.instance.draft import COLLECTIONS, Draft, Finding, Loc
from iopsched.instance.models import Need, Participant
from iopsched.instance.words import nearest_or_known

__all__ = ["check_references"]


def check_references(draft: Draft) -> Iterator[Finding]:
    """Find ids given twice and references to nothing. Tags and kinds of room are free text."""
    for collection in COLLECTIONS:
        ids = [thing.id for thing in getattr(draft.instance, collection)]
        yield from _repeated(draft, (collection,), ids, COLLECTIONS[collection])
    for k, group in enumerate(draft.instance.groups):
        loc: Loc = ("groups", k)
        yield from _unknown(draft, "services", (*loc, "service"), group.service)
        yield from _unknowns(draft, "rooms", (*loc, "rooms"), group.rooms)
        yield from _unknowns(draft, "staff", (*loc, "staff"), group.staff)
    for k, participant in enumerate(draft.instance.participants):
        yield from _participant(draft, ("participants", k), participant)
    for k, pin in enumerate(draft.instance.pins):
        loc = ("pins", k)
        yield from _unknown(draft, "participants", (*loc, "participant"), pin.participant)
        yield from _unknown(draft, "services", (*loc, "service"), pin.service)
        yield from _unknown(draft, "groups", (*loc, "group"), pin.group)
        yield from _unknowns(draft, "staff", (*loc, "staff"), pin.staff)
        yield from _unknown(draft, "rooms", (*loc, "room"), pin.room)


def _participant(draft: Draft, loc: Loc, participant: Participant) -> Iterator[Finding]:
    yield from _unknown(draft, "programs", (*loc, "program"), participant.program)
    yield from _unknowns(draft, "participants", (*loc, "apart_from"), participant.apart_from)
    yield from _repeated(draft, (*loc, "family"), [one.id for one in participant.family], "family member")
    for k, need in enumerate(participant.needs):
        yield from _need(draft, (*loc, "needs", k), need)
        yield from _unknown_family(draft, loc, k, participant)


def _need(draft: Draft, loc: Loc, need: Need) -> Iterator[Finding]:
    yield from _unknown(draft, "services", (*loc, "service"), need.service)
    yield from _unknowns(draft, "groups", (*loc, "groups"), need.groups)
    yield from _unknowns(draft, "staff", (*loc, "staff"), need.staff)
    yield from _unknowns(draft, "staff", (*loc, "not_staff"), need.not_staff)
    yield from _unknowns(draft, "staff", (*loc, "prefer_staff"), need.prefer_staff)
    yield from _unknown(draft, "services", (*loc, "after"), need.after)


def _unknowns(draft: Draft, collection: str, loc: Loc, ids: Sequence[str] | None) -> Iterator[Finding]:
    for k, name in enumerate(ids or ()):
        yield from _unknown(draft, collection, (*loc, k), name)


def _unknown(draft: Draft, collection: str, loc: Loc, name: str | None) -> Iterator[Finding]:
    known = draft.number[collection]
    if name is None or name in known or collection not in draft.complete or not draft.sound(*loc):
        return
    kind = COLLECTIONS[collection]
    yield Finding(loc, f'there is no {kind} "{name}"', nearest_or_known(name, known, kind))


def _unknown_family(draft: Draft, loc: Loc, number: int, participant: Participant) -> Iterator[Finding]:
    known = [member.id for member in participant.family]
    if not all(draft.sound(*loc, "family", k, "id") for k in range(len(known) + 1)):
        return
    for k, name in enumerate(participant.needs[number].family or ()):
        here = (*loc, "needs", number, "family", k)
        if name not in known and draft.sound(*here):
            what = f'"{name}" is nobody of this participant\'s family'
            yield Finding(here, what, nearest_or_known(name, known, "family member"))


def _repeated(draft: Draft, loc: Loc, ids: Sequence[str], kind: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for k, name in enumerate(ids):
        if not draft.sound(*loc, k, "id"):
            continue
        if name in first:
            what = f'the id "{name}" is already that of {kind} number {first[name] + 1} in the list'
            yield Finding((*loc, k, "id"), what, "give each its own id, or take one out")
        else:
            first[name] = k
