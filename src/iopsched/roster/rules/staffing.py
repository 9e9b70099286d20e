"""Who may lead what: ``staff-free`` and ``staff-fit``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopsched.instance.models import Need, Service, Staff
from iopsched.roster.calendar import first_overlap, lies_within
from iopsched.roster.placed import Led, Placed
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable, overlapping
from iopsched.roster.words import listed, named, stretch

__all__ = ["staff_fit", "staff_free"]


def staff_free(table: Timetable) -> Iterator[Violation]:
    """Check ``staff-free``: whoever leads is available and not busy while leading.

    And never leads, or writes notes of, two things at once; notes may run past the hours.
    """
    for who, led in table.led_by.items():
        member = table.instance.staff_by_id.get(who)
        if member is not None:
            yield from _not_at_work(table, member, led)
        for first, second in overlapping(led, until="notes_end"):
            if first.frozen and second.frozen:
                continue
            doing = "leading" if first.end > second.start else "still writing notes of"
            same = first.placed is second.placed
            what = f"{who} is {doing} {'an earlier part' if same else named(first.placed.session)}"
            yield concerning("staff-free", second.placed, what, staff=(who,))


def _not_at_work(table: Timetable, member: Staff, led: Sequence[Led]) -> Iterator[Violation]:
    at_work = table.calendar.stretches(member.available)
    appointments = table.calendar.stretches(member.busy)
    for part in led:
        if part.frozen:
            continue
        if not lies_within(at_work, part.start, part.end):
            what = f"{member.id} isn't at work throughout {stretch(part.start, part.end)}"
            yield concerning("staff-free", part.placed, what, staff=(member.id,))
        busy = first_overlap(appointments, part.start, part.end)
        if busy is not None:
            what = f"{member.id} is busy {stretch(*busy)}"
            yield concerning("staff-free", part.placed, what, staff=(member.id,))


def staff_fit(table: Timetable) -> Iterator[Violation]:
    """Check ``staff-fit``: staff have the skill of the part led, and each part as many as lead it.

    The need's ``staff``, ``not_staff``, ``staff_tags`` and ``same_staff`` hold, and the group's ``staff``.
    A member whose need says ``not_staff`` attends no meeting that such staff lead any part of.
    """
    for placed in table.judged:
        if placed.service is not None:
            yield from _leaders(table, placed, placed.service)
        if placed.group is not None and placed.group.staff is not None:
            others = placed.staff - set(placed.group.staff)
            if others:
                what = f"{listed(others)} isn't among the staff of group {placed.group.id}"
                yield concerning("staff-fit", placed, what, staff=others)
    for who, need, sessions in table.needs():
        for placed in sessions:
            if not placed.frozen:
                yield from _asked_for(table, who, need, placed)
        yield from _one_person(table, who, need, sessions)


def _leaders(table: Timetable, placed: Placed, service: Service) -> Iterator[Violation]:
    if not placed.parts_known:
        what = f"its agenda is left out, and who leads which part of {service.id} can't be told"
        yield concerning("staff-fit", placed, what, staff=placed.session.staff)
        return
    if placed.staff != set(placed.session.staff):
        what = (
            f"its staff are {listed(set(placed.session.staff))}, its parts are led by {listed(placed.staff)}"
        )
        yield concerning("staff-fit", placed, what, staff=placed.staff ^ set(placed.session.staff))
    for asked, part in zip(service.parts, placed.parts, strict=False):
        when = stretch(part.start, part.end)
        if len(part.staff) != asked.leaders:
            what = f"{asked.leaders} must lead {when}, not {listed(part.staff)}"
            yield concerning("staff-fit", placed, what, staff=part.staff)
        known = (table.instance.staff_by_id[who] for who in part.staff if who in table.instance.staff_by_id)
        unable = [member.id for member in known if asked.skill not in member.skills]
        if unable:
            what = f"{listed(unable)} hasn't the skill {asked.skill} that {when} takes"
            yield concerning("staff-fit", placed, what, staff=unable)


def _asked_for(table: Timetable, who: str, need: Need, placed: Placed) -> Iterator[Violation]:
    refused = placed.staff & set(need.not_staff)
    if refused:
        yield concerning("staff-fit", placed, f"{who} must not have {listed(refused)}", (who,), refused)
    if placed.is_meeting:
        return
    others = frozenset() if need.staff is None else placed.staff - set(need.staff)
    if others:
        what = f"{who} may have {listed(need.staff or ())} only, not {listed(others)}"
        yield concerning("staff-fit", placed, what, (who,), others)
    for member in sorted(placed.staff & table.instance.staff_by_id.keys()):
        missing = set(need.staff_tags) - set(table.instance.staff_by_id[member].tags)
        if missing:
            what = f"{who} asks for staff with {listed(missing)}, which {member} hasn't"
            yield concerning("staff-fit", placed, what, (who,), (member,))


def _one_person(table: Timetable, who: str, need: Need, sessions: Sequence[Placed]) -> Iterator[Violation]:
    if not need.same_staff or table.instance.service_by_id[need.service].kind == "group":
        return
    teams = {placed.staff for placed in sessions}
    if len(teams) > 1 and not all(placed.frozen for placed in sessions):
        everyone = frozenset().union(*teams)
        what = f"{who} must have one person for all {need.service} sessions, not {listed(everyone)}"
        yield concerning("staff-fit", sessions[-1], what, (who,), everyone)
