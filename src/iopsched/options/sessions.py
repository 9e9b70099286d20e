"""Every place a one-to-one or family session could take: start × staff, and the rooms that would serve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iopsched.instance.models import Need, Participant, Service
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.calendar import BoolArray, IntArray, family_calendar
from iopsched.options.facts import Facts

__all__ = ["ServicePlaces", "SessionOptions", "qualified_staff", "service_places", "session_options"]


@dataclass(frozen=True)
class ServicePlaces:
    """Where sessions of a service could take place, whoever comes.

    Attributes
    ----------
    times : array of int, shape (m,)
        Starts on the grid and in the hours, in minutes of the week.
    led : array of bool, shape (m, staff)
        Who has the skill and could lead from each start.
    rooms : array of bool, shape (m, room classes)
        Which rooms are of a kind that serves, and free.
    """

    times: IntArray
    led: BoolArray
    rooms: BoolArray


@dataclass(frozen=True)
class SessionOptions:
    """The places of the sessions of one one-to-one or family need.

    Attributes
    ----------
    index : int
        Position among all such needs.
    participant : int
        Index of the participant.
    wanted : int
        Sessions still to be placed: those needed less those frozen.
    minutes, note : int
        Length of a session, and of the notes after it.
    times : array of int, shape (m,)
        Starts from which participant, family, some staff and some room are free, in minutes of the week.
    led : array of bool, shape (m, staff)
        Who could lead from each start.
    rooms : array of bool, shape (m, room classes)
        Which rooms would serve from each start; all false for a remote session.
    pinned : tuple of int
        Starts that are pinned; ``led`` and ``rooms`` hold only what the pins allow there.
    """

    index: int
    participant: int
    need: Need
    service: Service
    wanted: int
    minutes: int
    note: int
    family: tuple[str, ...]
    remote: bool
    times: IntArray
    led: BoolArray
    rooms: BoolArray
    pinned: tuple[int, ...]

    @property
    def one_leader(self) -> bool:
        """Whether one person must lead several sessions (rule ``staff-fit``, ``same_staff``)."""
        return self.need.same_staff and self.need.sessions > 1

    @property
    def weight(self) -> int:
        """What one missing session adds to the level ``unmet``."""
        return self.need.priority * self.minutes


def service_places(facts: Facts, service: Service) -> ServicePlaces:
    """Work out for a service what does not depend on who comes."""
    instance, minutes = facts.instance, service.minutes
    times = facts.grid(service)
    led = np.zeros((len(times), len(instance.staff)), np.bool_)
    for k, member in enumerate(instance.staff):
        able = service.skill in member.skills and member.max_participants != 0
        if able and facts.lead_fits(k, minutes, service.note_minutes):
            led[:, k] = facts.staff[k].fits(times, minutes)
            if facts.frozen:
                led[:, k] &= facts.unoccupied[k].fits_clipped(times, minutes + service.note_minutes)
    rooms = np.zeros((len(times), len(facts.classes)), np.bool_)
    for room_class in facts.classes:
        if room_class.kind in service.room_kinds:
            rooms[:, room_class.index] = room_class.calendar.fits(times, minutes)
    return ServicePlaces(times, led, rooms)


def qualified_staff(facts: Facts, need: Need, service: Service) -> BoolArray:
    """Tell who may lead a need's sessions at all (rule ``staff-fit``); shape (staff,)."""
    tags = set(need.staff_tags)
    return np.array(
        [
            service.skill in member.skills
            and (need.staff is None or member.id in need.staff)
            and member.id not in need.not_staff
            and (not tags or tags <= set(member.tags))
            for member in facts.instance.staff
        ],
        np.bool_,
    )


def _can_come(facts: Facts, k: int, need: Need, service: Service, times: IntArray) -> BoolArray:
    """Tell at which starts participant and family could come, frozen sessions considered."""
    participant = facts.instance.participants[k]
    if not facts.day_fits(participant, service.minutes):
        return np.zeros(len(times), np.bool_)
    fits = facts.participants[k].fits(times, service.minutes)
    if service.kind == "family":
        relatives = family_calendar(participant, participant.family_of(need))
        fits &= relatives.fits(times, service.minutes)
    for frozen in facts.frozen_of(k, need):
        apart = np.abs(times // MINUTES_PER_DAY - frozen.start // MINUTES_PER_DAY)
        fits &= apart >= need.min_days_apart
    return fits


def _one_leader_only(facts: Facts, k: int, need: Need, qualified: BoolArray) -> BoolArray:
    """Keep only whoever led the frozen sessions of a need that one person must lead."""
    if not need.same_staff:
        return qualified
    for frozen in facts.frozen_of(k, need):
        led = np.zeros_like(qualified)
        led[[lead.staff for lead in frozen.leads]] = len(frozen.session.staff) == 1
        qualified = qualified & led
    return qualified


def _apply_pins(
    facts: Facts, participant: Participant, need: Need, times: IntArray, led: BoolArray, rooms: BoolArray
) -> tuple[int, ...]:
    """Restrict ``led`` and ``rooms`` in place where pins say who and where; return the pinned starts."""
    pinned = []
    for pin in facts.instance.pins:
        if (
            pin.participant != participant.id
            or pin.service != need.service
            or pin.minute < facts.first_minute
        ):
            continue
        pinned.append(pin.minute)
        at = times == pin.minute
        if pin.staff is not None:
            named = {facts.staff_index[member] for member in pin.staff}
            led[at] &= np.array([{k} == named for k in range(led.shape[1])], np.bool_)
        if pin.room is not None:
            rooms[at] &= np.arange(rooms.shape[1]) == facts.class_of_room[pin.room]
    return tuple(sorted(set(pinned)))


def session_options(facts: Facts, index: int, k: int, need: Need, places: ServicePlaces) -> SessionOptions:
    """Enumerate the places of a need's sessions and prune all that no roster could use.

    Parameters
    ----------
    facts : Facts
    index : int
        Position of the need among the one-to-one and family needs.
    k : int
        Index of the participant.
    need : Need
    places : ServicePlaces
        Of the need's service.
    """
    instance = facts.instance
    participant = instance.participants[k]
    service = instance.service_by_id[need.service]
    family = participant.family_of(need) if service.kind == "family" else ()
    wanted = max(0, need.sessions - len(facts.frozen_of(k, need)))
    come = _can_come(facts, k, need, service, places.times) & (wanted > 0)
    times = places.times[come]
    qualified = _one_leader_only(facts, k, need, qualified_staff(facts, need, service))
    led = places.led[come] & qualified
    remote = service.remote or need.remote
    seats = np.array([c.capacity >= 2 + len(family) for c in facts.classes], np.bool_)
    rooms = places.rooms[come] & seats & (not remote)
    pinned = _apply_pins(facts, participant, need, times, led, rooms)
    kept = led.any(axis=1) & (remote | rooms.any(axis=1))
    return SessionOptions(
        index, k, need, service, wanted, service.minutes, service.note_minutes, family, remote,
        times[kept], led[kept], rooms[kept], pinned,
    )  # fmt: skip
