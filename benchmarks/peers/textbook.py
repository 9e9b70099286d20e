"""One time-indexed CP-SAT model of the whole clinic, as in textbooks, with the solver's default search.

A 0/1 variable for each place of a session and for each meeting (:mod:`benchmarks.peers.clinic`), people and
rooms never used twice, level after level (:mod:`benchmarks.peers.stages`): what a level reached is a
constraint of the next one, and every level starts from a complete hint.

Tried on tuning clinics of 24 (rich, seed 8; mixed, seed 12), single runs of 20 seconds, two workers:

- Unmet as a 0/1 variable for each missing session, instead of minus what is placed: all 121 sessions, proved
  after 5 seconds, instead of 113 and no bound. This decides everything else (measured on an earlier draft).
- Waiting as idle stretches (begun before, lasting after, nothing now), instead of last end minus first start
  in integers: burden 6,810 with a bound of 4,980, instead of 10,050 with none.
- One at a time as at-most-one over maximal sets of places that share a moment, or as optional intervals with
  no-overlap; rooms as sums over such sets, or as cumulative: no difference beyond noise (burden 6,810, 6,375
  and 7,185; bounds 4,980, 4,800 and 5,040). The former stay: their bounds are as good,
  and they are what the program has too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from itertools import pairwise

from ortools.sat.python import cp_model

from benchmarks.peers.builder import Item, Terms, cliques, cuts
from benchmarks.peers.protocol import Recorder, run_peer
from benchmarks.peers.stages import Task, solve_levels
from iopsched.instance.models import Instance


class CpSat:
    """A CP-SAT model under construction, and its solver with default search."""

    def __init__(self, threads: int) -> None:
        self._model = cp_model.CpModel()
        self._threads = threads
        self._variables: list[cp_model.IntVar] = []

    def bool(self) -> int:
        """Create a 0/1 variable."""
        return self.count(1)

    def count(self, upper: int) -> int:
        """Create an integer variable."""
        self._variables.append(self._model.new_int_var(0, upper, ""))
        return len(self._variables) - 1

    def row(self, terms: Terms, lower: int | None, upper: int | None) -> None:
        """Add a linear constraint."""
        if not terms:
            if (lower or 0) > 0:
                self._model.add_bool_or([])
            return
        low = cp_model.INT32_MIN if lower is None else lower
        high = cp_model.INT32_MAX if upper is None else upper
        self._model.add_linear_constraint(self._sum(terms), low, high)

    def at_most_one(self, variables: Sequence[int], within: int | None = None) -> None:
        """Add one clause of at most one; ``within`` enters it negated."""
        literals: list[cp_model.LiteralT] = [self._variables[var] for var in variables]
        if within is not None:
            literals.append(self._variables[within].negated())
        if len(literals) > 1:
            self._model.add_at_most_one(literals)

    def no_overlap(self, items: Sequence[Item], within: int | None = None) -> None:
        """Allow at most one of each maximal set of items that share a moment."""
        for clique in cliques(items):
            self.at_most_one([item.var for item in clique], within)

    def cumulative(self, items: Sequence[Item], capacity: int) -> None:
        """Limit the sum of each maximal set of items that share a moment."""
        for clique in cliques(items):
            self.row([(1, item.var) for item in clique], None, capacity)

    def missing(self, placed: Sequence[int], wanted: int) -> tuple[int, Terms]:
        """Return a 0/1 variable for each session that may be missing."""
        missing = [(1, self.bool()) for _ in range(wanted)]
        self.row([*((1, var) for var in placed), *missing], wanted, None)
        return 0, missing

    def gaps(self, items: Sequence[Item], within: int) -> Terms:
        """Return Σ stretches that are idle: something began before, something lasts after, nothing is now."""
        terms: Terms = []
        moments = cuts(items)
        begun_before = lasting_before = None
        for start, end in pairwise(moments):
            now = [item.var for item in items if item.start <= start and item.end >= end]
            begun, lasting, idle = self.bool(), self.bool(), self.bool()
            self.at_most_one(now, within=begun)
            self.at_most_one(now, within=lasting)
            self._clause([idle, *now], [begun, lasting])
            if begun_before is not None and lasting_before is not None:
                self._clause([begun], [begun_before])
                self._clause([lasting_before], [lasting])
            begun_before, lasting_before = begun, lasting
            terms.append((end - start, idle))
        return terms

    def _clause(self, positive: Sequence[int], negative: Sequence[int]) -> None:
        literals = [self._variables[var] for var in positive]
        self._model.add_bool_or(literals + [self._variables[var].negated() for var in negative])

    def _sum(self, terms: Terms) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.weighted_sum(
            [self._variables[var] for _, var in terms], [coefficient for coefficient, _ in terms]
        )

    def solve(self, task: Task) -> None:
        """Solve from the hint with the default portfolio, and report what it finds and proves."""
        self._model.minimize(self._sum(task.objective.terms) + task.objective.constant)
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for var, value in zip(self._variables, task.hint or (), strict=False):
            self._model.add_hint(var, round(value))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = task.seconds
        solver.parameters.num_workers = self._threads
        solver.parameters.fix_variables_to_their_hinted_value = task.fixed
        solver.best_bound_callback = task.on_bound
        told = _Tell(task)
        status = solver.solve(self._model, told)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            task.on_solution(list(solver.response_proto.solution))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            task.on_bound(solver.best_objective_bound)


class _Tell(cp_model.CpSolverSolutionCallback):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def on_solution_callback(self) -> None:
        self._task.on_solution(list(self.response_proto.solution))


def versions() -> dict[str, str]:
    """Return what this peer runs on."""
    return {"ortools": version("ortools")}


def search(instance: Instance, threads: int, recorder: Recorder) -> None:
    """Solve a clinic."""
    solve_levels(CpSat(threads), recorder)


if __name__ == "__main__":
    sys.exit(run_peer("textbook", search, versions))
