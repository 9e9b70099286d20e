"""The whole week in a terminal: what a planner looks at first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.group_weeks import idle_groups
from iopsched.report.overview import headline, levels
from iopsched.report.tables import bar, bullets, heading, plain_table
from iopsched.report.terminal_groups import groups_table
from iopsched.report.terminal_timetable import Timetable
from iopsched.report.terminal_use import room_use, staff_use
from iopsched.report.week import figures_of, worst_first
from iopsched.report.words import counted, gap, hours, number, percent, plain
from iopsched.roster.figures import Figures
from iopsched.roster.models import Roster, Unmet

__all__ = ["delivered_line", "overview", "reasons_of", "score_table", "unmet_table"]

_BAR = 20


def overview(instance: Instance, roster: Roster) -> RenderableType:
    """Return the whole week: header, score, groups, timetable, unmet needs, warnings, use.

    Parameters
    ----------
    instance, roster : Instance, Roster
        What was asked and the answer; the roster may name ids that the instance does not know.
    """
    parts: list[RenderableType] = [
        _title(instance, roster),
        "",
        delivered_line(figures_of(instance, roster)),
        "",
    ]
    parts.append(score_table(roster))
    meetings = [session for session in roster.sessions if session.group is not None]
    if meetings:
        parts += [heading("Groups"), groups_table(instance, meetings)]
    idle = idle_groups(instance, meetings)
    if idle:
        parts.append(Text(f"Not running: {idle}", "dim"))
    if roster.sessions:
        parts += [heading("Timetable"), Timetable(instance, roster)]
    if roster.unmet:
        parts += [heading("Unmet", "the heaviest first"), unmet_table(worst_first(instance, roster.unmet))]
    if roster.warnings:
        parts += [heading("Warnings"), bullets(note.text for note in roster.warnings)]
    parts += [heading("Staff", "hours led of hours at work"), staff_use(instance, roster)]
    if instance.rooms:
        parts += [heading("Rooms", "hours in use of hours open"), room_use(instance, roster)]
    return Group(*parts)


def _title(instance: Instance, roster: Roster) -> Text:
    style = {"optimal": "bold green", "feasible": "bold yellow"}[roster.status]
    above = headline(instance, roster)
    title = Text.assemble(
        (plain(roster.instance), "bold"),
        f"   {above.week}   {above.timezone}\n",
        (above.status, style),
    )
    if roster.instance != instance.id:
        title.append(f"\nThis roster answers another instance than {plain(instance.id)}.", "bold red")
    return title


def delivered_line(figures: Figures) -> Text:
    """Return how much of what is needed the roster delivers, with a bar."""
    needed, delivered = figures.sessions_needed, figures.sessions_delivered
    share = delivered / needed if needed else 1.0
    counts = Text.assemble(
        (f"  {number(delivered)} of {counted(needed, 'session')} delivered", "bold"),
        f" ({percent(share)}), {hours(figures.minutes_delivered)} of {hours(figures.minutes_needed)} h",
    )
    return bar(share, _BAR, "green" if delivered == needed else "yellow").append_text(counts)


def score_table(roster: Roster) -> Table:
    """Return the four levels with value, bound, gap and what they mean."""
    table = plain_table()
    table.add_column("Score")
    for name in ("Value", "Bound", "Gap"):
        table.add_column(name, justify="right")
    table.add_column("")
    for level in levels(roster):
        value, bound = level.value, level.bound
        share = gap(value, bound)
        table.add_row(
            level.name,
            number(value),
            "–" if bound is None else number(bound),
            "–" if share is None else percent(share),
            Text(level.standing, "green" if value == bound else ""),
        )
    return table


def unmet_table(unmet: Sequence[Unmet]) -> Table:
    """Return what is missing and why, one row for each need."""
    table = plain_table()
    table.add_column("Participant", no_wrap=True, overflow="fold")
    table.add_column("Service", overflow="fold")
    table.add_column("Missing", justify="right", no_wrap=True)
    table.add_column("Why", overflow="fold")
    for item in unmet:
        table.add_row(
            Text(plain(item.participant), "yellow"),
            Text(plain(item.service)),
            number(item.sessions),
            Text(reasons_of(item)),
        )
    return table


def reasons_of(item: Unmet) -> str:
    """Return the reasons of an unmet need as one text, a line each."""
    return "\n".join(plain(reason.text) for reason in item.reasons) or "no reason given"
