from __future__ import annotations

from datetime import date, datetime

import pytest

from iopsched.report import words


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0 %"),
        (0.0004, "<0.1 %"),
        (0.071, "7.1 %"),
        (0.5, "50 %"),
        (0.9996, ">99.9 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_to_the_whole(share: float, written: str) -> None:
    """A gap that is there is seen, and a roster that misses one session is not "100 %"."""
    assert words.percent(share) == written


def test_midnight_at_the_end_is_written_as_24_00() -> None:
    """A session that ends at the next day's 00:00 ends at 24:00 of its own."""
    start, end = datetime(2026, 11, 30, 22), datetime(2026, 12, 1)
    assert end.date() > start.date()
    assert words.span(start, end) == "22:00–24:00"


def test_hours_keep_their_minutes() -> None:
    """450 minutes are 7:30, not 7.5 or 7:3."""
    assert [words.hours(minutes) for minutes in (0, 5, 450, 60_000)] == ["0:00", "0:05", "7:30", "1,000:00"]


def test_a_day_is_weekday_day_and_month() -> None:
    """A planner thinks in weekdays."""
    assert words.day(date(2026, 12, 1)) == "Tue 1 Dec"


def test_names_cannot_command_the_terminal() -> None:
    """An escape sequence in an id is made visible and powerless; other letters stay."""
    assert words.plain("P\x1b[2J1\u2028é") == "P\ufffd[2J1\ufffdé"


@pytest.mark.parametrize(
    ("value", "bound", "says"),
    [
        (60, 60, "proved: cannot be lower"),
        (0, 0, "proved: cannot be lower"),
        (420, 390, "at most 7.1 % of it could be saved"),
        (180, None, "no limit proved"),
        (0, 5, "wrong: the bound is above it"),
        (3, 5, "wrong: the bound is above it"),
    ],
)
def test_a_bound_is_put_into_words(value: int, bound: int | None, says: str) -> None:
    """The bound says how much a longer search could save at most."""
    assert words.standing(value, bound) == says


def test_one_is_singular() -> None:
    """1 session, but 0 and 2,000 sessions."""
    assert [words.counted(n, "session") for n in (0, 1, 2000)] == [
        "0 sessions",
        "1 session",
        "2,000 sessions",
    ]
