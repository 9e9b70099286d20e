from __future__ import annotations

from datetime import date, datetime

import pytest

from iopsched.exchange.typed_dates import read_date


@pytest.mark.parametrize(
    "raw",
    [
        date(2026, 11, 30),
        datetime(2026, 11, 30),
        "2026-11-30",
        "11/30/2026",
        "30.11.2026",
        "Nov 30, 2026",
        "30 November 2026",
        "Mon, 30 Nov 2026",
        "Monday November 30th 2026",
    ],
)
def test_dates_with_one_reading(raw: object) -> None:
    """A real date, and texts that can be no other day."""
    assert read_date(raw) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("11/12/2026", "could be 12 November or 11 December"),
        ("Tue 30 Nov 2026", "that date is a Monday"),
        ("13/13/2026", "no date"),
        ("Nov 31, 2026", "no date"),
        ("11/30/26", "no date"),
        ("next Monday", "no date"),
        (46356, "no date"),
        (True, "no date"),
        (datetime(2026, 11, 30, 9, 30), "a date with a time of day"),
    ],
)
def test_dates_that_are_refused(raw: object, why: str) -> None:
    """Two readings, a weekday that is not so, a day that there is not, a bare number."""
    with pytest.raises(ValueError, match=why):
        read_date(raw)


def test_the_first_of_the_first_has_one_reading() -> None:
    """Where day and month are alike both orders say the same."""
    assert read_date("12/12/2026") == date(2026, 12, 12)
