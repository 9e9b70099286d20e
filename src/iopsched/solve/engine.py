"""The one place where CP-SAT is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from iopsched.errors import IopschedError
from iopsched.model import ScopedModel
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop

__all__ = [
    "NOTHING_FOUND",
    "NOTHING_TO_GAIN",
    "PROOF",
    "PROOF_OF_BURDEN",
    "PROOF_OF_BURDEN_IN_SHORTAGE",
    "PROOF_OF_UNMET",
    "Engine",
    "Outcome",
    "Way",
]


@dataclass(frozen=True)
class Way:
    """How CP-SAT searches a model.

    Attributes
    ----------
    pair : tuple of str
        Strategies of two threads; more have the solver's usual portfolio.
    single : str
        What one thread that has to choose goes by: ``"cores"`` (without a linear relaxation),
        ``"relaxation"``, or ``"tree"`` (a tree of lower bounds, with the relaxation).
    full_presolve : bool
        Whether symmetries are looked for and literals probed.
    """

    pair: tuple[str, str]
    single: str
    full_presolve: bool = False


NEIGHBOURS = Way(("core", "quick_restart_no_lp"), single="cores")
"""Of fourteen neighbourhoods, core search ended 13 with a proof in 4 s of processor time, the usual portfolio
7 in 12 s. The levels are sums of literals with weights that are not negative, where cores are strong; the
second thread finds solutions meanwhile."""
SEATS = Way(("core", "max_lp"), single="cores")
"""Where groups are decided. Who gets the last of twelve seats is a question of counting, in which cores drown
and the linear relaxation is exact. One thread that has to choose does better with cores all the same: at
``unmet`` they proved 7 of 11 such models in 2 s and gained 190,000, the relaxation 1 and 27,000."""
MEETINGS = Way(("core", "max_lp"), single="relaxation")
"""Where groups are decided for the sake of ``staffing``."""
PROOF_OF_UNMET = Way(("max_lp", "quick_restart"), single="relaxation")
"""The whole clinic: ``unmet`` of ten clinics of 24 was proved in 0.3 to 5 s, where cores beside the
relaxation took over 15 s for an over-full one; at 60 participants the model finds in 15 s what neighbourhoods
had missed for a minute."""
PROOF_OF_BURDEN = Way(("core_or_no_lp", "max_lp"), single="cores", full_presolve=True)
PROOF_OF_BURDEN_IN_SHORTAGE = Way(("objective_lb_search_max_lp", "lb_tree_search"), single="tree")
"""Where people miss what they would not miss alone, it takes the relaxation to see what that leaves for the
rest: in an over-full clinic of 24 it proved 4,185 of 5,505 in 15 s, cores 120."""
PROOF = Way(("core", "max_lp"), single="relaxation", full_presolve=True)
LOCATION_STRATEGIES = ("max_lp", "quick_restart_no_lp")
"""Two threads on a location model."""
SERIAL_VARIABLES = 1500
"""Models smaller than this are solved before a second thread has started."""


@dataclass(frozen=True)
class Outcome:
    """What came of a solve.

    Attributes
    ----------
    values : tuple of int or None
        The best solution's value of each variable by index; ``None`` without a solution.
    objective, bound : int or None
        Its objective, and the proved lower limit of every solution's.
    infeasible : bool
        Proved to have no solution at all.
    """

    values: Sequence[int] | None
    objective: int | None
    bound: int | None
    infeasible: bool

    @property
    def optimal(self) -> bool:
        """Whether the solution is proved to be a best one."""
        return self.objective is not None and self.objective == self.bound


NOTHING_FOUND = Outcome(None, None, None, False)
"""What comes of a solve for which no time is left."""
NOTHING_TO_GAIN = Outcome(None, 0, 0, False)
"""What a solve of a level that stands at nothing would have come to."""


@dataclass
class Engine:
    """Runs models within the clock's budget until the stop is requested.

    Parameters
    ----------
    clock : Clock
    stop : Stop
    workers : int
        Threads of each solve; deterministic solves use one.
    seed : int
        Varied from solve to solve by their number.
    """

    clock: Clock
    stop: Stop
    workers: int
    seed: int
    solves: int = 0
    most_variables: int = 0

    @property
    def exhausted(self) -> bool:
        """Whether nothing more should be started."""
        return self.stop.requested or self.clock.remaining <= 0.01

    def count(self, solves: int, most_variables: int) -> None:
        """Count solves that another process made for this search."""
        self.solves += solves
        self.most_variables = max(self.most_variables, most_variables)

    def run(
        self,
        model: ScopedModel,
        seconds: float,
        *,
        way: Way | None = None,
        on_bound: Callable[[int], None] | None = None,
    ) -> Outcome:
        """Solve a model.

        Parameters
        ----------
        model : ScopedModel
        seconds : float
            At most this long, and never longer than the clock allows.
        way : Way, optional
            How to search; without it, the way that finds good neighbours fast.
        on_bound : callable, optional
            Called with each better bound while the solver goes on, from a thread of the solver's.
        """
        size = model.draft.builder.size
        threads = self.workers if way is not None or size >= SERIAL_VARIABLES else 1
        way = way or _usual_way(model)
        solver = self._solver(min(seconds, self.clock.remaining))
        parameters = solver.parameters
        parameters.num_workers = threads
        if threads == 1:
            parameters.optimize_with_core = way.single == "cores"
            parameters.optimize_with_lb_tree_search = way.single == "tree"
            parameters.linearization_level = 0 if way.single == "cores" else 2
        elif threads == 2:
            parameters.subsolvers.extend(way.pair)
        # To make each core as small as it can be takes longer than the proof that it is for: the burden of a
        # clinic of 24 was proved in 4 s without, and not in 20 s with it.
        parameters.core_minimization_level = 0
        if not way.full_presolve:
            parameters.symmetry_level = 0
            parameters.cp_model_probing_level = 0
        if on_bound is not None:
            solver.best_bound_callback = lambda bound: on_bound(_rounded_up(bound))
        return self._solve(model.model, size, solver)

    def locate(self, model: cp_model.CpModel, seconds: float, gap: float) -> Outcome:
        """Solve a location model up to an absolute gap.

        Models of 24, 60 and 150 participants ended in 0.1, 0.3 and 1.1 s with the linear relaxation in one
        thread and quick restarts in another; core search, alone or beside it, took 4 s, 3 s and more than
        8 s. The relaxation alone was as fast on those, but stuck on another of 150 that both ended in 4 s.
        """
        solver = self._solver(min(seconds, self.clock.remaining))
        solver.parameters.num_workers = min(2, self.workers)
        if self.workers > 1:
            solver.parameters.subsolvers.extend(LOCATION_STRATEGIES)
        solver.parameters.linearization_level = 2
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.absolute_gap_limit = gap
        return self._solve(model, len(model.proto.variables), solver)

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = (self.seed * 7919 + self.solves) % 2**31
        solver.parameters.catch_sigint_signal = False
        if self.clock.deterministic:
            solver.parameters.max_deterministic_time = self.clock.solver_seconds(seconds)
        else:
            solver.parameters.max_time_in_seconds = seconds
        return solver

    def _solve(self, model: cp_model.CpModel, size: int, solver: cp_model.CpSolver) -> Outcome:
        self.solves += 1
        self.most_variables = max(self.most_variables, size)
        self.clock.charge_building(size)
        if self.exhausted:
            return NOTHING_FOUND
        self.stop.add_listener(solver.stop_search)
        try:
            status = solver.solve(model)
        finally:
            self.stop.remove_listener(solver.stop_search)
        self.clock.charge_solving(solver.deterministic_time)
        if status == cp_model.INFEASIBLE:
            return Outcome(None, None, None, True)
        if status == cp_model.MODEL_INVALID:
            raise IopschedError(f"a model is invalid: {model.validate()}")
        if status == cp_model.UNKNOWN:
            return Outcome(None, None, _rounded_up(solver.best_objective_bound), False)
        values = list(solver.response_proto.solution)
        objective = round(solver.objective_value)
        proved = status == cp_model.OPTIMAL and solver.parameters.absolute_gap_limit < 1
        bound = objective if proved else _rounded_up(solver.best_objective_bound)
        return Outcome(values, objective, min(bound, objective), False)


def _usual_way(model: ScopedModel) -> Way:
    """Choose how to search a neighbourhood, by what it decides and its levels."""
    if model.draft.scope.groups:
        return MEETINGS if "staffing" in model.levels else SEATS
    return NEIGHBOURS


def _rounded_up(bound: float) -> int:
    """Return the least integer not below a bound on an integer; rounding errors are not trusted."""
    return int(-(-(bound - 1e-6) // 1))
