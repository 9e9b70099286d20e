"""What changes between two rosters, for people: a list to telephone by."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from iopsched.report.tables import bullets, heading
from iopsched.report.words import counted, number, plain
from iopsched.roster.changes import ChangeKind, PersonChanges
from iopsched.roster.difference import Difference

__all__ = ["diff_view"]


def diff_view(difference: Difference) -> RenderableType:
    """Return whom to tell what, participants first, and how many need not be told anything."""
    parts: list[RenderableType] = [_totals(difference)]
    parts += _people("Participants", difference.participants, difference.unchanged_participants)
    parts += _people("Staff", difference.staff, difference.unchanged_staff)
    return Group(*parts)


def _totals(difference: Difference) -> Text:
    people = counted(len(difference.participants), "participant")
    staff = len(difference.staff)
    if not (difference.participants or difference.staff):
        return Text("Nothing changes for anybody.", "bold")
    named: tuple[tuple[ChangeKind, str], ...] = (
        ("moved", "moved"),
        ("changed", "with other staff, group or room"),
        ("cancelled", "cancelled"),
        ("added", "new"),
    )
    kinds = ", ".join(f"{number(difference.total(kind))} {words}" for kind, words in named)
    return Text.assemble(
        (f"{people} and {number(staff)} of staff to tell", "bold"),
        f"\nParticipants' sessions: {kinds}"
        f"\nLevel changes of the score: {number(difference.points)}, "
        f"for {counted(difference.counted, 'change')} that count",
    )


def _people(title: str, people: Sequence[PersonChanges], unchanged: int) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if people:
        parts.append(heading(title))
    for person in people:
        parts.append(Text(plain(person.id), "bold"))
        parts.append(bullets(person.told(change) for change in person.changes))
    if unchanged:
        parts.append(Text(f"\n{title}: nothing changes for {number(unchanged)} more", "dim"))
    return parts
