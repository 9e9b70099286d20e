"""Whether a roster answers an instance, so that something can be asked about it."""

from __future__ import annotations

from iopsched.errors import Problem, RosterError
from iopsched.instance.models import Instance
from iopsched.roster import check
from iopsched.roster.models import Roster
from iopsched.roster.report import CheckReport, Violation
from iopsched.roster.rules import FORM, RULES

__all__ = ["broken_rules", "require_answer"]

_MOST_BROKEN = 5
"""Broken rules that are told."""


def broken_rules(report: CheckReport) -> list[Violation]:
    """Return why a roster cannot take place; what it says about itself (score, bound) is of no matter."""
    return [one for one in report.violations if one.rule in {*RULES, *FORM}]


def require_answer(instance: Instance, roster: Roster) -> None:
    """Refuse a roster that cannot take place.

    Parameters
    ----------
    instance : Instance
    roster : Roster

    Raises
    ------
    RosterError
        Where it is of another week, or breaks rules. What is broken is not told one by one where the roster
        was made for another instance.
    """
    if roster.week != instance.week:
        what = f"the roster is of week {roster.week}, the instance of {instance.week}"
        raise RosterError([Problem("week", what, "name the roster of the instance's week")])
    broken = broken_rules(check(instance, roster))
    if not broken:
        return
    if roster.instance != instance.id:
        what = f'the roster answers "{roster.instance}", and the instance is "{instance.id}"'
        raise RosterError([Problem("instance", what, "name the roster that answers this instance")])
    told = [f"{one.rule}: {one.text}" for one in broken[:_MOST_BROKEN]]
    if len(broken) > _MOST_BROKEN:
        told.append(f"{len(broken) - _MOST_BROKEN} more; iopsched check tells all of them")
    remedy = "name the roster that answers this instance as it is, or solve again with this one as --baseline"
    raise RosterError([Problem("sessions", one, remedy) for one in told])
