"""The groups' week: when each meets, where, with how many, led by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import plain_table
from iopsched.report.week import led_parts
from iopsched.report.words import listed, plain, span
from iopsched.roster.models import Session

__all__ = ["groups_table", "idle_groups"]


def groups_table(instance: Instance, meetings: Sequence[Session]) -> Table:
    """Return a row for each group that meets.

    Parameters
    ----------
    instance : Instance
        Knows the groups' sizes.
    meetings : sequence of Session
        The sessions that have a group.
    """
    by_group: dict[str, list[Session]] = defaultdict(list)
    for session in sorted(meetings, key=lambda session: session.start):
        by_group[session.group or ""].append(session)
    table = plain_table()
    for name in ("Group", "Meets", "Size", "Room", "Led by"):
        table.add_column(name, no_wrap=name == "Size", overflow="fold")
    known = [name for name in instance.group_by_id if name in by_group]
    for name in (*known, *sorted(set(by_group) - set(known))):
        table.add_row(
            Text(plain(name), "bold cyan"),
            "\n".join(_meets(by_group[name])),
            _size(instance, name, by_group[name]),
            Text(_by_day({session: session.room or "remote" for session in by_group[name]})),
            Text("\n".join(_leaders(by_group[name]))),
        )
    return table


def idle_groups(instance: Instance, meetings: Iterable[Session]) -> str:
    """Return the groups that don't meet, listed; empty if there are none."""
    running = {session.group for session in meetings}
    return listed(group.id for group in instance.groups if group.id not in running and group.meetings)


def _meets(meetings: Sequence[Session]) -> list[str]:
    """Return ``"Mon Tue Thu 17:30–20:30"``, a line for each time of day."""
    days: dict[str, list[str]] = defaultdict(list)
    for session in meetings:
        days[span(session.start, session.end)].append(f"{session.start:%a}")
    return [f"{' '.join(names)} {time}" for time, names in days.items()]


def _size(instance: Instance, name: str, meetings: Sequence[Session]) -> Text:
    sizes = sorted({len(session.participants) for session in meetings})
    shown = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]}–{sizes[-1]}"
    group = instance.group_by_id.get(name)
    if group is None:
        return Text(shown)
    return Text(f"{shown} of {group.max_size}", "" if sizes[-1] < group.max_size else "bold")


def _leaders(meetings: Sequence[Session]) -> list[str]:
    """Return a line for each set of leaders, by day where that changes: the parts they lead, unless all."""
    parts: dict[str, dict[Session, set[str]]] = defaultdict(lambda: defaultdict(set))
    for session in meetings:
        for part in led_parts(session):
            parts[part.title or "whole meeting"][session].add(part.staff)
    titles: dict[str, list[str]] = defaultdict(list)
    for title, staff in parts.items():
        titles[_by_day({session: ", ".join(sorted(names)) for session, names in staff.items()})].append(title)
    if len(titles) == 1:
        return list(titles)
    return [f"{listed(led)}: {who}" for who, led in titles.items()]


def _by_day(names: Mapping[Session, str]) -> str:
    """Return one name, or each with its days where they differ."""
    days: dict[str, list[str]] = defaultdict(list)
    for session, name in names.items():
        days[name].append(f"{session.start:%a}")
    if len(days) == 1:
        return plain(next(iter(days)))
    return "; ".join(f"{plain(name)} {' '.join(when)}" for name, when in days.items())
