"""need-order: ``after`` another need, when all its sessions have ended, and not while one is missing."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.roster.models import Session
from rules.tiny import (
    Fields,
    best,
    broken,
    clinic,
    group,
    meeting,
    need,
    participant,
    room,
    service,
    session,
    staff,
    starts,
)

SERVICES = [service(), service("intake"), service("class", kind="group")]


def follows(
    *needs: Fields, intake: str = "Mon-Fri 08:00-20:00", window: str = "Mon-Fri 08:00-20:00"
) -> Instance:
    """Return a clinic where intakes are led by Iva, when she is there, and everything else by Ana."""
    return clinic(
        services=SERVICES,
        rooms=[room("office"), room("other")],
        staff=[staff("ana", "talk class"), staff("iva", "intake", available=[intake])],
        groups=[group(starts=["Mon,Tue,Wed 09:00"], meetings=3)],
        participants=[participant("p1", *needs, available=[window])],
    )


def intake(start: str) -> Session:
    """Return p1's intake."""
    return session(start, by="iva", service="intake", room="other")


def test_it_begins_when_the_other_has_ended() -> None:
    """Iva is there from nine to ten: the talk cannot be at eight, and may be at ten on the dot."""
    free = follows(need("intake"), need("talk"), intake="Mon 09:00-10:00", window="Mon 08:00-10:00")
    bound = follows(
        need("intake"), need("talk", after="intake"), intake="Mon 09:00-10:00", window="Mon 08:00-10:00"
    )
    assert best(free).score.as_tuple() == (0, 0, 60, 0)
    assert best(bound).score.as_tuple() == (60, 0, 60, 0)
    later = follows(
        need("intake"), need("talk", after="intake"), intake="Mon 09:00-10:00", window="Mon 08:00-11:00"
    )
    roster = best(later)
    assert starts(roster, "p1", "talk") == ["Mon 10:00"]
    assert roster.score.as_tuple() == (0, 0, 60, 0)
    assert broken(free, session("Mon 08:00"), intake("Mon 09:00")) == set()
    assert broken(later, session("Mon 10:00"), intake("Mon 09:00")) == set()
    assert broken(later, session("Mon 08:00"), intake("Mon 09:00")) == {"need-order"}


def test_it_waits_for_every_session_of_the_other() -> None:
    """Two intakes, on Monday and Wednesday at nine: a talk between them is too early."""
    days = {"intake": "Mon,Wed 09:00-10:00"}
    twice = need("intake", 2)
    assert starts(best(follows(twice, need("talk", after="intake"), **days)), "p1", "talk") == ["Wed 10:00"]
    early = {**days, "window": "Mon-Wed 09:00-10:00"}
    assert best(follows(twice, need("talk"), **early)).score.unmet == 0
    assert best(follows(twice, need("talk", after="intake"), **early)).score.unmet == 60
    ordered = follows(twice, need("talk", after="intake"), **days)
    both = intake("Mon 09:00"), intake("Wed 09:00")
    assert broken(ordered, *both, session("Wed 10:00")) == set()
    assert broken(ordered, *both, session("Tue 09:00")) == {"need-order"}


def test_while_one_is_missing_none_happens() -> None:
    """Of two intakes one alone can be had, so the talk does not happen either, for all its priority."""
    day = {"intake": "Mon 09:00-10:00"}
    assert best(follows(need("intake", 1), need("talk", after="intake"), **day)).score.unmet == 0
    assert best(follows(need("intake", 2), need("talk", priority=9), **day)).score.unmet == 60
    short = follows(need("intake", 2), need("talk", priority=9, after="intake"), **day)
    assert best(short).score.unmet == 60 + 9 * 60
    assert broken(short, intake("Mon 09:00")) == set()
    assert broken(short, intake("Mon 09:00"), session("Tue 09:00")) == {"need-order"}
    assert broken(short, session("Tue 09:00")) == {"need-order"}


@pytest.mark.parametrize("needs", [(), (need("intake", 0),)])
def test_without_the_other_need_there_is_no_order(needs: tuple[Fields, ...]) -> None:
    """Nobody waits for an intake that is not asked for, or asked for zero times."""
    alone = follows(need("talk", after="intake"), *needs)
    assert best(alone).score.unmet == 0
    assert broken(alone, session("Mon 08:00")) == set()


def test_the_first_of_several_waits() -> None:
    """Two talks after Monday's intake at nine: both begin after it, the first as well."""
    several = follows(
        need("intake"), need("talk", 2, min_days_apart=0, after="intake"), intake="Mon 09:00-10:00"
    )
    assert starts(best(several), "p1", "talk") == ["Mon 10:00", "Mon 11:00"]
    assert broken(several, intake("Mon 09:00"), session("Mon 10:00"), session("Mon 11:00")) == set()
    early = session("Mon 08:00"), intake("Mon 09:00"), session("Mon 11:00")
    assert broken(several, *early) == {"need-order"}


def test_a_group_may_wait_for_an_intake() -> None:
    """The intake is on Tuesday morning until ten: of the meetings at nine Wednesday's is left."""
    waits = follows(need("class", 3, after="intake"), need("intake"), intake="Tue 09:00-10:00")
    assert best(follows(need("class", 3), need("intake"), intake="Tue 10:00-11:00")).score.unmet == 0
    roster = best(waits)
    assert roster.score.unmet == 120
    assert starts(roster, "p1", "class") == ["Wed 09:00"]
    assert broken(waits, intake("Tue 09:00"), meeting("Wed 09:00")) == set()
    assert broken(waits, intake("Tue 09:00"), meeting("Mon 09:00")) == {"need-order"}


def test_a_talk_may_wait_for_a_group() -> None:
    """After two classes, on Monday and Tuesday at the earliest, a talk is on Tuesday from ten."""
    late = follows(need("class", 2), need("talk", after="class"), window="Mon-Tue 08:00-10:30")
    assert best(follows(need("class", 2), need("talk"), window="Mon-Tue 08:00-10:30")).score.unmet == 0
    assert best(late).score.unmet == 60
    week = follows(need("class", 2), need("talk", after="class"))
    both = meeting("Mon 09:00"), meeting("Tue 09:00")
    assert broken(week, *both, session("Tue 10:00")) == set()
    assert broken(week, *both, session("Mon 10:00")) == {"need-order"}


def test_order_goes_on_along_a_chain() -> None:
    """Class after talk after intake: without an intake neither of the others."""
    chain = need("intake"), need("talk", after="intake"), need("class", after="talk")
    assert best(follows(*chain, intake="Mon 10:00-11:00")).score.unmet == 0
    nobody = follows(*chain, intake="Sat 10:00-11:00")
    assert best(nobody).score.unmet == 180
    assert broken(nobody, meeting("Wed 09:00")) == {"need-order"}


def test_each_participants_order_is_their_own() -> None:
    """p2 needs no intake and does not wait for that of p1."""
    two = clinic(
        services=SERVICES,
        staff=[staff("ana", "talk"), staff("iva", "intake", available=["Tue 09:00-10:00"])],
        participants=[
            participant("p1", need("intake")),
            participant("p2", need("talk", after="intake"), available=["Mon 09:00-10:00"]),
        ],
    )
    assert best(two).score.unmet == 0
    intake_of_p1 = session("Tue 09:00", "p1", "iva", service="intake")
    assert broken(two, intake_of_p1, session("Mon 09:00", "p2")) == set()
