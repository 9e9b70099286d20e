"""What a mend is tried with: a clinic that allows more, and the least edits by which its roster stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from iopsched.instance.models import Instance
from iopsched.instance.times import Span
from iopsched.instance.windows import MINUTES_PER_DAY, spans
from iopsched.options.frozen import parts_of
from iopsched.plan.edits import Edit
from iopsched.plan.edits.times import written_windows
from iopsched.roster.models import Roster, Session

__all__ = [
    "ALL_WEEK",
    "Asking",
    "Proposal",
    "asking",
    "exactly",
    "grown",
    "led_by",
    "minute_of",
    "minutes_in",
    "outside",
    "sessions_of",
    "span_of",
]

ALL_WEEK = ("Mon-Sun 00:00-24:00",)


@dataclass(frozen=True)
class Asking:
    """Edits, and how much they ask in points: about the minutes of somebody's time."""

    edits: tuple[Edit, ...]
    points: int


@dataclass(frozen=True)
class Proposal:
    """Something to allow.

    Attributes
    ----------
    family : str
        Of proposals of one family a larger one is not tried where a smaller one will do.
    points : int
        What it asks at least, to try the cheapest first.
    widened : Instance
        The clinic that allows it, generously.
    asking : callable
        From a roster of it to the edits that this roster takes.
    """

    family: str
    points: int
    widened: Instance
    asking: Callable[[Roster], Asking]


def asking(points: int, *edits: Edit) -> Asking:
    """Return edits that ask so much."""
    return Asking(edits, points)


def exactly(family: str, points: int, instance: Instance, edit: Edit) -> Proposal:
    """Propose one edit as it is."""
    return Proposal(family, points, edit.applied(instance), lambda _: asking(points, edit))


def minute_of(instance: Instance, moment: datetime) -> int:
    """Return a moment as minute of the week."""
    return int((moment - datetime.combine(instance.week, time())).total_seconds() // 60)


def span_of(instance: Instance, session: Session) -> Span:
    """Return when a session is, in minutes of the week."""
    return minute_of(instance, session.start), minute_of(instance, session.end)


def sessions_of(roster: Roster, participant: str) -> list[Session]:
    """Return a participant's sessions."""
    return [session for session in roster.sessions if participant in session.participants]


def led_by(instance: Instance, roster: Roster) -> dict[str, list[Span]]:
    """Return the parts that each member of staff leads."""
    found: dict[str, list[Span]] = {}
    for session in roster.sessions:
        for start, end, staff in parts_of(instance, session):
            for name in staff:
                found.setdefault(name, []).append((minute_of(instance, start), minute_of(instance, end)))
    return found


def outside(needed: Iterable[Span], windows: Iterable[str]) -> tuple[str, ...]:
    """Return, as windows, what of some spans lies outside windows."""
    known = spans(windows)
    left: list[Span] = []
    for start, end in needed:
        at = start
        for first, last in known:
            if first < end and last > at:
                if first > at:
                    left.append((at, first))
                at = max(at, last)
        if at < end:
            left.append((at, end))
    return written_windows(spans(written_windows(left)))


def minutes_in(windows: Iterable[str]) -> int:
    """Return how many minutes windows cover."""
    return sum(end - start for start, end in spans(windows))


def grown(windows: Iterable[str], minutes: int) -> tuple[str, ...]:
    """Return windows that begin and end so much earlier and later, within their days."""
    return written_windows(
        spans(
            written_windows(
                {
                    (
                        max(start - minutes, start // MINUTES_PER_DAY * MINUTES_PER_DAY),
                        min(end + minutes, (start // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY),
                    )
                    for start, end in spans(windows)
                }
            )
        )
    )
