from __future__ import annotations

import pytest

from iopsched.report.views import View, ViewKind, known_in_order, sessions_by_id, sessions_of
from report.small_week import INSTANCE, instance, roster

KINDS: tuple[ViewKind, ...] = ("participant", "staff", "room", "group")


@pytest.mark.parametrize("kind", KINDS)
def test_all_at_once_or_one_by_one(kind: ViewKind) -> None:
    """Everybody's sessions are those that each would be given alone."""
    known = known_in_order(kind, instance(), roster())
    own = sessions_by_id(kind, roster())
    assert own
    assert {name: own.get(name, ()) for name in known} == {
        name: sessions_of(View(kind, name), roster()) for name in known
    }


def test_those_whom_only_the_roster_names_come_last() -> None:
    """The instance's order first, whatever it is."""
    participants = [INSTANCE["participants"][2], INSTANCE["participants"][1]]
    clinic = instance(participants=participants)
    assert known_in_order("participant", clinic, roster()) == ["P3", "P2", "P1"]
