"""The rules a roster may never break, each a function of the timetable, by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iopsched.roster.report import Violation
from iopsched.roster.rules.answers import reference, session_id
from iopsched.roster.rules.attendance import family_free, participant_free
from iopsched.roster.rules.groups import apart, group_meetings, group_member, group_size
from iopsched.roster.rules.limits import day_limit
from iopsched.roster.rules.needs import need_count, need_order, need_spacing
from iopsched.roster.rules.rooms import room_fit, room_free
from iopsched.roster.rules.staffing import staff_fit, staff_free
from iopsched.roster.rules.standing import frozen, pin
from iopsched.roster.rules.times import grid, hours
from iopsched.roster.rules.workload import staff_break, staff_load, staff_rest
from iopsched.roster.timetable import Timetable

__all__ = ["FORM", "RULES", "Rule"]

Rule = Callable[[Timetable], Iterator[Violation]]

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "grid": grid,
        "hours": hours,
        "participant-free": participant_free,
        "family-free": family_free,
        "staff-free": staff_free,
        "staff-fit": staff_fit,
        "staff-load": staff_load,
        "staff-break": staff_break,
        "staff-rest": staff_rest,
        "room-fit": room_fit,
        "room-free": room_free,
        "group-size": group_size,
        "group-meetings": group_meetings,
        "group-member": group_member,
        "apart": apart,
        "need-count": need_count,
        "need-spacing": need_spacing,
        "need-order": need_order,
        "day-limit": day_limit,
        "pin": pin,
        "frozen": frozen,
    }
)
"""The hard rules, in the order in which the rules are documented."""

FORM: Final[Mapping[str, Rule]] = MappingProxyType({"session-id": session_id, "reference": reference})
"""What must hold of the sessions for the rules to make sense."""
