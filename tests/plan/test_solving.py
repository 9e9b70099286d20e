"""Solves in processes of their own: what is told when one is lost, and how they are stopped."""

from __future__ import annotations

import sys
import time

import pytest

import iopsched.plan.solving as module
from iopsched.errors import IopschedError
from iopsched.generate import generate
from iopsched.plan.solving import Answer, Solving, solve_all
from iopsched.roster import check
from iopsched.roster.models import Roster
from iopsched.solve import Stop
from rules.tiny import clinic


def solved(*tasks: Solving, stop: Stop | None = None) -> list[Answer]:
    """Return the answers, which are told as they come."""
    told: dict[int, Answer] = {}
    answers = solve_all(tasks, jobs=2, stop=stop or Stop(), on_answer=told.__setitem__)
    assert [told[number] for number in range(len(tasks))] == answers
    return answers


def tiny() -> Solving:
    """Return a task of a moment."""
    return Solving(clinic(), 5.0, 1, 0, True)


def test_a_stop_keeps_the_best_roster_so_far() -> None:
    """A search with minutes to go ends soon after it is stopped, with a roster that keeps every rule."""
    instance = generate(24, seed=1, profile="evening").model_copy(update={"pins": ()})
    stop = Stop()
    stop.request()
    began = time.monotonic()
    (roster,) = solved(Solving(instance, 240.0, 1, 0, False), stop=stop)
    assert isinstance(roster, Roster)
    assert check(instance, roster).ok
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import sys; sys.exit(3)", r"lost \(exit code 3\)"),
        ("raise ValueError", r"lost \(exit code 1\)"),
    ],
)
def test_a_lost_process_is_told(monkeypatch: pytest.MonkeyPatch, program: str, words: str) -> None:
    """Its answer is an error that says how it ended; nothing is raised."""
    monkeypatch.setattr(module, "_PROGRAM", program)
    for answer in solved(tiny(), tiny()):
        assert isinstance(answer, IopschedError)
        assert answer.args
        with pytest.raises(IopschedError, match=words):
            raise answer


def test_where_no_process_can_be_started_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is an answer, too."""
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    (answer,) = solved(tiny())
    assert isinstance(answer, IopschedError)
    assert "no process could be started" in str(answer)


def test_an_error_of_the_search_is_the_answer() -> None:
    """What the search refuses in its process comes back with its words."""
    (answer,) = solved(Solving(clinic(), -1.0, 1, 0, True))
    assert isinstance(answer, IopschedError)
    assert "time_limit is -1.0" in str(answer)
