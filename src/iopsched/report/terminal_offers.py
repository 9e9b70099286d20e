"""Weeks offered to a newcomer, for whoever reads them out on the phone."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from iopsched.plan.offers.answer import Offer, Offers
from iopsched.report.tables import bullets, heading
from iopsched.report.words import counted, day, hours, listed, plain, span
from iopsched.roster.models import Session

__all__ = ["offers_view"]


def offers_view(offered: Offers) -> RenderableType:
    """Return the offers one below the other, the best first."""
    parts: list[RenderableType] = [_summary(offered)]
    for number, offer in enumerate(offered.offers, 1):
        parts += _offer(number, offer)
    return Group(*parts)


def _summary(offered: Offers) -> Text:
    complete = sum(one.complete and not one.moved for one in offered.offers)
    who = plain(offered.newcomer)
    if complete:
        return Text(f"{counted(complete, 'complete week')} for {who}; nobody else moves", "bold")
    none = f"No {'complete week' if offered.offers else 'session'} for {who} while nobody else moves"
    return Text(f"{none} ({'proved' if offered.proved else 'none was found in the time'})", "bold")


def _offer(number: int, offer: Offer) -> list[RenderableType]:
    waits = f"waits {hours(offer.waiting)} h in all" if offer.waiting else "never waits"
    parts: list[RenderableType] = [
        heading(f"Offer {number}", f"comes on {counted(offer.days, 'day')}, {waits}"),
        _sessions(offer.sessions),
    ]
    if offer.missing:
        missing = ", ".join(
            f"{counted(one.sessions, 'session')} of {plain(one.service)}" for one in offer.missing
        )
        parts.append(Text(f"Missing: {missing}"))
    else:
        parts.append(Text("Nothing is missing."))
    if offer.moved:
        parts.append(Text(f"To be told first (changes {offer.changes}):"))
        parts.append(
            bullets(f"{one.id}: {one.told(change)}" for one in offer.moved for change in one.changes)
        )
    return parts


def _sessions(sessions: tuple[Session, ...]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for session in sessions:
        what = session.service if session.group is None else f"{session.service} ({session.group})"
        where = "remote" if session.room is None else f"in {plain(session.room)}"
        table.add_row(
            day(session.start),
            span(session.start, session.end),
            plain(what),
            f"with {listed(session.staff)}, {where}",
        )
    return table
