"""How facts about groups and staff are said."""

from __future__ import annotations

from collections.abc import Sequence

from iopsched.instance.models import Group
from iopsched.instance.windows import start_minutes
from iopsched.plan.edits.times import written_starts
from iopsched.plan.why_not.facts import Asked
from iopsched.roster.models import Session

__all__ = ["clinic_staff_words", "few", "seat_words", "start_words"]

MOST = 6


def few(names: Sequence[str]) -> str:
    """Return names with commas between, the first few of many."""
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def start_words(asked: Asked, groups: Sequence[Group]) -> str:
    """Say when the groups of a service begin."""
    if not groups:
        return f"There is no group of {asked.service.id}."
    starts: dict[str, list[str]] = {}
    for group in groups:
        starts.setdefault(_said_starts(group), []).append(group.id)
    said = "; ".join(f"{few(names)} {when}" for when, names in starts.items())
    return f"These are all the groups of {asked.service.id}, and when they may begin: {said}."


def _said_starts(group: Group) -> str:
    """Return a group's starts as ``Mon-Fri 17:00, 17:30 or Sat 09:00``."""
    clocks: dict[str, list[str]] = {}
    for start in written_starts(start_minutes(group.starts)):
        days, clock = start.split(" ")
        clocks.setdefault(days, []).append(clock)
    return " or ".join(f"{days} {', '.join(times)}" for days, times in clocks.items()) or "never"


def seat_words(groups: Sequence[Group], sessions: Sequence[Session]) -> str:
    """Say how many seats groups have, and which of those that meet are full."""
    said = []
    for group in groups:
        taken = [len(session.participants) for session in sessions if session.group == group.id]
        full = taken and min(taken) >= group.max_size
        state = "full" if full else "with seats left" if taken else "not meeting"
        said.append(f"{group.id} {group.max_size} ({state})")
    return f"Seats at a meeting: {few(said)}."


def clinic_staff_words(asked: Asked) -> str:
    """Say who could lead a service, and when they are there."""
    staff = asked.instance.staff
    said = []
    for skill in dict.fromkeys(part.skill for part in asked.service.parts):
        able = [member.id for member in staff if skill in member.skills]
        said.append(f"{skill}: {few(able) or 'nobody'}")
    return f"Nobody leads {asked.service.id} but these, in the hours and limits they have: {'; '.join(said)}."
