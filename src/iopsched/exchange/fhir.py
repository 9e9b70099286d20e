"""A FHIR R4 transaction: schedules and slots of staff and rooms, and everybody's appointments.

Nobody's appointment names another patient. Patients, practitioners and relatives are referred to by the
clinic's codes (logical references); the receiving system knows who they are. Sending a bundle again
changes nothing: what is sent is found again by its identifiers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from fhir.resources.R4B.bundle import Bundle

from iopsched.exchange.clocks import instants
from iopsched.exchange.entries import Entry, entries
from iopsched.exchange.fhir_parts import (
    Resource,
    concept,
    created_once,
    known_by_code,
    own_id,
    printable,
    put,
    reference,
    urn,
)
from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.roster.calendar import minutes_between
from iopsched.roster.models import Roster, Session
from iopsched.roster.views import View

__all__ = ["fhir_bundle"]

_RESTRICTED: Final[Resource] = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
    "code": "R",
    "display": "restricted",
}


def fhir_bundle(instance: Instance, rosters: Sequence[Roster], names: Names) -> str:
    """Return a FHIR R4 transaction bundle as JSON, valid by the models of ``fhir.resources``.

    Parameters
    ----------
    instance : Instance
        What was asked.
    rosters : sequence of Roster
        Answers of the week one after the other, oldest first. The last stands: appointments that only
        earlier ones hold are cancelled, and their slots are free.
    names : Names
        Put on for rooms, groups, services and staff; never for patients.
    """
    sessions = [session for roster in rosters for session in roster.sessions]
    staff = sorted({member for session in sessions for member in session.staff})
    rooms = sorted({session.room for session in sessions if session.room is not None})
    groups = sorted({session.group for session in sessions if session.group is not None})
    owners = [*(View("staff", member) for member in staff), *(View("room", room) for room in rooms)]
    slots: dict[str, Resource] = {}
    appointments: dict[str, Resource] = {}
    for roster in rosters:  # what a later roster says takes the place of what an earlier one said
        stands = roster is rosters[-1]
        taken = [(owner, each) for owner in owners for each in entries(owner, instance, roster, Names())]
        slots |= _by_url(_slot(owner, each, instance, stands) for owner, each in taken)
        filled: dict[str, list[Resource]] = defaultdict(list)
        for owner, each in taken:
            if stands and not each.notes:
                filled[each.session].append({"reference": urn(_slot_id(owner, each, instance))})
        for session in roster.sessions:
            appointments |= _by_url(_appointments(session, filled[session.id], instance, names, stands))
    sent = [
        *(_practitioner(member, names) for member in staff),
        *(_location(room, names) for room in rooms),
        *(_group(group, names) for group in groups),
        *(_schedule(owner, instance) for owner in owners),
        *slots.values(),
        *appointments.values(),
    ]
    document = {"resourceType": "Bundle", "type": "transaction", **({"entry": sent} if sent else {})}
    bundle = Bundle.model_validate(document)
    return str(bundle.model_dump_json(indent=1)) + "\n"


def _by_url(sent: Iterable[Resource]) -> dict[str, Resource]:
    return {entry["fullUrl"]: entry for entry in sent}


def _practitioner(member: str, names: Names) -> Resource:
    return created_once(
        "PractitionerRole",
        ("staff", member),
        active=True,
        practitioner={
            **known_by_code("Practitioner", "staff", member),
            "display": printable(names.of("staff", member)),
        },
    )


def _location(room: str, names: Names) -> Resource:
    return created_once(
        "Location", ("room", room), status="active", mode="instance", name=printable(names.of("room", room))
    )


def _group(group: str, names: Names) -> Resource:
    """Return a group without its members."""
    called = printable(names.of("group", group))
    return created_once("Group", ("group", group), active=True, type="person", actual=True, name=called)


def _schedule(owner: View, instance: Instance) -> Resource:
    sunday = instance.week + timedelta(days=6)
    return put(
        "Schedule",
        own_id(instance, "schedule", owner.kind, owner.id),
        active=True,
        actor=[reference(owner.kind, owner.id)],
        planningHorizon={"start": instance.week.isoformat(), "end": sunday.isoformat()},
    )


def _slot(owner: View, taken: Entry, instance: Instance, stands: bool) -> Resource:
    """Return when somebody leads or writes notes, or a room is taken; what no longer stands is free."""
    status = "busy-unavailable" if taken.notes else "busy"
    start, end = instants(taken.start, taken.end, instance.timezone)
    return put(
        "Slot",
        _slot_id(owner, taken, instance),
        schedule={"reference": urn(own_id(instance, "schedule", owner.kind, owner.id))},
        status=status if stands else "free",
        start=start.isoformat(),
        end=end.isoformat(),
    )


def _slot_id(owner: View, taken: Entry, instance: Instance) -> UUID:
    return own_id(instance, "slot", owner.kind, owner.id, taken.session, taken.number, taken.notes)


def _appointments(
    session: Session, slots: list[Resource], instance: Instance, names: Names, stands: bool
) -> Iterator[Resource]:
    """Yield an appointment for each participant, of whom each names one."""
    start, end = instants(session.start, session.end, instance.timezone)
    led_by = [reference("staff", member) for member in sorted(session.staff)]
    others = [*led_by, *([] if session.room is None else [reference("room", session.room)])]
    called = printable(names.of("service", session.service))
    about: dict[str, Any] = {"slot": slots} if slots else {}
    if session.group is not None:
        about["supportingInformation"] = [reference("group", session.group)]
    for who in session.participants:
        family = [
            known_by_code("RelatedPerson", "family", f"{who}/{member}") for member in sorted(session.family)
        ]
        actors = [known_by_code("Patient", "participant", who), *family, *others]
        yield put(
            "Appointment",
            own_id(instance, "appointment", session.id, who),
            meta={"security": [_RESTRICTED]},
            status="booked" if stands else "cancelled",
            serviceType=[concept("service", session.service, called)],
            description="Appointment",
            start=start.isoformat(),
            end=end.isoformat(),
            minutesDuration=minutes_between(session.start, session.end),
            participant=[{"actor": actor, "required": "required", "status": "accepted"} for actor in actors],
            **about,
        )
