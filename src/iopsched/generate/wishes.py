"""What participants and planners have said about staff and settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from iopsched.generate.cohorts import Cohort
from iopsched.generate.draws import Draws
from iopsched.generate.participants import Person
from iopsched.generate.profiles import Profile
from iopsched.generate.services import Document
from iopsched.generate.staffing import at_work
from iopsched.instance.windows import MINUTES_PER_WEEK

__all__ = ["keep_apart", "restrict", "wish_for_staff", "with_skill"]

_SHARED = 3
"""Half-hour starts that a participant and a member of staff share before one asks for the other."""

_CASES = 9
"""Participants who may ask for the same person."""


def wish_for_staff(
    draws: Draws, profile: Profile, people: Sequence[Person], staff: Sequence[Document]
) -> None:
    """Write ``prefer_staff``, ``staff``, ``not_staff``, ``staff_tags`` and ``remote`` into the plans.

    Somebody is only asked for who is at work when the participant can come, and by no more participants than
    one person can see.
    """
    asked: Counter[str] = Counter()
    therapists = _hours_at_work(staff)
    for person in people:
        need = person.need_of("individual")
        block = person.block_need
        if draws.chance(profile.wishes.not_staff / 2):
            block["not_staff"] = [draws.pick(with_skill(staff, "individual"))["id"]]
        if need is None:
            continue
        openings = person.openings(60)
        known = [
            member
            for member, hours in therapists
            if asked[member["id"]] < _CASES and len(hours.intersection(openings)) >= _SHARED
        ]
        _wish(draws, profile, need, draws.shuffled(known), asked)
        if need["sessions"] > 1 and "prefer_staff" not in need and draws.chance(0.3):
            need["same_staff"] = False
        if draws.chance(profile.wishes.remote):
            need["remote"] = True


def with_skill(staff: Sequence[Document], skill: str) -> list[Document]:
    """Return who has a skill."""
    return [member for member in staff if skill in member["skills"]]


def _hours_at_work(staff: Sequence[Document]) -> list[tuple[Document, frozenset[int]]]:
    """Return therapists with every half hour of the week from which they are at work for an hour."""
    return [
        (member, frozenset(start for start in range(0, MINUTES_PER_WEEK, 30) if at_work(member, start, 60)))
        for member in with_skill(staff, "individual")
    ]


def _wish(draws: Draws, profile: Profile, need: Document, known: list[Document], asked: Counter[str]) -> None:
    """Write at most one kind of wish into an individual need; nobody is asked for whom nobody can see."""
    shares = profile.wishes
    kind = draws.weighted(
        (
            ("prefer_staff", shares.prefer_staff),
            ("staff", shares.only_staff),
            ("not_staff", shares.not_staff),
            ("staff_tags", shares.staff_tags),
            (
                "none",
                max(0.0, 1 - shares.prefer_staff - shares.only_staff - shares.not_staff - shares.staff_tags),
            ),
        )
    )
    names = [member["id"] for member in known]
    if kind == "prefer_staff" and names:
        need["prefer_staff"] = names[:1]
        asked[names[0]] += 1
    elif kind == "staff" and len(names) > 1:
        need["staff"] = names[: draws.pick((2, 3, 3))]
        asked.update(need["staff"])
    elif kind == "not_staff" and len(names) > 2:
        need["not_staff"] = names[:1]
    elif kind == "staff_tags":
        tags = sorted({tag for member in known for tag in member["tags"]})
        if tags:
            tag = draws.pick(tags)
            need["staff_tags"] = [tag]
            asked.update(member["id"] for member in known if tag in member["tags"])


def keep_apart(draws: Draws, profile: Profile, people: Sequence[Person], cohorts: Sequence[Cohort]) -> None:
    """Keep some pairs apart who are meant for different groups of one service."""
    pairs = round(profile.wishes.apart * len(people) / 2)
    members = [
        (person, cohort) for cohort in cohorts if cohort.track is not None for person in cohort.members
    ]
    chosen: list[Person] = []
    for person, cohort in draws.shuffled(members):
        others = [
            other
            for other, elsewhere in members
            if elsewhere is not cohort and elsewhere.service == cohort.service and other not in chosen
        ]
        if len(chosen) < 2 * pairs and person not in chosen and others:
            other = draws.pick(others)
            person.document["apart_from"] = [other.id]
            chosen += [person, other]


def restrict(
    draws: Draws,
    profile: Profile,
    people: Sequence[Person],
    cohorts: Sequence[Cohort],
    groups: Sequence[Document],
    staff: Sequence[Document],
    rooms: Sequence[Document],
) -> None:
    """Tie some plans to the women's group, free others of one group; tie some groups to rooms and staff."""
    for cohort in cohorts:
        if cohort.track is not None and cohort.track.name == "women":
            for person in cohort.members:
                if draws.chance(0.4):
                    person.block_need["groups"] = [cohort.name]
    for person in people:
        if "groups" not in person.block_need and draws.chance(profile.wishes.mix_groups):
            person.block_need["mix_groups"] = True
    group_rooms = [room["id"] for room in rooms if room["kind"] == "group"]
    if len(group_rooms) >= 4:
        groups[0]["rooms"] = group_rooms[:2]
    if not profile.detail:
        return
    leaders = [
        member["id"] for member in staff if "process" in member["skills"] or "case" in member["skills"]
    ]
    for group in groups:
        if group["service"] == "iop-group" and len(leaders) > 5 and draws.chance(0.4):
            left_out = draws.pick(leaders)
            group["staff"] = [leader for leader in leaders if leader != left_out]
