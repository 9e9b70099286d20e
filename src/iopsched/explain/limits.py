"""Which limit keeps a member of staff from one more session (rules ``staff-load``, ``-break``, ``-rest``)."""

from __future__ import annotations

from iopsched.explain.occupancy import Occupancy
from iopsched.instance.models import Staff
from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options.frozen import Lead
from iopsched.options.sessions import SessionOptions

__all__ = ["limit_of_day", "limit_of_week"]


def limit_of_week(occupancy: Occupancy, member: int, participant: int, minutes: int) -> str | None:
    """Return the week's limit that leading ``minutes`` more with a participant would break, if any.

    Returns
    -------
    {"max_minutes_per_week", "max_participants"} or None
    """
    staff = occupancy.options.instance.staff[member]
    led = sum(lead.end - lead.start for lead in occupancy.led(member))
    if staff.max_minutes_per_week is not None and led + minutes > staff.max_minutes_per_week:
        return "max_minutes_per_week"
    if staff.max_participants is not None:
        met = occupancy.caseload.get(member, set())
        if len(met | {participant}) > staff.max_participants:
            return "max_participants"
    return None


def limit_of_day(occupancy: Occupancy, asked: SessionOptions, member: int, start: int) -> str | None:
    """Return the limit that leading a session from ``start`` would break on its day, if any.

    Returns
    -------
    {"max_minutes_per_day", "max_minutes_without_break", "rest_hours"} or None
    """
    staff = occupancy.options.instance.staff[member]
    session = Lead(member, start, start + asked.minutes, start + asked.minutes + asked.note)
    day = start // MINUTES_PER_DAY
    led = occupancy.led(member)
    same_day = [lead for lead in led if lead.start // MINUTES_PER_DAY == day]
    minutes = sum(lead.end - lead.start for lead in same_day)
    if staff.max_minutes_per_day is not None and minutes + asked.minutes > staff.max_minutes_per_day:
        return "max_minutes_per_day"
    # Where no break is too short, every part is a run of its own.
    if staff.max_minutes_without_break is not None and staff.break_minutes:
        run = _run_with(session, same_day, staff.break_minutes)
        if run > staff.max_minutes_without_break:
            return "max_minutes_without_break"
    if staff.rest_hours and _rest_too_short(staff, session, led):
        return "rest_hours"
    return None


def _run_with(session: Lead, same_day: list[Lead], break_minutes: int) -> int:
    """Return the minutes from first start to last end of the run that a session would be in."""
    begin, end = session.start, session.occupied_until
    for lead in sorted((x for x in same_day if x.start >= session.start), key=lambda x: x.start):
        if lead.start - end < break_minutes:
            end = max(end, lead.occupied_until)
    earlier = (x for x in same_day if x.start < session.start)
    for lead in sorted(earlier, key=lambda x: x.occupied_until, reverse=True):
        if begin - lead.occupied_until < break_minutes:
            begin = lead.start
    return end - begin


def _rest_too_short(staff: Staff, session: Lead, led: list[Lead]) -> bool:
    """Tell whether a session would end too late before the next day, or start too early after the last."""
    day = session.start // MINUTES_PER_DAY
    minutes = 60 * (staff.rest_hours or 0)
    before = [lead.end for lead in led if lead.start // MINUTES_PER_DAY == day - 1]
    after = [lead.start for lead in led if lead.start // MINUTES_PER_DAY == day + 1]
    return bool(
        (before and session.start - max(before) < minutes) or (after and min(after) - session.end < minutes)
    )
