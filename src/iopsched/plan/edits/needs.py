"""Edits of what a treatment plan asks for: how many sessions, with whom, in which groups."""

from __future__ import annotations

from typing import Literal

from iopsched.instance.models import Instance, Need
from iopsched.plan.edits.base import BaseEdit, changed, need_changed, participant_of
from iopsched.plan.edits.fields import (
    AnyGroups,
    AnyLeaders,
    AnyTags,
    Number,
    ParticipantId,
    ServiceId,
    SomeLeaders,
)

__all__ = [
    "NeedDaysApart",
    "NeedGroups",
    "NeedLedBy",
    "NeedManyLeaders",
    "NeedMixesGroups",
    "NeedNotAfter",
    "NeedNotLedBy",
    "NeedPrefers",
    "NeedRemote",
    "NeedSessions",
    "NeedTags",
]


class NeedSessions(BaseEdit):
    """A participant needs so many sessions of a service; a need they did not have is a new one."""

    FORMS = ("{participant} needs {sessions} (sessions|session) of {service}",)
    EXAMPLE = "P0017 needs 2 sessions of individual"
    edit: Literal["need_sessions"] = "need_sessions"
    participant: ParticipantId
    service: ServiceId
    sessions: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``sessions``, or add the need."""
        participant = participant_of(instance, self.participant)
        if participant.need_of(self.service) is not None:
            return need_changed(instance, self.participant, self.service, sessions=self.sessions)
        # What is wrong with the number is told by the validation of the whole.
        need = Need.model_construct(service=self.service, sessions=self.sessions)
        return changed(instance, "participants", self.participant, needs=(*participant.needs, need))


class NeedLedBy(BaseEdit):
    """Only these may lead a participant's sessions of a service, or anybody with the skill."""

    FORMS = ("{participant}'s {service} may be led by {staff}",)
    EXAMPLE = "P0017's individual may be led by T1 or T3"
    edit: Literal["need_led_by"] = "need_led_by"
    participant: ParticipantId
    service: ServiceId
    staff: AnyLeaders

    def applied(self, instance: Instance) -> Instance:
        """Set ``staff``."""
        return need_changed(instance, self.participant, self.service, staff=self.staff)


class NeedNotLedBy(BaseEdit):
    """These never lead a participant's sessions of a service."""

    FORMS = ("{participant}'s {service} (is not|is never) led by {staff}",)
    EXAMPLE = "P0017's individual is not led by T4"
    edit: Literal["need_not_led_by"] = "need_not_led_by"
    participant: ParticipantId
    service: ServiceId
    staff: SomeLeaders

    def applied(self, instance: Instance) -> Instance:
        """Set ``not_staff``."""
        return need_changed(instance, self.participant, self.service, not_staff=self.staff)


class NeedPrefers(BaseEdit):
    """A participant would rather have these for a service."""

    FORMS = ("{participant} prefers {staff} for {service}",)
    EXAMPLE = "P0017 prefers T3 for individual"
    edit: Literal["need_prefers"] = "need_prefers"
    participant: ParticipantId
    service: ServiceId
    staff: SomeLeaders

    def applied(self, instance: Instance) -> Instance:
        """Set ``prefer_staff``."""
        return need_changed(instance, self.participant, self.service, prefer_staff=self.staff)


class NeedTags(BaseEdit):
    """Whoever leads a participant's sessions of a service has all of these tags."""

    FORMS = ("{participant}'s {service} asks for {tags}",)
    EXAMPLE = "P0017's individual asks for spanish, female"
    edit: Literal["need_tags"] = "need_tags"
    participant: ParticipantId
    service: ServiceId
    tags: AnyTags

    def applied(self, instance: Instance) -> Instance:
        """Set ``staff_tags``."""
        return need_changed(instance, self.participant, self.service, staff_tags=self.tags)


class NeedManyLeaders(BaseEdit):
    """A participant's sessions of a service may be led by different people."""

    FORMS = ("{participant}'s {service} may have different leaders",)
    EXAMPLE = "P0017's individual may have different leaders"
    edit: Literal["need_many_leaders"] = "need_many_leaders"
    participant: ParticipantId
    service: ServiceId

    def applied(self, instance: Instance) -> Instance:
        """Let ``same_staff`` go."""
        return need_changed(instance, self.participant, self.service, same_staff=False)


class NeedRemote(BaseEdit):
    """A participant's sessions of a service are by video and take no room."""

    FORMS = ("{participant}'s {service} is (by video|remote)",)
    EXAMPLE = "P0017's individual is by video"
    edit: Literal["need_remote"] = "need_remote"
    participant: ParticipantId
    service: ServiceId

    def applied(self, instance: Instance) -> Instance:
        """Set ``remote``."""
        return need_changed(instance, self.participant, self.service, remote=True)


class NeedGroups(BaseEdit):
    """A participant may attend only these groups for a service, or any."""

    FORMS = ("{participant}'s {service} may be in {groups}",)
    EXAMPLE = "P0017's iop-group may be in G4 or G5"
    edit: Literal["need_groups"] = "need_groups"
    participant: ParticipantId
    service: ServiceId
    groups: AnyGroups

    def applied(self, instance: Instance) -> Instance:
        """Set ``groups``."""
        return need_changed(instance, self.participant, self.service, groups=self.groups)


class NeedMixesGroups(BaseEdit):
    """A participant's sessions of a service may come from several groups."""

    FORMS = ("{participant}'s {service} may mix groups",)
    EXAMPLE = "P0017's iop-group may mix groups"
    edit: Literal["need_mixes_groups"] = "need_mixes_groups"
    participant: ParticipantId
    service: ServiceId

    def applied(self, instance: Instance) -> Instance:
        """Set ``mix_groups``."""
        return need_changed(instance, self.participant, self.service, mix_groups=True)


class NeedDaysApart(BaseEdit):
    """Two sessions of a need are at least so many days apart; 0 allows the same day."""

    FORMS = ("{participant}'s {service} is at least {days} (days|day) apart",)
    EXAMPLE = "P0017's individual is at least 2 days apart"
    edit: Literal["need_days_apart"] = "need_days_apart"
    participant: ParticipantId
    service: ServiceId
    days: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``min_days_apart``."""
        return need_changed(instance, self.participant, self.service, min_days_apart=self.days)


class NeedNotAfter(BaseEdit):
    """A participant's sessions of a service wait for no other service."""

    FORMS = ("{participant}'s {service} (waits for nothing|need not wait)",)
    EXAMPLE = "P0017's iop-group waits for nothing"
    edit: Literal["need_not_after"] = "need_not_after"
    participant: ParticipantId
    service: ServiceId

    def applied(self, instance: Instance) -> Instance:
        """Let ``after`` go."""
        return need_changed(instance, self.participant, self.service, after=None)
