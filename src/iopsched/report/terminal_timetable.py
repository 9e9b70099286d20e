"""The timetable: a column for each day, as many side by side as there is room for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, time

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import plain_table
from iopsched.report.week import kind_of, open_days, seats, shown_days
from iopsched.report.words import KIND_STYLES, day, listed, plain
from iopsched.roster.models import Roster, Session

__all__ = ["Timetable"]

_TIME_WIDTH = 6
_DAY_WIDTH = 24
_MOST_A_DAY = 60
"""With more sessions on one day only meetings are named, the others counted."""


class Timetable:
    """All sessions by day and start; fits the width it is given by breaking the week into bands."""

    def __init__(self, instance: Instance, roster: Roster) -> None:
        self._instance = instance
        self._days = shown_days(instance, roster)
        self._open = open_days(instance)
        self._by_start: dict[date, dict[time, list[Session]]] = defaultdict(lambda: defaultdict(list))
        for session in sorted(roster.sessions, key=_order):
            self._by_start[session.start.date()][session.start.time()].append(session)
        per_day = Counter(session.start.date() for session in roster.sessions)
        self._counted = max(per_day.values(), default=0) > _MOST_A_DAY

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield a table for each band of days."""
        side_by_side = max((options.max_width - _TIME_WIDTH) // _DAY_WIDTH, 1)
        bands = -(-len(self._days) // side_by_side)
        length = -(-len(self._days) // bands)
        for first in range(0, len(self._days), length):
            if first:
                yield ""
            yield self._band(self._days[first : first + length], length)
        if self._counted:
            yield Text(
                "Sessions outside groups are only counted here; --participant, --staff and --room list them.",
                "dim",
            )

    def _band(self, days: Sequence[date], columns: int) -> Table:
        """Return some days' table, as many columns wide as the other bands."""
        table = plain_table(expand=True)
        table.add_column("", style="dim", width=_TIME_WIDTH - 1, no_wrap=True)
        for when in days:
            head = Text(day(when)) if when in self._open else Text(f"{day(when)} closed", "dim")
            table.add_column(head, ratio=1, no_wrap=True, overflow="ellipsis")
        for _ in range(columns - len(days)):
            table.add_column(ratio=1)
        for start in sorted({start for when in days for start in self._by_start[when]}):
            table.add_row(
                f"{start:%H:%M}", *(self._cell(self._by_start[when].get(start, [])) for when in days)
            )
        return table

    def _cell(self, sessions: Sequence[Session]) -> Text:
        named = [session for session in sessions if session.group is not None or not self._counted]
        lines = [self._line(session) for session in named]
        rest = Counter(session.service for session in sessions if session not in named)
        if rest:
            services = ", ".join(f"{count} {plain(service)}" for service, count in rest.most_common())
            lines.append(Text(f"+{rest.total()}: {services}"))
        return Text("\n").join(lines)

    def _line(self, session: Session) -> Text:
        """Return a session in one line, what matters most first: it may be cut."""
        style = KIND_STYLES[kind_of(self._instance, session)]
        if session.group is None:
            words = [listed(session.participants), session.service]
        else:
            words = [session.group, seats(self._instance, session)]
        tail = [*([] if session.group else session.staff), *([session.room] if session.room else [])]
        return Text.assemble(
            (plain(" ".join(words)), style), (plain("".join(f" {word}" for word in tail)), "dim")
        )


def _order(session: Session) -> tuple[bool, str, tuple[str, ...]]:
    """Sort meetings before all else, then by service."""
    return (session.group is None, session.group or session.service, session.participants)
