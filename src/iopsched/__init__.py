"""iopsched: weekly timetables for Intensive Outpatient Programs, optimised, proved and explained.

::

    import iopsched

    instance = iopsched.load_instance("clinic.json")
    roster = iopsched.solve(instance, time_limit=60)
    report = iopsched.check(instance, roster)
    assert report.ok
"""

from iopsched.errors import InputError, InstanceError, IopschedError, Problem, RosterError, UsageError
from iopsched.instance import Instance, load_instance, parse_instance
from iopsched.plan.capacity import Capacity, capacity
from iopsched.plan.edits import apply_edits, parse_edit
from iopsched.plan.offers import Offer, Offers, accept_offer, offers
from iopsched.plan.scenarios import Scenario, load_scenarios, scenario_of_edits
from iopsched.plan.what_if import WhatIf, what_if
from iopsched.plan.why_not import WhyNot, why_not
from iopsched.roster import (
    CheckReport,
    Difference,
    Roster,
    Violation,
    check,
    difference,
    load_roster,
    parse_roster,
)
from iopsched.solve import Progress, Stop, solve

__all__ = [
    "Capacity",
    "CheckReport",
    "Difference",
    "InputError",
    "Instance",
    "InstanceError",
    "IopschedError",
    "Offer",
    "Offers",
    "Problem",
    "Progress",
    "Roster",
    "RosterError",
    "Scenario",
    "Stop",
    "UsageError",
    "Violation",
    "WhatIf",
    "WhyNot",
    "__version__",
    "accept_offer",
    "apply_edits",
    "capacity",
    "check",
    "difference",
    "load_instance",
    "load_roster",
    "load_scenarios",
    "offers",
    "parse_edit",
    "parse_instance",
    "parse_roster",
    "scenario_of_edits",
    "solve",
    "what_if",
    "why_not",
]

__version__ = "0.1.0"
