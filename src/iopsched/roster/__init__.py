"""What is answered: the roster, its independent judge, its score.

Nothing here knows how a roster comes about: the judge works from the two files alone, in real time.
"""

from __future__ import annotations

from iopsched.roster.changes import Change, PersonChanges
from iopsched.roster.check import check
from iopsched.roster.difference import Difference, difference
from iopsched.roster.figures import Attendance, Figures, Use
from iopsched.roster.loading import baseline_warnings, load_roster, parse_roster, roster_schema
from iopsched.roster.models import (
    LEVELS,
    ROSTER_FORMAT,
    AgendaItem,
    Bound,
    Note,
    Roster,
    Score,
    Session,
    SolverInfo,
    Unmet,
)
from iopsched.roster.programs import program_warnings
from iopsched.roster.report import CheckReport, Violation
from iopsched.roster.score import score_sessions
from iopsched.roster.unmet import unmet_needs

__all__ = [
    "LEVELS",
    "ROSTER_FORMAT",
    "AgendaItem",
    "Attendance",
    "Bound",
    "Change",
    "CheckReport",
    "Difference",
    "Figures",
    "Note",
    "PersonChanges",
    "Roster",
    "Score",
    "Session",
    "SolverInfo",
    "Unmet",
    "Use",
    "Violation",
    "baseline_warnings",
    "check",
    "difference",
    "load_roster",
    "parse_roster",
    "program_warnings",
    "roster_schema",
    "score_sessions",
    "unmet_needs",
]
