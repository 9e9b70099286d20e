"""One-hour classes, and all groups as the instance file has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from iopsched.generate.cohorts import TRACKS, Cohort
from iopsched.generate.commitments import clock
from iopsched.generate.draws import Draws
from iopsched.generate.participants import Person
from iopsched.generate.profiles import Profile
from iopsched.generate.services import Document
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY, start_minutes

__all__ = ["CLASSES", "form_classes", "group_documents"]

CLASSES: Final = {
    "yoga": (0.18, ("Tue 12:00", "Thu 12:00", "Fri 10:00", "Wed 16:00")),
    "peer-support": (0.22, ("Mon-Fri 16:00", "Mon-Fri 19:00")),
    "skills-class": (0.22, ("Wed 12:00", "Fri 13:00", "Wed 17:30", "Fri 17:30", "Sat 10:00")),
}
"""One-hour groups: the share of participants who would like one, and when they may meet."""

_MEETINGS = {"yoga": 1, "peer-support": 2, "skills-class": 1}


def form_classes(
    draws: Draws, profile: Profile, people: Sequence[Person], cohorts: Sequence[Cohort]
) -> list[Cohort]:
    """Give some plans a class that meets when they can come, and return the classes.

    ``peer-support`` meets twice and is open to whoever comes; the others meet once.
    """
    blocks = {cohort.name: cohort for cohort in cohorts}
    classes: list[Cohort] = []
    for service, (share, starts) in CLASSES.items():
        remaining = [person for person in people if draws.chance(share)]
        size = max(1, min(round(11 / profile.seats), 16))
        for number in range(1, max(1, -(-len(remaining) // size)) + 1):
            taken = {start for other in classes for start in other.meetings}
            free = [start for start in start_minutes(starts) if start not in taken]
            found = _class(service, number, free, remaining, blocks, size)
            classes.append(found)
            remaining = [person for person in remaining if person not in found.members]
    return classes


def _class(
    service: str,
    number: int,
    starts: Sequence[int],
    people: Sequence[Person],
    blocks: dict[str, Cohort],
    size: int,
) -> Cohort:
    """Return a class at the times that most of these people can make, and add the need to their plans."""
    coming = {start: [person for person in people if _can_come(person, start, blocks)] for start in starts}
    meetings = sorted(coming, key=lambda start: (-len(coming[start]), start))[: _MEETINGS[service]]
    cohort = Cohort(f"{service}-{number}", None, service, 60, tuple(sorted(meetings)))
    for person in people:
        if len(cohort.members) < size and any(person in coming[start] for start in meetings):
            need: Document = {"service": service, "sessions": 1}
            if service == "peer-support":
                need["mix_groups"] = True
            person.needs.append(need)
            cohort.members.append(person)
    return cohort


def _can_come(person: Person, start: int, blocks: dict[str, Cohort]) -> bool:
    """Whether a person is free for an hour and neither in their block then nor there too long that day."""
    if not person.free(start, 60):
        return False
    block = blocks.get(person.cohort or "")
    return block is None or all(
        (start + 60 <= meeting or meeting + block.minutes <= start)
        and (meeting // MINUTES_PER_DAY != start // MINUTES_PER_DAY or block.minutes <= 180)
        for meeting in block.meetings
    )


def group_documents(
    draws: Draws, profile: Profile, cohorts: Sequence[Cohort], closed_days: Sequence[int]
) -> list[Document]:
    """Return all cohorts and classes as groups of the instance file."""
    return [
        _class_document(profile, cohort)
        if cohort.track is None
        else _cohort_document(draws, profile, cohort, closed_days)
        for cohort in cohorts
    ]


def _seats(draws: Draws | None, profile: Profile, cohort: Cohort) -> int:
    """Return ``max_size``; an overfull clinic has fewer seats than people who should sit on them."""
    coming = len(cohort.members) + cohort.guests
    if profile.seats < 1:
        return max(2, int(coming * profile.seats))
    usual = draws.pick((10, 12)) if draws else 12
    return max(usual, coming)


def _class_document(profile: Profile, cohort: Cohort) -> Document:
    document: Document = {
        "id": cohort.name,
        "service": cohort.service,
        "meetings": len(cohort.meetings),
        "starts": list(CLASSES[cohort.service][1]),
        "min_size": min(2, max(1, len(cohort.members) // 2)),
        "max_size": _seats(None, profile, cohort),
    }
    if cohort.service == "peer-support":
        document["same_start"] = False
    return document


def _cohort_document(draws: Draws, profile: Profile, cohort: Cohort, closed_days: Sequence[int]) -> Document:
    track = cohort.track
    assert track is not None
    start = cohort.meetings[0] % MINUTES_PER_DAY
    document: Document = {
        "id": cohort.name,
        "service": cohort.service,
        "meetings": len(cohort.meetings),
    }
    if draws.chance(profile.published):
        days = sorted({meeting // MINUTES_PER_DAY for meeting in cohort.meetings} | set(closed_days))
        document["starts"] = [f"{','.join(DAYS[day] for day in days)} {clock(start)}"]
    else:
        days_open = f"Mon-{DAYS[track.days - 1]}"
        document["starts"] = [f"{days_open} {clock(minute)}" for minute in sorted(track.starts)]
        if track is TRACKS["day"] and draws.chance(0.4):
            document["starts"].append("Sat 09:00")
            document["same_start"] = False
    return document | {
        "min_size": min(3, max(1, len(cohort.members) // 2)),
        "max_size": _seats(draws, profile, cohort),
        "open_to": [track.open_to],
    }
