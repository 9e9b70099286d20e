"""From pins to the sessions that they ask for: several pins may speak of one session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iopsched.instance.draft import Draft, Finding
from iopsched.instance.models import Group, Instance, Need, Part, Participant, Pin, Service
from iopsched.instance.times import Span, clock

__all__ = ["PinnedSession", "breaks", "check_shapes", "pinned_sessions"]

_SHAPES = ({"participant", "service"}, {"group"}, {"participant", "group"})


@dataclass(frozen=True)
class PinnedSession:
    """A session that pins ask for.

    Attributes
    ----------
    pins : tuple of int
        The pins that fix the session itself; the attendances where there are only those.
    service, group : Service, Group or None
        What takes place; a meeting has a group.
    start : int
        In minutes of the week.
    attendance : dict of str to tuple of int
        For each participant pinned into it the pins that say so.
    staff : frozenset of str, or None
        All who lead any part, where a pin fixes them.
    room : str or None
        Where a pin fixes it.
    """

    pins: tuple[int, ...]
    service: Service
    group: Group | None
    start: int
    attendance: dict[str, tuple[int, ...]]
    staff: frozenset[str] | None
    room: str | None

    @property
    def span(self) -> Span:
        """The session's start and end."""
        return (self.start, self.start + self.service.minutes)

    @property
    def name(self) -> str:
        """What it is called in a message."""
        who = self.group.id if self.group else next(iter(self.attendance))
        what = "meeting" if self.group else self.service.id
        return f"{who}'s {what} on {clock(self.start)}"

    def parts(self) -> Iterator[tuple[Part, Span]]:
        """Yield each part with its span."""
        start = self.start
        for part in self.service.parts:
            yield part, (start, start + part.minutes)
            start += part.minutes

    def needs(self, instance: Instance) -> Iterator[tuple[Participant, Need]]:
        """Yield the pinned participants with their needs of the service, where they have one."""
        for name in self.attendance:
            participant = instance.participant_by_id[name]
            need = participant.need_of(self.service.id)
            if need is not None:
                yield participant, need


def breaks(rule: str, pins: Iterable[int], text: str, remedy: str = "") -> Finding:
    """Return the finding that pins break a rule, at the first of them."""
    first, *others = sorted(set(pins))
    beside = f" together with {', '.join(f'pins[{k}]' for k in others)}" if others else ""
    default = "move or drop one of these pins" if others else "move or drop the pin"
    return Finding(("pins", first), f"breaks rule {rule}{beside}: {text}", remedy or default)


def check_shapes(draft: Draft) -> Iterator[Finding]:
    """Find pins that are neither a session, nor a meeting, nor somebody's attendance of one."""
    for k, pin in enumerate(draft.instance.pins):
        if not draft.sound("pins", k):
            continue
        given = _given(pin)
        if given not in _SHAPES:
            names = " and ".join(sorted(given)) or "nobody"
            remedy = 'write "participant" and "service", or "group", or "participant" and "group"'
            yield Finding(("pins", k), f"names {names}: that is no session, meeting or attendance", remedy)
        elif given == {"participant", "group"}:
            for field in ("staff", "room"):
                if getattr(pin, field) is not None:
                    what = f'"{field}" is not for the pin of an attendance'
                    yield Finding(("pins", k, field), what, "give it in a pin of the group alone")
        elif "service" in given and _is_group_service(draft, pin):
            what = f'"{pin.service}" is held in groups: its meetings are pinned by group'
            yield Finding(("pins", k, "service"), what, 'write "group" in the place of "service"')


def _given(pin: Pin) -> set[str]:
    return {field for field in ("participant", "service", "group") if getattr(pin, field) is not None}


def _is_group_service(draft: Draft, pin: Pin) -> bool:
    number = draft.number["services"].get(pin.service or "")
    return number is not None and draft.instance.services[number].kind == "group"


def pinned_sessions(draft: Draft) -> tuple[list[PinnedSession], list[Finding]]:
    """Return the sessions that the sound pins ask for, and the pins that say two things of one session."""
    if not all(draft.sound(field) for field in ("week", "hours", "closed", "slot_minutes")):
        return [], []
    alike: dict[tuple[str, str, int], list[int]] = {}
    for k, pin in enumerate(draft.instance.pins):
        if _judgeable(draft, k, pin):
            key = (pin.group or "", "" if pin.group else f"{pin.participant}\n{pin.service}", pin.minute)
            alike.setdefault(key, []).append(k)
    sessions, conflicts = [], []
    for numbers in alike.values():
        session, found = _united(draft.instance, numbers)
        sessions.append(session)
        conflicts += found
    return sessions, conflicts


def _judgeable(draft: Draft, number: int, pin: Pin) -> bool:
    """Whether a pin has a shape, and everything that it touches is there and as the file says."""
    if not draft.sound("pins", number) or _given(pin) not in _SHAPES:
        return False
    touched = [("participants", pin.participant), ("groups", pin.group), ("rooms", pin.room)]
    touched += [("staff", name) for name in pin.staff or ()]
    if any(name is not None and not draft.sound_object(collection, name) for collection, name in touched):
        return False
    service = draft.instance.group_by_id[pin.group].service if pin.group else pin.service
    if service is None or not draft.sound_object("services", service):
        return False
    return (draft.instance.service_by_id[service].kind == "group") == (pin.group is not None)


def _united(instance: Instance, numbers: list[int]) -> tuple[PinnedSession, list[Finding]]:
    pins = {k: instance.pins[k] for k in numbers}
    first = pins[numbers[0]]
    group = instance.group_by_id[first.group] if first.group else None
    service = instance.service_by_id[group.service if group else first.service or ""]
    attendance: dict[str, tuple[int, ...]] = {}
    for k, pin in pins.items():
        if pin.participant is not None:
            attendance[pin.participant] = (*attendance.get(pin.participant, ()), k)
    own = [k for k, pin in pins.items() if not (pin.participant and pin.group)]
    staff = {k: frozenset(pins[k].staff or ()) for k in own if pins[k].staff is not None}
    rooms = {k: pins[k].room for k in own if pins[k].room is not None}
    conflicts = [
        breaks("pin", said, f"they fix different {what} for one session", "keep one of them")
        for what, said in (("staff", staff), ("rooms", rooms))
        if len(set(said.values())) > 1
    ]
    session = PinnedSession(
        pins=tuple(own or numbers),
        service=service,
        group=group,
        start=first.minute,
        attendance=attendance,
        staff=next(iter(staff.values()), None),
        room=next(iter(rooms.values()), None),
    )
    return session, conflicts
