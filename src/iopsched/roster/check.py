"""The independent judge of a roster."""

from __future__ import annotations

from datetime import datetime

from iopsched.errors import UsageError
from iopsched.instance.models import Instance
from iopsched.roster.figures import figures
from iopsched.roster.models import Roster
from iopsched.roster.programs import program_warnings_of
from iopsched.roster.report import CheckReport
from iopsched.roster.rules import FORM, RULES, answers
from iopsched.roster.score import score_of
from iopsched.roster.timetable import timetable
from iopsched.roster.unmet import unmet_of

__all__ = ["check"]


def check(
    instance: Instance,
    roster: Roster,
    *,
    baseline: Roster | None = None,
    frozen_from: datetime | None = None,
) -> CheckReport:
    """Judge a roster from the files alone: every rule, the unmet list, the score, the bounds.

    Parameters
    ----------
    instance : Instance
        What was asked.
    roster : Roster
        What was answered; any roster in the format, hand-edited ones too.
    baseline : Roster, optional
        What stood before; ``changes`` is counted against it.
    frozen_from : datetime, optional
        The moment from which on the roster was planned anew, on the clinic's wall clock. Sessions of the
        baseline that start before it have happened.

    Returns
    -------
    CheckReport
        With every violation.

    Raises
    ------
    UsageError
        If ``frozen_from`` comes without a baseline of the same week, or with an offset from UTC.
    """
    _require_same_week(instance, baseline, frozen_from)
    before = () if baseline is None else baseline.sessions
    table = timetable(instance, roster.sessions, before, frozen_from)
    score = score_of(table, baseline)
    unmet = unmet_of(table)
    violations = [violation for rule in (*FORM.values(), *RULES.values()) for violation in rule(table)]
    violations += answers.week(instance, roster)
    violations += answers.score(roster.score, score)
    violations += answers.unmet(roster.unmet, unmet)
    violations += answers.bound(roster)
    violations += answers.status(roster)
    return CheckReport(
        violations=tuple(violations),
        score=score,
        unmet=unmet,
        warnings=program_warnings_of(table),
        figures=figures(table),
    )


def _require_same_week(instance: Instance, baseline: Roster | None, frozen_from: datetime | None) -> None:
    if frozen_from is None:
        return
    if baseline is None:
        raise UsageError("re-planning from a moment on needs the baseline that stood before; name it")
    if baseline.week != instance.week:
        raise UsageError(
            f"the baseline is of week {baseline.week}, the instance of {instance.week}; "
            "re-planning from a moment on needs a baseline of the same week"
        )
    if frozen_from.tzinfo is not None:
        raise UsageError(f"{frozen_from.isoformat()} has an offset; times are the clinic's wall clock")
