"""The mixed-integer program of :mod:`benchmarks.peers.program`, solved by the SCIP inside ortools.

It runs on one thread. Cuts off and heuristics high placed 62 of 138 sessions of a tuning clinic of 24 in 20
seconds, one of both alone 60, the defaults 16: the relaxation's bound is good at once, rosters are what is
missing. SCIP writes lines about ``SCIPcatchEvent`` to standard error; solutions are reported all the same.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from datetime import timedelta
from importlib.metadata import version

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from benchmarks.peers.program import Program
from benchmarks.peers.protocol import Recorder, run_peer
from benchmarks.peers.stages import Task, solve_levels
from iopsched.instance.models import Instance


class Scip(Program):
    """The program, and SCIP to solve it."""

    def solve(self, task: Task) -> None:
        """Pass the program to a fresh solver, start from the hint, and report what its callbacks tell."""
        model = mathopt.Model.from_model_proto(self._model(task))
        columns = list(model.variables())
        hints = []
        if task.hint is not None and not task.fixed:
            values = dict(zip(columns, map(float, task.hint), strict=False))
            hints = [mathopt.SolutionHint(variable_values=values)]
        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=task.seconds),
            relative_gap_tolerance=0.0,
            cuts=mathopt.Emphasis.OFF,
            heuristics=mathopt.Emphasis.HIGH,
        )
        result = mathopt.solve(
            model,
            mathopt.SolverType.GSCIP,
            params=parameters,
            model_params=mathopt.ModelSolveParameters(solution_hints=hints),
            callback_reg=mathopt.CallbackRegistration(events={mathopt.Event.MIP_SOLUTION}),
            cb=_tell(task, columns),
        )
        if result.has_primal_feasible_solution():
            task.on_solution(result.variable_values(columns))
        task.on_bound(result.termination.objective_bounds.dual_bound)

    def _model(self, task: Task) -> model_pb2.ModelProto:
        count, rows = len(self.upper), len(self.lowest)
        lower, upper = np.zeros(count), np.array(self.upper, float)
        if task.fixed and task.hint is not None:
            known = len(task.hint)
            lower[:known] = upper[:known] = np.round(task.hint)
        cost = np.zeros(count)
        for coefficient, column in task.objective.terms:
            cost[column] += coefficient
        model = model_pb2.ModelProto()
        model.variables.ids.extend(range(count))
        model.variables.lower_bounds.extend(lower)
        model.variables.upper_bounds.extend(upper)
        model.variables.integers.extend(self.integer)
        model.objective.offset = task.objective.constant
        costly = np.flatnonzero(cost)
        model.objective.linear_coefficients.ids.extend(costly)
        model.objective.linear_coefficients.values.extend(cost[costly])
        model.linear_constraints.ids.extend(range(rows))
        model.linear_constraints.lower_bounds.extend(self.lowest)
        model.linear_constraints.upper_bounds.extend(self.highest)
        row_of = np.repeat(np.arange(rows), np.diff(self.starts))
        columns = np.array(self.columns)
        order = np.lexsort((columns, row_of))
        matrix = model.linear_constraint_matrix
        matrix.row_ids.extend(row_of[order])
        matrix.column_ids.extend(columns[order])
        matrix.coefficients.extend(np.array(self.coefficients, float)[order])
        return model


def _tell(
    task: Task, columns: list[mathopt.Variable]
) -> Callable[[mathopt.CallbackData], mathopt.CallbackResult]:
    def tell(event: mathopt.CallbackData) -> mathopt.CallbackResult:
        if event.solution is not None:
            task.on_solution([event.solution.get(column, 0.0) for column in columns])
        bound = event.mip_stats.dual_bound
        if bound is not None and math.isfinite(bound):
            task.on_bound(bound)
        return mathopt.CallbackResult()

    return tell


def versions() -> dict[str, str]:
    """Return what this peer runs on."""
    return {"ortools": version("ortools")}


def search(instance: Instance, threads: int, recorder: Recorder) -> None:
    """Solve a clinic; inside ortools SCIP reports solutions on one thread only, whatever ``threads`` says."""
    solve_levels(Scip(), recorder)


if __name__ == "__main__":
    sys.exit(run_peer("scip", search, versions))
