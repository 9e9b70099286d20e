"""Proofs by the model of the whole clinic, by themselves and beside the improvement of the same level."""

from __future__ import annotations

import pytest

from iopsched.generate import generate
from iopsched.model import build_model, everything
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop
from iopsched.solve.crew import Crew
from iopsched.solve.crew_messages import Begin
from iopsched.solve.engine import Engine
from iopsched.solve.exact import Proof, improve_and_prove, prove_level
from iopsched.solve.search import Search
from solve.searches import CLINICS, constructed, resumed, search_of


def least(search: Search, level: str) -> int:
    """Return the optimum of a level given the values of those before it, by a plain solve."""
    levels = ("unmet", "changes", "burden")[: ("unmet", "changes", "burden").index(level) + 1]
    model = build_model(search.options, search.best.plan, everything(search.options), levels)
    for earlier in levels[:-1]:
        model.limit(earlier, model.incumbent(earlier))
    model.minimize([(1, level)])
    outcome = resumed(search.options, search.best.plan).engine.run(model, 60.0)
    assert outcome.optimal
    assert outcome.objective is not None
    return outcome.objective


def begun(clinic: tuple[str, int, int]) -> Search:
    """Return a search of its own that holds a generated clinic's first plan."""
    base = constructed(*clinic)
    return resumed(base.options, base.best.plan)


def on_the_wall_clock(search: Search, workers: int = 2, seconds: float = 60.0) -> Search:
    """Return a search that holds the same plan, for threads and a crew."""
    found = resumed(search.options, search.best.plan)
    found.engine = Engine(Clock(seconds), Stop(), workers=workers, seed=0)
    return found


@pytest.mark.parametrize("clinic", CLINICS[:4])
def test_a_level_is_proved_at_its_optimum(clinic: tuple[str, int, int]) -> None:
    """The value and the bound reached are what a plain solve calls the optimum."""
    search = begun(clinic)
    expected = least(search, "unmet")
    prove_level(search, "unmet", 20.0)
    assert search.bounds["unmet"] == search.value("unmet") == expected


def test_a_level_is_improved_and_proved_at_the_same_time() -> None:
    """With a crew both go on together, and what comes of it is the optimum that the model alone finds."""
    search = on_the_wall_clock(begun(CLINICS[0]))
    prove_level(search, "unmet", 20.0)
    expected = least(search, "burden")
    options = search.options
    with Crew.start(Begin(options.instance, None, None, 0), 2) as search.crew:
        while not search.crew.ready:
            assert search.engine.clock.remaining > 0, "waited in vain"
        improve_and_prove(search, "burden", 30.0, patience=1000)
    assert search.bounds["burden"] == search.value("burden") == expected
    assert search.engine.most_variables > 0


def test_without_a_crew_one_comes_after_the_other() -> None:
    """The same optimum, in deterministic mode."""
    search = begun(CLINICS[0])
    prove_level(search, "unmet", 10.0)
    expected = least(search, "burden")
    assert search.crew is None
    improve_and_prove(search, "burden", 20.0, patience=5)
    assert search.bounds["burden"] == search.value("burden") == expected


def test_a_proof_ends_with_its_context() -> None:
    """Left at once, it has told nothing wrong and its thread is gone."""
    search = on_the_wall_clock(search_of(generate(24, 1, "mixed")))
    with Proof(search, "unmet", 60.0) as proof:
        assert proof.goes_on
        proof.tell()
    assert not proof.goes_on
    assert search.bounds.get("unmet", 0) <= search.value("unmet")
    assert search.engine.clock.elapsed < 60.0


def test_the_stop_ends_a_proof() -> None:
    """Requested from outside, long before the solver's limit."""
    search = on_the_wall_clock(search_of(generate(24, 1, "mixed")))
    with Proof(search, "unmet", 600.0) as proof:
        search.engine.stop.request()
        proof.wait(30.0)
        assert not proof.goes_on


@pytest.mark.parametrize(("workers", "threads"), [(2, 1), (4, 1), (8, 2), (16, 4)])
def test_a_proof_leaves_most_cores_to_the_crew(workers: int, threads: int) -> None:
    """A quarter of the workers, and at least one."""
    search = on_the_wall_clock(constructed(*CLINICS[0]), workers)
    assert Proof(search, "burden", 1.0).threads == threads
