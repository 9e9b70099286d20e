"""``python -m benchmarks.peers.timefold``: Timefold Solver in plain Java."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.peers.protocol import Recorder, run_peer
from benchmarks.peers.timefold.answer import read_weeks, sessions_of
from benchmarks.peers.timefold.java import Machine, versions
from benchmarks.peers.timefold.problem import problem_lines, unplaceable
from iopsched.generate import generate
from iopsched.instance.models import Instance
from iopsched.options import Options, build_options

WARM_UP_SECONDS = 2.0
"""Java loads and compiles its classes in this time, on a clinic of twelve; it is not counted."""
MARGIN_SECONDS = 0.3
"""Kept of the limit for reading the last answer and writing the roster."""


class Timefold:
    """The peer: a machine that is started and warmed up before the instance is loaded."""

    def start(self) -> dict[str, str]:
        """Start Java and warm it up; return the versions."""
        found = versions()
        self._machine = Machine()
        warm_up = build_options(generate(12, 1, "mixed"))
        with tempfile.TemporaryDirectory() as folder:
            problem = _write(warm_up, Path(folder))
            for _ in read_weeks(self._machine.solve(problem, WARM_UP_SECONDS, 1)):
                pass
        return found

    def search(self, instance: Instance, threads: int, recorder: Recorder) -> None:
        """Solve an instance; every better week that Java tells of is recorded."""
        options = build_options(instance)
        outside = unplaceable(options)
        with tempfile.TemporaryDirectory() as folder:
            problem = _write(options, Path(folder))
            seconds = max(0.1, recorder.remaining - MARGIN_SECONDS)
            for week in read_weeks(self._machine.solve(problem, seconds, threads)):
                if recorder.found(sessions_of(options, week)):
                    score = recorder.score
                    unmet, burden, staffing = week.levels
                    if (unmet + outside, burden, staffing) != (score.unmet, score.burden, score.staffing):
                        raise RuntimeError(f"Java counts {week.levels} and {outside}, the roster is {score}")
        self._machine.close()


def _write(options: Options, folder: Path) -> Path:
    problem = folder / "problem.txt"
    problem.write_text("".join(f"{line}\n" for line in problem_lines(options)))
    return problem


if __name__ == "__main__":
    timefold = Timefold()
    sys.exit(run_peer("timefold", timefold.search, timefold.start))
