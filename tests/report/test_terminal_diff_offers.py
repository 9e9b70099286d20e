"""What a planner reads out: changes and offers fit a narrow terminal and need no colour."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from iopsched.instance.models import Participant
from iopsched.plan.offers import offers
from iopsched.report.terminal_diff import diff_view
from iopsched.report.terminal_offers import offers_view
from iopsched.roster import difference
from report.rendered import rendered
from rules.tiny import clinic, group, meeting, need, participant, roster_of, session, staff


@pytest.mark.parametrize("width", [60, 80, 100])
def test_changes_fit_the_terminal(width: int) -> None:
    """No line is wider, and whoever moves is named with the old and the new time."""
    instance = clinic(staff=[staff("ana"), staff("ben")])
    before = roster_of(instance, session("Mon 09:00"))
    after = roster_of(instance, session("Tue 10:00", by="ben"))
    shown = rendered(diff_view(difference(instance, before, after)), width)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    assert "1 participant and 2 of staff to tell" in shown
    words = " ".join(shown.split())
    assert "talk moves from Mon 23 Nov 09:00-10:00 with ana in office to Tue 24 Nov 10:00-11:00" in words


@pytest.mark.parametrize("width", [80, 100])
def test_an_offer_that_moves_others_names_them(width: int) -> None:
    """First that nothing is complete as it is, then the weeks, what is missing, and whom to tell first."""
    instance = clinic(
        groups=[group("g", max_size=1), group("h", ["Tue 09:00"], max_size=2)],
        participants=[participant("p1", need("class")), participant("p2", need("class"))],
    )
    roster = roster_of(instance, meeting("Mon 09:00", "p1"), meeting("Tue 09:00", "p2", group="h"))
    person = participant("new", need("talk"), need("class"), available=["Mon 08:00-12:00"])
    answer = offers(instance, roster, Participant.model_validate(person), top=2)
    assert [one.complete for one in answer.offers] == [True, False]
    shown = rendered(offers_view(answer), width)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    assert shown.startswith("No complete week for new while nobody else moves (proved)")
    assert "To be told first (changes 10):" in shown
    assert "p1: class (g) moves from Mon 23 Nov 09:00-10:00" in shown
    assert "Missing: 1 session of class" in shown


def test_where_there_is_no_offer_that_is_all_that_is_said() -> None:
    """No heading of an offer with nothing in it."""
    instance = clinic(participants=[participant("p1")])
    person = participant("new", available=["Sun 08:00-12:00"])
    answer = offers(instance, roster_of(instance), Participant.model_validate(person))
    assert rendered(offers_view(answer), 80).strip() == "No session for new while nobody else moves (proved)"
