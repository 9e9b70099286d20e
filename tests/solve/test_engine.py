"""The one place where the solver runs: its limits, its answers."""

from __future__ import annotations

from threading import Timer

from iopsched.model import ScopedModel, build_model, everything
from iopsched.solve.control import Stop
from iopsched.solve.engine import PROOF
from rules.tiny import clinic, participant
from solve.searches import CLINICS, constructed, engine, search_of


def tiny_model() -> ScopedModel:
    """Return the model of two participants who need one talk each."""
    search = search_of(clinic(participants=[participant("p1"), participant("p2")]))
    model = build_model(search.options, search.best.plan, everything(search.options), ("unmet",))
    model.minimize([(1, "unmet")])
    return model


def test_an_optimum_is_its_own_bound() -> None:
    """Both talks fit: nothing is missed, and that is proved; the effort is counted."""
    model, runs = tiny_model(), engine()
    assert model.incumbent("unmet") == 120
    outcome = runs.run(model, 5.0)
    assert (outcome.objective, outcome.bound, outcome.infeasible) == (0, 0, False)
    assert outcome.optimal
    assert outcome.values is not None
    assert len(outcome.values) == model.draft.builder.size == runs.most_variables
    assert runs.solves == 1
    assert runs.clock.elapsed > 0


def test_what_cannot_be_is_infeasible() -> None:
    """Two talks in less than none: no solution, and the proof of it."""
    model = tiny_model()
    model.draft.builder.require(0)
    outcome = engine().run(model, 5.0)
    assert outcome.infeasible
    assert outcome.values is None
    assert not outcome.optimal


def test_nothing_is_started_after_a_stop() -> None:
    """Neither where the stop has been requested nor where the clock has run out."""
    stop = Stop()
    stop.request()
    stopped, late = engine(stop=stop), engine(seconds=1.0)
    late.clock.charge_solving(1.0)
    for runs in (stopped, late):
        assert runs.exhausted
        outcome = runs.run(tiny_model(), 5.0)
        assert (outcome.values, outcome.objective, outcome.bound, outcome.infeasible) == (
            None,
            None,
            None,
            False,
        )


def test_a_stop_during_a_solve_keeps_what_was_found() -> None:
    """Requested from another thread, long before the solver could prove anything."""
    search = constructed(*CLINICS[1])
    model = build_model(search.options, search.best.plan, everything(search.options), ("unmet", "burden"))
    model.minimize([(1000, "unmet"), (1, "burden")])
    stop = Stop()
    runs = engine(stop=stop)
    timer = Timer(1.0, stop.request)
    timer.start()
    outcome = runs.run(model, 60.0, way=PROOF)
    timer.join()
    assert stop.requested
    assert outcome.values is not None
    assert not outcome.optimal


def test_a_limit_ends_a_solve_with_a_bound_that_holds() -> None:
    """After a few hundredths of effort: the incumbent or better, and a bound below it."""
    search = constructed(*CLINICS[1])
    model = build_model(search.options, search.best.plan, everything(search.options), ("unmet", "burden"))
    model.minimize([(1000, "unmet"), (1, "burden")])
    runs = engine()
    outcome = runs.run(model, 0.05)
    assert runs.clock.elapsed < 1.0
    assert outcome.objective is not None
    assert outcome.bound is not None
    hinted = 1000 * model.incumbent("unmet") + model.incumbent("burden")
    assert outcome.bound <= outcome.objective <= hinted


def test_the_same_solves_in_the_same_order_give_the_same_answers() -> None:
    """Deterministic engines with one seed agree in every value; the effort is the same too."""
    search = constructed(*CLINICS[1])
    answers = []
    for _ in range(2):
        runs = engine(seed=3)
        for scope_levels in (("unmet",), ("unmet", "burden")):
            model = build_model(search.options, search.best.plan, everything(search.options), scope_levels)
            model.minimize([(1, scope_levels[-1])])
            outcome = runs.run(model, 0.05)
            answers.append((outcome.values, outcome.bound, runs.clock.elapsed))
    assert answers[:2] == answers[2:]
