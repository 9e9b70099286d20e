"""Participants in the making: who they are, when they can come, and what their treatment plans ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from iopsched.generate.commitments import appointments, occupation_busy, relative_hours, school_busy
from iopsched.generate.draws import Draws
from iopsched.generate.profiles import Profile
from iopsched.generate.services import Document
from iopsched.instance.windows import MINUTES_PER_DAY, spans

__all__ = ["Person", "draw_people"]

_PREFERENCES = (
    ["Mon-Fri 16:00-21:00"],
    ["Mon-Sat 08:00-13:00"],
    ["Mon-Thu 09:00-21:00"],
    ["Mon-Sat 12:00-18:00"],
)


@dataclass(eq=False)
class Person:
    """A participant in the making.

    Attributes
    ----------
    level : {"iop", "iop-teen", "php"}
        The program.
    hours : tuple of (int, int)
        The clinic's hours without its closed days, in minutes of the week.
    document : dict
        The participant as the instance file will have it.
    """

    level: str
    hours: tuple[tuple[int, int], ...]
    document: Document
    cohort: str | None = field(default=None)

    @property
    def id(self) -> str:
        """The code."""
        return str(self.document["id"])

    @property
    def needs(self) -> list[Document]:
        """The needs, in the order of the file."""
        found: list[Document] = self.document["needs"]
        return found

    def need_of(self, service: str) -> Document | None:
        """Return the need of a service, if there is one."""
        return next((need for need in self.needs if need["service"] == service), None)

    @property
    def block_need(self) -> Document:
        """The need of the group block that this level of care is built around."""
        return next(need for need in self.needs if need["service"] in ("iop-group", "teen-group", "php-day"))

    @property
    def tags(self) -> list[str]:
        """What the participant is, as groups ask for it."""
        found: list[str] = self.document["tags"]
        return found

    @cached_property
    def _free(self) -> list[tuple[int, int]]:
        """The stretches of the week in which this participant could come, in minutes of the week."""
        windows = self.document.get("available")
        present = self.hours if windows is None else spans(windows)
        free = [
            (max(first, start), min(last, end))
            for first, last in self.hours
            for start, end in present
            if max(first, start) < min(last, end)
        ]
        for entry in self.document["busy"]:
            travel = entry.get("travel_minutes", 0)
            for start, end in spans(entry["when"]):
                free = [part for stretch in free for part in _without(stretch, start - travel, end + travel)]
        return free

    def free(self, start: int, minutes: int) -> bool:
        """Return whether a session of ``minutes`` from a minute of the week on would suit."""
        return any(first <= start and start + minutes <= last for first, last in self._free)

    def openings(self, minutes: int, *, with_family: bool = False) -> tuple[int, ...]:
        """Return the minutes of the week, every half hour, at which a session of this length could begin."""
        relatives = self.document.get("family", []) if with_family else []
        hours = [spans(relative["available"]) for relative in relatives]
        return tuple(
            start
            for first, last in self._free
            for start in range(-(-first // 30) * 30, last - minutes + 1, 30)
            if all(any(a <= start and start + minutes <= b for a, b in windows) for windows in hours)
        )

    def release(self) -> None:
        """Free the participant of all commitments, as somebody on leave for the treatment is."""
        self.document["busy"] = []
        self.__dict__.pop("_free", None)


def _without(stretch: tuple[int, int], start: int, end: int) -> list[tuple[int, int]]:
    """Return what is left of a stretch outside ``start`` to ``end``."""
    first, last = stretch
    return [(a, b) for a, b in ((first, min(last, start)), (max(first, end), last)) if a < b]


def draw_people(
    draws: Draws, profile: Profile, hours: tuple[tuple[int, int], ...], count: int
) -> list[Person]:
    """Return ``count`` participants with commitments and treatment plans, staff not yet thought of."""
    return [_draw_person(draws, profile, hours, number, count) for number in range(count)]


def _draw_person(
    draws: Draws, profile: Profile, hours: tuple[tuple[int, int], ...], number: int, count: int
) -> Person:
    # A program of five days a week is only run where a handful of people would be in it.
    partial = profile.partial if count * profile.partial >= 4 else 0.0
    level = draws.weighted(
        (("php", partial), ("iop-teen", profile.teens), ("iop", max(0.0, 1 - partial - profile.teens)))
    )
    document: Document = {"id": f"P{number:04d}", "program": level, "tags": _tags(draws, level)}
    if level == "iop":
        busy = occupation_busy(draws, draws.weighted(profile.occupations))
    elif level == "iop-teen":
        busy = school_busy(draws)
    else:
        busy = []
    document["busy"] = busy + appointments(draws)
    if draws.chance(0.4):
        document["prefers"] = draws.pick(_PREFERENCES)
    if level == "iop" and draws.chance(0.12 if profile.detail else 0.04):
        document["available"] = draws.pick(
            (["Mon-Fri 08:00-21:00"], ["Mon-Thu 08:00-21:00", "Sat 09:00-14:00"])
        )
    document["needs"] = []
    person = Person(level, hours, document)
    if level == "php" and not all(person.free(day * MINUTES_PER_DAY + 540, 240) for day in _weekdays(hours)):
        person.release()
    _plan(draws, profile, person, number)
    return person


def _weekdays(hours: tuple[tuple[int, int], ...]) -> list[int]:
    return sorted({first // MINUTES_PER_DAY for first, _ in hours if first < 5 * MINUTES_PER_DAY})


def _tags(draws: Draws, level: str) -> list[str]:
    if level == "iop-teen":
        return ["teen"]
    return ["adult", "women"] if draws.chance(0.4) else ["adult"]


_FAMILY_SHARE = {"iop": 0.35, "iop-teen": 0.75, "php": 0.3}
_MEDICATION_SHARE = {"iop": 0.25, "iop-teen": 0.2, "php": 0.9}


def _plan(draws: Draws, profile: Profile, person: Person, number: int) -> None:
    """Write the treatment plan: the block and the individual session, then what is added to them."""
    newcomer = person.level == "iop" and draws.chance(profile.newcomers)
    block = {"iop": "iop-group", "iop-teen": "teen-group", "php": "php-day"}[person.level]
    need: Document = {
        "service": block,
        "sessions": _block_sessions(draws, profile, person.level),
        "priority": 2,
    }
    if newcomer:
        person.needs.append({"service": "intake", "sessions": 1, "priority": 5})
        need |= {"sessions": 2, "after": "intake"}
    else:
        person.needs.append({"service": "individual", "sessions": 1, "priority": 3})
        if draws.chance(0.15):
            person.needs[0] |= {"sessions": 2, "min_days_apart": draws.pick((1, 2, 2))}
    person.needs.append(need)
    if draws.chance(_FAMILY_SHARE[person.level]):
        _add_family(draws, person, number)
    if draws.chance(_MEDICATION_SHARE[person.level]):
        person.needs.append({"service": "medication", "sessions": 1, "priority": 2})
    if draws.chance(0.3):
        person.needs.append(
            {"service": draws.weighted((("case", 0.75), ("case-visit", 0.25))), "sessions": 1}
        )


def _block_sessions(draws: Draws, profile: Profile, level: str) -> int:
    if level == "php":
        return 5
    if level == "iop-teen":
        return draws.weighted(((2, 15.0), (3, 85.0)))
    if draws.chance(profile.daily):
        return 5
    return draws.weighted(((2, 8.0), (3, 82.0), (4, 10.0)))


def _add_family(draws: Draws, person: Person, number: int) -> None:
    """Add a family session with one or two relatives; where they share no hour, with the first alone."""
    names = [f"F{number:04d}{letter}" for letter in ("ab" if draws.chance(0.4) else "a")]
    relatives = [{"id": name, "available": relative_hours(draws)} for name in names]
    need: Document = {"service": "family", "sessions": 1, "priority": 2}
    person.document["family"] = relatives
    if len(person.openings(60, with_family=True)) < 4:
        person.document["family"] = relatives[:1]
    if len(person.openings(60, with_family=True)) < 4:
        del person.document["family"]
        return
    if len(person.document["family"]) > 1 and draws.chance(0.4):
        need["family"] = names[:1]
    person.needs.append(need)
