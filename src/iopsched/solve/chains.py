"""Ejection chains: meetings that push each other aside until all have a place.

A meeting takes the start at which the fewest others are in its way; those give way, and look for another
start themselves, the dearer to move again the more often they were moved.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from iopsched.model.standing import leads_of_meeting
from iopsched.options import Options, Plan
from iopsched.options.frozen import Lead
from iopsched.options.meetings import MeetingOption

__all__ = ["Chains", "Lesson", "Standing"]

Resource = tuple[object, ...]
"""A participant, some staff or a class of rooms at a moment."""

Taken = tuple[tuple[Resource, int], ...]
"""Resources with amounts."""

Lesson = tuple[int, int]
"""A group, and which of its meetings."""


@dataclass(frozen=True)
class Standing:
    """What is taken already: participants, leaders and rooms, as stretches of the week."""

    people: dict[int, list[tuple[int, int]]]
    leads: list[Lead]
    rooms: list[tuple[int, int, int]]

    @classmethod
    def of(cls, options: Options, plan: Plan) -> Standing:
        """Gather what a plan takes."""
        found = cls(defaultdict(list), [], [])
        for need, placements in plan.placements.items():
            asked = options.sessions[need]
            for placed in placements:
                end = placed.start + asked.minutes
                found.people[asked.participant].append((placed.start, end))
                found.leads.append(Lead(placed.staff, placed.start, end, end + asked.note))
                found.rooms.append((placed.room_class, placed.start, end))
        for option, meeting in plan.meetings.items():
            described = options.meetings[option]
            for need in meeting.members:
                person = options.attendances[need].participant
                found.people[person].append((described.start, described.end))
            found.leads.extend(leads_of_meeting(described, meeting))
            found.rooms.append((meeting.room_class, described.start, described.end))
        return found

    def free(self, participant: int, start: int, end: int) -> bool:
        """Tell whether a participant is in nothing between two minutes."""
        return all(end <= begin or until <= start for begin, until in self.people.get(participant, ()))

    def staff_at(self, staff: Iterable[int], moment: int) -> int:
        """Count how many of some staff lead, or write notes, at a moment."""
        able = set(staff)
        return len({lead.staff for lead in self.leads if lead.start <= moment < lead.occupied_until} & able)

    def rooms_at(self, room_class: int, moment: int) -> int:
        """Count how many rooms of a class are taken at a moment."""
        return sum(one == room_class and start <= moment < end for one, start, end in self.rooms)


class _Supply:
    """What meetings take, and how much of it there is beside what stands.

    Meetings that can only be led by staff of a set are at no time more than the set has
    members (Hall's condition, for the sets that occur).
    """

    def __init__(self, options: Options, members: Mapping[int, tuple[int, ...]], standing: Standing) -> None:
        self.options = options
        self.members = members
        self.standing = standing
        self.capacity: dict[Resource, int] = {}
        starts = {lead.start for lead in standing.leads} | {start for _, start, _ in standing.rooms}
        for group in members:
            for option in options.meetings_of[group]:
                meeting = options.meetings[option]
                starts.update((meeting.start, *(part.start for part in meeting.parts)))
        self.moments = sorted(starts)

    def within(self, start: int, end: int) -> list[int]:
        """Return the moments at which something goes on; two meet if and only if they share one."""
        return self.moments[bisect_left(self.moments, start) : bisect_left(self.moments, end)]

    def taken_by(self, option: MeetingOption) -> Taken:
        """Return what a meeting takes, with amounts; enter what is new to the capacities."""
        taken: dict[Resource, int] = defaultdict(int)
        for moment in self.within(option.start, option.end):
            for need in self.members[option.group]:
                taken["participant", self.options.attendances[need].participant, moment] = 1
        for part in option.parts:
            for moment in self.within(part.start, part.end + option.note):
                key = self._staff(part.staff, moment)
                taken[key] = max(taken[key], part.leaders)
        return tuple(taken.items())

    def room(self, option: MeetingOption, room_class: int) -> Taken:
        """Return what a meeting takes of rooms, if it is held in one of a class."""
        taken: list[tuple[Resource, int]] = []
        for moment in self.within(option.start, option.end):
            key = ("room", room_class, moment)
            if key not in self.capacity:
                places = self.options.facts.classes[room_class].places
                self.capacity[key] = places - self.standing.rooms_at(room_class, moment)
            taken.append((key, 1))
        return tuple(taken)

    def _staff(self, staff: tuple[int, ...], moment: int) -> Resource:
        key = ("staff", staff, moment)
        if key not in self.capacity:
            self.capacity[key] = len(staff) - self.standing.staff_at(staff, moment)
        return key


class Chains:
    """Meetings that stand for the moment, and what each takes."""

    def __init__(
        self, options: Options, members: Mapping[int, tuple[int, ...]], plan: Plan, seed: int
    ) -> None:
        self.options = options
        self.random = random.Random(seed)
        standing = Standing.of(options, plan)
        supply = _Supply(options, members, standing)
        self.taken: dict[int, Taken] = {}
        self.rooms: dict[int, dict[int, Taken]] = {}
        self.possible: dict[int, list[int]] = {}
        self.capacity = supply.capacity
        for group in members:
            least = max(1, options.instance.groups[group].min_size)
            possible = self.possible[group] = []
            for option in options.meetings_of[group]:
                meeting = options.meetings[option]
                coming = [
                    need
                    for need in set(members[group]).intersection(options.attendable_by[option])
                    if standing.free(options.attendances[need].participant, meeting.start, meeting.end)
                ]
                taken = supply.taken_by(meeting)
                rooms = {k: supply.room(meeting, k) for k in meeting.rooms} or {-1: ()}
                rooms = {k: one for k, one in rooms.items() if self.there(one)}
                if rooms and self.there(taken) and len(coming) >= least:
                    possible.append(option)
                    self.taken[option], self.rooms[option] = taken, rooms
        self.holders: dict[Resource, dict[Lesson, int]] = defaultdict(dict)
        self.at: dict[Lesson, int] = {}
        self.held_in: dict[Lesson, int] = {}
        self.days: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        self.people = {
            group: [options.attendances[need].participant for need in needs]
            for group, needs in members.items()
        }
        self.moved: dict[Lesson, int] = defaultdict(int)

    def choices(self, lesson: Lesson) -> list[int]:
        """Return where a meeting may be, beside the others of its group (rule ``group-meetings``)."""
        group = lesson[0]
        described = self.options.instance.groups[group]
        others = [
            self.options.meetings[self.at[group, k]]
            for k in range(described.meetings)
            if k != lesson[1] and (group, k) in self.at
        ]
        days = {other.day for other in others}
        times = {other.time_of_day for other in others} if described.same_start else set()
        return [
            option
            for option in self.possible[group]
            if self.options.meetings[option].day not in days
            and (not times or self.options.meetings[option].time_of_day in times)
        ]

    def there(self, taken: Taken) -> bool:
        """Tell whether there is enough of what a meeting takes, if it is the only one."""
        return all(amount <= self.capacity.get(resource, 1) for resource, amount in taken)

    def in_the_way(self, taken: Taken, away: AbstractSet[Lesson] = frozenset()) -> set[Lesson]:
        """Return who would have to give way besides some, those moved least where there is a choice."""
        more: set[Lesson] = set()
        for resource, amount in taken:
            left = {k: one for k, one in self.holders.get(resource, {}).items() if k not in away | more}
            over = amount + sum(left.values()) - self.capacity.get(resource, 1)
            for lesson in sorted(left, key=lambda one: (self.moved[one], one)) if over > 0 else ():
                more.add(lesson)
                over -= left[lesson]
                if over <= 0:
                    break
        return more

    def place(self, lesson: Lesson) -> set[Lesson] | None:
        """Hold a meeting where those in its way are the cheapest to move, and return them.

        Of starts with nobody in the way, the one that adds least to the members' burden is taken.
        """
        best: tuple[int, int] | None = None
        chosen: tuple[int, int, set[Lesson]] | None = None
        choices = self.choices(lesson)
        self.random.shuffle(choices)
        for option in choices:
            away = self.in_the_way(self.taken[option])
            for room, taken in self.rooms[option].items():
                all_away = away | self.in_the_way(taken, away)
                moves = sum(1 + self.moved[other] for other in all_away)
                if best is not None and moves > best[0]:
                    continue
                worth = (moves, 0 if moves else self.burden_added(option))
                if best is None or worth < best:
                    best, chosen = worth, (option, room, all_away)
                if not moves:
                    break
        if chosen is None:
            return None
        option, room, away = chosen
        for other in away:
            self.remove(other)
            self.moved[other] += 1
        self._hold(lesson, option, room)
        return away

    def settle(self, lesson: Lesson) -> bool:
        """Move a meeting to where it burdens its members least, nobody in the way; tell whether it moved."""
        held = option, room = self.at[lesson], self.held_in[lesson]
        self.remove(lesson)
        before = self.burden_added(option)
        for other in self.choices(lesson):
            added = self.burden_added(other)
            if added < before and not self.in_the_way(self.taken[other]):
                free = [k for k, taken in self.rooms[other].items() if not self.in_the_way(taken)]
                if free:
                    option, room, before = other, free[0], added
        self._hold(lesson, option, room)
        return (option, room) != held

    def burden_added(self, option: int) -> int:
        """Return about what a meeting adds to its members' days: visits and waiting."""
        meeting = self.options.meetings[option]
        weights = self.options.instance.weights
        added = 0
        for participant in self.people[meeting.group]:
            today = self.days[participant, meeting.day]
            if not today:
                added += weights.visit
                continue
            first, last = min(today)[0], max(today)[1]
            longer = max(last, meeting.end) - min(first, meeting.start) - (last - first)
            added += weights.wait * (longer - (meeting.end - meeting.start))
        return added

    def _hold(self, lesson: Lesson, option: int, room: int) -> None:
        self.at[lesson], self.held_in[lesson] = option, room
        meeting = self.options.meetings[option]
        for participant in self.people[meeting.group]:
            self.days[participant, meeting.day].append((meeting.start, meeting.end))
        for resource, amount in (*self.taken[option], *self.rooms[option][room]):
            self.holders[resource][lesson] = amount

    def remove(self, lesson: Lesson) -> None:
        """Take a meeting out."""
        option, room = self.at.pop(lesson), self.held_in.pop(lesson)
        meeting = self.options.meetings[option]
        for participant in self.people[meeting.group]:
            self.days[participant, meeting.day].remove((meeting.start, meeting.end))
        for resource, _ in (*self.taken[option], *self.rooms[option][room]):
            del self.holders[resource][lesson]

    def held(self) -> dict[int, int]:
        """Return the meetings that stand, with the class of room of each, -1 for a remote one."""
        return {option: self.held_in[lesson] for lesson, option in self.at.items()}
