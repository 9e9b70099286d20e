from __future__ import annotations

from datetime import date

from iopsched.report.front_desk import Flow, flow_of, visits_by_day
from report.small_week import ROSTER, roster

MONDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 2)


def test_a_visit_lasts_from_the_first_session_to_the_last() -> None:
    """Two sessions of one day are one visit; who comes first is listed first."""
    sessions = [dict(session) for session in ROSTER["sessions"]]
    assert sessions[0]["start"] == "2026-11-30T12:00"
    sessions[0]["participants"] = ["P1"]
    visits = visits_by_day(roster(sessions=sessions))[MONDAY]
    told = [(visit.participant, f"{visit.arrives:%H:%M}", f"{visit.leaves:%H:%M}") for visit in visits]
    assert told == [("P1", "12:00", "20:30"), ("P2", "17:30", "20:30")]
    assert [session.service for session in visits[0].sessions] == ["individual", "iop-group"]


def test_a_remote_session_brings_nobody() -> None:
    """On Wednesday P1 has a remote session at 17:00 and comes at 17:30."""
    remote = ROSTER["sessions"][3]
    assert remote["room"] is None
    assert remote["start"] == "2026-12-02T17:00"
    visits = visits_by_day(roster())[WEDNESDAY]
    assert [f"{visit.arrives:%H:%M}" for visit in visits] == ["17:30", "17:30"]


def test_the_flow_counts_each_half_hour() -> None:
    """Whoever leaves at a moment makes room for whoever arrives then; half hours without either are kept."""
    sessions = [dict(session) for session in ROSTER["sessions"][:2]]
    sessions[0].update(start="2026-11-30T16:30", end="2026-11-30T17:30", participants=["P3"])
    flows = flow_of(visits_by_day(roster(sessions=sessions))[MONDAY])
    assert flows[:3] == [Flow(990, 1, 0, 1), Flow(1020, 0, 0, 1), Flow(1050, 2, 1, 2)]
    assert flows[3:-1] == [Flow(minute, 0, 0, 2) for minute in range(1080, 1230, 30)]
    assert flows[-1] == Flow(1230, 0, 2, 0)


def test_the_most_at_once_is_seen_within_a_half_hour() -> None:
    """Somebody who leaves at ten past is met by whoever comes at five past."""
    sessions = [dict(session) for session in ROSTER["sessions"][:1] * 2]
    sessions[0].update(start="2026-11-30T12:00", end="2026-11-30T13:10")
    sessions[1].update(start="2026-11-30T13:05", end="2026-11-30T14:00", participants=["P1"], id="other")
    flows = flow_of(visits_by_day(roster(sessions=sessions))[MONDAY])
    assert [(flow.minute, flow.present) for flow in flows] == [
        (720, 1),
        (750, 1),
        (780, 2),
        (810, 1),
        (840, 0),
    ]
