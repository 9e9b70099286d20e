"""What the reports read off a roster's week: who leads what when, which days matter, what weighs most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from iopsched.instance.models import Instance
from iopsched.report.words import listed, plain
from iopsched.roster.calendar import Calendar, Span, minutes_between
from iopsched.roster.figures import Figures, figures
from iopsched.roster.leading import LedPart, led_parts, led_stretches
from iopsched.roster.models import Roster, Session, Unmet
from iopsched.roster.timetable import timetable

__all__ = [
    "LedPart",
    "figures_of",
    "kind_of",
    "leaders",
    "led_minutes",
    "led_parts",
    "led_stretches",
    "minutes_by_day",
    "open_days",
    "room_minutes",
    "seats",
    "shown_days",
    "worst_first",
]


def figures_of(instance: Instance, roster: Roster) -> Figures:
    """Return what a roster delivers and uses."""
    return figures(timetable(instance, roster.sessions))


def worst_first(instance: Instance, unmet: Iterable[Unmet]) -> list[Unmet]:
    """Sort what is unmet by its part of the score, the largest first."""

    def weight(item: Unmet) -> int:
        person = instance.participant_by_id.get(item.participant)
        need = person.need_of(item.service) if person else None
        return item.minutes * (need.priority if need else 1)

    return sorted(unmet, key=weight, reverse=True)


def kind_of(instance: Instance, session: Session) -> str:
    """Return the kind of a session's service; where nobody knows the service, having a group decides."""
    service = instance.service_by_id.get(session.service)
    if service is not None:
        return service.kind
    return "one_to_one" if session.group is None else "group"


def leaders(session: Session, shown: Callable[[str], str] = str) -> str:
    """Return who leads a session: a line for each part, one name where one person leads them all.

    Parameters
    ----------
    session : Session
        Whose leaders.
    shown : callable
        What a member of staff is called, by id; the id itself by default.
    """
    if session.agenda is None or len({frozenset(item.staff) for item in session.agenda}) == 1:
        return listed(map(shown, sorted({part.staff for part in led_parts(session)})))
    return "\n".join(f"{plain(item.title)}: {listed(map(shown, item.staff))}" for item in session.agenda)


def seats(instance: Instance, session: Session) -> str:
    """Return ``"8/10"``: how many attend a meeting, of how many its group takes."""
    group = instance.group_by_id.get(session.group or "")
    return f"{len(session.participants)}" + ("" if group is None else f"/{group.max_size}")


def led_minutes(roster: Roster) -> dict[str, Counter[date]]:
    """Return for each member of staff the minutes led by day, notes not counted."""
    led: dict[str, list[Span]] = defaultdict(list)
    for session in roster.sessions:
        for part in led_parts(session):
            led[part.staff].append((part.start, part.end))
    return {staff: minutes_by_day(spans) for staff, spans in led.items()}


def room_minutes(roster: Roster) -> dict[str, Counter[date]]:
    """Return for each room the minutes in use by day."""
    used: dict[str, list[Span]] = defaultdict(list)
    for session in roster.sessions:
        if session.room is not None:
            used[session.room].append((session.start, session.end))
    return {room: minutes_by_day(spans) for room, spans in used.items()}


def minutes_by_day(spans: Iterable[Span]) -> Counter[date]:
    """Return the minutes of stretches of time by the day on which each starts."""
    minutes: Counter[date] = Counter()
    for start, end in spans:
        minutes[start.date()] += minutes_between(start, end)
    return minutes


def open_days(instance: Instance) -> frozenset[date]:
    """Return the days on which the clinic is open."""
    return frozenset(start.date() for start, _ in Calendar(instance.week).open_hours(instance))


def shown_days(instance: Instance, roster: Roster) -> list[date]:
    """Return Monday to Friday, and every other day on which the clinic is open or a session starts."""
    days = {instance.week + timedelta(days=number) for number in range(5)}
    return sorted(days | open_days(instance) | {session.start.date() for session in roster.sessions})
