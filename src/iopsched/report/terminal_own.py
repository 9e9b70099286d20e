"""One participant's, member of staff's, room's or group's week as a calendar and a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import heading, plain_table
from iopsched.report.views import View, attending, free_time, own_minutes, sessions_of
from iopsched.report.week import kind_of, leaders, led_stretches, open_days, seats, shown_days
from iopsched.report.words import KIND_STYLES, counted, day, hours, listed, plain, span
from iopsched.roster.calendar import Span, lies_within, minutes_between
from iopsched.roster.models import Roster, Session

__all__ = ["own_week"]

_NOT_FREE = "░░"
_LONGEST_GAP = 2
"""More rows in a row without any session are drawn as one."""


class Block(NamedTuple):
    """One stretch of a calendar: its lines, the most important first."""

    start: datetime
    end: datetime
    lines: tuple[str, ...]
    style: str


def own_week(instance: Instance, roster: Roster, view: View) -> RenderableType:
    """Return one's own week: a calendar from Monday on, the list of sessions, and what is unmet.

    Parameters
    ----------
    instance, roster : Instance, Roster
        What was asked and the answer.
    view : View
        Whose week; the id may be one that only the roster knows.
    """
    sessions = sessions_of(view, roster)
    parts: list[RenderableType] = [_title(instance, view, sessions)]
    if sessions:
        blocks = [block for session in sessions for block in _blocks(instance, view, session)]
        days = shown_days(instance, roster)
        parts += [
            heading("Calendar", f"{_NOT_FREE} not available"),
            _calendar(instance, free_time(view, instance), blocks, days),
        ]
        parts += [heading("Sessions"), _session_list(instance, view, sessions)]
    else:
        parts += ["", "No sessions this week."]
    unmet = [item for item in roster.unmet if view == View("participant", item.participant)]
    if unmet:
        parts.append(heading("Unmet"))
    for item in unmet:
        parts.append(Text(f"{counted(item.sessions, 'session')} of {plain(item.service)} missing", "yellow"))
        parts += [Text(f"  {plain(reason.text)}") for reason in item.reasons]
    return Group(*parts)


def _title(instance: Instance, view: View, sessions: Sequence[Session]) -> Text:
    facts = [
        f"{plain(instance.id)}, week of {day(instance.week)} {instance.week.year}",
        counted(len(sessions), "session"),
        f"{hours(own_minutes(view, sessions))} h {'led' if view.kind == 'staff' else 'in all'}",
        counted(len({session.start.date() for session in sessions}), "day"),
    ]
    return Text.assemble((f"{view.kind} {plain(view.id)}", "bold"), f"   {' · '.join(facts)}")


def _blocks(instance: Instance, view: View, session: Session) -> Iterator[Block]:
    """Yield what a session is in one's calendar; staff have the parts that they lead."""
    style = KIND_STYLES[kind_of(instance, session)]
    name = session.service if session.group is None else session.group
    who = _attendance(instance, view, session)
    where = session.room or "no room"
    if view.kind == "staff":
        for part in led_stretches(session, view.id):
            title = (part.title,) if part.title else ()
            yield Block(part.start, part.end, _lines(name, *title, who, where), style)
        return
    led_by = listed(session.staff)
    lines = {
        "participant": _lines(name, led_by, where),
        "room": _lines(name, who, led_by),
        "group": _lines(name, led_by, where, seats(instance, session)),
    }
    yield Block(session.start, session.end, lines[view.kind], style)


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(plain(text) for text in texts)


def _calendar(
    instance: Instance, free: Sequence[Span], blocks: Sequence[Block], days: Sequence[date]
) -> Table:
    """Draw the blocks in columns of days and rows of half or quarter hours."""
    times = [moment for block in blocks for moment in (block.start, block.end)]
    step = 30 if all(moment.minute % 30 == 0 for moment in times) else 15
    first = min(_minute(block.start, block.start.date()) for block in blocks) // step * step
    last = max(_minute(block.end, block.start.date()) for block in blocks)
    table = plain_table(expand=True)
    table.add_column("", style="dim", width=5, no_wrap=True)
    for when in days:
        head = Text(day(when), "" if when in open_days(instance) else "dim")
        table.add_column(head, ratio=1, no_wrap=True, overflow="ellipsis")
    gap = 0
    for minute in range(first, last, step):
        cells = [_cell(blocks, when, minute, step) for when in days]
        gap = 0 if any(cells) else gap + 1
        if gap <= _LONGEST_GAP:
            empty = [_empty(free, when, minute, step) for when in days]
            label = "⋮" if gap == _LONGEST_GAP else f"{minute // 60:02}:{minute % 60:02}"
            table.add_row(label, *(cell or none for cell, none in zip(cells, empty, strict=True)))
    return table


def _empty(free: Sequence[Span], when: date, minute: int, step: int) -> Text:
    """Return what the calendar shows where no session is."""
    start = datetime.combine(when, time.min) + timedelta(minutes=minute)
    return Text("" if lies_within(free, start, start + timedelta(minutes=step)) else _NOT_FREE, "dim")


def _minute(moment: datetime, of: date) -> int:
    """Return minutes since a day's midnight; 1440 and more on the days after."""
    return minutes_between(datetime.combine(of, time.min), moment)


def _cell(blocks: Sequence[Block], when: date, minute: int, step: int) -> Text:
    """Return what the calendar shows in one row of one day; blocks at one time stand below each other."""
    lines = []
    for block in blocks:
        if block.start.date() != when:
            continue
        start, end = _minute(block.start, when) // step * step, _minute(block.end, when)
        if start <= minute < end:
            row, rows = (minute - start) // step, -(-(end - start) // step)
            edge = "─" if rows == 1 else "╭" if row == 0 else "╰" if row == rows - 1 else "│"
            line = block.lines[row] if row < len(block.lines) else ""
            lines.append(Text(f"{edge} {line}", block.style or "bold" if row == 0 else block.style))
    return Text("\n").join(lines)


def _session_list(instance: Instance, view: View, sessions: Sequence[Session]) -> Table:
    """Return a row for each session; for a member of staff, for each part that they lead."""
    table = plain_table()
    staff_view, participant_view = view.kind == "staff", view.kind == "participant"
    heads = ("Day", "Time", "Service", "Group", "Room", "Part" if staff_view else "Led by")
    for name in (*heads, "With" if participant_view else "Who"):
        table.add_column(name, no_wrap=name in ("Day", "Time"), overflow="fold")
    for session in sessions:
        what = [session.service, session.group or "", session.room or "remote"]
        middle = [Text(plain(text)) for text in what]
        rows = [(session.start, session.end, leaders(session))]
        if staff_view:
            rows = [(part.start, part.end, plain(part.title)) for part in led_stretches(session, view.id)]
        for start, end, led in rows:
            who = Text(_attendance(instance, view, session))
            table.add_row(day(start), span(start, end), *middle, Text(led), who)
    return table


def _attendance(instance: Instance, view: View, session: Session) -> str:
    """Return who attends; a group's members are named in its own week alone, else counted."""
    if session.group is not None and view.kind != "group":
        return seats(instance, session)
    return listed(attending(view, session))
