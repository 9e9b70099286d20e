"""How much of their time staff and rooms are in use, by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import bar, plain_table
from iopsched.report.views import View, ViewKind, free_time
from iopsched.report.week import led_minutes, minutes_by_day, room_minutes, shown_days
from iopsched.report.words import hours, percent, plain
from iopsched.roster.models import Roster

__all__ = ["room_use", "staff_use"]

_BAR = 10
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
    days: Sequence[date],
) -> Table:
    """Return a row for each id that the instance knows or the roster uses."""
    table = plain_table()
    table.add_column(kind.capitalize(), overflow="fold")
    for when in days:
        table.add_column(f"{when:%a}", justify="right", no_wrap=True)
    table.add_column("Week", justify="right", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for name in dict.fromkeys((*known, *sorted(used))):
        minutes, there = used.get(name, _NOBODY), minutes_by_day(free_time(View(kind, name), instance))
        in_use, at_hand = minutes.total(), there.total()
        table.add_row(
            Text(plain(name)),
            *(_hours(minutes[when], there[when]) for when in days),
            Text(hours(in_use)).append(f" of {hours(at_hand)}", "dim"),
            percent(in_use / at_hand) if at_hand else "",
            bar(in_use / at_hand if at_hand else 0.0, _BAR),
        )
    return table


def _hours(minutes: int, there: int) -> Text:
    """Return time in use; a dash where there would be some, a dot where there is none."""
    if minutes:
        return Text(hours(minutes))
    return Text("–" if there else "·", "dim")
