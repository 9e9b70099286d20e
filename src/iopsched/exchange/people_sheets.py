"""The part of the table of sheets that is about participants, and about what has been decided."""

from __future__ import annotations

from typing import Final

from iopsched.exchange.sheets import Column, Sheet

__all__ = ["COMMITMENTS", "FAMILY", "NEEDS", "PARTICIPANTS", "PINS"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon-Fri", "Mon-Thu", "daily", "weekends")


def _in_parts(instead_of: str) -> tuple[Column, ...]:
    """Return the columns in which a window may be given in cells of its own."""
    without = f"{instead_of} is filled"
    return (
        Column(
            "days",
            "days",
            f"In place of {instead_of}: the days, with From and To; or of the times in {instead_of}.",
            without,
            choices=_DAYS,
        ),
        Column("from", "time", f"In place of {instead_of}: from when, with Days and To.", without),
        Column("to", "time", f"In place of {instead_of}: until when, with Days and From.", without),
    )


PARTICIPANTS: Final = Sheet(
    "Participants",
    "participants",
    "participant",
    "Everybody in treatment, by code. Write no names here.",
    (
        Column("id", "text", "A code, never a name.", None),
        Column("program", "text", "The level of care.", None, ids_of="Programs"),
        Column("tags", "ids", "adult, evening, women, … Groups ask for them.", "none"),
        Column("available", "windows", "When they can come at all.", "the clinic's hours"),
        Column("prefers", "windows", "When they would rather come.", "no preference"),
        Column(
            "apart_from",
            "ids",
            "Participants with whom they are never in one group meeting. One side is enough.",
            "nobody",
            ids_of="Participants",
        ),
    ),
    (("P001", "iop", "adult", "", "Mon-Fri 5pm-9pm", ""),),
)

COMMITMENTS: Final = Sheet(
    "Commitments",
    "busy",
    "commitment",
    "Standing commitments of participants: a row for each.",
    (
        Column("participant", "text", "Whose it is.", None, ids_of="Participants"),
        Column("when", "windows", "When they cannot come, such as Mon-Fri 8am-4pm.", None),
        *_in_parts("When"),
        Column(
            "why", "text", "work, school, … For the planner's eyes; write no more than needed.", "nothing"
        ),
        Column("travel_minutes", "count", "Minutes added before and after each window.", "0"),
    ),
    (
        ("P001", "Mon–Fri 8am-4pm", "", "", "", "work", 30),
        ("P001", "", "Sat", "10:00", "12:00", "appointment", ""),
    ),
    parent="Participants",
    timed="when",
    may_miss=True,
)

FAMILY: Final = Sheet(
    "Family",
    "family",
    "relative",
    "Relatives who come to family sessions: a row for each.",
    (
        Column("participant", "text", "Whose relative it is.", None, ids_of="Participants"),
        Column("id", "text", "A code. It belongs to this participant alone.", None),
        Column("available", "windows", "When they can come.", None),
        *_in_parts("Available"),
    ),
    (("P001", "mother", "Tue, Thu 4pm-7pm", "", "", ""),),
    parent="Participants",
    timed="available",
    may_miss=True,
)

NEEDS: Final = Sheet(
    "Needs",
    "needs",
    "need",
    "What the treatment plans ask for this week: a row for each participant and service.",
    (
        Column("participant", "text", "Who needs it.", None, ids_of="Participants"),
        Column("service", "text", "What is needed.", None, ids_of="Services"),
        Column("sessions", "count", "How many this week, 0 to 50.", None, most=50),
        Column("priority", "count", "What a missing minute weighs, 1 to 100.", "1", least=1, most=100),
        Column("groups", "ids", "Group services: only these groups.", "any", ids_of="Groups"),
        Column(
            "mix_groups",
            "flag",
            "Group services: whether the sessions may be of several groups.",
            "no",
        ),
        Column("staff", "ids", "One-to-one and family: only these may lead.", "any", ids_of="Staff"),
        Column("not_staff", "ids", "Never these, in groups either.", "nobody", ids_of="Staff"),
        Column("staff_tags", "ids", "One-to-one and family: staff who have all of these tags.", "none"),
        Column("prefer_staff", "ids", "One-to-one and family: rather these.", "nobody", ids_of="Staff"),
        Column("same_staff", "flag", "One-to-one and family: one person leads all sessions.", "yes"),
        Column(
            "family",
            "ids",
            "Family services: which relatives must come. Write none for a session alone.",
            "all of the participant's",
        ),
        Column("remote", "flag", "One-to-one and family: by video, no room.", "no"),
        Column(
            "min_days_apart",
            "count",
            "Days between two sessions: 2 is Mon and Wed, 0 allows one day.",
            "1",
        ),
        Column(
            "after",
            "text",
            "Another service that this participant needs: not before all of its sessions have ended.",
            "no order",
            ids_of="Services",
        ),
    ),
    (
        ("P001", "individual", 1, 3, "", "", "", "", "spanish", "T1", "", "", "", "", ""),
        ("P001", "family", 1, "", "", "", "", "", "", "", "", "", "", "", ""),
        ("P001", "iop-group", 3, 2, "", "", "", "", "", "", "", "", "", "", ""),
    ),
    parent="Participants",
)

PINS: Final = Sheet(
    "Pins",
    "pins",
    "pin",
    "Decisions that already stand: a session (Participant and Service), a meeting (Group), or somebody's "
    "attendance of a meeting (Participant and Group).",
    (
        Column(
            "participant", "text", "Whose session or attendance it is.", "a meeting", ids_of="Participants"
        ),
        Column("service", "text", "The session's service.", "no session", ids_of="Services"),
        Column("group", "text", "The group that meets.", "no meeting", ids_of="Groups"),
        Column("start", "start", "Day and time, such as Mon 5:30pm; or a date and time of the week.", None),
        Column(
            "day", "days", "The day, where Start is a time alone.", "Start has the day", choices=_DAYS[:7]
        ),
        Column("staff", "ids", "Exactly those who lead any part of it.", "not decided", ids_of="Staff"),
        Column("room", "text", "Where it takes place.", "not decided", ids_of="Rooms"),
    ),
    (("P001", "individual", "", "Mon 4:30pm", "", "T1", "O1"),),
    timed="start",
    may_miss=True,
)
