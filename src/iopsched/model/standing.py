"""What stands while a scope is decided: who and what is taken by the rest of the plan, and by the past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from iopsched.instance.windows import MINUTES_PER_WEEK
from iopsched.model.scope import Scope
from iopsched.options.build import Options
from iopsched.options.calendar import Calendar
from iopsched.options.frozen import Lead
from iopsched.options.meetings import MeetingOption
from iopsched.options.plan import Meeting, Plan

__all__ = ["Attended", "Standing", "leads_of_meeting", "standing"]


@dataclass(frozen=True, slots=True)
class Attended:
    """A stretch of a participant's week; minutes of the week."""

    start: int
    end: int
    service: str


@dataclass(frozen=True)
class Standing:
    """The part of a plan outside a scope, by whom it binds.

    Attributes
    ----------
    attended : mapping of participant index to list of Attended
    led : mapping of staff index to list of Lead
    used : mapping of room class index to list of (start, end)
    frozen_led : mapping of staff index to list of Lead
        The part of ``led`` that is frozen, and therefore exempt from the rules.
    counselled : set of (participant index, staff index)
        Who meets whom in one-to-one and family sessions (caseload); by id where a participant has left.
    """

    attended: dict[int, list[Attended]] = field(default_factory=lambda: defaultdict(list))
    led: dict[int, list[Lead]] = field(default_factory=lambda: defaultdict(list))
    used: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    frozen_led: dict[int, list[Lead]] = field(default_factory=lambda: defaultdict(list))
    counselled: set[tuple[int | str, int]] = field(default_factory=set)

    def participant_calendar(self, participant: int) -> Calendar:
        """When nothing that stands holds a participant."""
        return _outside((item.start, item.end) for item in self.attended[participant])

    def staff_calendar(self, member: int) -> Calendar:
        """When nothing that stands, its notes included, occupies a member of staff."""
        return _outside((lead.start, lead.occupied_until) for lead in self.led[member])

    def room_calendar(self, room_class: int, places: int) -> Calendar:
        """When a class has a place left."""
        change = np.zeros(MINUTES_PER_WEEK + 1, np.int32)
        for start, end in self.used[room_class]:
            change[start] += 1
            change[end] -= 1
        return Calendar(np.cumsum(change)[:-1] < places)


def _outside(spans: Iterable[tuple[int, int]]) -> Calendar:
    free = np.ones(MINUTES_PER_WEEK, np.bool_)
    for start, end in spans:
        free[max(0, start) : end] = False
    return Calendar(free)


def leads_of_meeting(option: MeetingOption, meeting: Meeting) -> list[Lead]:
    """Return who leads what in a meeting; no notes between two parts in a row of one leader."""
    leads = []
    for k, (part, staff) in enumerate(zip(option.parts, meeting.leaders, strict=True)):
        following = meeting.leaders[k + 1] if k + 1 < len(meeting.leaders) else ()
        for member in staff:
            note = 0 if member in following else option.note
            leads.append(Lead(member, part.start, part.end, part.end + note))
    return leads


def standing(options: Options, plan: Plan, scope: Scope) -> Standing:
    """Collect what a plan holds outside a scope, and what is frozen."""
    stands = Standing()
    for frozen in options.facts.frozen:
        kind = options.instance.service_by_id.get(frozen.session.service)
        for participant in frozen.participants:
            stands.attended[participant].append(Attended(frozen.start, frozen.end, frozen.session.service))
        in_group = frozen.session.group is not None if kind is None else kind.kind == "group"
        if not in_group:
            everyone: list[int | str] = [*frozen.participants, *frozen.departed]
            stands.counselled.update((who, lead.staff) for who in everyone for lead in frozen.leads)
        for lead in frozen.leads:
            stands.led[lead.staff].append(lead)
            stands.frozen_led[lead.staff].append(lead)
        if frozen.room_class is not None:
            stands.used[frozen.room_class].append((frozen.start, frozen.end))
    for need, placements in plan.placements.items():
        if need in scope.sessions:
            continue
        asked = options.sessions[need]
        for placed in placements:
            end = placed.start + asked.minutes
            stands.attended[asked.participant].append(Attended(placed.start, end, asked.need.service))
            stands.led[placed.staff].append(Lead(placed.staff, placed.start, end, end + asked.note))
            stands.counselled.add((asked.participant, placed.staff))
            if placed.room_class >= 0:
                stands.used[placed.room_class].append((placed.start, end))
    for index, meeting in plan.meetings.items():
        option = options.meetings[index]
        for need in meeting.members - scope.attendances:
            attendance = options.attendances[need]
            stands.attended[attendance.participant].append(
                Attended(option.start, option.end, attendance.need.service)
            )
        if option.group not in scope.leaders:
            for lead in leads_of_meeting(option, meeting):
                stands.led[lead.staff].append(lead)
            if meeting.room_class >= 0:
                stands.used[meeting.room_class].append((option.start, option.end))
    return stands
