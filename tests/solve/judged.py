"""What the judge says of a plan, rule by rule."""

from __future__ import annotations

from iopsched.options import Options, Plan
from iopsched.roster.rules import RULES
from iopsched.roster.timetable import timetable
from iopsched.solve.assemble import sessions_of_plan

STAFF_RULES = frozenset({"staff-free", "staff-fit", "staff-load", "staff-break", "staff-rest"})


def broken_rules(options: Options, plan: Plan) -> set[str]:
    """Return the rules that a plan breaks."""
    table = timetable(options.instance, sessions_of_plan(options, plan), (), None)
    return {name for name, rule in RULES.items() if any(True for _ in rule(table))}
