"""What could be asked of groups: seats, times, who may join, who leads, another group."""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.instance.models import Group
from iopsched.instance.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK, start_minutes
from iopsched.plan.edits.base import changed
from iopsched.plan.edits.groups import (
    GroupAdded,
    GroupAlsoStarts,
    GroupLedBy,
    GroupMeets,
    GroupMinimum,
    GroupOpenTo,
    GroupRooms,
    GroupSeats,
)
from iopsched.plan.edits.participants import MayMeet
from iopsched.plan.edits.times import written_starts
from iopsched.plan.why_not.facts import Asked, Fact
from iopsched.plan.why_not.proposals import Asking, Proposal, asking, exactly, span_of
from iopsched.roster.models import Roster

__all__ = ["group_mends"]

SEAT, START, MEETING, GROUP = 30, 60, 240, 900
"""Points of one more seat, another time to begin, another meeting a week, another group."""
REACHES = (30, 60, 120)
"""Minutes by which a group could begin earlier or later, before any other time is thought of."""
EVERY = 30
"""Minutes between the starts that a group could have."""


def group_mends(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    """Propose what would set aside a fact about the groups of a service."""
    instance, who = asked.instance, asked.participant
    if fact.kind == "apart":
        for other in instance.apart_of.get(who.id, ()):
            yield exactly(f"apart {other}", 120, instance, MayMeet(participant=who.id, other=other))
        return
    for group in instance.groups:
        if group.service != asked.service.id:
            continue
        name = group.id
        if fact.kind == "open-to" and not set(group.open_to) <= set(who.tags):
            tags = tuple(tag for tag in group.open_to if tag in who.tags)
            yield exactly(f"open {name}", 60, instance, GroupOpenTo(group=name, tags=tags))
        elif fact.kind == "seats":
            seats = GroupSeats(group=name, seats=group.max_size + 1)
            yield exactly(f"seats {name}", SEAT, instance, seats)
        elif fact.kind == "min-size" and group.min_size > 1:
            yield _smaller(asked, group)
        elif fact.kind == "meetings":
            yield exactly(
                f"meets {name}", MEETING, instance, GroupMeets(group=name, meetings=group.meetings + 1)
            )
        elif fact.kind == "group-staff" and group.staff is not None:
            yield exactly(f"led {name}", 60, instance, GroupLedBy(group=name, staff=None))
        elif fact.kind == "group-rooms" and group.rooms is not None:
            yield exactly(f"rooms {name}", 30, instance, GroupRooms(group=name, rooms=None))
        elif fact.kind in ("groups", "same-start"):
            yield from _other_times(asked, group)


def _smaller(asked: Asked, group: Group) -> Proposal:
    """Propose that a group meets with fewer."""

    def of_roster(roster: Roster) -> Asking:
        least = min((len(one.participants) for one in roster.sessions if one.group == group.id), default=1)
        least = min(least, group.min_size - 1)
        return asking(SEAT * (group.min_size - least), GroupMinimum(group=group.id, seats=least))

    widened = changed(asked.instance, "groups", group.id, min_size=1)
    return Proposal(f"minimum {group.id}", SEAT, widened, of_roster)


def _other_times(asked: Asked, group: Group) -> Iterator[Proposal]:
    """Propose that a group may begin at other times too, or that there is another like it."""
    instance = asked.instance
    known = set(start_minutes(group.starts))

    def used(roster: Roster, name: str) -> tuple[int, ...]:
        return tuple(span_of(instance, one)[0] for one in roster.sessions if one.group == name)

    def also(roster: Roster) -> Asking:
        new = [start for start in used(roster, group.id) if start not in known]
        if not new:
            return Asking((), 0)
        points = sum(START + min(abs(start - old) for old in known or new) for start in new)
        return asking(points, GroupAlsoStarts(group=group.id, starts=written_starts(new)))

    step = max(EVERY, instance.slot_minutes)
    for reach in REACHES:
        near = {
            start + shift
            for start in known
            for shift in range(-reach, reach + 1, step)
            if start // MINUTES_PER_DAY == (start + shift) // MINUTES_PER_DAY
        }
        more = GroupAlsoStarts(group=group.id, starts=written_starts(near))
        yield Proposal(f"starts {group.id}", START + reach, more.applied(instance), also)
    every = written_starts(range(0, MINUTES_PER_WEEK, step))
    anytime = GroupAlsoStarts(group=group.id, starts=every)
    yield Proposal(f"starts {group.id}", 4 * START, anytime.applied(instance), also)
    name = next(name for k in range(2, 1000) if (name := f"{group.id}-{k}") not in instance.group_by_id)

    def another(roster: Roster) -> Asking:
        starts = written_starts(used(roster, name))
        return asking(GROUP, GroupAdded(group=name, like=group.id, starts=starts or None))

    added = GroupAdded(group=name, like=group.id, starts=every)
    yield Proposal("another group", GROUP, added.applied(instance), another)
