"""What the checker says: violations, the score and unmet needs worked out again, warnings and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from iopsched.roster.figures import Figures
from iopsched.roster.models import Note, Score, Unmet
from iopsched.roster.placed import Placed
from iopsched.roster.words import named

__all__ = ["CheckReport", "Violation", "concerning"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that makes a roster wrong.

    Attributes
    ----------
    rule : str
        The id of the rule, or ``session-id``, ``reference``, ``score``, ``unmet``, ``bound``, ``status``.
    text : str
        Who, when, where and what, in a planner's words.
    session : str or None
        The session's id; the later one's where there are two.
    participants, staff : tuple of str
        Whom it concerns.
    group, room : str or None
        Which group and room it concerns.
    when : datetime or None
        When what is wrong begins, on the clinic's wall clock.
    """

    rule: str
    text: str
    session: str | None = None
    participants: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    group: str | None = None
    room: str | None = None
    when: datetime | None = None

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values; ``when`` as ``2026-11-30T17:30``."""
        when = None if self.when is None else self.when.isoformat(timespec="minutes")
        return {
            **asdict(self),
            "participants": list(self.participants),
            "staff": list(self.staff),
            "when": when,
        }


def concerning(
    rule: str, placed: Placed, what: str, participants: Iterable[str] = (), staff: Iterable[str] = ()
) -> Violation:
    """Return a violation by one session; its text begins with what, whose, when and where that is."""
    session = placed.session
    return Violation(
        rule=rule,
        text=f"{named(session)}: {what}",
        session=session.id,
        participants=tuple(sorted(set(participants))),
        staff=tuple(sorted(set(staff))),
        group=session.group,
        room=session.room,
        when=session.start,
    )


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The verdict on a roster.

    Attributes
    ----------
    violations : tuple of Violation
        All that makes the roster wrong, in the order of the rules.
    score : Score
        Worked out from the sessions alone.
    unmet : tuple of Unmet
        Worked out from the sessions alone; without reasons.
    warnings : tuple of Note
        Participants under their program's minimum: ``program-minutes``, ``program-days``.
    figures : Figures
        What the roster delivers and uses.
    """

    violations: tuple[Violation, ...]
    score: Score
    unmet: tuple[Unmet, ...]
    warnings: tuple[Note, ...]
    figures: Figures

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "ok": self.ok,
            "violations": [violation.to_dict() for violation in self.violations],
            "score": self.score.model_dump(mode="json"),
            "unmet": [unmet.model_dump(mode="json") for unmet in self.unmet],
            "warnings": [warning.model_dump(mode="json") for warning in self.warnings],
            "figures": self.figures.to_dict(),
        }
