"""Progress reports and the request to stop."""

from __future__ import annotations

from datetime import datetime

import pytest

from iopsched.roster.models import Bound, Score
from iopsched.solve import Progress, Stop
from solve.searches import CLINICS, WEDNESDAY, replanned, resumed, roster_of_plan


@pytest.mark.parametrize(
    ("value", "bound", "gap"), [(200, 150, 0.25), (200, 200, 0.0), (0, 0, 0.0), (200, None, None)]
)
def test_the_gap_is_relative_to_the_value(value: int, bound: int | None, gap: float | None) -> None:
    """Nothing where value and bound agree, unknown without a bound."""
    score = Score(unmet=value, changes=0, burden=700, staffing=90)
    report = Progress("proof", "unmet", score, Bound(unmet=bound, burden=7), 9, 10, 1.0)
    assert (report.value, report.bound, report.gap) == (value, bound, gap)


def test_a_stop_tells_its_listeners_once_requested() -> None:
    """Those who listen then and those who come later; not those who have left."""
    stop, heard = Stop(), []
    stays, leaves = (lambda: heard.append("stays")), (lambda: heard.append("leaves"))
    stop.add_listener(stays)
    stop.add_listener(leaves)
    stop.remove_listener(leaves)
    assert not stop.requested
    assert heard == []
    stop.request()
    assert stop.requested
    assert heard == ["stays"]
    stop.add_listener(lambda: heard.append("late"))
    assert heard == ["stays", "late"]


@pytest.mark.parametrize("frozen_from", [None, WEDNESDAY], ids=["whole week", "from Wednesday"])
def test_a_report_says_what_the_roster_will(frozen_from: datetime | None) -> None:
    """All four levels as the judge scores them; sessions placed are those needed less those unmet."""
    base = replanned(*CLINICS[0], frozen_from)
    assert bool(base.options.facts.frozen) == (frozen_from is not None)
    heard: list[Progress] = []
    search = resumed(base.options, base.best.plan, on_progress=heard.append)
    search.prove("burden", 10)
    roster = roster_of_plan(search)
    assert roster.unmet
    (told,) = heard
    assert told.score == roster.score
    assert told.bounds == Bound(burden=10)
    needed = [need.sessions for person in base.options.instance.participants for need in person.needs]
    assert told.sessions_needed == sum(needed)
    assert told.sessions_placed == sum(needed) - sum(short.sessions for short in roster.unmet)
