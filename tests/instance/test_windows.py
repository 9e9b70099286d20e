from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iopsched.instance.windows import (
    DAYS,
    MINUTES_PER_DAY,
    START_PATTERN,
    WINDOW_PATTERN,
    parse_start,
    parse_window,
    spans,
    start_minutes,
)

DAY = MINUTES_PER_DAY


def test_a_range_of_days_is_one_span_on_each_day() -> None:
    """``Tue-Thu 09:00-10:30`` is three spans of ninety minutes."""
    assert parse_window("Tue-Thu 09:00-10:30") == tuple((d * DAY + 540, d * DAY + 630) for d in (1, 2, 3))


def test_a_range_of_days_wraps_around_the_week() -> None:
    """``Fri-Mon`` is Friday, Saturday, Sunday and the Monday of this same week, in the week's order."""
    assert [start // DAY for start, _ in parse_window("Fri-Mon 08:00-09:00")] == [0, 4, 5, 6]


@pytest.mark.parametrize("text", ["mon,WED,tHu 08:00-09:00", " Mon,Wed-Thu  08:00 - 09:00 "])
def test_case_and_spaces_do_not_matter(text: str) -> None:
    """Days may be written in any case, and spaces around a window and its dash do no harm."""
    assert parse_window(text) == parse_window("Mon,Wed,Thu 08:00-09:00")


def test_a_window_may_end_with_the_day() -> None:
    """24:00 is the end of the day, and 00:00 its beginning."""
    assert parse_window("Sun 00:00-24:00") == ((6 * DAY, 7 * DAY),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mon 9:00-12:00", "not a window"),
        ("09:00-12:00", "not a window"),
        ("Mon 09:00", "not a window"),
        ("", "not a window"),
        ("Mo 09:00-12:00", "'Mo' is not a day"),
        ("Mon-Wed-Fri 09:00-12:00", "not a day"),
        ("Mon, 09:00-12:00", "not a day"),
        ("Mon 12:00-12:00", "ends before it starts"),
        ("Mon 22:00-02:00", "crosses midnight is written as two"),
        ("Mon 09:60-12:00", "09:60 is not a time of day"),
        ("Mon 09:00-24:01", "24:01 is not a time of day"),
        ("Mon ٠٩:00-12:00", "not a window"),
    ],
)
def test_what_is_no_window_is_said_to_be_none(text: str, words: str) -> None:
    """A window that makes no sense says why in a planner's words."""
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_window(text)


@pytest.mark.parametrize("text", ["Mon 24:00", "Mon 17", "17:30", "Someday 17:30", "Mon 17:30-18:00"])
def test_what_is_no_start_is_said_to_be_none(text: str) -> None:
    """A day's last minute to start in is 23:59, and a start names a day and a time."""
    with pytest.raises(ValueError, match=r"not a (start|time of day|day)"):
        parse_start(text)


def test_windows_that_overlap_or_touch_join_within_a_day() -> None:
    """A morning and an afternoon that touch at noon are one stretch."""
    assert spans(["Mon 12:00-15:00", "Mon 08:00-12:00", "Mon 14:00-16:00", "Mon 17:00-18:00"]) == (
        (480, 960),
        (1020, 1080),
    )


def test_windows_never_join_over_midnight() -> None:
    """An end at 24:00 and a start at 00:00 of the next day stay two stretches."""
    assert spans(["Mon 20:00-24:00", "Tue 00:00-02:00"]) == ((1200, DAY), (DAY, DAY + 120))


def test_starts_are_a_set_in_the_order_of_the_week() -> None:
    """A minute that two starts name counts once."""
    assert start_minutes(["Tue 10:00", "Mon-Tue 10:00"]) == (600, DAY + 600)


_days = st.lists(st.sampled_from([*DAYS, "mon", "FRI", "Sat-Mon", "Tue-Tue"]), min_size=1).map(",".join)


@settings(derandomize=True, database=None)
@given(days=_days, times=st.tuples(st.integers(0, 1440), st.integers(0, 1440)))
def test_the_published_pattern_takes_every_window(days: str, times: tuple[int, int]) -> None:
    """A window that is read also fits the pattern of the JSON Schema; so does its start."""
    start, end = sorted(times)
    text = f"{days} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
    if start < end:
        assert parse_window(text)
        assert re.fullmatch(WINDOW_PATTERN, text)
        assert re.fullmatch(START_PATTERN, text[: -len("-hh:mm")])
    else:
        with pytest.raises(ValueError, match="ends before it starts"):
            parse_window(text)
