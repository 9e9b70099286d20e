"""Groups and their members: ``group-size``, ``group-meetings``, ``group-member`` and ``apart``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from iopsched.instance.models import Group, Need
from iopsched.roster.placed import Placed
from iopsched.roster.presence import by_day
from iopsched.roster.report import Violation, concerning
from iopsched.roster.timetable import Timetable
from iopsched.roster.words import counted, listed

__all__ = ["apart", "group_meetings", "group_member", "group_size"]


def group_size(table: Timetable) -> Iterator[Violation]:
    """Check ``group-size``: each meeting that runs has ``min_size`` to ``max_size`` participants.

    Any other session has one.
    """
    for placed in table.judged:
        size = len(placed.participants)
        if placed.group is not None and placed.is_meeting:
            group = placed.group
            if not group.min_size <= size <= group.max_size:
                limits = f"{group.min_size} to {group.max_size}"
                what = f"{counted(size, 'participant')}; group {group.id} takes {limits}"
                yield concerning("group-size", placed, what, placed.participants)
        elif placed.service is not None and not placed.is_meeting and size != 1:
            what = f"{placed.service.id} is for one participant, not {listed(placed.participants)}"
            yield concerning("group-size", placed, what, placed.participants)


def group_meetings(table: Timetable) -> Iterator[Violation]:
    """Check ``group-meetings``: at most ``meetings``, on different days.

    With ``same_start`` all are at one time of day.
    """
    for group in table.instance.groups:
        meetings = table.of_group.get(group.id, [])
        if all(meeting.frozen for meeting in meetings):
            continue
        if len(meetings) > group.meetings:
            what = f"group {group.id} meets {counted(len(meetings), 'time')}, {group.meetings} at most"
            yield concerning("group-meetings", meetings[-1], what)
        for day, together in by_day(meetings).items():
            if len(together) > 1 and not all(meeting.frozen for meeting in together):
                what = f"group {group.id} meets {len(together)} times on {day}, once at most"
                yield concerning("group-meetings", together[-1], what)
        clocks = {f"{meeting.start:%H:%M}" for meeting in meetings}
        if group.same_start and len(clocks) > 1:
            what = f"group {group.id} meets at one time of day, not at {listed(clocks)}"
            yield concerning("group-meetings", meetings[-1], what)


def group_member(table: Timetable) -> Iterator[Violation]:
    """Check ``group-member``: a member has the ``open_to`` tags, needs the service, may attend the group.

    Without ``mix_groups`` all of a need's sessions are of one group.
    """
    for placed in table.judged:
        if placed.group is not None:
            yield from _members(table, placed, placed.group)
    for who, need, sessions in table.needs():
        yield from _one_group(who, need, sessions)


def _members(table: Timetable, placed: Placed, group: Group) -> Iterator[Violation]:
    for who in placed.participants:
        participant = table.instance.participant_by_id.get(who)
        if participant is None:
            continue
        missing = set(group.open_to) - set(participant.tags)
        if missing:
            what = f"group {group.id} is open to {listed(group.open_to)}; {who} isn't {listed(missing)}"
            yield concerning("group-member", placed, what, (who,))
        need = participant.need_of(placed.session.service)
        if need is None:
            yield concerning("group-member", placed, f"{who} doesn't need {placed.session.service}", (who,))
        elif need.groups is not None and group.id not in need.groups:
            what = f"{who} may attend {listed(need.groups)} only"
            yield concerning("group-member", placed, what, (who,))


def _one_group(who: str, need: Need, sessions: Sequence[Placed]) -> Iterator[Violation]:
    if need.mix_groups or all(placed.frozen for placed in sessions):
        return
    groups = {placed.session.group for placed in sessions if placed.session.group is not None}
    if len(groups) > 1:
        what = f"{who} must have all {need.service} sessions in one group, not {listed(groups)}"
        yield concerning("group-member", sessions[-1], what, (who,))


def apart(table: Timetable) -> Iterator[Violation]:
    """Check ``apart``: two participants apart are never in one group meeting; it holds in both directions."""
    others: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(table.instance.apart):
        others[one].append(other)
    for placed in table.judged:
        if not placed.is_meeting:
            continue
        members = set(placed.participants)
        for one in placed.participants:
            for other in others.get(one, []):
                if other in members:
                    what = f"{one} and {other} are to be kept apart"
                    yield concerning("apart", placed, what, (one, other))
