"""Calendars: free minutes of a week, and what fits into them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopsched.instance.windows import MINUTES_PER_WEEK
from iopsched.options.calendar import (
    Calendar,
    clinic_calendar,
    family_calendar,
    participant_calendar,
    preference_calendar,
    room_calendar,
    staff_calendar,
)
from rules.tiny import Fields, clinic, participant, room, staff

DAY = 1440


def free_spans(calendar: Calendar) -> list[tuple[int, int]]:
    """Return the stretches of free minutes as day, minute of day, and length."""
    change = np.flatnonzero(np.diff(calendar.mask().astype(np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in change.reshape(-1, 2)]


def of_participant(**fields: object) -> list[tuple[int, int]]:
    """Return when a participant with these fields is free."""
    (person,) = clinic(participants=[participant("p1", **fields)]).participants
    return free_spans(participant_calendar(person))


def busy(*when: str, travel: int = 0) -> Fields:
    """Return a commitment."""
    return {"when": list(when), "travel_minutes": travel}


def test_without_windows_a_participant_is_always_free() -> None:
    """The clinic's hours are not the participant's business."""
    assert of_participant() == [(0, MINUTES_PER_WEEK)]


def test_travel_grows_a_commitment_at_both_ends() -> None:
    """Work from 9 to 17 half an hour away: free until 8:30 and from 17:30."""
    spans = of_participant(available=["Mon 06:00-20:00"], busy=[busy("Mon 09:00-17:00", travel=30)])
    assert spans == [(6 * 60, 8 * 60 + 30), (17 * 60 + 30, 20 * 60)]


def test_travel_grows_each_window_of_its_own_commitment_only() -> None:
    """Two commitments, one on the way: what is between them stays free by the minute."""
    spans = of_participant(
        available=["Mon 08:00-12:00"],
        busy=[busy("Mon 08:30-09:00"), busy("Mon 10:00-10:10", "Mon 11:00-11:10", travel=7)],
    )
    assert spans == [(480, 510), (540, 593), (617, 653), (677, 720)]


def test_travel_reaches_into_the_neighbouring_day() -> None:
    """A shift that ends on Monday at midnight, an hour away: Tuesday begins at one."""
    spans = of_participant(available=["Mon,Tue 00:00-24:00"], busy=[busy("Mon 20:00-24:00", travel=60)])
    assert spans == [(0, 19 * 60), (DAY + 60, 2 * DAY)]


def test_travel_ends_with_the_week() -> None:
    """Neither the Sunday before nor the Monday after is of this week, on which nothing wraps."""
    spans = of_participant(busy=[busy("Mon 00:10-00:20", "Sun 23:30-23:50", travel=30)])
    assert spans == [(50, MINUTES_PER_WEEK - 60)]


def test_touching_windows_join_and_overlapping_ones_are_one() -> None:
    """Nine to ten, ten to eleven, half past ten to noon."""
    assert of_participant(available=["Mon 09:00-10:00", "Mon 10:00-11:00", "Mon 10:30-12:00"]) == [(540, 720)]


def test_a_closed_day_is_no_day() -> None:
    """Open on Monday, Tuesday and Wednesday, of which Tuesday is a holiday."""
    instance = clinic(hours=["Mon-Wed 09:00-10:00"], closed=["2026-11-24"])
    assert free_spans(clinic_calendar(instance)) == [(540, 600), (2 * DAY + 540, 2 * DAY + 600)]


def test_busy_time_is_cut_out_of_staff_and_rooms() -> None:
    """A room without windows is always there but for what it is taken for."""
    instance = clinic(
        staff=[staff(available=["Mon 09:00-12:00"], busy=["Mon 10:00-10:30", "Tue 09:00-10:00"])],
        rooms=[room(busy=["Mon 00:00-24:00"])],
    )
    assert free_spans(staff_calendar(instance.staff[0])) == [(540, 600), (630, 720)]
    assert free_spans(room_calendar(instance.rooms[0])) == [(DAY, MINUTES_PER_WEEK)]


def test_an_empty_list_is_none_at_all() -> None:
    """Nobody and nothing is there where the list of windows is empty."""
    instance = clinic(staff=[staff(available=[])], rooms=[room(available=[])])
    assert staff_calendar(instance.staff[0]).minutes() == 0
    assert room_calendar(instance.rooms[0]).minutes() == 0


def test_a_family_is_free_when_all_of_it_is() -> None:
    """Mother and father overlap for an hour; with nobody asked there is no restriction."""
    family = [
        {"id": "mother", "available": ["Mon 17:00-20:00"]},
        {"id": "father", "available": ["Mon 19:00-22:00"]},
    ]
    (person,) = clinic(participants=[participant("p1", family=family)]).participants
    assert free_spans(family_calendar(person, ["mother", "father"])) == [(19 * 60, 20 * 60)]
    assert free_spans(family_calendar(person, ["father"])) == [(19 * 60, 22 * 60)]
    assert family_calendar(person, []).minutes() == MINUTES_PER_WEEK


def test_no_preference_is_no_calendar() -> None:
    """A participant who prefers nothing is not one who prefers never."""
    people = clinic(
        participants=[participant("p1"), participant("p2", prefers=["Mon 09:00-10:00"])]
    ).participants
    assert preference_calendar(people[0]) is None
    preferred = preference_calendar(people[1])
    assert preferred is not None
    assert free_spans(preferred) == [(540, 600)]


@pytest.mark.parametrize(
    ("start", "minutes", "fits"),
    [(540, 60, True), (540, 61, False), (539, 60, False), (570, 30, True), (600, 30, False)],
)
def test_what_fits_by_eye(start: int, minutes: int, fits: bool) -> None:
    """Free from nine to ten: an interval fits where every one of its minutes is free."""
    free = np.zeros(MINUTES_PER_WEEK, np.bool_)
    free[540:600] = True
    calendar = Calendar(free)
    assert calendar.fits_at(start, minutes) == fits
    assert calendar.fits(np.array([start], np.int32), minutes).tolist() == [fits]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=4),
    st.lists(st.integers(1, 50), min_size=1, max_size=6),
    st.integers(0, 20),
)
def test_fitting_is_being_free_every_minute(
    taken: list[tuple[int, int]], back: list[int], minutes: int
) -> None:
    """Compared minute by minute near the week's end, past which only notes may run."""
    free = np.ones(MINUTES_PER_WEEK, np.bool_)
    for start, length in taken:
        free[MINUTES_PER_WEEK - 50 + start : MINUTES_PER_WEEK - 50 + start + length] = False
    calendar = Calendar(free)
    starts = np.array([MINUTES_PER_WEEK - one for one in back], np.int32)
    inside = [bool(free[start : start + minutes].all()) for start in starts.tolist()]
    ends = [start + minutes <= MINUTES_PER_WEEK for start in starts.tolist()]
    wanted = [a and b for a, b in zip(inside, ends, strict=True)]
    assert calendar.fits(starts, minutes).tolist() == wanted
    assert [calendar.fits_at(start, minutes) for start in starts.tolist()] == wanted
    assert calendar.fits_clipped(starts, minutes).tolist() == inside
    assert calendar.mask().tolist() == free.tolist()
    assert calendar.minutes() == free.sum()


def test_equal_calendars_share_a_key() -> None:
    """Whatever the windows are written like."""
    rooms = [
        room("a", available=["Mon 09:00-12:00"]),
        room("b", available=["Mon 09:00-11:00", "Mon 10:00-12:00"]),
        room("c", available=["Mon 09:00-12:01"]),
    ]
    keys = [room_calendar(one).key() for one in clinic(rooms=rooms).rooms]
    assert keys[0] == keys[1] != keys[2]
