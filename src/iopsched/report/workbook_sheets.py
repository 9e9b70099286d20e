"""What stands on the sheets of a workbook: the same views as on the page."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.front_desk import visits_by_day
from iopsched.report.group_weeks import group_weeks
from iopsched.report.overview import at_a_glance, headline, levels, unmet_rows
from iopsched.report.own_rows import OwnRow, own_rows, people, stop_of, what_of, where_of
from iopsched.report.use import use_of
from iopsched.report.views import View, ViewKind, known_in_order, sessions_by_id, sessions_of
from iopsched.report.week import figures_of, leaders, seats, shown_days
from iopsched.report.words import listed, plain
from iopsched.report.workbook_writing import Cell, Clock, Column, Share, Sheet, clock_of
from iopsched.roster.calendar import minutes_between
from iopsched.roster.models import Roster, Session
from iopsched.roster.views import narrowed

__all__ = ["own_sheets", "whole_sheets"]

_TIMES: Final = (Column("Day", 11), Column("Start", 7), Column("End", 7), Column("Hours", 7))
_OWN: Final = {
    "service": Column("Service", 16),
    "group": Column("Group", 16),
    "room": Column("Room", 10),
    "part": Column("Part", 26),
    "led_by": Column("Led by", 30),
    "who": Column("Who", 40),
}
_SAID_ALREADY: Final[dict[ViewKind, tuple[str, ...]]] = {
    "group": ("group", "part"),
    "room": ("room", "part"),
    "staff": ("led_by",),
    "participant": ("part",),
}
"""What one's own week does not tell anew, or knows nothing of."""
_TITLES: Final[dict[ViewKind, tuple[str, str]]] = {
    "group": ("Groups", "Group"),
    "room": ("Rooms", "Room"),
    "staff": ("Staff", "Staff"),
    "participant": ("Participants", "Participant"),
}


def whole_sheets(instance: Instance, roster: Roster, names: Names) -> list[Sheet]:
    """Return the sheets of the whole clinic."""
    note = _note(instance, roster)
    return [
        _overview(instance, roster, note),
        _timetable(instance, roster, names, note),
        *(_boards(instance, roster, names, note, kind) for kind in _TITLES),
        _unmet(instance, roster, names, note),
        _front_desk(roster, names, note),
        _group_weeks(instance, roster, names, note),
        _use("staff", "Staff use", instance, roster, names, note),
        _use("room", "Room use", instance, roster, names, note),
    ]


def own_sheets(instance: Instance, roster: Roster, names: Names, view: View) -> list[Sheet]:
    """Return one's own week; a participant's names no other."""
    name = plain(names.of(view.kind, view.id))
    title = f"{_TITLES[view.kind][1]} {name}"
    note = _note(instance, roster)
    sessions = sessions_of(view, narrowed(view, roster))
    rows = [_own(view.kind, row) for row in own_rows(instance, view, sessions, names)]
    sheets = [Sheet("Week", title, note, _own_columns(view.kind), rows)]
    missing = [one for one in roster.unmet if view == View("participant", one.participant)]
    if missing:
        columns = (Column("Service", 16), Column("Sessions", 10))
        short: list[list[Cell]] = [[names.of("service", one.service), one.sessions] for one in missing]
        sheets.append(Sheet("Not scheduled", f"{title}, not scheduled", note, columns, short))
    return sheets


def _note(instance: Instance, roster: Roster) -> str:
    head = headline(instance, roster)
    return f"{head.clinic}, {head.week}, times of {head.timezone}"


def _overview(instance: Instance, roster: Roster, note: str) -> Sheet:
    rows: list[list[Cell]] = [
        [one.term, Clock(int(one.value)) if one.unit == "minutes" else one.value, None, None, one.note]
        for one in at_a_glance(figures_of(instance, roster), roster)
    ]
    rows += [
        [
            row.name,
            row.value,
            "none" if row.bound is None else row.bound,
            row.standing,
            f"lower is better: {row.meaning}",
        ]
        for row in levels(roster)
    ]
    rows += [["warning", None, None, None, note.text] for note in roster.warnings]
    columns = (
        Column("What", 24),
        Column("Value", 12),
        Column("Bound", 12),
        Column("That is", 30),
        Column("Note", 70),
    )
    status = headline(instance, roster).status
    return Sheet("Overview", f"{plain(instance.id)}: {status}", note, columns, rows, filtered=False)


def _timetable(instance: Instance, roster: Roster, names: Names, note: str) -> Sheet:
    """Return all sessions by day and time."""
    columns = (
        *_TIMES,
        Column("What", 18),
        Column("Service", 16),
        Column("Room", 10),
        Column("Led by", 30),
        Column("Seats", 8),
        Column("Who", 50),
    )
    sessions = sorted(roster.sessions, key=lambda one: (one.start, one.end, one.id))
    rows: list[list[Cell]] = [
        [
            *_times(session),
            what_of(session, names),
            names.of("service", session.service),
            where_of(session, names),
            leaders(session, partial(names.of, "staff")),
            seats(instance, session) if session.group is not None else "",
            listed(people(session, names)),
        ]
        for session in sessions
    ]
    return Sheet("Timetable", "Timetable by day", note, columns, rows)


def _times(session: Session | OwnRow) -> list[Cell]:
    day = session.start.date()
    return [
        day,
        clock_of(session.start, day),
        clock_of(session.end, day),
        Clock(minutes_between(session.start, session.end)),
    ]


def _own_columns(kind: ViewKind) -> tuple[Column, ...]:
    return (*_TIMES, *(column for name, column in _OWN.items() if name not in _SAID_ALREADY[kind]))


def _own(kind: ViewKind, row: OwnRow) -> list[Cell]:
    return [*_times(row), *(getattr(row, name) for name in _OWN if name not in _SAID_ALREADY[kind])]


def _boards(instance: Instance, roster: Roster, names: Names, note: str, kind: ViewKind) -> Sheet:
    """Return everybody's own week, one after the other."""
    title, head = _TITLES[kind]
    sessions = sessions_by_id(kind, roster)
    rows: list[list[Cell]] = []
    for name in known_in_order(kind, instance, roster):
        own = own_rows(instance, View(kind, name), sessions.get(name, ()), names)
        called = plain(names.of(kind, name))
        rows += [[called, *_own(kind, row)] for row in own]
    columns = (Column(head, 16), *_own_columns(kind))
    return Sheet(title, f"{title}, each one's week", note, columns, rows)


def _unmet(instance: Instance, roster: Roster, names: Names, note: str) -> Sheet:
    columns = (
        Column("Participant", 16),
        Column("Service", 16),
        Column("Sessions", 10),
        Column("Hours", 8),
        Column("Why", 100),
    )
    rows: list[list[Cell]] = [
        [row.called, row.service, row.sessions, Clock(row.minutes), "\n".join(row.reasons)]
        for row in unmet_rows(instance, roster, names)
    ]
    return Sheet("Unmet", "Unmet needs, the heaviest first", note, columns, rows)


def _front_desk(roster: Roster, names: Names, note: str) -> Sheet:
    columns = (
        Column("Day", 11),
        Column("Arrives", 9),
        Column("Leaves", 9),
        Column("Participant", 16),
        Column("Sessions", 80),
        Column("Here", 8),
    )
    days = sorted(visits_by_day(roster).items())
    rows: list[list[Cell]] = [
        [
            day,
            clock_of(visit.arrives, day),
            clock_of(visit.leaves, day),
            names.of("participant", visit.participant),
            "\n".join(stop_of(session, names) for session in visit.sessions),
            None,
        ]
        for day, visits in days
        for visit in visits
    ]
    return Sheet("Front desk", "Who comes when", note, columns, rows)


def _group_weeks(instance: Instance, roster: Roster, names: Names, note: str) -> Sheet:
    columns = (
        Column("Group", 18),
        Column("Meets", 34),
        Column("Size", 12),
        Column("Room", 26),
        Column("Led by", 60),
    )
    meetings = [session for session in roster.sessions if session.group is not None]
    weeks = group_weeks(instance, meetings, partial(names.of, "staff"), partial(names.of, "room"))
    rows: list[list[Cell]] = [
        [names.of("group", one.name), "\n".join(one.meets), one.size, one.room, "\n".join(one.leaders)]
        for one in weeks
    ]
    return Sheet("Group weeks", "When each group meets", note, columns, rows)


def _use(
    kind: Literal["staff", "room"], title: str, instance: Instance, roster: Roster, names: Names, note: str
) -> Sheet:
    days = shown_days(instance, roster)
    columns = (
        Column(_TITLES[kind][1], 16),
        *(Column(f"{day:%a}", 8) for day in days),
        Column("Week", 9),
        Column("There", 9),
        Column("Share", 8),
    )
    rows: list[list[Cell]] = [
        [
            plain(names.of(kind, use.name)),
            *(Clock(use.minutes[day]) if use.there[day] or use.minutes[day] else None for day in days),
            Clock(use.minutes.total()),
            Clock(use.there.total()),
            None if use.share is None else Share(use.share),
        ]
        for use in use_of(kind, instance, roster)
    ]
    words = "hours led, of hours at work" if kind == "staff" else "hours in use, of hours open"
    return Sheet(title, f"{title}: {words}", note, columns, rows)
