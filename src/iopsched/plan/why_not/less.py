"""Clinics of which less is asked: what is impossible there is impossible in the whole clinic too."""

from __future__ import annotations

from iopsched.instance.models import Instance

__all__ = ["alone", "rivals"]


def alone(instance: Instance, participant: str) -> Instance:
    """Return the clinic with one participant only: whatever is possible with the others is possible here."""
    person = instance.participant_by_id[participant].model_copy(update={"apart_from": ()})
    groups = tuple(group.model_copy(update={"min_size": 0}) for group in instance.groups)
    pins = tuple(pin for pin in instance.pins if pin.participant in (None, participant))
    return instance.model_copy(update={"participants": (person,), "groups": groups, "pins": pins})


def rivals(instance: Instance, participant: str, service: str) -> Instance:
    """Return the clinic with only such needs of the others as compete with one: less is asked of it.

    Those are needs of the same service, or of services that the same staff lead in one-to-one and family
    sessions, with whatever must come before them.
    """
    wanted = _rival_services(instance, service)
    kept = []
    for person in instance.participants:
        if person.id == participant:
            kept.append(person)
            continue
        chosen: set[str] = set()
        waiting = [need.service for need in person.needs if need.service in wanted]
        while waiting:
            need = person.need_of(waiting.pop())
            if need is not None and need.service not in chosen:
                chosen.add(need.service)
                waiting += [need.after] if need.after else []
        if chosen:
            needs = tuple(need for need in person.needs if need.service in chosen)
            kept.append(person.model_copy(update={"needs": needs}))
    left = {person.id: {need.service for need in person.needs} for person in kept}
    people = tuple(
        person.model_copy(update={"apart_from": tuple(one for one in person.apart_from if one in left)})
        for person in kept
    )
    groups = {group.id: group.service for group in instance.groups}
    pins = tuple(
        pin
        for pin in instance.pins
        if pin.participant is None
        or (pin.service or groups[pin.group or ""]) in left.get(pin.participant, set())
    )
    sized = tuple(
        group if group.service == service else group.model_copy(update={"min_size": 0})
        for group in instance.groups
    )
    return instance.model_copy(update={"participants": people, "groups": sized, "pins": pins})


def _rival_services(instance: Instance, service: str) -> set[str]:
    asked = instance.service_by_id[service]
    if asked.kind == "group":
        return {service}
    staff = [member for member in instance.staff if asked.skill in member.skills]
    return {
        other.id
        for other in instance.services
        if other.kind != "group" and any(other.skill in member.skills for member in staff)
    }
