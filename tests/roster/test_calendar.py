"""Stretches of time, against sets of minutes that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from iopsched.roster.calendar import Calendar, Span, common, first_overlap, hourly, lies_within, without
from iopsched.roster.timetable import overlapping
from iopsched.roster.words import stretch
from rules.tiny import WEEK, at

MIDNIGHT = datetime.combine(WEEK, datetime.min.time())


@dataclass(frozen=True)
class Item:
    start: datetime
    end: datetime


def spans_of(pairs: list[tuple[int, int]]) -> list[Span]:
    return [(MIDNIGHT + timedelta(minutes=a), MIDNIGHT + timedelta(minutes=a + n)) for a, n in pairs]


def minutes_in(spans: list[Span]) -> set[int]:
    return {
        minute
        for start, end in spans
        for minute in range(
            (start - MIDNIGHT) // timedelta(minutes=1), (end - MIDNIGHT) // timedelta(minutes=1)
        )
    }


stretches = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), max_size=5).map(spans_of)
disjoint = st.sets(st.integers(0, 30), max_size=6).map(lambda hours: spans_of([(h * 20, 15) for h in hours]))


@given(disjoint, stretches)
def test_without_and_common_agree_with_sets_of_minutes(whole: list[Span], taken: list[Span]) -> None:
    """What is cut out and what is shared are the difference and the intersection of minutes."""
    assert minutes_in(without(whole, taken)) == minutes_in(whole) - minutes_in(taken)
    assert minutes_in(common(whole, taken)) == minutes_in(whole) & minutes_in(taken)


@given(stretches)
def test_overlapping_finds_all_pairs(spans: list[Span]) -> None:
    """Going through them once by start finds what comparing each with each finds."""
    items = [Item(*span) for span in sorted(spans)]
    pairs = [(a, b) for a, b in combinations(items, 2) if a.start < b.end and b.start < a.end]
    assert sorted(map(repr, overlapping(items))) == sorted(map(repr, pairs))


@given(stretches)
def test_hours_hold_all_minutes(spans: list[Span]) -> None:
    """Cut at full hours, nothing is lost and no hour has more than sixty minutes."""
    for start, end in spans:
        cut = list(hourly(start, end))
        assert sum(minutes for _, _, minutes in cut) == (end - start) // timedelta(minutes=1)
        assert all(0 < minutes <= 60 for _, _, minutes in cut)
        assert len({(day, hour) for day, hour, _ in cut}) == len(cut)


def test_windows_become_time_of_the_week() -> None:
    """Touching windows join within a day; Monday's last hour and Tuesday's first stay two."""
    calendar = Calendar(WEEK)
    joined = calendar.stretches(("Mon 09:00-10:00", "Mon 10:00-11:30"))
    assert joined == ((at("Mon 09:00"), at("Mon 11:30")),)
    assert lies_within(joined, at("Mon 09:30"), at("Mon 10:30"))
    night = calendar.stretches(("Mon 23:00-24:00", "Tue 00:00-01:00"))
    assert len(night) == 2
    assert not lies_within(night, at("Mon 23:30"), at("Tue 00:30"))


def test_to_touch_is_not_to_overlap() -> None:
    """From nine to ten is free beside eight to nine; from a minute before nine it is not."""
    taken = [(at("Mon 08:00"), at("Mon 09:00"))]
    assert first_overlap(taken, at("Mon 09:00"), at("Mon 10:00")) is None
    assert first_overlap(taken, at("Mon 08:59"), at("Mon 09:59")) == taken[0]


def test_times_are_written_as_planners_say_them() -> None:
    """Within a day, until midnight, and over it."""
    assert stretch(at("Mon 09:00"), at("Mon 10:30")) == "Mon 2026-11-23 09:00-10:30"
    assert stretch(at("Mon 23:00"), at("Tue 00:00")) == "Mon 2026-11-23 23:00-24:00"
    assert stretch(at("Mon 23:00"), at("Tue 01:00")) == "Mon 2026-11-23 23:00 to Tue 2026-11-24 01:00"
