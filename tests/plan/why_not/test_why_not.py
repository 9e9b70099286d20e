from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from iopsched.errors import RosterError, UsageError
from iopsched.instance.models import Instance
from iopsched.plan.edits import apply_edits, edit_of, parse_edit
from iopsched.plan.why_not import NeedAnswer, why_not
from iopsched.plan.why_not.clinic_facts import clinic_facts
from iopsched.plan.why_not.deciding import Case, delivered
from iopsched.plan.why_not.facts import asked_of, without_facts
from iopsched.plan.why_not.own_facts import own_facts
from iopsched.roster import Roster, check, unmet_needs
from iopsched.solve.control import Stop
from rules.tiny import (
    best,
    broken,
    clinic,
    group,
    meeting,
    need,
    participant,
    program,
    room,
    roster_of,
    service,
    session,
    staff,
)

WORK = {"when": ["Mon-Fri 08:00-17:00"], "why": "bakery", "travel_minutes": 30}


def explained(instance: Instance, *sessions: Any, who: str = "p1", seconds: float = 30) -> NeedAnswer:
    """Explain a roster of these sessions; the one need of ``who`` that is short."""
    roster = roster_of(instance, *sessions)
    assert any(one.participant == who for one in unmet_needs(instance, roster.sessions))
    answer = why_not(instance, roster, participant=who, time_limit=seconds, deterministic=True)
    (found,) = answer.needs
    assert answer.not_examined == ()
    return found


def kinds(found: NeedAnswer) -> set[str]:
    return {fact.kind for fact in found.facts}


def evening() -> Instance:
    """Return a clinic whose only group begins when the participant stops working elsewhere."""
    return clinic(
        groups=[group(starts=["Mon 17:00"])], participants=[participant("p1", need("class"), busy=[WORK])]
    )


def family() -> Instance:
    """Return a clinic where a relative can only come while nobody is at work."""
    return clinic(
        services=[service("family", kind="family")],
        staff=[staff(available=["Mon-Fri 08:00-16:00"])],
        participants=[
            participant("p1", need("family"), family=[{"id": "mother", "available": ["Mon-Fri 17:00-20:00"]}])
        ],
    )


def two_leaders() -> Instance:
    """Return a clinic where two hours are needed of one person, and two people have one each."""
    return clinic(
        staff=[staff("ana", available=["Mon 09:00-10:00"]), staff("ben", available=["Tue 09:00-10:00"])],
        participants=[participant("p1", need("talk", 2))],
    )


def limited() -> Instance:
    """Return a clinic whose program allows one day, where two are needed."""
    return clinic(programs=[program(max_days_per_week=1)], participants=[participant("p1", need("talk", 2))])


def tagged() -> Instance:
    """Return a clinic where nobody speaks what the participant asks for."""
    return clinic(participants=[participant("p1", need("talk", staff_tags=["spanish"]))])


def pinned() -> Instance:
    """Return a clinic where a pinned session is in the way of the only meeting."""
    return clinic(
        groups=[group()],
        participants=[participant("p1", need("talk"), need("class"))],
        pins=[{"participant": "p1", "service": "talk", "start": "Mon 09:00"}],
    )


IMPOSSIBLE = {
    "evening": (evening, {"commitment", "travel", "groups"}),
    "family": (family, {"family", "staff"}),
    "two leaders": (two_leaders, {"same-staff", "staff"}),
    "limited": (limited, {"program", "days-apart"}),
    "tagged": (tagged, {"staff-tags", "staff"}),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_the_facts_are_those_that_a_planner_would_name(name: str) -> None:
    """What no roster can deliver is proved so, with the facts that meet in it and no others."""
    made, expected = IMPOSSIBLE[name]
    found = explained(made())
    assert (found.any_roster, found.nobody_loses) == ("impossible", "impossible")
    assert kinds(found) == expected
    assert found.irreducible


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_dropping_any_fact_makes_it_possible(name: str) -> None:
    """Another solve says so: with the set in force nothing, without any one of it everything is delivered."""
    made, _ = IMPOSSIBLE[name]
    instance = made()
    found = explained(instance)
    case = Case(instance, "p1", found.service, (), ())
    asked = asked_of(case)
    facts = [*own_facts(asked, with_reasons=True), *clinic_facts(asked)]
    texts = {fact.text for fact in found.facts}
    kept = [fact for fact in facts if fact.text in texts]
    assert len(kept) == len(texts)
    others = [fact for fact in facts if fact not in kept]
    assert best(without_facts(case, others).instance).unmet
    for fact in kept:
        assert not best(without_facts(case, [*others, fact]).instance).unmet, fact.text


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_every_mend_delivers(name: str) -> None:
    """The words, read again, give a clinic in which another solve leaves nothing unmet."""
    made, _ = IMPOSSIBLE[name]
    instance = made()
    found = explained(instance)
    assert found.mends
    assert [mend.asks for mend in found.mends] == sorted(mend.asks for mend in found.mends)
    for mend in found.mends:
        edits = [parse_edit(words, instance) for words in mend.edits]
        assert edits == [edit_of(document) for document in mend.documents]
        edited = apply_edits(instance, edits)
        assert check(edited, mend.roster).ok
        assert not mend.roster.unmet
        assert not best(edited).unmet


def test_the_cheapest_mend_asks_no_more_than_it_takes() -> None:
    """Half an hour on the one day of the meeting is enough, and so is living nearer."""
    edits = [mend.edits for mend in explained(evening()).mends]
    assert edits[0] == ("p1's commitment 1 ends 30 minutes earlier on Mon",)
    assert ("group g may also start Mon 17:30",) in edits


def test_a_wish_is_given_up_where_nothing_less_will_do() -> None:
    """What the treatment plan asks for is named as a mend."""
    first = explained(tagged()).mends[0]
    assert first.documents == ({"edit": "need_tags", "participant": "p1", "service": "talk", "tags": []},)


def test_a_pin_in_the_way_is_moved() -> None:
    """The pinned session goes elsewhere, and the meeting can be attended."""
    found = explained(pinned(), session("Mon 09:00"))
    assert found.any_roster == "impossible"
    assert "pin" in kinds(found)
    assert any("pin of p1 talk" in mend.edits[0] for mend in found.mends)


def seats() -> tuple[Instance, Roster]:
    """Return a clinic with one seat for two, and the roster in which p1 has it."""
    instance = clinic(
        groups=[group(max_size=1)],
        participants=[participant("p1", need("class")), participant("p2", need("class"))],
    )
    return instance, roster_of(instance, meeting("Mon 09:00", "p1"))


def test_where_others_would_lose_it_is_said_so() -> None:
    """A roster for p2 there is; with p1 keeping the seat there is none, until there is another seat."""
    instance, roster = seats()
    found = explained(instance, *roster.sessions, who="p2")
    assert (found.any_roster, found.nobody_loses) == ("possible", "impossible")
    assert kinds(found) == {"groups", "seats", "others"}
    assert found.irreducible
    assert found.mends[0].edits == ("group g seats 2",)


def test_a_mend_takes_nothing_from_anybody() -> None:
    """In the roster of each mend every need has at least what it had."""
    instance, roster = seats()
    found = explained(instance, *roster.sessions, who="p2")
    before = delivered(instance, roster.sessions)
    assert before == {("p1", "class"): 1, ("p2", "class"): 0}
    for mend in found.mends:
        edited = apply_edits(instance, [edit_of(document) for document in mend.documents])
        after = delivered(edited, mend.roster.sessions)
        assert after == {("p1", "class"): 1, ("p2", "class"): 1}


def test_staff_without_time_may_work_longer() -> None:
    """The one hour that there is is taken: an hour more of her, or of somebody else."""
    instance = clinic(
        staff=[staff(available=["Mon 09:00-10:00"])], participants=[participant("p1"), participant("p2")]
    )
    found = explained(instance, session("Mon 09:00"), who="p2")
    assert kinds(found) == {"staff", "others"}
    assert found.mends[0].edits[0].startswith("ana also works Mon")


def test_a_room_that_is_kept_may_be_opened() -> None:
    """The only office is busy all week but for an hour, which is taken."""
    busy = ["Mon 08:00-09:00", "Mon 10:00-24:00", "Tue-Fri 00:00-24:00"]
    instance = clinic(rooms=[room(busy=busy)], participants=[participant("p1"), participant("p2")])
    found = explained(instance, session("Mon 09:00"), who="p2")
    assert "rooms" in kinds(found)
    assert any(mend.edits[0].startswith("room office opens") for mend in found.mends)


def test_what_the_search_missed_is_found() -> None:
    """An empty roster of an easy clinic: no fact prevents anything, and a roster shows it."""
    found = explained(clinic())
    assert (found.any_roster, found.nobody_loses) == ("possible", "possible")
    assert found.facts == found.mends == ()
    assert found.roster is not None
    assert not found.roster.unmet


def test_ones_own_sessions_are_kept_too() -> None:
    """A meeting in the only hour is no way to another service's session in it."""
    instance = clinic(
        groups=[group()],
        participants=[participant("p1", need("talk"), need("class"), available=["Mon 09:00-10:00"])],
    )
    found = explained(instance, session("Mon 09:00"))
    assert (found.any_roster, found.nobody_loses) == ("possible", "impossible")
    assert "available" in kinds(found)
    assert found.irreducible
    for mend in found.mends:
        assert not mend.roster.unmet


def test_what_commitments_are_for_is_told_only_of_whom_was_asked() -> None:
    """The text of everybody's explanation says when, not why."""
    roster = roster_of(evening())
    every = why_not(evening(), roster, time_limit=20, deterministic=True)
    assert "Mon-Fri 08:00-17:00" in str(every.to_dict())
    assert "bakery" not in str(every.to_dict())
    assert "bakery" in " ".join(fact.text for fact in explained(evening()).facts)


def test_needs_without_time_are_named() -> None:
    """A stop before the first need leaves all of them not examined."""
    instance = clinic(participants=[participant("p1"), participant("p2")])
    stop = Stop()
    stop.request()
    answer = why_not(instance, roster_of(instance), time_limit=5, deterministic=True, stop=stop)
    assert answer.needs == ()
    assert answer.not_examined == (("p1", "talk"), ("p2", "talk"))


def test_the_same_call_gives_the_same_answer() -> None:
    """In deterministic mode, to the last fact and mend."""
    instance, roster = seats()
    one, other = (why_not(instance, roster, time_limit=20, deterministic=True) for _ in range(2))
    assert one.to_dict() == other.to_dict()


def test_a_roster_of_something_else_is_refused() -> None:
    """Another week, or sessions that break a rule: the error names it, all of it."""
    instance = clinic(hours=["Mon-Fri 10:00-20:00"])
    assert broken(instance, session("Mon 09:00")) == {"hours"}
    with pytest.raises(RosterError, match="hours"):
        why_not(instance, roster_of(instance, session("Mon 09:00")))
    later = roster_of(instance).model_copy(update={"week": instance.week + timedelta(weeks=1)})
    with pytest.raises(RosterError, match="week"):
        why_not(instance, later)


def test_the_roster_of_another_clinic_is_refused_in_one_line() -> None:
    """Its sessions break many rules here, of which none is told: it answers something else."""
    other = clinic(id="elsewhere", participants=[participant(f"q{k}") for k in range(8)])
    given = roster_of(other, *(session(f"Mon {9 + k:02}:00", f"q{k}") for k in range(8)))
    assert len(check(clinic(), given).violations) > 8
    with pytest.raises(RosterError) as told:
        why_not(clinic(), given)
    (problem,) = told.value.problems
    assert "elsewhere" in problem.what


def test_of_many_broken_rules_a_few_are_told() -> None:
    """The instance has changed since: five of eight, how many more there are, and who tells them."""
    before = clinic(participants=[participant(f"q{k}") for k in range(8)])
    given = roster_of(before, *(session(f"Mon {9 + k:02}:00", f"q{k}") for k in range(8)))
    with pytest.raises(RosterError) as told:
        why_not(clinic(), given)
    assert len(told.value.problems) == 6
    assert "iopsched check" in told.value.problems[-1].what


def test_calls_that_make_no_sense_are_refused() -> None:
    """Nobody of that id, with the nearest; no time at all."""
    instance = clinic()
    with pytest.raises(UsageError, match="did you mean 'p1'"):
        why_not(instance, roster_of(instance), participant="p11")
    with pytest.raises(UsageError, match="time_limit"):
        why_not(instance, roster_of(instance), time_limit=0)
