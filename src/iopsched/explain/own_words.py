"""What is said of obstacles that lie in a participant's own week: order, the program, other sessions."""

from __future__ import annotations

from iopsched.explain.occupancy import Occupancy
from iopsched.explain.situation import OwnWeek, Situation
from iopsched.explain.words import joined, plural
from iopsched.instance.times import clock
from iopsched.instance.windows import DAYS
from iopsched.options.calendar import IntArray
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.roster.models import Note

__all__ = ["day_limit_note", "order_note", "own_sessions"]

Asked = SessionOptions | AttendanceOptions


def order_note(situation: Situation, asked: Asked, occupancy: Occupancy) -> Note:
    """Say which need this one waits for, or which of its own followers has happened already."""
    person, need = situation.person(asked), asked.need
    earlier = None if need.after is None else person.need_of(need.after)
    if earlier is not None and earlier.sessions:
        missing = situation.missing.get((asked.participant, earlier.service), 0)
        if missing:
            text = (
                f"{need.service} comes after {earlier.service}, of which {plural(missing, 'session')} "
                f"{'is' if missing == 1 else 'are'} missing."
            )
            return Note(code="order", text=text, after=earlier.service, missing=missing)
        ends = [item.end for item in occupancy.attended(asked.participant) if item.service == earlier.service]
        if ends:
            text = (
                f"{need.service} comes after {earlier.service}, which ends {clock(max(ends))}: too late for "
                "times that are needed."
            )
            return Note(code="order", text=text, after=earlier.service, ends=clock(max(ends)))
    followers = [
        later.service
        for later in person.needs
        if later.after == need.service and situation.facts.frozen_of(asked.participant, later)
    ]
    text = f"{joined(followers)} comes after {need.service} and has happened already."
    return Note(code="order", text=text, before=followers)


def day_limit_note(situation: Situation, asked: Asked, occupancy: Occupancy) -> Note:
    """Say what the program allows and on which days the participant comes already."""
    program = situation.facts.program(situation.person(asked))
    week = OwnWeek.of(occupancy, asked.participant)
    come = ", ".join(f"{DAYS[day]} {minutes} min" for day, minutes in sorted(week.minutes.items()))
    limits = {
        name: value
        for name in ("max_days_per_week", "max_minutes_per_day")
        if (value := getattr(program, name)) is not None
    }
    said = joined([f"{name} {value}" for name, value in limits.items()])
    text = (
        f"Program {program.id} ({said}) leaves no room beside the other sessions of "
        f"{situation.person(asked).id} ({come or 'none'})."
    )
    return Note(
        code="day-limit",
        text=text,
        program=program.id,
        days={DAYS[day]: minutes for day, minutes in sorted(week.minutes.items())},
        **limits,
    )


def own_sessions(asked: Asked, occupancy: Occupancy, starts: IntArray) -> list[str]:
    """Return the participant's sessions that are in the way at some starts, as ``iop-group Mon 17:30``."""
    minutes = asked.service.minutes
    in_the_way = [
        item
        for item in occupancy.attended(asked.participant)
        if ((starts < item.end) & (starts + minutes > item.start)).any()
    ]
    return [f"{item.service} {clock(item.start)}" for item in sorted(in_the_way, key=lambda item: item.start)]
