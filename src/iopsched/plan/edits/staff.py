"""Edits of staff: when they are there, what they may do, who leaves and who is hired."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from iopsched.instance.models import Group, Instance, Need, Participant, Pin
from iopsched.instance.windows import spans
from iopsched.plan.edits.base import BaseEdit, added, changed, replaced, without
from iopsched.plan.edits.fields import Name, NewStaffId, Number, OnWhen, StaffId, When
from iopsched.plan.edits.spoken import WHEN
from iopsched.plan.edits.times import windows_without, written_windows

__all__ = [
    "Hired",
    "StaffAway",
    "StaffCanLead",
    "StaffFree",
    "StaffLeaves",
    "StaffMinutesPerDay",
    "StaffMinutesPerWeek",
    "StaffParticipants",
    "StaffWorks",
    "StaffWorksAlso",
]


class StaffAway(BaseEdit):
    """A member of staff is not there at these times."""

    FORMS = ("[staff ]{staff} is (away|absent|off|out|ill|sick) {when}",)
    EXAMPLE = "T3 is away on Tue from 13:00"
    edit: Literal["staff_away"] = "staff_away"
    staff: StaffId
    when: OnWhen

    def applied(self, instance: Instance) -> Instance:
        """Count the time as busy."""
        member = instance.staff_by_id[self.staff]
        return changed(instance, "staff", self.staff, busy=(*member.busy, *self.when))


class StaffFree(BaseEdit):
    """Meetings and other fixed things of a member of staff give way at these times."""

    FORMS = ("[staff ]{staff} is (free|no longer busy) {when}",)
    EXAMPLE = "T3 is free on Tue 12:00-13:00"
    edit: Literal["staff_free"] = "staff_free"
    staff: StaffId
    when: OnWhen

    def applied(self, instance: Instance) -> Instance:
        """Take the time out of what they are busy with."""
        member = instance.staff_by_id[self.staff]
        return changed(instance, "staff", self.staff, busy=windows_without(member.busy, self.when))


class StaffWorks(BaseEdit):
    """A member of staff works at these times in place of those so far."""

    FORMS = ("[staff ]{staff} (works|now works) [on ]{when}[ (only|instead)]",)
    EXAMPLE = "T3 works Mon-Thu 12:00-20:00"
    edit: Literal["staff_works"] = "staff_works"
    staff: StaffId
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Replace the shifts."""
        return changed(instance, "staff", self.staff, available=self.when)


class StaffWorksAlso(BaseEdit):
    """A member of staff works at these times besides those so far."""

    FORMS = ("[staff ]{staff} also works [on ]{when}", "[staff ]{staff} works [on ]{when} (as well|too|also)")
    EXAMPLE = "T3 also works Sat 09:00-13:00"
    edit: Literal["staff_works_also"] = "staff_works_also"
    staff: StaffId
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Add to the shifts."""
        member = instance.staff_by_id[self.staff]
        available = written_windows(spans((*member.available, *self.when)))
        return changed(instance, "staff", self.staff, available=available)


class StaffCanLead(BaseEdit):
    """A member of staff may lead what asks for this skill as well."""

    FORMS = ("[staff ]{staff} can (lead|also lead) {skill}",)
    EXAMPLE = "T3 can lead family"
    edit: Literal["staff_can_lead"] = "staff_can_lead"
    staff: StaffId
    skill: Name

    def applied(self, instance: Instance) -> Instance:
        """Add to the skills."""
        member = instance.staff_by_id[self.staff]
        skills = tuple(dict.fromkeys((*member.skills, self.skill)))
        return changed(instance, "staff", self.staff, skills=skills)


class StaffMinutesPerDay(BaseEdit):
    """A member of staff leads at most so many minutes on a day."""

    FORMS = ("[staff ]{staff} (leads|may lead) [(up to|at most) ]{minutes} minutes (a|per) day",)
    EXAMPLE = "T3 leads 420 minutes a day"
    edit: Literal["staff_minutes_per_day"] = "staff_minutes_per_day"
    staff: StaffId
    minutes: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``max_minutes_per_day``."""
        return changed(instance, "staff", self.staff, max_minutes_per_day=self.minutes)


class StaffMinutesPerWeek(BaseEdit):
    """A member of staff leads at most so many minutes in the week."""

    FORMS = ("[staff ]{staff} (leads|may lead) [(up to|at most) ]{minutes} minutes (a|per) week",)
    EXAMPLE = "T3 leads 1800 minutes a week"
    edit: Literal["staff_minutes_per_week"] = "staff_minutes_per_week"
    staff: StaffId
    minutes: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``max_minutes_per_week``."""
        return changed(instance, "staff", self.staff, max_minutes_per_week=self.minutes)


class StaffParticipants(BaseEdit):
    """A member of staff sees at most so many participants: the caseload."""

    FORMS = ("[staff ]{staff} (sees|may see) [(up to|at most) ]{participants} participants",)
    EXAMPLE = "T3 sees 14 participants"
    edit: Literal["staff_participants"] = "staff_participants"
    staff: StaffId
    participants: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``max_participants``."""
        return changed(instance, "staff", self.staff, max_participants=self.participants)


class StaffLeaves(BaseEdit):
    """A member of staff is no longer there; wishes for them and pins of what they lead go with them."""

    FORMS = ("[staff ]{staff} (leaves|has left|is leaving|quits)",)
    EXAMPLE = "T3 leaves"
    edit: Literal["staff_leaves"] = "staff_leaves"
    staff: StaffId

    def applied(self, instance: Instance) -> Instance:
        """Take them out of the staff and of every list that names them."""

        def of_need(need: Need) -> Need:
            return need.model_copy(
                update={
                    field: self._left(getattr(need, field))
                    for field in ("staff", "not_staff", "prefer_staff")
                }
            )

        def of_participant(participant: Participant) -> Participant:
            return participant.model_copy(update={"needs": tuple(map(of_need, participant.needs))})

        def of_group(group: Group) -> Group:
            return group.model_copy(update={"staff": self._left(group.staff)})

        def stands(pin: Pin) -> bool:
            return self.staff not in (pin.staff or ())

        instance = replaced(without(instance, "staff", self.staff), "participants", of_participant)
        instance = replaced(instance, "groups", of_group)
        return instance.model_copy(update={"pins": tuple(filter(stands, instance.pins))})

    def _left(self, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if names is None else tuple(name for name in names if name != self.staff)


class Hired(BaseEdit):
    """Somebody new works like a member of staff there is, or at other times than they do.

    The new one has the same skills, tags, limits and, unless told otherwise, the same hours, and may lead
    the same groups; participants who ask for the other by name do not get the new one.
    """

    FORMS = (
        "hire {staff} like {like}[ (for|on) {when}]",
        "[staff ]{staff} is hired like {like}[ (for|on) {when}]",
    )
    EXAMPLE = "hire T20 like T3 for Mon-Thu 17:00-21:00"
    edit: Literal["hired"] = "hired"
    staff: NewStaffId
    like: StaffId
    when: Annotated[When | None, WHEN] = None

    def applied(self, instance: Instance) -> Instance:
        """Add a copy under the new id."""
        model = instance.staff_by_id[self.like]
        fields: dict[str, Any] = {"id": self.staff, "name": self.staff}
        if self.when is not None:
            fields |= {"available": self.when, "busy": ()}
        instance = added(instance, "staff", [model.model_copy(update=fields)])

        def of_group(group: Group) -> Group:
            if group.staff is None or self.like not in group.staff:
                return group
            return group.model_copy(update={"staff": (*group.staff, self.staff)})

        return replaced(instance, "groups", of_group)
