from __future__ import annotations

from iopsched.plan.capacity.reaching import Asked, Attempt, Reached, admitted
from iopsched.roster import check, unmet_needs
from iopsched.roster.models import Session
from iopsched.solve.control import Stop
from rules.tiny import clinic, roster_of, session, staff


def asked() -> Asked:
    """Ask about p1's like, beside ana's one session with p1."""
    instance = clinic(staff=[staff(available=["Mon 09:00-13:00"])])
    base = roster_of(instance, session("Mon 09:00"))
    return Asked(instance, base, ("p1",), 1, 0, True, Stop())


def attempt(one: Asked, *sessions: Session) -> Attempt:
    """Return a search for four newcomers that came to some sessions."""
    missing = unmet_needs(one.promised(4), sessions)
    return Attempt(sessions, missing, impossible=False)


def test_a_search_in_vain_admits_those_before_the_first_who_is_short() -> None:
    """Of four newcomers the first two and the last have their talk: two are admitted, and it is checked."""
    one = asked()
    held = [session(f"Mon {9 + k:02}:00", who) for k, who in enumerate(("p1", "p1+1", "p1+2", "p1+4"))]
    found = attempt(one, *held)
    assert [missing.participant for missing in found.missing] == ["p1+3"]
    reached = admitted(one, Reached(0, one.base), 4, found)
    assert reached.newcomers == 2
    assert check(one.clinic(2), reached.roster).ok
    assert not reached.roster.unmet
    assert [name for one in reached.roster.sessions for name in one.participants] == ["p1", "p1+1", "p1+2"]


def test_nobody_isadmitted_at_the_cost_of_those_present() -> None:
    """P1 has lost the talk that they had: what was reached before stays."""
    one = asked()
    found = attempt(one, session("Mon 09:00", "p1+1"), session("Mon 10:00", "p1+2"))
    assert "p1" in {missing.participant for missing in found.missing}
    before = Reached(0, one.base)
    assert admitted(one, before, 4, found) == before


def test_the_last_newcomers_are_the_first_to_miss_something() -> None:
    """Those present weigh most, then newcomers who had everything, then the others, the last least."""
    weights = [person.needs[0].priority for person in asked().promised(4, settled=1).participants]
    assert weights == [5, 4, 3, 2, 1]
