from __future__ import annotations

from collections import Counter

from iopsched.plan.capacity.newcomers import drawn_from, newcomers, only_with, promised, ranked
from rules.tiny import clinic, group, meeting, need, participant, roster_of, session


def test_copies_have_everything_but_id_and_enemies() -> None:
    """A newcomer like p1 needs what p1 needs, under an id that is free, and is kept apart from nobody."""
    taken = participant("p1+1")
    instance = clinic(participants=[participant("p1", need(sessions=2), apart_from=["p1+1"]), taken])
    assert instance.participants[0].apart_from == ("p1+1",)
    first, second = newcomers(instance, ["p1"], 2)
    assert (first.id, second.id) == ("p1+2", "p1+3")
    assert first.needs == instance.participants[0].needs
    assert first.apart_from == ()


def test_a_mixture_keeps_the_proportions() -> None:
    """Of two kinds, four and two strong, any three newcomers in a row are two and one; all six are copied."""
    adults = [participant(f"a{k}", tags=["adult"]) for k in range(4)]
    teens = [participant(f"t{k}", tags=["teen"]) for k in range(2)]
    everybody = ["t0", "t1", "a0", "a1", "a2", "a3"]
    row = [one.id for one in newcomers(clinic(participants=[*teens, *adults]), everybody, 12)]
    kinds = "".join(name[0] for name in row)
    assert [Counter(kinds[k : k + 3]) for k in (0, 3, 6, 9)] == [Counter("aat")] * 4
    assert len({name.split("+")[0] for name in row[:6]}) == 6


def test_more_newcomers_begin_with_the_same_ones() -> None:
    """A row of three is the beginning of a row of five."""
    instance = clinic(participants=[participant(f"p{k}", tags=["even"] * (k % 2 == 0)) for k in range(5)])
    models = ["p0", "p1", "p2", "p3", "p4"]
    assert newcomers(instance, models, 5)[:3] == newcomers(instance, models, 3)


def test_a_mixture_is_drawn_from_those_who_miss_nothing() -> None:
    """P2 has no talk and is not copied; where nobody has one, everybody is."""
    instance = clinic(participants=[participant("p1"), participant("p2")])
    assert drawn_from(instance, roster_of(instance, session("Mon 10:00", "p1"))) == ("p1",)
    assert drawn_from(instance, roster_of(instance)) == ("p1", "p2")


def test_the_promise_is_what_the_roster_gives() -> None:
    """Of two talks and a class the roster has one talk: that is all p1 is promised."""
    needs = (need(sessions=2), need("class"))
    instance = clinic(participants=[participant("p1", *needs)], groups=[group()])
    assert [one.sessions for one in instance.participants[0].needs] == [2, 1]
    promise = promised(instance, roster_of(instance, session("Mon 10:00")))
    assert [one.sessions for one in promise.participants[0].needs] == [1, 0]
    both = promised(instance, roster_of(instance, session("Mon 10:00"), meeting("Mon 09:00")))
    assert [one.sessions for one in both.participants[0].needs] == [1, 1]


def test_who_needs_nothing_is_not_copied() -> None:
    """P1 asks for no session this week: a copy would be admitted to any clinic, and say nothing of it."""
    instance = clinic(participants=[participant("p1", need(sessions=0)), participant("p2")])
    given = roster_of(instance, session("Mon 09:00", "p2"))
    assert given.unmet == ()
    assert drawn_from(instance, given) == ("p2",)


def test_priorities_are_given_in_the_order_of_participants() -> None:
    """Every need of the first has the first priority, whatever it had."""
    people = [participant("p1", need("talk", priority=7), need("class")), participant("p2")]
    found = ranked(clinic(participants=people), [5, 1])
    assert [[one.priority for one in person.needs] for person in found.participants] == [[5, 5], [1]]


def test_sessions_without_some_people() -> None:
    """Who is not among those who stay leaves meetings; a session that nobody is left in falls away."""
    held = (session("Mon 09:00", "p1"), session("Mon 10:00", "p2"), meeting("Mon 11:00", "p1 p2"))
    kept = only_with(held, {"p1"})
    assert [one.participants for one in kept] == [("p1",), ("p1",)]
    assert [one.start.hour for one in kept] == [9, 11]
