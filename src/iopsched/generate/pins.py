"""Decisions that already stand: pins of meetings, of sessions and of attendances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iopsched.generate.arrangement import Arrangement, Decision
from iopsched.generate.cohorts import Cohort
from iopsched.generate.commitments import clock
from iopsched.generate.draws import Draws
from iopsched.generate.participants import Person
from iopsched.generate.profiles import Profile
from iopsched.generate.services import Document
from iopsched.generate.staffing import at_work
from iopsched.generate.wishes import with_skill
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY

__all__ = ["standing_decisions"]

_MOST_DAYS = 5
"""Days a week that every program allows; whoever has a block on each has none left for a pinned session."""


def standing_decisions(
    draws: Draws,
    profile: Profile,
    services: Mapping[str, Document],
    people: Sequence[Person],
    cohorts: Sequence[Cohort],
    groups: Sequence[Document],
    staff: Sequence[Document],
    rooms: Sequence[Document],
) -> list[Document]:
    """Return pins that agree with the reference meetings, with leaders and rooms enough for all of them.

    Small clinics have none: at most one for every twelve participants, up to the profile's ``pins``.
    """
    count = min(profile.pins, len(people) // 12)
    arranged = Arrangement(staff, rooms)
    blocks = [cohort for cohort in cohorts if cohort.track is not None and len(cohort.members) >= 3]
    described = {group["id"]: group for group in groups}
    pins: list[Document] = []
    for turn, cohort in enumerate(draws.sample(blocks, (count + 1) // 2)):
        members = _who_comes(cohort, described[cohort.name])
        meeting = _meeting(services[cohort.service], cohort, described[cohort.name], members, staff)
        if not members or not arranged.take(meeting):
            continue
        pin: Document = {"group": cohort.name, "start": _start(meeting.start)}
        if profile.detail and turn == 0:
            pin["room"] = rooms[0]["id"]
        pins.append(pin)
        if profile.detail and turn == 1:
            pins.append({"participant": members[0].id, "group": cohort.name, "start": _start(meeting.start)})
    taken: set[str] = set()
    for person in draws.shuffled(people):
        if len(pins) >= count:
            break
        pinned = _visit_pin(draws, services, person, cohorts, staff, taken, arranged)
        if pinned is not None:
            taken.update(pinned.get("staff", []))
            pins.append(pinned)
    return pins


def _who_comes(cohort: Cohort, group: Document) -> list[Person]:
    """Return members enough for the last reference meeting, whatever else is pinned; nobody where too few.

    Newcomers, who wait for an intake, are not counted on.
    """
    free = [
        person
        for person in cohort.members
        if person.free(cohort.meetings[-1], cohort.minutes) and "after" not in person.block_need
    ]
    free.sort(key=lambda person: "not_staff" in person.block_need)
    return free[: group["min_size"]] if len(free) >= group["min_size"] else []


def _meeting(
    service: Document, cohort: Cohort, group: Document, members: Sequence[Person], staff: Sequence[Document]
) -> Decision:
    """Return the last reference meeting of a cohort, led by nobody whom one of its members refuses."""
    refused = {name for person in members for name in person.block_need.get("not_staff", [])}
    parts: list[tuple[int, int, str, int]] = []
    offset = 0
    for part in service.get("agenda", [{"minutes": service["minutes"]}]):
        skill = part.get("skill", service.get("skill", service["id"]))
        parts.append((offset, part["minutes"], skill, part.get("leaders", 1)))
        offset += part["minutes"]
    able = group.get("staff", [member["id"] for member in staff])
    return Decision(
        cohort.meetings[-1],
        cohort.minutes,
        tuple(parts),
        frozenset(able) - refused,
        tuple(service["room_kinds"]),
    )


def _start(start: int) -> str:
    day, minute = divmod(start, MINUTES_PER_DAY)
    return f"{DAYS[day]} {clock(minute)}"


def _visit_pin(
    draws: Draws,
    services: Mapping[str, Document],
    person: Person,
    cohorts: Sequence[Cohort],
    staff: Sequence[Document],
    taken: set[str],
    arranged: Arrangement,
) -> Document | None:
    """Return a pin of somebody's one individual session or intake, or nothing where none is sure to fit.

    It is on a day without a block of the participant's group, by staff with no other pin and no wish against
    them.
    """
    need = next((need for need in person.needs if need["service"] in ("individual", "intake")), None)
    if (
        need is None
        or need["sessions"] != 1
        or person.cohort is None
        or person.block_need["sessions"] >= _MOST_DAYS
        or {"staff", "staff_tags"} & need.keys()
    ):
        return None
    meetings = next(cohort.meetings for cohort in cohorts if cohort.name == person.cohort)
    busy_days = {start // MINUTES_PER_DAY for start in meetings}
    if need["service"] == "intake":
        busy_days |= set(range(min(busy_days) + 1, 7))
    service = services[need["service"]]
    parts = ((0, service["minutes"], "individual", 1),)
    for start in draws.shuffled(person.openings(service["minutes"])):
        if start // MINUTES_PER_DAY in busy_days:
            continue
        for member in with_skill(staff, "individual"):
            name = member["id"]
            if name in taken or name in need.get("not_staff", []):
                continue
            if not at_work(member, start, service["minutes"]):
                continue
            visit = Decision(
                start, service["minutes"], parts, frozenset([name]), tuple(service["room_kinds"])
            )
            if arranged.take(visit):
                pin = {"participant": person.id, "service": need["service"], "start": _start(start)}
                return pin | {"staff": [name]} if draws.chance(0.5) else pin
    return None
