"""How much of their time staff and rooms are in use, by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import plain_table
from iopsched.report.views import View, ViewKind, free_time
from iopsched.report.week import led_minutes, minutes_by_day, room_minutes, shown_days
from iopsched.report.words import hours, percent, plain
from iopsched.roster.models import Roster

__all__ = ["room_use", "staff_use"]

_NOBODY: Counter[date] = Counter()


def staff_use(instance: Instance, roster: Roster) -> Table:
    """Return hours led by day, of those at work while the clinic is open."""
    return _use("staff", instance.staff_by_id, led_minutes(roster), instance, shown_days(instance, roster))


def room_use(instance: Instance, roster: Roster) -> Table:
    """Return hours in use by day, of those the room is open."""
    return _use("room", instance.room_by_id, room_minutes(roster), instance, shown_days(instance, roster))


def _use(
    kind: ViewKind,
    known: Iterable[str],
    used: Mapping[str, Counter[date]],
    instance: Instance,
    days: Iterable[date],
) -> Table:
    """Return a row for each id that the instance knows or the roster uses."""
    table = plain_table()
    table.add_column(kind.capitalize(), overflow="fold")
    shown = list(days)
    for when in shown:
        table.add_column(f"{when:%a} {when.day}", justify="right", no_wrap=True)
    table.add_column("Week", justify="right", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    for name in dict.fromkeys((*known, *sorted(used))):
        minutes, there = used.get(name, _NOBODY), minutes_by_day(free_time(View(kind, name), instance))
        in_use, at_hand = minutes.total(), there.total()
        table.add_row(
            Text(plain(name)),
            *(_of(minutes[when], there[when]) for when in shown),
            _of(in_use, at_hand),
            Text(percent(in_use / at_hand) if at_hand else "", "bold"),
        )
    return table


def _of(minutes: int, there: int) -> Text:
    """Return time in use of time at hand; a dot for none of none."""
    if not minutes and not there:
        return Text("·", "dim")
    return Text(hours(minutes) if minutes else "–").append(f"/{hours(there)}", "dim")
