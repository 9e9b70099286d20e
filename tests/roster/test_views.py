from __future__ import annotations

import pytest

from iopsched.roster.views import View, ViewKind, narrowed, sessions_of
from report.small_week import roster


@pytest.mark.parametrize(
    ("kind", "name"), [("participant", "P1"), ("staff", "T2"), ("room", "O1"), ("group", "evening")]
)
def test_a_narrowed_roster_has_ones_own_sessions(kind: ViewKind, name: str) -> None:
    """The same sessions that the view shows, and everything else as it was."""
    view = View(kind, name)
    mine = narrowed(view, roster())
    assert 0 < len(mine.sessions) < len(roster().sessions)
    assert [one.id for one in mine.sessions] == [one.id for one in sessions_of(view, roster())]
    assert mine.model_copy(update={"sessions": roster().sessions}) == roster()


def test_a_participants_roster_names_no_other_participant() -> None:
    """P1 meets P2 three times, and neither is told of the other; staff see who comes."""
    meetings = [one for one in roster().sessions if one.participants == ("P1", "P2")]
    assert len(meetings) == 3
    assert {one.participants for one in narrowed(View("participant", "P1"), roster()).sessions} == {("P1",)}
    assert {one.participants for one in narrowed(View("staff", "T2"), roster()).sessions} == {("P1", "P2")}
