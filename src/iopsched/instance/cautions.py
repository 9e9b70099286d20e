"""What the format allows and nobody can have meant: needs, groups and services that can only go unmet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from iopsched.instance.draft import Draft, Finding, Loc
from iopsched.instance.models import Group, Instance, Need, Participant, Service, Staff
from iopsched.instance.times import crosses, inside, opening
from iopsched.instance.windows import MINUTES_PER_DAY, spans, start_minutes
from iopsched.instance.words import listed, nearest, nearest_or_known

__all__ = ["check_cautions"]

_Caution = partial(Finding, severity="warning")


def check_cautions(draft: Draft) -> Iterator[Finding]:
    """Find what can never be scheduled whatever the rest of the week looks like."""
    instance = draft.instance
    for k, service in enumerate(instance.services):
        if draft.all_sound("rooms", "kind") and draft.sound("services", k, "room_kinds"):
            yield from _room_kinds(draft, k, service)
    for k, group in enumerate(instance.groups):
        if draft.sound("groups", k) and draft.sound_object("services", group.service):
            yield from _group(draft, ("groups", k), group)
    yield from _never_here(draft)
    for k, participant in enumerate(instance.participants):
        for j, need in enumerate(participant.needs):
            loc: Loc = ("participants", k, "needs", j)
            if need.sessions and draft.sound(*loc, "service") and need.service in draft.number["services"]:
                yield from _skills(draft, loc, need)
                if draft.sound(*loc) and draft.sound_object("services", need.service):
                    yield from _need(draft, loc, participant, need)


def _room_kinds(draft: Draft, number: int, service: Service) -> Iterator[Finding]:
    kinds = {room.kind for room in draft.instance.rooms}
    for k, kind in enumerate(service.room_kinds):
        here = ("services", number, "room_kinds", k)
        if kind not in kinds:
            yield _Caution(here, f'no room has kind "{kind}"', nearest_or_known(kind, sorted(kinds), "room"))


def _never_here(draft: Draft) -> Iterator[Finding]:
    instance = draft.instance
    if not all(draft.sound(field) for field in ("week", "hours", "closed")):
        return
    open_hours = opening(instance)
    if not open_hours:
        yield _Caution(("hours",), "the clinic is never open in this week", "check hours and closed")
        return
    for k, participant in enumerate(instance.participants):
        here = ("participants", k, "available")
        if participant.available is None or not draft.sound(*here):
            continue
        if not any(crosses(span, open_hours) for span in spans(participant.available)):
            what = "is never available while the clinic is open"
            yield _Caution(here, what, "check the windows, or leave the field out for all hours")


def _group(draft: Draft, loc: Loc, group: Group) -> Iterator[Finding]:
    instance = draft.instance
    service = instance.service_by_id[group.service]
    if all(draft.sound(field) for field in ("week", "hours", "closed", "slot_minutes")):
        open_hours = opening(instance)
        usable = [
            start
            for start in start_minutes(group.starts)
            if start % MINUTES_PER_DAY % instance.slot_minutes == 0
            and inside((start, start + service.minutes), open_hours)
        ]
        if not usable:
            what = "none of the starts can be used: off the grid, outside the hours, or on a closed day"
            yield _Caution((*loc, "starts"), what, "name a start that leaves time for the whole meeting")
    if draft.all_sound("staff", "id", "skills") and group.staff is not None:
        members = [member for member in instance.staff if member.id in group.staff]
        for part in service.parts:
            able = sum(part.skill in member.skills for member in members)
            if able < part.leaders <= len(_able(instance, part.skill)):
                what = f'of the group\'s staff {able} can lead "{part.title}", which takes {part.leaders}'
                yield _Caution((*loc, "staff"), what, f'add staff with the skill "{part.skill}"')
    if draft.all_sound("rooms", "id", "kind", "capacity") and not service.remote:
        seats = group.min_size + max(part.leaders for part in service.parts)
        field = "min_size" if group.rooms is None else "rooms"
        yield from _seats(instance, (*loc, field), service, group.rooms, seats)


def _seats(
    instance: Instance, loc: Loc, service: Service, only: Sequence[str] | None, seats: int
) -> Iterator[Finding]:
    """Warn where rooms of the kind exist (a kind without rooms has its own warning) but none will do."""
    of_kind = [room for room in instance.rooms if room.kind in service.room_kinds]
    allowed = [room for room in of_kind if only is None or room.id in only]
    most = max((room.capacity for room in allowed), default=0)
    if of_kind and most < seats:
        what = f"no room of kind {listed(service.room_kinds)} seats {seats} people; the largest seats {most}"
        if not allowed:
            what = f"none of these rooms has kind {listed(service.room_kinds)}"
        yield _Caution(loc, what, f"rooms of the kind are {listed(room.id for room in of_kind)}")


def _skills(draft: Draft, loc: Loc, need: Need) -> Iterator[Finding]:
    instance = draft.instance
    number = draft.number["services"][need.service]
    fields = [draft.sound("services", number, field) for field in ("id", "kind", "skill", "agenda")]
    if draft.all_sound("staff", "skills") and all(fields):
        for part in instance.services[number].parts:
            able = len(_able(instance, part.skill))
            if able < part.leaders:
                who = "nobody has" if not able else f"only {able} of the {part.leaders} staff it takes have"
                meant = nearest(
                    part.skill,
                    sorted({skill for one in instance.staff for skill in one.skills} - {part.skill}),
                )
                remedy = f'did you mean "{meant}"?' if meant and not able else "give somebody the skill"
                yield _Caution((*loc, "service"), f'{who} the skill "{part.skill}"', remedy)


def _need(draft: Draft, loc: Loc, participant: Participant, need: Need) -> Iterator[Finding]:
    instance = draft.instance
    service = instance.service_by_id[need.service]
    own: Loc = loc[:2]
    if service.kind == "group":
        if draft.sound(*own, "tags") and draft.all_sound("groups", "id", "service", "open_to"):
            yield from _no_group(draft, loc, participant, need)
        return
    if draft.all_sound("staff", "id", "skills", "tags"):
        yield from _nobody_suits(loc, need, _able(instance, service.skill))
    seats_known = draft.all_sound("rooms", "kind", "capacity") and draft.sound(*own, "family")
    if seats_known and not service.remote and not need.remote:
        relatives = participant.family_of(need) if service.kind == "family" else ()
        yield from _seats(instance, (*loc, "service"), service, None, 2 + len(relatives))


def _able(instance: Instance, skill: str) -> list[Staff]:
    return [member for member in instance.staff if skill in member.skills]


def _nobody_suits(loc: Loc, need: Need, able: list[Staff]) -> Iterator[Finding]:
    tags = set(need.staff_tags)
    if not able or any(
        (need.staff is None or member.id in need.staff)
        and member.id not in need.not_staff
        and tags <= set(member.tags)
        for member in able
    ):
        return
    restrictions = {"staff": need.staff is not None, "staff_tags": tags, "not_staff": need.not_staff}
    fields = [field for field, given in restrictions.items() if given]
    what = f"nobody with the skill is left by {' and '.join(fields)}"
    yield _Caution((*loc, fields[0]), what, f"who has the skill: {listed(member.id for member in able)}")


def _no_group(draft: Draft, loc: Loc, participant: Participant, need: Need) -> Iterator[Finding]:
    serving = [group for group in draft.instance.groups if group.service == need.service]
    if not serving:
        yield _Caution((*loc, "service"), f'no group meets for "{need.service}"', "add a group")
        return
    if need.groups is not None:
        serving = [group for group in serving if group.id in need.groups]
        if not serving:
            what = f'none of these groups meets for "{need.service}"'
            yield _Caution((*loc, "groups"), what, "name a group of this service, or leave the field out")
            return
    tags = set(participant.tags)
    if not any(tags >= set(group.open_to) for group in serving):
        missing = sorted(set(serving[0].open_to) - tags)
        what = f"no group is open to this participant; {serving[0].id} asks for the tags {listed(missing)}"
        yield _Caution((*loc, "service"), what, "give the participant the tags, or open a group")
