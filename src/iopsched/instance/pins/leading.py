"""Who can lead a pinned session, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iopsched.instance.draft import Draft, Finding
from iopsched.instance.models import Instance, Part, Staff
from iopsched.instance.pins.sessions import PinnedSession, breaks
from iopsched.instance.times import Span, crosses, inside
from iopsched.instance.windows import spans
from iopsched.instance.words import listed

__all__ = ["check_leaders", "leaders_of_parts"]


@dataclass(frozen=True)
class _Reason:
    """Why somebody cannot lead: the rule, and the attendances that it comes from."""

    rule: str
    text: str
    attendance: tuple[int, ...] = ()


def check_leaders(draft: Draft, session: PinnedSession) -> Iterator[Finding]:
    """Find a pinned session that its pinned staff, or where none is pinned nobody, can lead.

    Pinned staff are exactly all who lead any part: each of them must find a part, and each part its
    leaders. Loads, breaks and other sessions are left out.
    """
    instance = draft.instance
    if session.staff is None and not draft.sound("staff"):
        return
    findings = list(_each_able(instance, session)) or list(_each_part_led(instance, session))
    yield from findings
    if findings or session.staff is None:
        return
    able = leaders_of_parts(instance, session)
    if not _all_find_a_part(sorted(session.staff), able, [part.leaders for part in session.service.parts]):
        text = f"{listed(sorted(session.staff))} cannot all lead a part of {session.name}"
        yield breaks("staff-fit", session.pins, text, "name as many staff as its parts take")


def leaders_of_parts(instance: Instance, session: PinnedSession) -> list[list[str]]:
    """Return for each part who could lead it: fit, at work and not busy; of the pinned staff, if any."""
    staff = (
        instance.staff if session.staff is None else [instance.staff_by_id[s] for s in sorted(session.staff)]
    )
    return [
        [
            member.id
            for member in staff
            if _why_not_fit(instance, session, member, part) is None and _why_not_free(member, span) is None
        ]
        for part, span in session.parts()
    ]


def _why_not_fit(instance: Instance, session: PinnedSession, member: Staff, part: Part) -> _Reason | None:
    if part.skill not in member.skills:
        return _Reason("staff-fit", f'{member.id} has not the skill "{part.skill}"')
    if session.group is not None and session.group.staff is not None and member.id not in session.group.staff:
        return _Reason("staff-fit", f"{member.id} is none of the group's staff")
    for participant, need in session.needs(instance):
        whose = session.attendance[participant.id]
        if member.id in need.not_staff:
            return _Reason("staff-fit", f"{participant.id}'s need rules {member.id} out (not_staff)", whose)
        if session.group is None:
            if need.staff is not None and member.id not in need.staff:
                text = f"{participant.id}'s need does not name {member.id} among its staff"
                return _Reason("staff-fit", text, whose)
            missing = sorted(set(need.staff_tags) - set(member.tags))
            if missing:
                text = f"{member.id} has not the tags {listed(missing)} that {participant.id} needs"
                return _Reason("staff-fit", text, whose)
    return None


def _why_not_free(member: Staff, span: Span) -> _Reason | None:
    if not inside(span, spans(member.available)):
        return _Reason("staff-free", f"{member.id} is not at work throughout")
    if crosses(span, spans(member.busy)):
        return _Reason("staff-free", f"{member.id} is busy")
    return None


def _each_able(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    """Report pinned staff who can lead no part at all, with the reason that comes closest to leading."""
    for name in sorted(session.staff or ()):
        member = instance.staff_by_id[name]
        reasons = [
            _why_not_fit(instance, session, member, part) or _why_not_free(member, span)
            for part, span in session.parts()
        ]
        if None not in reasons:
            reason = max((one for one in reasons if one), key=lambda one: one.rule == "staff-free")
            remedy = "name other staff, or move or drop the pin"
            yield breaks(reason.rule, session.pins + reason.attendance, reason.text, remedy)


def _each_part_led(instance: Instance, session: PinnedSession) -> Iterator[Finding]:
    whose = "staff" if session.staff is None else "pinned staff"
    for part, able in zip(session.service.parts, leaders_of_parts(instance, session), strict=True):
        if len(able) >= part.leaders:
            continue
        fit = sum(
            _why_not_fit(instance, session, member, part) is None
            for member in instance.staff
            if session.staff is None or member.id in session.staff
        )
        rule = "staff-fit" if fit < part.leaders else "staff-free"
        who = f"{len(able)} of the {whose}"
        text = f'{who} can lead "{part.title}" of {session.name}, which takes {part.leaders}'
        attendance = [
            k
            for participant, need in session.needs(instance)
            if need.not_staff
            for k in session.attendance[participant.id]
        ]
        yield breaks(rule, (*session.pins, *attendance), text)


def _all_find_a_part(staff: Sequence[str], able: Sequence[Sequence[str]], leaders: Sequence[int]) -> bool:
    """Whether everyone can have a part, no part more than its leaders (bipartite matching).

    Where each part has enough staff who can lead it, such a matching can always be filled up.
    """
    leading: list[list[str]] = [[] for _ in able]

    def place(member: str, tried: set[int]) -> bool:
        for k, names in enumerate(able):
            if member not in names or k in tried:
                continue
            tried.add(k)
            if len(leading[k]) < leaders[k]:
                leading[k].append(member)
                return True
            for other in tuple(leading[k]):
                if place(other, tried):
                    leading[k].remove(other)
                    leading[k].append(member)
                    return True
        return False

    return all(place(member, set()) for member in staff)
