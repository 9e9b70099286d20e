"""hours: every session lies within one stretch of the clinic's hours, on no closed day."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import (
    ALWAYS,
    best,
    broken,
    clinic,
    group,
    meeting,
    need,
    participant,
    service,
    session,
    starts,
)


def open_in(*hours: str, minutes: int = 90, available: str = ALWAYS, **fields: object) -> Instance:
    """Return a clinic open in these windows; its participant could always come."""
    return clinic(
        hours=list(hours),
        services=[service(minutes=minutes)],
        participants=[participant(available=[available])],
        **fields,
    )


def test_a_session_lies_within_one_stretch() -> None:
    """Neither hour before noon holds ninety minutes; with the gap between them closed they do."""
    gap = open_in("Mon 09:00-10:00", "Mon 10:15-11:15")
    assert best(open_in("Mon 09:00-10:15", "Mon 10:15-11:15")).score.unmet == 0
    assert best(gap).score.unmet == 90
    assert broken(gap, session("Mon 09:00", minutes=90)) == {"hours"}
    assert broken(gap, session("Mon 09:30", minutes=90)) == {"hours"}


def test_windows_that_touch_or_overlap_are_one_stretch() -> None:
    """An hour and the half hour right after it hold ninety minutes, exactly."""
    touching = open_in("Mon 09:00-10:00", "Mon 10:00-10:30")
    assert starts(best(touching), "p1") == ["Mon 09:00"]
    assert broken(touching, session("Mon 09:00", minutes=90)) == set()
    assert starts(best(open_in("Mon 09:00-10:10", "Mon 09:50-10:30")), "p1") == ["Mon 09:00"]


def test_hours_need_not_lie_on_the_grid() -> None:
    """Open 09:10-10:40, an hour on the half hour begins at 09:30: 09:00 and 10:00 are ten minutes off."""
    off = open_in("Mon 09:10-10:40", minutes=60)
    assert starts(best(off), "p1") == ["Mon 09:30"]
    assert broken(off, session("Mon 09:30")) == set()
    assert broken(off, session("Mon 09:00")) == {"hours"}
    assert broken(off, session("Mon 10:00")) == {"hours"}


def test_nothing_happens_on_a_closed_day() -> None:
    """Open Monday and Tuesday, closed on this Monday's date: the participant who can come on Monday waits."""
    fields = {"minutes": 60, "available": "Mon 09:00-10:00"}
    holiday = open_in("Mon-Tue 09:00-17:00", closed=["2026-11-23"], **fields)
    assert best(open_in("Mon-Tue 09:00-17:00", **fields)).score.unmet == 0
    assert best(holiday).score.unmet == 60
    assert broken(holiday, session("Mon 09:00")) == {"hours"}
    any_day = open_in("Mon-Tue 09:00-17:00", minutes=60, closed=["2026-11-23"])
    assert broken(any_day, session("Tue 09:00")) == set()


def test_a_groups_start_on_a_closed_day_is_never_used() -> None:
    """The group lists Monday and Wednesday; with Monday closed the only meeting is Wednesday's."""
    fields = {"groups": [group(starts=["Mon,Wed 09:00"])], "participants": [participant("p1", need("class"))]}
    holiday = clinic(closed=["2026-11-23"], **fields)
    assert starts(best(holiday), "p1") == ["Wed 09:00"]
    assert broken(holiday, meeting("Mon 09:00")) == {"hours"}
    assert broken(holiday, meeting("Wed 09:00")) == set()


def test_a_session_may_end_at_midnight() -> None:
    """22:00-24:00 holds two hours; they end with the next day's first minute."""
    late = open_in("Mon 22:00-24:00", minutes=120)
    roster = best(late)
    assert starts(roster, "p1") == ["Mon 22:00"]
    assert roster.sessions[0].end.isoformat() == "2026-11-24T00:00:00"
    assert broken(late, session("Mon 22:00", minutes=120)) == set()


def test_no_session_crosses_midnight() -> None:
    """An hour before and an hour after midnight are two stretches, though they touch."""
    night = open_in("Mon 23:00-24:00", "Tue 00:00-01:00", minutes=120)
    assert best(open_in("Mon 23:00-24:00", "Tue 00:00-01:00", minutes=60)).score.unmet == 0
    assert best(night).score.unmet == 120
    assert "hours" in broken(night, session("Mon 23:00", minutes=120))


@pytest.mark.parametrize(("start", "rules"), [("Mon 16:00", set()), ("Mon 16:30", {"hours"})])
def test_a_session_may_end_when_the_clinic_closes(start: str, rules: set[str]) -> None:
    """Open until five: an hour from four fits, from half past four it does not."""
    assert broken(open_in("Mon 09:00-17:00", minutes=60), session(start)) == rules
