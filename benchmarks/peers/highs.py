"""The mixed-integer program of :mod:`benchmarks.peers.program`, solved by HiGHS.

It comes from ``highspy``: the HiGHS inside ortools takes no number of threads and tells nothing before it
ends. All options are the defaults but for the gap, which is 0; ``mip_heuristic_effort`` 0.3 instead of 0.05
made no difference in 25 seconds on a tuning clinic of 24. A level starts from the complete solution of the
one before.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np

from benchmarks.peers.program import Program
from benchmarks.peers.protocol import NotInstalledError, Recorder, run_peer
from benchmarks.peers.stages import Task, solve_levels
from iopsched.instance.models import Instance


class Highs(Program):
    """The program, and HiGHS to solve it."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._threads = threads

    def solve(self, task: Task) -> None:
        """Pass the program to a fresh solver, start from the hint, and report what its callbacks tell."""
        import highspy

        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", self._threads)
        solver.setOptionValue("parallel", "on" if self._threads > 1 else "off")
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.passModel(self._model(task))
        if task.hint is not None and not task.fixed:
            start = highspy.HighsSolution()
            start.col_value = list(task.hint)
            solver.setSolution(start)
        solver.cbMipImprovingSolution += lambda event: task.on_solution(list(event.data_out.mip_solution))
        solver.cbMipInterrupt += lambda event: task.on_bound(event.data_out.mip_dual_bound)
        solver.setOptionValue("time_limit", task.seconds)
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            task.on_solution(list(solver.getSolution().col_value))
        task.on_bound(info.mip_dual_bound)

    def _model(self, task: Task) -> object:
        import highspy

        columns, rows = len(self.upper), len(self.lowest)
        lower, upper = np.zeros(columns), np.array(self.upper, float)
        if task.fixed and task.hint is not None:
            known = len(task.hint)
            lower[:known] = upper[:known] = np.round(task.hint)
        cost = np.zeros(columns)
        for coefficient, column in task.objective.terms:
            cost[column] += coefficient
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, rows
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, lower, upper
        model.row_lower_, model.row_upper_ = np.array(self.lowest), np.array(self.highest)
        model.offset_ = task.objective.constant
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self.starts, np.int32)
        model.a_matrix_.index_ = np.array(self.columns, np.int32)
        model.a_matrix_.value_ = np.array(self.coefficients, float)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[integer] for integer in self.integer]
        return model


def versions() -> dict[str, str]:
    """Return what this peer runs on."""
    if find_spec("highspy") is None:
        raise NotInstalledError("highspy is not installed: pip install highspy==1.14.0")
    return {"highspy": version("highspy")}


def search(instance: Instance, threads: int, recorder: Recorder) -> None:
    """Solve a clinic."""
    solve_levels(Highs(threads), recorder)


if __name__ == "__main__":
    sys.exit(run_peer("highs", search, versions))
