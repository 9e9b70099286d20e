"""An offer changes nobody, serves as much as there is, and is another week than those before it."""

from __future__ import annotations

from itertools import combinations

import pytest

from iopsched.errors import InstanceError, RosterError, UsageError
from iopsched.instance import parse_instance
from iopsched.instance.models import Instance, Participant
from iopsched.plan.offers import Offer, accept_offer, offers
from iopsched.roster import Roster, Session, check
from iopsched.roster.rules import RULES
from rules.tiny import best, clinic, group, meeting, need, participant, program, roster_of, session, staff
from solve.searches import CLINICS, constructed, roster_of_plan


def newcomer(*needs: dict[str, object], **fields: object) -> Participant:
    """Return somebody who needs a talk, or what is named."""
    return Participant.model_validate(participant("new", *needs, **fields))


TALKS = clinic(staff=[staff("ana", available=["Mon-Tue 08:00-20:00"])], participants=[participant("p1")])
"""One room, and ana on two days."""
TALKING = roster_of(TALKS, session("Mon 09:00", "p1"))


def others(roster: Roster, name: str) -> set[tuple[object, ...]]:
    """Return all sessions with everybody but one participant."""
    return {
        (one.id, one.start, one.room, one.staff, frozenset(one.participants) - {name})
        for one in roster.sessions
        if set(one.participants) - {name}
    }


def test_nobody_else_moves() -> None:
    """p1 keeps Monday at nine, the newcomer gets other times, and each whole roster keeps every rule."""
    answer = offers(TALKS, TALKING, newcomer())
    assert answer.proved
    assert len(answer.offers) == 5
    for offer in answer.offers:
        assert offer.complete
        assert (offer.moved, offer.changes) == ((), 0)
        assert others(offer.roster, "new") == others(TALKING, "new")
        assert check(answer.instance, offer.roster).ok


def test_offers_are_not_variants_of_one() -> None:
    """Three parts of the day come before another day of one of them."""
    answer = offers(TALKS, TALKING, newcomer(prefers=["Mon 10:00-11:00"]))
    times = [one.sessions[0].start for one in answer.offers]
    parts = {"morning" if at.hour < 12 else "afternoon" if at.hour < 17 else "evening" for at in times[:3]}
    assert parts == {"morning", "afternoon", "evening"}
    assert times[0].isoformat() == "2026-11-23T10:00:00"
    for one, other in combinations(times, 2):
        assert (one.date(), one.hour < 12, one.hour < 17) != (other.date(), other.hour < 12, other.hour < 17)


def test_another_group_comes_before_another_time() -> None:
    """With two groups that run, the first two offers are of one each, whatever times a talk could have."""
    instance = clinic(
        groups=[group("g"), group("h", ["Tue 09:00"])],
        participants=[participant("p1", need("class")), participant("p2", need("class"))],
    )
    roster = roster_of(instance, meeting("Mon 09:00", "p1"), meeting("Tue 09:00", "p2", group="h"))
    answer = offers(instance, roster, newcomer(need("talk"), need("class")), top=3)
    groups = [{one.group for one in offer.sessions} - {None} for offer in answer.offers]
    assert len(groups) == 3
    assert {"g"} in groups[:2]
    assert {"h"} in groups[:2]


FULL = {
    "groups": [group("g", max_size=1), group("h", ["Tue 09:00"], max_size=2)],
    "participants": [
        participant("p1", need("class")),
        participant("p2", need("class")),
    ],
}


def full(**fields: object) -> tuple[Instance, Roster]:
    """Return a clinic whose Monday group is full, and its roster."""
    instance = clinic(**{**FULL, **fields})
    return instance, roster_of(instance, meeting("Mon 09:00", "p1"), meeting("Tue 09:00", "p2", group="h"))


def test_where_nothing_is_complete_others_may_move_and_are_named() -> None:
    """The newcomer can only come on Monday: p1 would go to Tuesday's group, which costs 10."""
    instance, roster = full()
    answer = offers(instance, roster, newcomer(need("class"), available=["Mon 08:00-12:00"]))
    (moved,) = answer.offers
    assert answer.proved
    assert moved.complete
    assert [one.id for one in moved.moved] == ["p1"]
    assert moved.changes == 10
    assert check(answer.instance, moved.roster).ok


def test_nobody_misses_anything_for_a_newcomer() -> None:
    """p1 can only come on Monday too, so there is no week but those with the talk and without the class."""
    only_monday = participant("p1", need("class"), available=["Mon 08:00-12:00"])
    instance, roster = full(participants=[only_monday, participant("p2", need("class"))])
    answer = offers(instance, roster, newcomer(need("talk"), need("class"), available=["Mon 08:00-12:00"]))
    assert answer.proved
    assert answer.offers
    assert all([one.service for one in offer.missing] == ["class"] for offer in answer.offers)


def test_a_week_with_no_session_is_no_offer() -> None:
    """Who can come only while ana is not there is offered nothing, and it is proved that there is nothing."""
    assert offers(TALKS, TALKING, newcomer(available=["Mon 10:00-11:00"])).offers
    answer = offers(TALKS, TALKING, newcomer(available=["Fri 10:00-11:00"]))
    assert answer.proved
    assert answer.offers == ()


def test_a_roster_of_another_clinic_is_refused() -> None:
    """One problem names both, and none its sessions; of the same clinic's the first broken rules are told."""
    crowd = roster_of(TALKS, *(session("Fri 09:00", "p1") for _ in range(9)))
    with pytest.raises(RosterError) as refused:
        offers(TALKS, crowd, newcomer())
    assert len(refused.value.problems) == 6
    assert "more; iopsched check tells all of them" in refused.value.problems[-1].what
    with pytest.raises(RosterError) as refused:
        offers(TALKS, crowd.model_copy(update={"instance": "elsewhere"}), newcomer())
    (problem,) = refused.value.problems
    assert '"elsewhere"' in problem.what


def test_a_roster_that_keeps_every_rule_is_taken_whatever_it_was_made_for() -> None:
    """A copy of the clinic under another id is answered by it as well."""
    other = TALKING.model_copy(update={"instance": "elsewhere"})
    assert offers(TALKS, other, newcomer()).offers == offers(TALKS, TALKING, newcomer()).offers


def test_an_accepted_offer_is_pinned() -> None:
    """The new roster answers the new instance, and solving it anew keeps what was promised."""
    instance = clinic(groups=[group("g")], participants=[participant("p1", need("class"))])
    roster = roster_of(instance, meeting("Mon 09:00", "p1"))
    answer = offers(instance, roster, newcomer(need("talk"), need("class")))
    admitted, taken = accept_offer(answer, 2)
    promised = answer.offers[1].sessions
    assert len(admitted.pins) == len(promised) == 2
    assert check(admitted, taken).ok
    assert {one.pinned for one in taken.sessions if "new" in one.participants} == {True}
    kept = {(one.start, one.service) for one in best(admitted).sessions if "new" in one.participants}
    assert kept == {(one.start, one.service) for one in promised}


def test_offers_that_there_are_not_cannot_be_accepted() -> None:
    """The message says which there are."""
    answer = offers(TALKS, TALKING, newcomer(), top=2)
    with pytest.raises(UsageError, match="no offer 3; choose from 1 to 2"):
        accept_offer(answer, 3)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Participant.model_validate(participant("p1")), "p1 is in the instance already"),
        (newcomer(need("yoga")), "yoga"),
    ],
)
def test_a_newcomer_has_to_fit_the_instance(person: Participant, words: str) -> None:
    """An id that is taken and a service that there is not are named."""
    with pytest.raises(InstanceError, match=words):
        offers(TALKS, TALKING, person)


def test_a_roster_that_breaks_a_rule_promises_nothing() -> None:
    """Every rule broken is told."""
    with pytest.raises(RosterError, match="hours"):
        offers(TALKS, roster_of(TALKS, session("Mon 06:00", "p1")), newcomer())


def test_limits_that_make_no_sense() -> None:
    """No offers, or no effort."""
    with pytest.raises(UsageError, match="top is 0"):
        offers(TALKS, TALKING, newcomer(), top=0)
    with pytest.raises(UsageError, match="time_limit is 0"):
        offers(TALKS, TALKING, newcomer(), time_limit=0)


def test_a_week_keeps_the_programs_limits() -> None:
    """Two talks on two days at most: the newcomer whose program has one day gets one."""
    instance = clinic(programs=[program(max_days_per_week=1)], participants=[participant("p1")])
    answer = offers(instance, roster_of(instance, session("Mon 09:00")), newcomer(need("talk", 2)))
    assert [one.sessions for one in answer.offers[0].missing] == [1]
    assert answer.offers[0].days == 1


def without(roster: Roster, instance: Instance, name: str) -> tuple[Instance, Roster] | None:
    """Return a clinic and its roster without a participant; ``None`` where a meeting needs them."""
    if any(one.group is not None and one.participants == (name,) for one in roster.sessions):
        return None
    document = instance.model_dump(mode="json", exclude_none=True)
    document["participants"] = [
        {**one, "apart_from": [other for other in one["apart_from"] if other != name]}
        for one in document["participants"]
        if one["id"] != name
    ]
    document["pins"] = [pin for pin in document["pins"] if pin.get("participant") != name]
    smaller = parse_instance(document)
    left: list[Session] = [
        one.model_copy(update={"participants": tuple(who for who in one.participants if who != name)})
        for one in roster.sessions
        if set(one.participants) - {name}
    ]
    stands = roster_of(smaller, *left)
    stands = stands.model_copy(update={"week": instance.week})
    broken = [one for one in check(smaller, stands).violations if one.rule in RULES]
    return None if broken else (smaller, stands)


@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
def test_whoever_left_could_have_their_week_again(clinic_: tuple[str, int, int]) -> None:
    """An offer to somebody who had a place misses no more than they did, and all others keep theirs."""
    search = constructed(*clinic_)
    instance, roster = search.options.instance, roster_of_plan(search)
    tried = 0
    for person in instance.participants:
        smaller = without(roster, instance, person.id)
        if smaller is None or tried == 2:
            continue
        tried += 1
        alone = person.model_copy(update={"apart_from": ()})
        answer = offers(*smaller, alone, top=2)
        missed = {one.service: one.sessions for one in roster.unmet if one.participant == person.id}
        assert weight(person, instance, answer.offers[0]) <= sum(
            missed.get(one.service, 0) * one.priority * instance.service_by_id[one.service].minutes
            for one in person.needs
        )
        for offer in answer.offers:
            if not offer.moved:
                assert others(offer.roster, person.id) == others(smaller[1], person.id)
    assert tried


def weight(person: Participant, instance: Instance, offer: Offer) -> int:
    """Return what an offer adds to ``unmet``."""
    priority = {one.service: one.priority for one in person.needs}
    return sum(priority[one.service] * one.minutes for one in offer.missing)
