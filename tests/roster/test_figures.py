"""Figures, program warnings and unmet needs: reported, not judged."""

from __future__ import annotations

from datetime import date

from iopsched.roster import Use, check, program_warnings, unmet_needs
from roster.weeks import evening_clinic, evening_roster
from rules.tiny import clinic, group, meeting, need, participant, program, room, roster_of, session, staff

CLINIC = evening_clinic()
ROSTER = evening_roster(CLINIC)
MONDAY = date(2026, 11, 23)


def test_sessions_and_minutes_delivered_of_those_needed() -> None:
    """Needed: three talks, an hour of family, four evenings; one talk of sixty minutes is missing."""
    figures = check(CLINIC, ROSTER).figures
    assert (figures.sessions_needed, figures.sessions_delivered) == (8, 7)
    assert (figures.minutes_needed, figures.minutes_delivered) == (4 * 60 + 4 * 120, 3 * 60 + 4 * 120)


def test_seats_filled() -> None:
    """Two meetings of a group for eight, two participants at each."""
    figures = check(CLINIC, ROSTER).figures
    assert (figures.seats_filled, figures.seats) == (4, 16)


def test_a_session_too_many_delivers_nothing() -> None:
    """Two talks where one is needed are one delivered."""
    roster = roster_of(clinic(), session("Mon 09:00"), session("Tue 09:00"))
    assert check(clinic(), roster).figures.sessions_delivered == 1


def test_participants_days_minutes_and_waiting() -> None:
    """p1 waits on Monday from four to five; nobody else waits."""
    figures = check(CLINIC, ROSTER).figures
    found = [(who.participant, who.days, who.minutes, who.waiting_minutes) for who in figures.participants]
    assert found == [("p1", 2, 300, 60), ("p2", 3, 300, 0), ("p3", 1, 60, 0)]


def test_staff_and_room_use_by_day_and_hour() -> None:
    """A talk 09:30-10:30 with 30 minutes of notes, of ana alone at work 09:00-11:00 with a busy quarter."""
    instance = clinic(
        hours=["Mon 09:00-11:30"],
        services=[{**clinic().services[0].model_dump(exclude_none=True), "note_minutes": 30}],
        staff=[staff(available=["Mon 08:00-11:00", "Tue 09:00-12:00"], busy=["Mon 09:00-09:15"])],
        rooms=[room(), room("other", busy=["Mon 10:00-11:00"])],
    )
    figures = check(instance, roster_of(instance, session("Mon 09:30"))).figures
    assert figures.staff_use == (Use(MONDAY, 9, 30, 45), Use(MONDAY, 10, 60, 60))
    assert figures.room_use == (
        Use(MONDAY, 9, 30, 120),
        Use(MONDAY, 10, 30, 60),
        Use(MONDAY, 11, 0, 60),
    )


def test_a_closed_day_has_nothing_to_use() -> None:
    """On the holiday neither staff nor rooms are there to be used."""
    instance = clinic(hours=["Mon-Tue 09:00-10:00"], closed=["2026-11-24"])
    figures = check(instance, roster_of(instance)).figures
    assert figures.staff_use == figures.room_use == (Use(MONDAY, 9, 0, 60),)


def test_program_minimums_that_are_missed() -> None:
    """p3 has 60 of 120 minutes on one of two days; p1 and p2 have what the program promises."""
    notes = program_warnings(CLINIC, ROSTER.sessions)
    assert [(note.code, note.model_dump()["participant"]) for note in notes] == [
        ("program-minutes", "p3"),
        ("program-days", "p3"),
    ]
    facts = notes[0].model_dump()
    assert (facts["minutes"], facts["minimum"], facts["program"]) == (60, 120, "iop")
    assert check(CLINIC, ROSTER).warnings == notes


def test_a_minimum_that_is_just_met_is_no_warning() -> None:
    """An hour a week on one day is promised and given; a minute more would not be."""
    for minutes, codes in ((60, []), (61, ["program-minutes"])):
        instance = clinic(programs=[program(min_minutes_per_week=minutes, min_days_per_week=1)])
        notes = program_warnings(instance, (session("Mon 09:00"),))
        assert [note.code for note in notes] == codes


def test_unmet_needs_are_counted_by_need() -> None:
    """Of three talks one is missing, a class is attended, a need of no sessions is never short."""
    instance = clinic(
        groups=[group()],
        participants=[
            participant("p1", need(sessions=3), need("class")),
            participant("p2", need(sessions=0), need("class", 2)),
        ],
    )
    sessions = (session("Mon 11:00"), session("Tue 09:00"), meeting("Mon 09:00", "p1 p2"))
    found = [
        (unmet.participant, unmet.service, unmet.sessions, unmet.minutes)
        for unmet in unmet_needs(instance, sessions)
    ]
    assert found == [("p1", "talk", 1, 60), ("p2", "class", 1, 60)]
