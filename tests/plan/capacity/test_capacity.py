from __future__ import annotations

from typing import Any

import pytest

from iopsched import InputError, RosterError, Stop, UsageError, check, solve
from iopsched.instance.models import Instance
from iopsched.plan.capacity import Capacity, Standing, capacity
from iopsched.plan.edits import parse_edit, sentence
from rules.tiny import clinic, group, need, participant, roster_of, session, staff

THREE_HOURS = staff(available=["Mon 09:00-12:00"])


def asked(instance: Instance, **options: Any) -> Capacity:
    """Ask with effort counted in place of time."""
    effort: dict[str, Any] = {"time_limit": 20.0, "deterministic": True}
    return capacity(instance, **{**effort, **options})


def test_the_number_is_shown_by_a_checked_roster_and_one_more_is_refuted() -> None:
    """Ana has three hours and p1 one of them: two more, and a third is proved to be too many."""
    answer = asked(clinic(staff=[THREE_HOURS]), like="p1")
    assert (answer.reached, answer.at_most, answer.proved) == (2, 2, True)
    assert answer.newcomers == ("p1+1", "p1+2")
    assert check(answer.instance, answer.roster).ok
    assert answer.roster.unmet == ()
    assert len(answer.instance.participants) == 3
    more = clinic(staff=[THREE_HOURS], participants=[participant(f"p{k}") for k in range(4)])
    assert solve(more, time_limit=5, deterministic=True).bound.unmet == 60


def test_what_is_missing_with_one_more_is_told() -> None:
    """With a third newcomer somebody's talk is missing, for a reason."""
    answer = asked(clinic(staff=[THREE_HOURS]), like="p1")
    assert answer.tried == 3
    (missing,) = answer.missing
    assert (missing.service, missing.sessions) == ("talk", 1)
    assert missing.reasons


def test_those_present_keep_what_they_have() -> None:
    """P1 has the only hour at which p1 could come; whoever is like p1 is not admitted in their place."""
    alone = participant("p1", available=["Mon 09:00-10:00"])
    instance = clinic(staff=[THREE_HOURS], participants=[alone])
    answer = asked(instance, like="p1")
    assert (answer.reached, answer.at_most) == (0, 0)
    assert answer.roster.sessions[0].participants == ("p1",)


def test_those_present_may_move() -> None:
    """P1 sits in the only hour that p2 and whoever is like p2 can take; p1 is moved, and one p2 admitted."""
    early = participant("p2", available=["Mon 09:00-11:00"])
    instance = clinic(staff=[THREE_HOURS], participants=[participant("p1"), early])
    given = roster_of(instance, session("Mon 09:00", "p1"), session("Mon 10:00", "p2"))
    answer = asked(instance, roster=given, like="p2")
    assert (answer.reached, answer.at_most) == (1, 1)
    held = {one.participants: one.start.hour for one in answer.roster.sessions}
    assert held["p1",] == 11


def test_what_those_present_miss_they_may_miss_still() -> None:
    """P1 has one of three talks in the given roster. The free hour goes to a newcomer who needs one."""
    people = [participant("p1", need(sessions=3, min_days_apart=0)), participant("p2")]
    instance = clinic(staff=[THREE_HOURS], participants=people)
    given = roster_of(instance, session("Mon 09:00", "p1"), session("Mon 10:00", "p2"))
    answer = asked(instance, roster=given, like="p2")
    assert sum(one.sessions for one in answer.base.unmet) == 2
    assert (answer.reached, answer.at_most) == (1, 1)
    assert {one.participant for one in answer.roster.unmet} == {"p1"}


def test_limits_hold_where_newcomers_help_a_group_to_its_least_size() -> None:
    """The class runs for two and p1 is alone. One like p1 brings it about: no limit may say otherwise."""
    learner = participant("p1", need("class"))
    instance = clinic(participants=[learner], groups=[group(min_size=2)])
    answer = asked(instance, like="p1")
    assert answer.base.unmet
    together = clinic(participants=[learner, participant("p2", need("class"))], groups=[group(min_size=2)])
    assert solve(together, time_limit=5, deterministic=True).unmet == ()
    assert answer.at_most is not None
    assert answer.at_most >= 1


def test_an_empty_hour_is_of_no_use_to_whoever_cannot_come() -> None:
    """What there is, what is used and what is used up are told by skill and time of day."""
    answer = asked(clinic(staff=[staff(available=["Mon 09:00-10:00", "Mon 17:00-19:00"])]), like="p1")
    assert answer.reached == 2
    found = {(one.kind, one.name, one.band): one for one in answer.supplies}
    morning, evening = found["staff", "talk", "morning"], found["staff", "talk", "evening"]
    assert (morning.available, morning.used, morning.used_up) == (60, 60, True)
    assert (evening.available, evening.used, evening.room_for) == (120, 120, 0)
    offices = found["rooms", "office", "afternoon"]
    assert (offices.used, offices.used_up) == (0, False)


def test_gains_are_solved_and_said_as_edits() -> None:
    """Ana's hours are used up: a shift brings as many as it has hours, a room none; each is read back."""
    instance = clinic(staff=[THREE_HOURS])
    answer = asked(instance, like="p1")
    gains = {one.edits: one for one in answer.gains}
    shift = next(one for edits, one in gains.items() if edits[0].endswith("17:00-20:00"))
    assert shift.edits[0].startswith("hire ana-2 like ana")
    assert (shift.newcomers, shift.at_most) == (3, 3)
    assert answer.gains[0].newcomers >= shift.newcomers
    rooms = [one for edits, one in gains.items() if edits[0].startswith("add room")]
    assert [(one.newcomers, one.at_most) for one in rooms] == [(0, 0)]
    for edits in gains:
        assert [sentence(parse_edit(one, instance)) for one in edits] == list(edits)


def test_another_group_and_one_more_seat_bring_what_they_seat() -> None:
    """A full class of two: one more seat brings one, another class two."""
    people = [participant(f"p{k}", need("class")) for k in (1, 2)]
    instance = clinic(
        participants=people,
        groups=[group(max_size=2, starts=["Mon 09:00", "Mon 10:00"])],
    )
    answer = asked(instance, like="p1")
    assert answer.reached == 0
    gains = {one.edits: (one.newcomers, one.at_most) for one in answer.gains}
    assert gains["group g seats 3",] == (1, 1)
    assert gains["add group g-2 like g",] == (2, 2)


def test_what_there_was_no_time_for_is_named() -> None:
    """A stop before the work begins leaves the base, counted limits and a list of what was not examined."""
    stop = Stop()
    instance = clinic(staff=[THREE_HOURS])
    given = roster_of(instance, session("Mon 09:00"))
    stop.request()
    answer = asked(instance, roster=given, stop=stop)
    assert (answer.reached, answer.at_most, answer.gains) == (0, 2, ())
    assert any("hire ana-2" in one for one in answer.unexamined)


def test_the_same_call_gives_the_same_answer() -> None:
    """In deterministic mode."""
    instance = clinic(staff=[THREE_HOURS], participants=[participant("p1"), participant("p2", tags=["x"])])
    assert asked(instance).to_dict() == asked(instance).to_dict()


def test_it_tells_how_far_it_is() -> None:
    """Each piece of work is announced with the number reached and the limit so far."""
    told: list[Standing] = []
    asked(clinic(staff=[THREE_HOURS]), like="p1", on_progress=told.append)
    assert (told[0].reached, told[0].at_most) == (0, None)
    assert (told[-1].reached, told[-1].at_most) == (2, 2)


def test_a_roster_that_breaks_a_rule_promises_nothing() -> None:
    """A talk while Ana is away is no promise; the rule is named."""
    instance = clinic(staff=[THREE_HOURS])
    given = roster_of(instance, session("Mon 13:00"))
    with pytest.raises(RosterError, match="staff-free"):
        asked(instance, roster=given)
    assert issubclass(RosterError, InputError)


def test_bad_calls_are_refused() -> None:
    """Nobody has that id; whoever has it needs nothing; nobody does; there is nobody at all; no time."""
    with pytest.raises(UsageError, match=r'no participant "p2" to copy: use one of p1'):
        asked(clinic(), like="p2")
    idle = clinic(participants=[participant("p1"), participant("p2", need(sessions=0))])
    with pytest.raises(UsageError, match="p2 needs nothing this week"):
        asked(idle, like="p2")
    with pytest.raises(UsageError, match="nobody in the clinic needs anything"):
        asked(clinic(participants=[participant("p2", need(sessions=0))]))
    with pytest.raises(UsageError, match="no participants"):
        asked(clinic(participants=[]))
    with pytest.raises(UsageError, match="more than 0"):
        asked(clinic(), time_limit=0)
