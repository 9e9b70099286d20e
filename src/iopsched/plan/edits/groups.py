"""Edits of groups: their size, when they meet, where, who leads them, whether they exist."""

from __future__ import annotations

from typing import Annotated, Literal

from iopsched.instance.models import Group, Instance, Need, Participant, Pin
from iopsched.instance.windows import MINUTES_PER_DAY, spans, start_minutes
from iopsched.plan.edits.base import BaseEdit, added, changed, replaced, without
from iopsched.plan.edits.fields import (
    AnyLeaders,
    AnyRooms,
    AnyTags,
    GroupId,
    NewGroupId,
    Number,
    OnWhen,
    Times,
)
from iopsched.plan.edits.spoken import STARTS
from iopsched.plan.edits.times import written_starts

__all__ = [
    "GroupAdded",
    "GroupAlsoStarts",
    "GroupDays",
    "GroupDropped",
    "GroupLedBy",
    "GroupMeets",
    "GroupMinimum",
    "GroupOpenTo",
    "GroupRooms",
    "GroupSeats",
    "GroupStarts",
]


class GroupSeats(BaseEdit):
    """A group's meetings take at most so many participants."""

    FORMS = ("group {group} (seats|takes) [(up to|at most) ]{seats}",)
    EXAMPLE = "group G4 seats 12"
    edit: Literal["group_seats"] = "group_seats"
    group: GroupId
    seats: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``max_size``."""
        return changed(instance, "groups", self.group, max_size=self.seats)


class GroupMinimum(BaseEdit):
    """A group's meeting only runs with so many participants."""

    FORMS = ("group {group} (needs|runs with) at least {seats}",)
    EXAMPLE = "group G4 needs at least 4"
    edit: Literal["group_minimum"] = "group_minimum"
    group: GroupId
    seats: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``min_size``."""
        return changed(instance, "groups", self.group, min_size=self.seats)


class GroupMeets(BaseEdit):
    """A group meets at most so many times in the week."""

    FORMS = ("group {group} meets [(up to|at most) ]{meetings} times[ a week]",)
    EXAMPLE = "group G4 meets 3 times"
    edit: Literal["group_meets"] = "group_meets"
    group: GroupId
    meetings: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``meetings``."""
        return changed(instance, "groups", self.group, meetings=self.meetings)


class GroupStarts(BaseEdit):
    """A group may begin at these times in place of those so far."""

    FORMS = ("group {group} (starts|begins) {starts}[ (only|instead)]",)
    EXAMPLE = "group G4 starts Mon-Thu 17:30 or Sat 09:00"
    edit: Literal["group_starts"] = "group_starts"
    group: GroupId
    starts: Times

    def applied(self, instance: Instance) -> Instance:
        """Replace the starts."""
        return changed(instance, "groups", self.group, starts=self.starts)


class GroupAlsoStarts(BaseEdit):
    """A group may begin at these times besides those so far."""

    FORMS = ("group {group} may also start {starts}", "group {group} also starts {starts}")
    EXAMPLE = "group G4 may also start Mon-Thu 18:00"
    edit: Literal["group_also_starts"] = "group_also_starts"
    group: GroupId
    starts: Times

    def applied(self, instance: Instance) -> Instance:
        """Add to the starts."""
        known = instance.group_by_id[self.group].starts
        starts = written_starts(start_minutes((*known, *self.starts)))
        return changed(instance, "groups", self.group, starts=starts)


class GroupDays(BaseEdit):
    """A group meets on these days, at the times of day it had."""

    FORMS = ("group {group} meets {days}[ (only|instead)]",)
    EXAMPLE = "group G4 meets on Mon,Wed,Thu"
    edit: Literal["group_days"] = "group_days"
    group: GroupId
    days: OnWhen

    def applied(self, instance: Instance) -> Instance:
        """Replace the days of the starts; of a day named in part, only starts within that part."""
        times = {
            minute % MINUTES_PER_DAY for minute in start_minutes(instance.group_by_id[self.group].starts)
        }
        starts = [
            moment
            for begin, end in spans(self.days)
            for time in times
            if begin <= (moment := begin - begin % MINUTES_PER_DAY + time) < end
        ]
        return changed(instance, "groups", self.group, starts=written_starts(starts))


class GroupLedBy(BaseEdit):
    """Only these may lead a group, or anybody with the skills."""

    FORMS = ("group {group} (is|may be) led by {staff}",)
    EXAMPLE = "group G4 is led by T1 or T3"
    edit: Literal["group_led_by"] = "group_led_by"
    group: GroupId
    staff: AnyLeaders

    def applied(self, instance: Instance) -> Instance:
        """Set ``staff``."""
        return changed(instance, "groups", self.group, staff=self.staff)


class GroupRooms(BaseEdit):
    """A group meets in these rooms only, or in any that serves."""

    FORMS = ("group {group} (uses|may use) {rooms}",)
    EXAMPLE = "group G4 uses any room"
    edit: Literal["group_rooms"] = "group_rooms"
    group: GroupId
    rooms: AnyRooms

    def applied(self, instance: Instance) -> Instance:
        """Set ``rooms``."""
        return changed(instance, "groups", self.group, rooms=self.rooms)


class GroupOpenTo(BaseEdit):
    """Members of a group have all of these tags; everybody may join where there are none."""

    FORMS = ("group {group} is open to {tags}",)
    EXAMPLE = "group G4 is open to everybody"
    edit: Literal["group_open_to"] = "group_open_to"
    group: GroupId
    tags: AnyTags

    def applied(self, instance: Instance) -> Instance:
        """Set ``open_to``."""
        return changed(instance, "groups", self.group, open_to=self.tags)


class GroupDropped(BaseEdit):
    """A group is given up; pins of its meetings go with it."""

    FORMS = ("group {group} is (dropped|given up|cancelled)", "drop group {group}")
    EXAMPLE = "group G4 is dropped"
    edit: Literal["group_dropped"] = "group_dropped"
    group: GroupId

    def applied(self, instance: Instance) -> Instance:
        """Take it out of the groups and of every list that names it."""

        def of_need(need: Need) -> Need:
            if need.groups is None:
                return need
            left = tuple(group for group in need.groups if group != self.group)
            return need.model_copy(update={"groups": left})

        def of_participant(participant: Participant) -> Participant:
            return participant.model_copy(update={"needs": tuple(map(of_need, participant.needs))})

        def stands(pin: Pin) -> bool:
            return pin.group != self.group

        instance = replaced(without(instance, "groups", self.group), "participants", of_participant)
        return instance.model_copy(update={"pins": tuple(filter(stands, instance.pins))})


class GroupAdded(BaseEdit):
    """There is another group like one there is; whoever may attend the one may attend the other."""

    FORMS = ("add group {group} like {like}[ starting {starts}]",)
    EXAMPLE = "add group G9 like G4 starting Mon-Thu 10:00"
    edit: Literal["group_added"] = "group_added"
    group: NewGroupId
    like: GroupId
    starts: Annotated[Times | None, STARTS] = None

    def applied(self, instance: Instance) -> Instance:
        """Add a copy under the new id, without the other's pins."""
        model: Group = instance.group_by_id[self.like]
        fields = {"id": self.group, "starts": self.starts or model.starts}
        instance = added(instance, "groups", [model.model_copy(update=fields)])

        def of_need(need: Need) -> Need:
            if need.groups is None or self.like not in need.groups:
                return need
            return need.model_copy(update={"groups": (*need.groups, self.group)})

        def of_participant(participant: Participant) -> Participant:
            return participant.model_copy(update={"needs": tuple(map(of_need, participant.needs))})

        return replaced(instance, "participants", of_participant)
