"""The one table of sheets and columns: what the clinic has. Who comes to it is in ``people_sheets``."""

from __future__ import annotations

from typing import Final

from iopsched.exchange.people_sheets import COMMITMENTS, FAMILY, NEEDS, PARTICIPANTS, PINS
from iopsched.exchange.sheets import Column, Sheet
from iopsched.instance.models import Weights

__all__ = ["SHEETS", "SHEET_BY_NAME"]

_CLINIC: Final = Sheet(
    "Clinic",
    "",
    "setting",
    "The clinic and the week, a row for each setting.",
    (
        Column("id", "text", "A name for this clinic and week.", None),
        Column("week", "date", "The Monday on which the week begins.", None),
        Column(
            "timezone",
            "text",
            "IANA name of the time zone. It matters only when a roster leaves for calendars.",
            "UTC",
            choices=(
                "America/New_York",
                "America/Chicago",
                "America/Denver",
                "America/Phoenix",
                "America/Los_Angeles",
                "America/Anchorage",
                "Pacific/Honolulu",
                "Europe/London",
                "UTC",
            ),
        ),
        Column(
            "slot_minutes",
            "choice",
            "Sessions start on multiples of this many minutes from midnight, and last multiples of it.",
            "15",
            choices=("5", "10", "15", "20", "30", "60"),
        ),
        Column("hours", "windows", "When the clinic is open. Every session lies inside.", None),
    ),
    (("example-clinic", "2026-11-30", "America/Chicago", 15, "Mon-Fri 8am-9pm"),),
    settings=True,
)

_CLOSED: Final = Sheet(
    "Closed",
    "closed",
    "closed day",
    "Dates of this week on which nothing happens.",
    (Column("date", "date", "A date of the week: a holiday, a training day.", None),),
    (("2026-12-04",),),
    may_miss=True,
)

_SERVICES: Final = Sheet(
    "Services",
    "services",
    "service",
    "The kinds of session: individual, family, medication, group blocks, classes.",
    (
        Column("id", "text", "What it is called everywhere else.", None),
        Column(
            "kind",
            "choice",
            "Who attends: one_to_one (one participant), family (one participant and their family), group (a "
            "group's members).",
            None,
            choices=("one_to_one", "family", "group"),
        ),
        Column("minutes", "count", "How long a session lasts, its breaks included.", None, least=1),
        Column(
            "skill", "text", "What staff must be able to do to lead it: a skill of sheet Staff.", "its id"
        ),
        Column(
            "room_kinds", "ids", "The kinds of room that serve, as in sheet Rooms.", "remote, no room at all"
        ),
        Column(
            "start_every",
            "count",
            "Minutes between possible starts, counted from midnight. Groups have their own starts.",
            "30",
            least=1,
        ),
        Column(
            "note_minutes",
            "count",
            "Minutes that whoever led stays occupied afterwards, writing notes.",
            "0",
        ),
    ),
    (
        ("individual", "one_to_one", 60, "", "office", "", 15),
        ("family", "family", 60, "", "office", "", ""),
        ("iop-group", "group", 180, "", "group", "", ""),
    ),
)

_AGENDA: Final = Sheet(
    "Agenda",
    "agenda",
    "part",
    "What happens inside a group meeting: a row for each part, in order. A service without rows is one part.",
    (
        Column("service", "text", "The service whose part it is, of kind group.", None, ids_of="Services"),
        Column("title", "text", "What the part is called.", None),
        Column(
            "minutes", "count", "How long it lasts. The parts add up to the service's minutes.", None, least=1
        ),
        Column("skill", "text", "What its leaders must be able to do.", "the service's"),
        Column("leaders", "count", "How many different staff lead it.", "1", least=1),
    ),
    (
        ("iop-group", "Process group", 90, "process", 1),
        ("iop-group", "Life skills", 90, "skills", 1),
    ),
    parent="Services",
    may_miss=True,
)

_ROOMS: Final = Sheet(
    "Rooms",
    "rooms",
    "room",
    "Rooms in which sessions take place.",
    (
        Column("id", "text", "The room's name.", None),
        Column("kind", "text", "office, group, … A service says which kinds serve.", None),
        Column("capacity", "count", "Seats for everyone: participants, family and staff.", None, least=1),
        Column("available", "windows", "When it can be used.", "always"),
        Column("busy", "windows", "When it is taken by something else.", "never"),
    ),
    (("G1", "group", 12, "", ""), ("O1", "office", 4, "", "Wed 12pm-2pm")),
)

_STAFF: Final = Sheet(
    "Staff",
    "staff",
    "member of staff",
    "Whoever leads sessions.",
    (
        Column("id", "text", "A code or a short name.", None),
        Column("name", "text", "The name shown in the staff's own lists.", "its id"),
        Column("skills", "ids", "What they may lead. Write none for nobody's leader.", None),
        Column("tags", "ids", "Anything a participant may ask for: spanish, female, emdr.", "none"),
        Column("available", "windows", "When they are at work.", None),
        Column("busy", "windows", "Meetings, supervision, lunch at a fixed time.", "never"),
        Column("max_minutes_per_day", "count", "Led minutes on a day, notes not counted.", "no limit"),
        Column("max_minutes_per_week", "count", "Led minutes in the week, notes not counted.", "no limit"),
        Column(
            "max_participants",
            "count",
            "Caseload: different people in one-to-one and family sessions of the week.",
            "no limit",
        ),
        Column(
            "max_minutes_without_break",
            "count",
            "Longest time led, notes included, before a break.",
            "no limit",
        ),
        Column("break_minutes", "count", "How long such a break is at least.", "30"),
        Column(
            "rest_hours",
            "number",
            "Hours between a day's last session and the next day's first.",
            "no limit",
        ),
        Column(
            "target_minutes_per_week",
            "count",
            "What is led above it costs, and is allowed.",
            "no target",
        ),
    ),
    (
        (
            "T1",
            "",
            "individual, family, process, skills",
            "spanish",
            "Mon–Fri noon-9pm",
            "Tue 12:00-13:00",
            360,
            1500,
            "",
            270,
            30,
            11,
            1200,
        ),
    ),
)

_GROUPS: Final = Sheet(
    "Groups",
    "groups",
    "group",
    "Cohorts and classes that meet.",
    (
        Column("id", "text", "The group's name.", None),
        Column("service", "text", "What is held: a service of kind group.", None, ids_of="Services"),
        Column("meetings", "count", "At most so many in the week, on different days.", None),
        Column("starts", "starts", "Where a meeting may begin, such as Mon-Thu 5:30pm.", None),
        Column("same_start", "flag", "Whether all meetings begin at one time of day.", "yes"),
        Column("min_size", "count", "A meeting with fewer participants is not held.", "1"),
        Column("max_size", "count", "Seats in the group.", None),
        Column("rooms", "ids", "Only these rooms.", "any", ids_of="Rooms"),
        Column("staff", "ids", "Only these staff lead.", "any", ids_of="Staff"),
        Column("open_to", "ids", "Tags that a member must have, all of them.", "none"),
    ),
    (("evening", "iop-group", 3, "Mon-Thu 5:30pm", "", 1, 10, "", "", "adult"),),
)

_PROGRAMS: Final = Sheet(
    "Programs",
    "programs",
    "program",
    "Levels of care.",
    (
        Column("id", "text", "iop, php, op, …", None),
        Column(
            "min_minutes_per_week", "count", "Promised by the level of care; less is a warning.", "nothing"
        ),
        Column("min_days_per_week", "count", "Promised by the level of care; less is a warning.", "nothing"),
        Column("max_days_per_week", "count", "Never exceeded.", "no limit"),
        Column("max_minutes_per_day", "count", "Session minutes on a day, never exceeded.", "no limit"),
        Column("billable_day_minutes", "count", "A day with less is a short day, which costs.", "none"),
    ),
    (("iop", 540, 3, 5, 300, 180),),
)

_WEIGHTS_MEANINGS: Final = {
    "visit": "A day on which a participant has to come.",
    "wait": "A minute that a participant waits between two sessions.",
    "off_preference": "A session outside the hours that the participant prefers.",
    "other_staff": "A session led by somebody other than whom the need prefers.",
    "short_day": "A day with fewer minutes than the program's billable day.",
    "meeting": "A group meeting that is held.",
    "leader_change": "Another leader of the same part of a group within the week.",
    "over_target": "A minute led above somebody's target.",
    "idle": "A minute between two sessions that somebody leads on one day.",
}

_WEIGHTS: Final = Sheet(
    "Weights",
    "weights",
    "weight",
    "What a roster is judged by, a row for each weight: the higher, the worse.",
    tuple(
        Column(field, "count", meaning, str(Weights.model_fields[field].default))
        for field, meaning in _WEIGHTS_MEANINGS.items()
    ),
    (("", 1, "", "", "", "", "", "", ""),),
    settings=True,
    may_miss=True,
)

SHEETS: Final = (
    _CLINIC,
    _CLOSED,
    _SERVICES,
    _AGENDA,
    _ROOMS,
    _STAFF,
    _GROUPS,
    _PROGRAMS,
    PARTICIPANTS,
    COMMITMENTS,
    FAMILY,
    NEEDS,
    PINS,
    _WEIGHTS,
)
"""Every sheet, in the order in which a planner fills them: what is referred to comes first."""

SHEET_BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}
