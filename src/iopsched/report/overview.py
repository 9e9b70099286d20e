"""What a page and a workbook say of the whole week: in a line, in figures, by level, what is unmet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.week import worst_first
from iopsched.report.words import (
    LEVEL_WORDS,
    STATUS_WORDS,
    counted,
    day,
    hours,
    number,
    percent,
    plain,
    standing,
)
from iopsched.roster.figures import Figures
from iopsched.roster.models import LEVELS, Roster

__all__ = ["Glance", "Headline", "LevelRow", "UnmetRow", "at_a_glance", "headline", "levels", "unmet_rows"]

_MEANINGS: Final = {
    "unmet": "session minutes that are missing, each weighed by its need's priority",
    "changes": "what is different from the roster that stood before",
    "burden": "days to come, waiting, wishes that are not met, over all participants",
    "staffing": "meetings that run, leaders who change, hours above target, idle time",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """Which clinic, which week, and what is known of the roster."""

    clinic: str
    week: str
    timezone: str
    status: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A figure of the week: what is counted, how much, in what, and what it is a part of."""

    term: str
    value: float
    unit: Literal["count", "minutes", "average"]
    note: str

    @property
    def text(self) -> str:
        """The figure as people read it; minutes as hours and minutes."""
        if self.unit == "average":
            return f"{self.value:.1f}"
        return hours(int(self.value)) if self.unit == "minutes" else number(int(self.value))


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of the score in plain words; ``bound`` is none where none was proved."""

    name: str
    meaning: str
    value: int
    bound: int | None
    standing: str


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """A need that is short; ``minutes`` and ``sessions`` are what is missing."""

    participant: str
    called: str
    service: str
    sessions: int
    minutes: int
    reasons: tuple[str, ...]


def headline(instance: Instance, roster: Roster) -> Headline:
    """Return what stands above everything."""
    sunday = roster.week + timedelta(days=6)
    return Headline(
        plain(instance.id),
        f"{day(roster.week)} – {day(sunday)} {sunday.year}",
        plain(roster.timezone),
        STATUS_WORDS[roster.status],
    )


def at_a_glance(figures: Figures, roster: Roster) -> list[Glance]:
    """Return the figures of the week that come first."""
    needed, delivered = figures.sessions_needed, figures.sessions_delivered
    meetings = sum(session.group is not None for session in roster.sessions)
    coming = [one for one in figures.participants if one.days]
    share = f", {percent(delivered / needed)}" if needed else ""
    of_hours = f"of {hours(figures.minutes_needed)} needed"
    in_meetings = f"of {number(figures.seats)} in {counted(meetings, 'meeting')}"
    glance = [
        Glance("Sessions delivered", delivered, "count", f"of {number(needed)} needed{share}"),
        Glance("Hours delivered", figures.minutes_delivered, "minutes", of_hours),
        Glance("Needs unmet", len(roster.unmet), "count", f"{counted(_missing(roster), 'session')} missing"),
        Glance("Group seats filled", figures.seats_filled, "count", in_meetings),
        Glance("Participants", len(coming), "count", f"of {number(len(figures.participants))} have sessions"),
    ]
    if coming:
        days = sum(one.days for one in coming) / len(coming)
        waits = hours(round(sum(one.waiting_minutes for one in coming) / len(coming)))
        glance.append(Glance("Days for each", days, "average", f"and {waits} h of waiting a week"))
    return glance


def _missing(roster: Roster) -> int:
    return sum(one.sessions for one in roster.unmet)


def levels(roster: Roster) -> list[LevelRow]:
    """Return the levels of the score in the order in which they are compared."""
    return [
        LevelRow(
            LEVEL_WORDS[level],
            _MEANINGS[level],
            value,
            bound,
            standing(value, bound),
        )
        for level, value, bound in zip(LEVELS, roster.score.as_tuple(), roster.bound.as_tuple(), strict=True)
    ]


def unmet_rows(instance: Instance, roster: Roster, names: Names) -> list[UnmetRow]:
    """Return what is unmet, the heaviest first."""
    return [
        UnmetRow(
            one.participant,
            plain(names.of("participant", one.participant)),
            plain(names.of("service", one.service)),
            one.sessions,
            one.minutes,
            tuple(plain(reason.text) for reason in one.reasons) or ("no reason given",),
        )
        for one in worst_first(instance, roster.unmet)
    ]
