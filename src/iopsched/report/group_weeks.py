"""The groups' week: when each meets, where, with how many, led by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from iopsched.instance.models import Instance
from iopsched.report.week import led_parts
from iopsched.report.words import listed, plain, span
from iopsched.roster.models import Session

__all__ = ["GroupWeek", "group_weeks", "idle_groups"]

Shown = Callable[[str], str]
"""What somebody or something is called, by id."""


@dataclass(frozen=True, slots=True)
class GroupWeek:
    """One group's week in words.

    Attributes
    ----------
    name : str
        The group's id.
    meets, leaders : tuple of str
        A line for each time of day, ``"Mon Tue Thu 17:30–20:30"``, and for each set of leaders.
    size : str
        ``"8 of 10"``; ``"6–8 of 10"`` where meetings differ.
    full : bool
        Whether some meeting has no seat left.
    room : str
        The room, by day where it changes.
    """

    name: str
    meets: tuple[str, ...]
    size: str
    full: bool
    room: str
    leaders: tuple[str, ...]


def group_weeks(
    instance: Instance, meetings: Iterable[Session], staff: Shown = str, room: Shown = str
) -> list[GroupWeek]:
    """Return the week of each group that meets, in the instance's order.

    Parameters
    ----------
    instance : Instance
        Knows the groups' sizes.
    meetings : iterable of Session
        The sessions that have a group.
    staff, room : callable
        What a member of staff and a room are called; their ids by default.
    """
    by_group: dict[str, list[Session]] = defaultdict(list)
    for session in sorted(meetings, key=lambda session: session.start):
        by_group[session.group or ""].append(session)
    known = [name for name in instance.group_by_id if name in by_group]
    return [
        _week(instance, name, by_group[name], staff, room)
        for name in (*known, *sorted(set(by_group) - set(known)))
    ]


def idle_groups(instance: Instance, meetings: Iterable[Session], group: Shown = str) -> str:
    """Return the groups that don't meet, listed; empty if there are none."""
    running = {session.group for session in meetings}
    return listed(group(one.id) for one in instance.groups if one.id not in running and one.meetings)


def _week(instance: Instance, name: str, meetings: Sequence[Session], staff: Shown, room: Shown) -> GroupWeek:
    sizes = sorted({len(session.participants) for session in meetings})
    size = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]}–{sizes[-1]}"
    group = instance.group_by_id.get(name)
    return GroupWeek(
        name,
        meets=_meets(meetings),
        size=size if group is None else f"{size} of {group.max_size}",
        full=group is not None and sizes[-1] >= group.max_size,
        room=_by_day({one: room(one.room) if one.room is not None else "remote" for one in meetings}),
        leaders=_leaders(meetings, staff),
    )


def _meets(meetings: Sequence[Session]) -> tuple[str, ...]:
    """Return ``"Mon Tue Thu 17:30–20:30"``, a line for each time of day."""
    days: dict[str, list[str]] = defaultdict(list)
    for session in meetings:
        days[span(session.start, session.end)].append(f"{session.start:%a}")
    return tuple(f"{' '.join(names)} {time}" for time, names in days.items())


def _leaders(meetings: Sequence[Session], shown: Shown) -> tuple[str, ...]:
    """Return a line for each set of leaders, by day where that changes: the parts they lead, unless all."""
    parts: dict[str, dict[Session, set[str]]] = defaultdict(lambda: defaultdict(set))
    for session in meetings:
        for part in led_parts(session):
            parts[part.title or "whole meeting"][session].add(part.staff)
    titles: dict[str, list[str]] = defaultdict(list)
    for title, staff in parts.items():
        led = {session: ", ".join(map(shown, sorted(names))) for session, names in staff.items()}
        titles[_by_day(led)].append(title)
    if len(titles) == 1:
        return tuple(titles)
    return tuple(f"{listed(led)}: {who}" for who, led in titles.items())


def _by_day(names: Mapping[Session, str]) -> str:
    """Return one name, or each with its days where they differ."""
    days: dict[str, list[str]] = defaultdict(list)
    for session, name in names.items():
        days[name].append(f"{session.start:%a}")
    if len(days) == 1:
        return plain(next(iter(days)))
    return "; ".join(f"{plain(name)} {' '.join(when)}" for name, when in days.items())
