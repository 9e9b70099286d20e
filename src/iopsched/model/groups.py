"""Rules of groups: ``group-size``, ``group-meetings``, ``group-member``, ``apart`` and ``not_staff``."""

from __future__ import annotations

from collections import defaultdict

from iopsched.model.builder import Literal
from iopsched.model.variables import Draft, MeetingVariables

__all__ = ["apart", "group_meetings", "group_member", "group_size", "not_staff"]


def group_size(draft: Draft) -> None:
    """``min_size`` × run ≤ Σ attend ≤ ``max_size`` × run; nobody attends a meeting that does not run."""
    build = draft.builder
    for meeting in draft.meetings.values():
        group = draft.options.instance.groups[meeting.option.group]
        everyone = [(1, literal) for literal in meeting.attends.values()]
        attending = build.sum_of(everyone)
        for literal in meeting.attends.values():
            build.imply(literal, meeting.run)
        build.add(attending >= group.min_size * meeting.run)
        if len(everyone) > group.max_size:
            build.add(attending <= group.max_size * meeting.run)


def group_meetings(draft: Draft) -> None:
    """Σ run ≤ ``meetings``, Σ run of a day ≤ 1, and with ``same_start`` one time of day for all."""
    build = draft.builder
    by_group: dict[int, list[MeetingVariables]] = defaultdict(list)
    for meeting in draft.meetings.values():
        if meeting.option.group in draft.scope.groups:
            by_group[meeting.option.group].append(meeting)
    for group_index, meetings in by_group.items():
        group = draft.options.instance.groups[group_index]
        happened = sum(1 for frozen in draft.options.facts.frozen if frozen.group == group_index)
        build.at_most([(1, meeting.run) for meeting in meetings], group.meetings - happened)
        by_day: dict[int, list[Literal]] = defaultdict(list)
        by_time: dict[int, list[Literal]] = defaultdict(list)
        for meeting in meetings:
            by_day[meeting.option.day].append(meeting.run)
            by_time[meeting.option.time_of_day].append(meeting.run)
        for runs in by_day.values():
            build.at_most([(1, run) for run in runs], 1)
        if group.same_start and len(by_time) > 1:
            times: list[Literal] = []
            for runs in by_time.values():
                chosen = build.bool(max(map(build.value, runs)))
                times.append(chosen)
                for run in runs:
                    build.imply(run, chosen)
            build.at_most([(1, chosen) for chosen in times], 1)


def group_member(draft: Draft) -> None:
    """Without ``mix_groups`` all sessions of a need are of one group: attend ⇒ member, Σ member ≤ 1."""
    build = draft.builder
    for variables in draft.attendances.values():
        if variables.options.need.mix_groups or variables.options.wanted < 2:
            continue
        by_group: dict[int, list[Literal]] = defaultdict(list)
        for index, attends in variables.attends.items():
            by_group[draft.options.meetings[index].group].append(attends)
        if len(by_group) < 2:
            continue
        memberships: list[Literal] = []
        for attends_group in by_group.values():
            member = build.bool(max(map(build.value, attends_group)))
            memberships.append(member)
            for literal in attends_group:
                build.imply(literal, member)
        build.at_most([(1, member) for member in memberships], 1)


def apart(draft: Draft) -> None:
    """Two participants apart are never in one meeting: attend + attend ≤ 1."""
    participants = draft.options.instance.participants
    apart_of = draft.options.instance.apart_of
    for meeting in draft.meetings.values():
        by_id = {
            participants[draft.options.attendances[need].participant].id: literal
            for need, literal in meeting.attends.items()
        }
        for one in by_id:
            for other in apart_of.get(one, ()):
                if one < other and other in by_id:
                    draft.builder.exclude(by_id[one], by_id[other])


def not_staff(draft: Draft) -> None:
    """Who never wants someone attends no meeting that they lead any part of (rule ``staff-fit``)."""
    for meeting in draft.meetings.values():
        for need, attends in meeting.attends.items():
            for unwanted in draft.options.attendances[need].need.not_staff:
                member = draft.options.facts.staff_index[unwanted]
                for part in range(len(meeting.parts)):
                    leads = meeting.leads(part, member)
                    if not isinstance(leads, int) or leads:
                        draft.builder.exclude(attends, leads)
