"""One clinic in one week, put together: people, plans, groups, staff, rooms, wishes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iopsched.errors import UsageError
from iopsched.generate.cohorts import form_cohorts
from iopsched.generate.draws import Draws
from iopsched.generate.groups import form_classes, group_documents
from iopsched.generate.load import therapy_load, visit_load
from iopsched.generate.participants import draw_people
from iopsched.generate.pins import standing_decisions
from iopsched.generate.profiles import CLINICS, PROFILES, SCHOOLS, Profile
from iopsched.generate.rooms import rooms
from iopsched.generate.school import school_document
from iopsched.generate.services import Document, programs, services
from iopsched.generate.staffing import case_managers, prescribers, therapists
from iopsched.generate.wishes import keep_apart, restrict, wish_for_staff
from iopsched.instance.models import Instance
from iopsched.instance.windows import MINUTES_PER_DAY, spans

__all__ = ["generate"]


def generate(participants: int, seed: int, profile: str = "mixed") -> Instance:
    """Return a realistic clinic-week, or a school's.

    The same arguments give the same instance on every Python version and platform. Participants come first,
    with commitments and treatment plans; then groups that suit them; then staff and rooms for the load that
    follows, by day and part of the day. Except in the profile ``overfull`` nearly all of it can be delivered.

    Parameters
    ----------
    participants : int
        How many, at least 1.
    seed : int
        Names the clinic among those of its size and profile.
    profile : str
        A name in :data:`PROFILES`.

    Raises
    ------
    UsageError
        If there is no such profile, or ``participants`` is below 1.
    """
    if profile not in PROFILES:
        raise UsageError(f"there is no profile {profile!r}; the profiles are {', '.join(PROFILES)}")
    if participants < 1:
        raise UsageError(f"a clinic has at least 1 participant, not {participants}")
    names = (profile, participants, seed)
    if profile in SCHOOLS:
        document = school_document(names, SCHOOLS[profile], participants)
    else:
        document = _clinic(CLINICS[profile], names, participants)
    return Instance.model_validate({"id": f"{profile}-{participants}-{seed}", **document})


def _clinic(profile: Profile, names: Sequence[str | int], participants: int) -> Document:
    """Return everything but the id, drawing each part from a stream of its own."""
    hours, weekdays, closed_days = _open(profile)
    offered = {service["id"]: service for service in services(profile)}
    people = draw_people(Draws(*names, "people"), profile, hours, participants)
    cohorts = form_cohorts(Draws(*names, "cohorts"), profile, people)
    classes = form_classes(Draws(*names, "classes"), profile, people, cohorts)
    load = therapy_load(offered, people, cohorts).times(profile.staff)
    case_load = visit_load(offered, people, cohorts, ("case", "case-visit"))
    staff = [
        *therapists(Draws(*names, "therapists"), profile, load, cohorts, weekdays),
        *prescribers(visit_load(offered, people, cohorts, ("medication",)), weekdays),
        *case_managers(Draws(*names, "case managers"), case_load, classes, weekdays),
    ]
    visits = visit_load(
        offered, people, cohorts, ("individual", "family", "intake", "medication", "case-visit")
    )
    families = sum(person.need_of("family") is not None for person in people)
    rooms_there = rooms(Draws(*names, "rooms"), profile, [*cohorts, *classes], visits, families)
    groups = group_documents(Draws(*names, "groups"), profile, [*cohorts, *classes], closed_days)
    wish_for_staff(Draws(*names, "wishes"), profile, people, staff)
    keep_apart(Draws(*names, "apart"), profile, people, cohorts)
    restrict(Draws(*names, "restrictions"), profile, people, cohorts, groups, staff, rooms_there)
    pins = standing_decisions(
        Draws(*names, "pins"), profile, offered, people, cohorts, groups, staff, rooms_there
    )
    return {
        "week": profile.week,
        "timezone": "America/Chicago",
        "slot_minutes": profile.slot_minutes,
        "hours": list(profile.hours),
        "closed": list(profile.closed),
        "services": list(offered.values()),
        "rooms": rooms_there,
        "staff": staff,
        "groups": groups,
        "programs": programs(profile),
        "participants": [person.document for person in people],
        "pins": pins,
        "weights": {"wait": 2} if profile.detail else {},
    }


def _open(profile: Profile) -> tuple[tuple[tuple[int, int], ...], list[int], list[int]]:
    """Return the hours without the closed days, the weekdays among them, and the days closed."""
    monday = date.fromisoformat(profile.week)
    closed = [(date.fromisoformat(day) - monday).days for day in profile.closed]
    hours = tuple(span for span in spans(profile.hours) if span[0] // MINUTES_PER_DAY not in closed)
    weekdays = sorted({first // MINUTES_PER_DAY for first, _ in hours} - {5, 6})
    return hours, weekdays, closed
