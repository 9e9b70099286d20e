"""Checks of what participants need: fields for the kind of service, one need of each, no circles."""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.instance.draft import Draft, Finding, Loc
from iopsched.instance.models import Need, Participant

__all__ = ["check_needs"]

_INDIVIDUAL = ("one_to_one", "family")
_ONLY_FOR = {
    "groups": ("group",),
    "mix_groups": ("group",),
    "staff": _INDIVIDUAL,
    "staff_tags": _INDIVIDUAL,
    "prefer_staff": _INDIVIDUAL,
    "same_staff": _INDIVIDUAL,
    "remote": _INDIVIDUAL,
    "family": ("family",),
}


def check_needs(draft: Draft) -> Iterator[Finding]:
    """Find needs that contradict each other, their service or their participant.

    A field that is only for other kinds of service is an error where it says something: written out with
    its own default it says what its absence says, and is passed over.
    """
    for k, participant in enumerate(draft.instance.participants):
        loc: Loc = ("participants", k)
        for j, name in enumerate(participant.apart_from):
            if name == participant.id and draft.sound(*loc, "id") and draft.sound(*loc, "apart_from", j):
                here = (*loc, "apart_from", j)
                yield Finding(here, "a participant cannot be apart from themselves", "take the id out")
        for j, need in enumerate(participant.needs):
            yield from _fields_of_kind(draft, (*loc, "needs", j), need)
        yield from _repeated(draft, (*loc, "needs"), participant)
        yield from _circles(draft, (*loc, "needs"), participant)


def _fields_of_kind(draft: Draft, loc: Loc, need: Need) -> Iterator[Finding]:
    number = draft.number["services"].get(need.service)
    if number is None or not draft.sound("services", number, "kind") or not draft.sound(*loc, "service"):
        return
    kind = draft.instance.services[number].kind
    for field, kinds in _ONLY_FOR.items():
        if kind not in kinds and getattr(need, field) != Need.model_fields[field].default:
            what = f'"{field}" is only for services of kind {" or ".join(kinds)}; this one has kind {kind}'
            yield Finding((*loc, field), what, "take the field out, or name another service")


def _repeated(draft: Draft, loc: Loc, participant: Participant) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for k, need in enumerate(participant.needs):
        if not draft.sound(*loc, k, "service"):
            continue
        if need.service in first:
            what = f'need number {first[need.service] + 1} of this participant is of "{need.service}" too'
            yield Finding((*loc, k, "service"), what, "make them one need, with the sessions added up")
        else:
            first[need.service] = k


def _circles(draft: Draft, loc: Loc, participant: Participant) -> Iterator[Finding]:
    """Report each circle of ``after`` once, at its first need in the file."""
    after: dict[str, str] = {}
    for k, need in enumerate(participant.needs):
        if need.after is not None and draft.sound(*loc, k, "service") and draft.sound(*loc, k, "after"):
            after.setdefault(need.service, need.after)
    reported: set[str] = set()
    for k, need in enumerate(participant.needs):
        circle = [need.service]
        while circle[-1] in after and after[circle[-1]] not in circle:
            circle.append(after[circle[-1]])
        if after.get(circle[-1]) != need.service or need.service in reported:
            continue
        reported.update(circle)
        here = (*loc, k, "after")
        if len(circle) == 1:
            yield Finding(
                here, f'"after" names its own service, "{need.service}"', "name another, or leave it out"
            )
        else:
            what = f'"after" closes a circle: {" after ".join([*circle, circle[0]])}'
            yield Finding(here, what, "take one of these after out")
