"""All options of an instance: the search space, pruned before a single solver variable exists."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from iopsched.instance.models import Instance
from iopsched.options.facts import Facts, facts_of
from iopsched.options.meetings import (
    AttendanceOptions,
    MeetingOption,
    attendance_options,
    meeting_options,
)
from iopsched.options.sessions import SessionOptions, service_places, session_options
from iopsched.roster.models import Roster

__all__ = ["Options", "build_options"]


@dataclass(frozen=True)
class Options:
    """Where each session could go.

    Attributes
    ----------
    facts : Facts
        Calendars, room classes, frozen sessions.
    sessions : tuple of SessionOptions
        One for each one-to-one or family need.
    attendances : tuple of AttendanceOptions
        One for each group need.
    meetings : tuple of MeetingOption
        Every meeting that could happen.
    baseline : Roster or None
        What the level ``changes`` is measured from.
    frozen_from : datetime or None
        What of the baseline starts before it stands.
    """

    facts: Facts
    sessions: tuple[SessionOptions, ...]
    attendances: tuple[AttendanceOptions, ...]
    meetings: tuple[MeetingOption, ...]
    baseline: Roster | None = None
    frozen_from: datetime | None = None

    @property
    def instance(self) -> Instance:
        """The instance that these are the options of."""
        return self.facts.instance

    @cached_property
    def sessions_of(self) -> dict[int, tuple[int, ...]]:
        """Indices of the one-to-one and family needs of each participant."""
        return self._by_participant(self.sessions)

    @cached_property
    def attendances_of(self) -> dict[int, tuple[int, ...]]:
        """Indices of the group needs of each participant."""
        return self._by_participant(self.attendances)

    @cached_property
    def meetings_of(self) -> dict[int, tuple[int, ...]]:
        """Indices of the meeting options of each group."""
        found: dict[int, list[int]] = {k: [] for k in range(len(self.instance.groups))}
        for option in self.meetings:
            found[option.group].append(option.index)
        return {group: tuple(options) for group, options in found.items()}

    @cached_property
    def attendable_by(self) -> dict[int, tuple[int, ...]]:
        """Indices of the group needs that each meeting option could serve."""
        found: dict[int, list[int]] = {option.index: [] for option in self.meetings}
        for attendance in self.attendances:
            for meeting in attendance.meetings:
                found[meeting].append(attendance.index)
        return {meeting: tuple(needs) for meeting, needs in found.items()}

    @cached_property
    def need_index(self) -> dict[tuple[int, str], SessionOptions | AttendanceOptions]:
        """Options of each need, by participant index and service id."""
        every: list[SessionOptions | AttendanceOptions] = [*self.sessions, *self.attendances]
        return {(options.participant, options.need.service): options for options in every}

    def _by_participant(
        self, needs: tuple[SessionOptions, ...] | tuple[AttendanceOptions, ...]
    ) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {k: [] for k in range(len(self.instance.participants))}
        for options in needs:
            found[options.participant].append(options.index)
        return {participant: tuple(indices) for participant, indices in found.items()}


def build_options(
    instance: Instance, baseline: Roster | None = None, frozen_from: datetime | None = None
) -> Options:
    """Enumerate where each session of an instance could go.

    Parameters
    ----------
    instance : Instance
    baseline : Roster, optional
        What the level ``changes`` is measured from.
    frozen_from : datetime, optional
        With a baseline: what starts before it stands, and nothing else starts before it.
    """
    facts = facts_of(instance, baseline, frozen_from)
    meetings = meeting_options(facts)
    by_service: dict[str, list[MeetingOption]] = defaultdict(list)
    for option in meetings:
        by_service[instance.groups[option.group].service].append(option)
    places = {
        service.id: service_places(facts, service) for service in instance.services if service.kind != "group"
    }
    sessions: list[SessionOptions] = []
    attendances: list[AttendanceOptions] = []
    for k, participant in enumerate(instance.participants):
        for need in participant.needs:
            if instance.service_by_id[need.service].kind == "group":
                attendances.append(
                    attendance_options(facts, len(attendances), k, need, by_service[need.service])
                )
            else:
                sessions.append(session_options(facts, len(sessions), k, need, places[need.service]))
    return Options(facts, tuple(sessions), tuple(attendances), meetings, baseline, frozen_from)
