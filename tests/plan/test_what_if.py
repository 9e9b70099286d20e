"""What if: scenarios beside the base, verified, and started from the roster there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

import iopsched.plan.what_if as module
from iopsched.errors import IopschedError, UsageError
from iopsched.plan.scenarios import Scenario, parse_scenarios
from iopsched.plan.solving import Answer, Solving
from iopsched.plan.what_if import WhatIf, what_if
from iopsched.roster import check
from iopsched.solve import Stop, solve
from rules.tiny import best, clinic, group, need, participant, room, staff

CLINIC = clinic(
    rooms=[room("R1"), room("R2")],
    staff=[staff("T3", available=["Mon,Tue 09:00-11:00"]), staff("T5", "class")],
    groups=[group("G4", starts=["Wed 09:00"], max_size=2)],
    participants=[
        participant("P1", need(), need("class")),
        participant("P2"),
        participant("P3", need("class")),
    ],
)


def scenarios(**edits: list[str]) -> tuple[Scenario, ...]:
    """Return scenarios of these names."""
    return parse_scenarios({"scenarios": {name: {"edits": said} for name, said in edits.items()}}, CLINIC)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[Solving]:
    """Solve in this process, and return the list of what was solved."""
    tasks: list[Solving] = []

    def solved(
        some: Sequence[Solving], *, jobs: int, stop: Stop, on_answer: Callable[[int, Answer], object]
    ) -> list[Answer]:
        tasks.extend(some)
        return [
            solve(
                task.instance,
                time_limit=task.time_limit,
                seed=task.seed,
                deterministic=task.deterministic,
                baseline=task.baseline,
                start=task.start,
            )
            for task in some
        ]

    monkeypatch.setattr(module, "solve_all", solved)
    return tasks


def ask(edits: dict[str, list[str]], **options: Any) -> WhatIf:
    """Ask about scenarios of the clinic, deterministically."""
    return what_if(CLINIC, scenarios(**edits), time_limit=20, deterministic=True, **options)


def test_who_gains_and_who_loses_what(here: list[Solving]) -> None:
    """T3 gone, both talks are lost; a second therapist changes nothing; a discharge and two admissions."""
    answer = ask(
        {
            "gone": ["T3 leaves"],
            "more": ["hire T9 like T3"],
            "others": ["P2 is discharged", "2 more like P3", "group G4 seats 3"],
        }
    )
    gone, more, others = answer.scenarios
    assert answer.base.measures is not None
    assert (answer.base.measures.delivered, answer.base.measures.needed) == (4, 4)
    assert [(one.participant, one.service, one.sessions, one.delivered) for one in gone.losses] == [
        ("P1", "talk", -1, 0),
        ("P2", "talk", -1, 0),
    ]
    assert gone.gains == ()
    assert (more.gains, more.losses, more.joined, more.left) == ((), (), (), ())
    assert others.left == ("P2",)
    assert [one.participant for one in others.joined] == ["P3+1", "P3+2"]
    attending = sum(one.delivered for one in others.joined) + sum(one.sessions for one in others.losses)
    assert (attending, others.roster.score.unmet) == (1, 60)  # type: ignore[union-attr]


def test_every_answer_is_checked_and_proved(here: list[Solving]) -> None:
    """Each scenario's roster answers the edited clinic; the base is the clinic's optimum."""
    answer = ask({"gone": ["T3 leaves"], "one": ["T3 is away on Mon"]})
    assert answer.base.roster is not None
    assert answer.base.roster.score == best(CLINIC).score
    for outcome in (answer.base, *answer.scenarios):
        assert outcome.roster is not None
        assert check(outcome.instance, outcome.roster).ok
        assert outcome.roster.status == "optimal"
    assert [task.start is not None for task in here] == [False, True, True]
    assert not any(task.baseline for task in here)


def test_with_a_roster_as_little_as_possible_changes(here: list[Solving]) -> None:
    """T3 is away on the day of the talks: they move, and nothing else does."""
    roster = best(CLINIC)
    assert [f"{one.start:%a}" for one in roster.sessions if one.service == "talk"] == ["Tue", "Tue"]
    answer = ask({"away": ["T3 is away on Tue"]}, roster=roster)
    (away,) = answer.scenarios
    assert answer.compares
    assert answer.base.roster is not None
    assert answer.base.roster.score == roster.score
    assert away.roster is not None
    assert (away.roster.score.unmet, away.roster.score.changes) == (0, 20)
    assert check(away.instance, away.roster, baseline=roster).ok


def test_free_starts_there_and_counts_nothing(here: list[Solving]) -> None:
    """With ``free`` the roster is only where the search begins."""
    roster = best(CLINIC)
    answer = ask({"away": ["T3 is away on Tue"]}, roster=roster, free=True)
    assert not answer.compares
    assert answer.scenarios[0].roster is not None
    assert answer.scenarios[0].roster.score.changes == 0
    assert [(task.start, task.baseline) for task in here] == [(roster, None)] * 2


def test_how_much_of_staff_and_rooms_is_used(here: list[Solving]) -> None:
    """T3 leads two of four hours; with Tuesday off, two of two."""
    answer = ask({"half": ["T3 is away on Tue"]})
    uses = [outcome.measures.staff[0] for outcome in (answer.base, *answer.scenarios) if outcome.measures]
    assert [(use.id, use.minutes, use.available) for use in uses] == [("T3", 120, 240), ("T3", 120, 120)]
    assert [use.share for use in uses] == [0.5, 1.0]
    assert answer.base.measures is not None
    assert answer.base.measures.rooms_total.minutes == 180


def test_processes_of_their_own() -> None:
    """Scenarios are solved by processes, and told as they come."""
    told: list[str] = []
    answer = ask({"gone": ["T3 leaves"]}, roster=best(CLINIC), on_solved=lambda name, _: told.append(name))
    assert sorted(told) == ["base", "gone"]
    assert answer.scenarios[0].roster is not None
    assert answer.scenarios[0].roster.score.unmet == 120
    document = answer.to_dict()
    assert document["scenarios"][0]["sentences"] == ["T3 leaves"]
    assert document["scenarios"][0]["edits"] == [{"edit": "staff_leaves", "staff": "T3"}]


def test_one_without_a_roster_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost process is told; without a base there is no answer."""
    answers: list[Answer] = [best(CLINIC), IopschedError("the process was lost")]
    monkeypatch.setattr(module, "solve_all", lambda tasks, **_: [answers.pop(0) for _ in tasks])
    answer = ask({"gone": ["T3 leaves"]})
    assert answer.scenarios[0].failure == "the process was lost"
    assert answer.to_dict()["scenarios"][0]["failure"] == "the process was lost"
    monkeypatch.setattr(module, "solve_all", lambda tasks, **_: [IopschedError("lost") for _ in tasks])
    with pytest.raises(IopschedError, match="the base has no roster: lost"):
        ask({"gone": ["T3 leaves"]})


@pytest.mark.parametrize(
    ("names", "options", "words"),
    [
        ((), {}, "there is no scenario"),
        (("a", "a"), {}, 'two scenarios are called "a"'),
        (("base",), {}, 'two scenarios are called "base"'),
        (("a",), {"time_limit": 0}, "time_limit"),
        (("a",), {"jobs": 0}, "jobs"),
    ],
)
def test_calls_that_make_no_sense(names: tuple[str, ...], options: dict[str, Any], words: str) -> None:
    """Nothing is solved."""
    with pytest.raises(UsageError, match=words):
        what_if(CLINIC, [Scenario(name, ()) for name in names], **options)
