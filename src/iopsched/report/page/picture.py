"""Pictures: how much staff and rooms are in use by hour and by week, who arrives and leaves when.

Each number that a picture shows is written into it, so that it can be read without colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from iopsched.report.front_desk import SLOT, Flow
from iopsched.report.use import OwnUse
from iopsched.report.words import day, hours, percent
from iopsched.roster.figures import Use

__all__ = ["Bar", "Heat", "Stream", "bar_of", "heat_of", "stream_of"]

_TINTS: Final = 5
_SLOT_WIDTH: Final = 30
_BAR_HEIGHT: Final = 46


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a day: its share in per cent, empty where nothing is there; a tint from 0 to 5; in words."""

    text: str
    tint: int
    title: str


@dataclass(frozen=True, slots=True)
class Heat:
    """A table of days and hours."""

    hours: range
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def heat_of(use: Sequence[Use]) -> Heat:
    """Return a roster's use by day and hour; hours in which nobody is there or in use stay empty."""
    if not use:
        return Heat(range(0), ())
    of = {(one.day, one.hour): one for one in use}
    shown = range(min(one.hour for one in use), max(one.hour for one in use) + 1)
    return Heat(
        shown,
        tuple(
            (day(when), tuple(_cell(of.get((when, hour))) for hour in shown))
            for when in sorted({one.day for one in use})
        ),
    )


def _cell(use: Use | None) -> Cell:
    if use is None or not (use.minutes or use.available):
        return Cell("", 0, "")
    title = f"{day(use.day)}, {use.hour}:00: {hours(use.minutes)} of {hours(use.available)} h"
    if not use.available:  # notes run past the hours of work
        return Cell("+", 0, title)
    share = use.minutes / use.available
    return Cell(f"{share:.0%}".removesuffix("%"), min(_TINTS, int(share * _TINTS + 0.5)), title)


@dataclass(frozen=True, slots=True)
class Bar:
    """A week's use: by day, in words, and as a share of the bar's length in per cent, 100 at most."""

    name: str
    days: tuple[str, ...]
    used: str
    there: str
    share: str
    length: float


def bar_of(use: OwnUse, name: str, days: Iterable[date]) -> Bar:
    """Return the bar of a member of staff or a room; a dot for a day on which they are not there."""
    share = use.share
    return Bar(
        name,
        tuple(
            hours(use.minutes[when]) if use.minutes[when] else "–" if use.there[when] else "·"
            for when in days
        ),
        hours(use.minutes.total()),
        hours(use.there.total()),
        "" if share is None else percent(round(share, 2)),
        round(min(share or 0.0, 1.0) * 100, 1),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """Half an hour of a stream, in the picture's units; counts are empty where they are zero."""

    x: int
    label: str
    up: float
    down: float
    arrivals: str
    leavings: str
    present: str


@dataclass(frozen=True, slots=True)
class Stream:
    """A day's arrivals above a line and leavings below it."""

    width: int
    slots: tuple[Slot, ...]


def stream_of(flows: Sequence[Flow], most: int) -> Stream:
    """Return a day's picture.

    Parameters
    ----------
    flows : sequence of Flow
        The day's half hours.
    most : int
        The most that arrive or leave in half an hour of any day: all days have one scale.
    """
    unit = _BAR_HEIGHT / most if most else 0.0
    slots = tuple(
        Slot(
            number * _SLOT_WIDTH,
            "" if flow.minute % (2 * SLOT) else f"{flow.minute // 60}",
            round(flow.arrivals * unit, 1),
            round(flow.leavings * unit, 1),
            str(flow.arrivals or ""),
            str(flow.leavings or ""),
            str(flow.present),
        )
        for number, flow in enumerate(flows)
    )
    return Stream(len(slots) * _SLOT_WIDTH, slots)
