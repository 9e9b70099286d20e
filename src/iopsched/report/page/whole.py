"""The whole clinic's page, for its staff."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Final, Literal

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.front_desk import visits_by_day
from iopsched.report.group_weeks import group_weeks, idle_groups
from iopsched.report.overview import at_a_glance, headline, levels, unmet_rows
from iopsched.report.page.anchors import Anchors
from iopsched.report.page.boards import Board, board_of, setting_of
from iopsched.report.page.desk import desk_days
from iopsched.report.page.picture import Bar, bar_of, heat_of
from iopsched.report.page.rendering import render
from iopsched.report.page.timetable import day_tables
from iopsched.report.use import use_of
from iopsched.report.views import View, ViewKind, known_in_order, sessions_by_id
from iopsched.report.week import figures_of, shown_days
from iopsched.report.words import plain
from iopsched.roster.models import Roster, Unmet

__all__ = ["whole_page"]

_KINDS: Final[tuple[ViewKind, ...]] = ("group", "room", "staff", "participant")
_USES: Final[tuple[tuple[str, str, Literal["staff", "room"]], ...]] = (
    ("Staff", "hours led, of hours at work", "staff"),
    ("Rooms", "hours in use, of hours open", "room"),
)


def whole_page(instance: Instance, roster: Roster, names: Names) -> str:
    """Return the page of the whole clinic as HTML."""
    anchors = Anchors()
    meetings = [session for session in roster.sessions if session.group is not None]
    figures = figures_of(instance, roster)
    return render(
        "whole.html.j2",
        head=headline(instance, roster),
        glance=at_a_glance(figures, roster),
        levels=levels(roster),
        day_tables=day_tables(instance, roster, names, anchors.of),
        desk=desk_days(visits_by_day(roster), names, anchors.of),
        groups=group_weeks(instance, meetings, partial(names.of, "staff"), partial(names.of, "room")),
        idle=idle_groups(instance, meetings, partial(names.of, "group")),
        boards=_boards(instance, roster, names),
        unmet=unmet_rows(instance, roster, names),
        warnings=[plain(note.text) for note in roster.warnings],
        heats=[
            ("Staff", "led and notes, of hours at work", heat_of(figures.staff_use)),
            ("Rooms", "in use, of hours open", heat_of(figures.room_use)),
        ],
        bars=[(title, note, _bars(kind, instance, roster, names)) for title, note, kind in _USES],
        weekdays=[f"{when:%a}" for when in shown_days(instance, roster)],
        anchor=anchors.of,
        called=lambda kind, name: plain(names.of(kind, name)),
    )


def _bars(kind: Literal["staff", "room"], instance: Instance, roster: Roster, names: Names) -> list[Bar]:
    days = shown_days(instance, roster)
    uses = use_of(kind, instance, roster)
    return [bar_of(use, plain(names.of(kind, use.name)), days) for use in uses]


def _boards(instance: Instance, roster: Roster, names: Names) -> dict[ViewKind, list[Board]]:
    """Return everybody's board; groups that don't meet have none."""
    unmet: dict[View, list[Unmet]] = defaultdict(list)
    for one in roster.unmet:
        unmet[View("participant", one.participant)].append(one)
    setting = setting_of(instance, roster, names)
    boards: dict[ViewKind, list[Board]] = {}
    for kind in _KINDS:
        sessions = sessions_by_id(kind, roster)
        views = [View(kind, name) for name in known_in_order(kind, instance, roster)]
        boards[kind] = [
            board_of(setting, view, sessions.get(view.id, ()), unmet[view])
            for view in views
            if kind != "group" or view.id in sessions
        ]
    return boards
