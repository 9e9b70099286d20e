from collections import Counter

import pytest

from iopsched.generate.commitments import (
    WORK_SCHEDULES,
    occupation_busy,
    relative_hours,
    school_busy,
)
from iopsched.generate.draws import Draws
from iopsched.generate.services import Document
from iopsched.instance.windows import MINUTES_PER_DAY, spans


def _schedule(busy: list[Document]) -> str:
    """Tell the kind of full-time schedule from its windows alone."""
    if any(entry["why"] == "sleep" for entry in busy):
        return "night"
    if len(busy) > 1:
        return "irregular"
    starts = {start % MINUTES_PER_DAY for start, _ in spans(busy[0]["when"])}
    if len(starts) > 1:
        return "rotating"
    return "evening" if min(starts) >= 12 * 60 else "day"


def test_full_time_schedules_follow_the_survey() -> None:
    """Full-time workers have the schedules that BLS counted, within one percentage point."""
    draws = Draws("schedules")
    counts = Counter(_schedule(occupation_busy(draws, "full_time")) for _ in range(8000))
    total = sum(weight for _, weight in WORK_SCHEDULES)
    assert set(counts) == {name for name, _ in WORK_SCHEDULES}
    for name, weight in WORK_SCHEDULES:
        assert counts[name] / 8000 == pytest.approx(weight / total, abs=0.01)


def test_school_starts_follow_the_survey() -> None:
    """School starts fall into the bands that NCES counted, and average about 8:07."""
    draws = Draws("schools")
    starts = [spans(school_busy(draws)[0]["when"])[0][0] for _ in range(8000)]
    bands = Counter(min(max((start - 420) // 30, 0), 4) for start in starts)
    assert [bands[band] / 8000 for band in range(5)] == pytest.approx(
        [0.089, 0.276, 0.355, 0.176, 0.105], abs=0.015
    )
    assert sum(starts) / len(starts) == pytest.approx(8 * 60 + 7, abs=5)


def test_day_workers_can_reach_an_evening_track() -> None:
    """Nobody with a day job is still at work or on the way at 18:00."""
    draws = Draws("days")
    jobs = [occupation_busy(draws, "full_time") for _ in range(500)]
    days = [busy[0] for busy in jobs if _schedule(busy) == "day"]
    assert len(days) > 300
    for entry in days:
        for _, end in spans(entry["when"]):
            assert end % MINUTES_PER_DAY + entry["travel_minutes"] <= 18 * 60


def test_relatives_have_an_evening_or_a_saturday() -> None:
    """Every relative can attend at some time that the clinic is open."""
    draws = Draws("relatives")
    hours = [spans(relative_hours(draws)) for _ in range(300)]
    assert all(sum(end - start for start, end in windows) >= 180 for windows in hours)
    assert len(set(hours)) > 50
