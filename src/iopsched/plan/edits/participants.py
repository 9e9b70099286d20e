"""Edits of participants: when they can come, who leaves treatment and who begins it."""

from __future__ import annotations

from itertools import count
from typing import Literal

from iopsched.instance.models import FamilyMember, Instance, Participant, Pin
from iopsched.instance.windows import spans
from iopsched.instance.words import nearest_or_known
from iopsched.plan.edits.base import BaseEdit, Refused, added, changed, participant_of, replaced, without
from iopsched.plan.edits.fields import Copies, Name, Newcomer, ParticipantId, When
from iopsched.plan.edits.times import written_windows

__all__ = [
    "Admitted",
    "Discharged",
    "FamilyAlsoAvailable",
    "FamilyAvailable",
    "MayMeet",
    "MoreLike",
    "ParticipantAlsoAvailable",
    "ParticipantAvailable",
]


class ParticipantAvailable(BaseEdit):
    """A participant can come at these times in place of those so far; commitments stay."""

    FORMS = ("[participant ]{participant} can come [on ]{when}[ (only|instead)]",)
    EXAMPLE = "P0017 can come Mon-Thu 16:00-21:00"
    edit: Literal["participant_available"] = "participant_available"
    participant: ParticipantId
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Replace ``available``."""
        return changed(instance, "participants", self.participant, available=self.when)


class ParticipantAlsoAvailable(BaseEdit):
    """A participant can come at these times besides those so far; commitments stay."""

    FORMS = (
        "[participant ]{participant} can also come [on ]{when}",
        "[participant ]{participant} can come [on ]{when} (as well|too)",
    )
    EXAMPLE = "P0017 can also come Sat 09:00-13:00"
    edit: Literal["participant_also_available"] = "participant_also_available"
    participant: ParticipantId
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Add to ``available``, which is the clinic's hours where nothing is said."""
        known = participant_of(instance, self.participant).available
        available = written_windows(spans((*(instance.hours if known is None else known), *self.when)))
        return changed(instance, "participants", self.participant, available=available)


class FamilyAvailable(BaseEdit):
    """A participant's relative can come at these times in place of those so far."""

    FORMS = ("{participant}'s family {member} can come [on ]{when}[ (only|instead)]",)
    EXAMPLE = "P0017's family F0017a can come Tue 13:00-17:00"
    edit: Literal["family_available"] = "family_available"
    participant: ParticipantId
    member: Name
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Replace the relative's ``available``."""
        return _relative_changed(instance, self.participant, self.member, self.when, keep=False)


class FamilyAlsoAvailable(BaseEdit):
    """A participant's relative can come at these times besides those so far."""

    FORMS = ("{participant}'s family {member} can also come [on ]{when}",)
    EXAMPLE = "P0017's family F0017a can also come Thu 17:00-19:00"
    edit: Literal["family_also_available"] = "family_also_available"
    participant: ParticipantId
    member: Name
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Add to the relative's ``available``."""
        return _relative_changed(instance, self.participant, self.member, self.when, keep=True)


def _relative_changed(
    instance: Instance, name: str, member: str, when: tuple[str, ...], *, keep: bool
) -> Instance:
    family = participant_of(instance, name).family
    known = [one.id for one in family]
    if member not in known:
        what = f'"{member}" is nobody of participant {name}\'s family'
        raise Refused("member", what, nearest_or_known(member, known, "family member"))

    def change(one: FamilyMember) -> FamilyMember:
        if one.id != member:
            return one
        available = written_windows(spans((*one.available, *when))) if keep else when
        return one.model_copy(update={"available": available})

    return changed(instance, "participants", name, family=tuple(map(change, family)))


class MayMeet(BaseEdit):
    """Two participants who were to be apart may be in one group meeting."""

    FORMS = ("{participant} may meet {other}", "{participant} and {other} may meet")
    EXAMPLE = "P0017 may meet P0021"
    edit: Literal["may_meet"] = "may_meet"
    participant: ParticipantId
    other: ParticipantId

    def applied(self, instance: Instance) -> Instance:
        """Take each out of the other's ``apart_from``."""
        pair = {self.participant, self.other}

        def of_participant(one: Participant) -> Participant:
            if one.id not in pair:
                return one
            left = tuple(other for other in one.apart_from if other not in pair)
            return one.model_copy(update={"apart_from": left})

        return replaced(instance, "participants", of_participant)


class Discharged(BaseEdit):
    """A participant leaves treatment; pins of their sessions go with them."""

    FORMS = ("[participant ]{participant} (is|has been) discharged", "discharge {participant}")
    EXAMPLE = "P0017 is discharged"
    edit: Literal["discharged"] = "discharged"
    participant: ParticipantId

    def applied(self, instance: Instance) -> Instance:
        """Take them out of the participants and of every list that names them."""

        def of_participant(one: Participant) -> Participant:
            left = tuple(other for other in one.apart_from if other != self.participant)
            return one.model_copy(update={"apart_from": left})

        def stands(pin: Pin) -> bool:
            return pin.participant != self.participant

        instance = replaced(
            without(instance, "participants", self.participant), "participants", of_participant
        )
        return instance.model_copy(update={"pins": tuple(filter(stands, instance.pins))})


class Admitted(BaseEdit):
    """Somebody begins treatment, as an instance file would describe them."""

    FORMS = ("admit {participant}",)
    EXAMPLE = 'admit {"id": "P9", "program": "iop", "needs": [{"service": "individual", "sessions": 1}]}'
    edit: Literal["admitted"] = "admitted"
    participant: Newcomer

    def applied(self, instance: Instance) -> Instance:
        """Add them at the end."""
        if self.participant.id in instance.participant_by_id:
            what = f"there is a participant {self.participant.id} already"
            raise Refused("participant", what, "give the newcomer an id of their own")
        return added(instance, "participants", [self.participant])


class MoreLike(BaseEdit):
    """So many more participants like one there is are admitted.

    The new ones, ``P0007+1``, ``P0007+2``, …, have the same needs, hours, commitments and family; nobody is
    to be kept apart from them, and nothing is pinned for them.
    """

    FORMS = ("{count} more [participants ]like {like}", "{count} more participant like {like}")
    EXAMPLE = "five more like P0007"
    edit: Literal["more_like"] = "more_like"
    like: ParticipantId
    count: Copies

    def applied(self, instance: Instance) -> Instance:
        """Add copies under ids that nobody has."""
        model = participant_of(instance, self.like)
        free = (name for k in count(1) if (name := f"{self.like}+{k}") not in instance.participant_by_id)
        copies = [
            model.model_copy(update={"id": name, "apart_from": ()})
            for name, _ in zip(free, range(self.count), strict=False)
        ]
        return added(instance, "participants", copies)
