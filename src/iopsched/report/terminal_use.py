"""How much of their time staff and rooms are in use, by day, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import bar, plain_table
from iopsched.report.use import OwnUse, use_of
from iopsched.report.week import shown_days
from iopsched.report.words import hours, percent, plain
from iopsched.roster.models import Roster

__all__ = ["room_use", "staff_use"]

_BAR = 10


def staff_use(instance: Instance, roster: Roster) -> Table:
    """Return hours led by day, of those at work while the clinic is open."""
    return _use("Staff", use_of("staff", instance, roster), shown_days(instance, roster))


def room_use(instance: Instance, roster: Roster) -> Table:
    """Return hours in use by day, of those the room is open."""
    return _use("Room", use_of("room", instance, roster), shown_days(instance, roster))


def _use(head: str, rows: Iterable[OwnUse], days: Sequence[date]) -> Table:
    table = plain_table()
    table.add_column(head, overflow="fold")
    for when in days:
        table.add_column(f"{when:%a}", justify="right", no_wrap=True)
    table.add_column("Week", justify="right", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for row in rows:
        table.add_row(
            Text(plain(row.name)),
            *(_hours(row.minutes[when], row.there[when]) for when in days),
            Text(hours(row.minutes.total())).append(f" of {hours(row.there.total())}", "dim"),
            "" if row.share is None else percent(row.share),
            bar(row.share or 0.0, _BAR),
        )
    return table


def _hours(minutes: int, there: int) -> Text:
    """Return time in use; a dash where there would be some, a dot where there is none."""
    if minutes:
        return Text(hours(minutes))
    return Text("–" if there else "·", "dim")
