"""The groups' week as a table in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.group_weeks import group_weeks
from iopsched.report.tables import plain_table
from iopsched.report.words import plain
from iopsched.roster.models import Session

__all__ = ["groups_table"]


def groups_table(instance: Instance, meetings: Sequence[Session]) -> Table:
    """Return a row for each group that meets.

    Parameters
    ----------
    instance : Instance
        Knows the groups' sizes.
    meetings : sequence of Session
        The sessions that have a group.
    """
    table = plain_table()
    for name in ("Group", "Meets", "Size", "Room", "Led by"):
        table.add_column(name, no_wrap=name == "Size", overflow="fold")
    for group in group_weeks(instance, meetings):
        table.add_row(
            Text(plain(group.name), "bold cyan"),
            "\n".join(group.meets),
            Text(group.size, "bold" if group.full else ""),
            Text(group.room),
            Text("\n".join(group.leaders)),
        )
    return table
