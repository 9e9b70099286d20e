"""Checks of the clinic's own objects: services, groups and the days on which it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from iopsched.instance.draft import Draft, Finding
from iopsched.instance.models import Group, Service
from iopsched.instance.windows import DAYS

__all__ = ["check_clinic"]


def check_clinic(draft: Draft) -> Iterator[Finding]:
    """Find services, groups and closed days that contradict themselves or the rest of the clinic."""
    yield from _closed(draft)
    for k, service in enumerate(draft.instance.services):
        yield from _minutes(draft, k, service)
        yield from _agenda(draft, k, service)
    for k, group in enumerate(draft.instance.groups):
        yield from _sizes(draft, k, group)
        yield from _service_of_group(draft, k, group)


def _closed(draft: Draft) -> Iterator[Finding]:
    monday = draft.instance.week
    for k, day in enumerate(draft.instance.closed):
        if draft.sound("week") and draft.sound("closed", k) and not 0 <= (day - monday).days < len(DAYS):
            what = f"{day} is not in the week that begins on {monday}"
            remedy = f"name a day from {monday} to {monday + timedelta(days=6)}, or take it out"
            yield Finding(("closed", k), what, remedy)


def _minutes(draft: Draft, number: int, service: Service) -> Iterator[Finding]:
    grid = draft.instance.slot_minutes
    loc = ("services", number, "minutes")
    if draft.sound("slot_minutes") and draft.sound(*loc) and service.minutes % grid:
        lower = service.minutes // grid * grid
        what = f'"minutes" is {service.minutes}, no multiple of slot_minutes, {grid}'
        nearest = f"{lower} or {lower + grid}" if lower else str(grid)
        yield Finding(loc, what, f"write {nearest}, or change slot_minutes")


def _agenda(draft: Draft, number: int, service: Service) -> Iterator[Finding]:
    loc = ("services", number, "agenda")
    if service.agenda is None:
        return
    if service.kind != "group":
        if draft.sound("services", number, "kind"):
            what = f'"agenda" is only for services of kind "group"; this one is "{service.kind}"'
            yield Finding(loc, what, "take the agenda out, or change the kind")
        return
    total = sum(part.minutes for part in service.agenda)
    minutes_sound = all(draft.sound(*loc, k, "minutes") for k in range(len(service.agenda)))
    if minutes_sound and draft.sound("services", number, "minutes") and total != service.minutes:
        what = f"the agenda's parts last {total} minutes together, the service {service.minutes}"
        yield Finding(
            loc, what, f"make the parts add up to {service.minutes}, or write {total} for the service"
        )


def _sizes(draft: Draft, number: int, group: Group) -> Iterator[Finding]:
    loc = ("groups", number)
    if draft.sound(*loc, "min_size") and draft.sound(*loc, "max_size") and group.min_size > group.max_size:
        what = f'"min_size" is {group.min_size}, more than "max_size", {group.max_size}'
        given = "min_size" if "min_size" in group.model_fields_set else "max_size"
        yield Finding((*loc, given), what, "lower min_size or raise max_size")


def _service_of_group(draft: Draft, number: int, group: Group) -> Iterator[Finding]:
    loc = ("groups", number)
    known = draft.number["services"].get(group.service)
    if known is None or not draft.sound(*loc, "service"):
        return
    service = draft.instance.services[known]
    if service.kind != "group" and draft.sound("services", known, "kind"):
        groups = [one.id for one in draft.instance.services if one.kind == "group"]
        what = f'the service "{service.id}" has kind "{service.kind}", not "group"'
        remedy = (
            f"name a service of kind group ({', '.join(groups)})" if groups else "add a service of kind group"
        )
        yield Finding((*loc, "service"), what, remedy)
    elif service.remote and group.rooms is not None and draft.sound("services", known, "room_kinds"):
        what = f'"rooms" is given, but the service "{service.id}" is remote: it has no room_kinds'
        yield Finding((*loc, "rooms"), what, "take the rooms out, or give the service its room_kinds")
