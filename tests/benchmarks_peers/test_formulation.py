"""The peers' formulation is the problem itself: what it proves to be best is what trying everything finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.peers.protocol import NotInstalledError, Recorder
from benchmarks.peers.stages import Engine, solve_levels

from iopsched import Instance, Roster, check, load_roster
from iopsched.generate import generate
from properties.exhaustive import Question
from properties.test_exhaustive import tiny

SECONDS = 20.0


def cp_sat() -> Engine:
    from benchmarks.peers.textbook import CpSat

    return CpSat(1)


def scip() -> Engine:
    from benchmarks.peers.scip import Scip

    return Scip()


def highs() -> Engine:
    from benchmarks.peers.highs import Highs, versions

    try:
        versions()
    except NotInstalledError as missing:
        pytest.skip(str(missing))
    return Highs(1)


def answer(engine: Engine, instance: Instance, folder: Path, seconds: float = SECONDS) -> Roster:
    recorder = Recorder(instance, folder, seconds)
    solve_levels(engine, recorder)
    recorder.finish()
    return load_roster(folder / "roster.json")


@pytest.mark.parametrize("engine", [cp_sat, highs, scip])
@pytest.mark.parametrize("seed", [3, 8, 15, 27, 36, 44])
def test_all_levels_are_proved_at_the_best_of_all_rosters(
    engine: Callable[[], Engine], seed: int, tmp_path: Path
) -> None:
    """Every rule and every term of the score is in the model, and none too many."""
    instance = tiny(seed)
    roster = answer(engine(), instance, tmp_path)
    assert check(instance, roster).ok
    assert roster.status == "optimal"
    assert roster.score.as_tuple() == Question(instance).best_score()


@pytest.mark.parametrize("profile", ["rich", "php", "tight"])
def test_rosters_of_made_up_clinics_keep_every_rule(profile: str, tmp_path: Path) -> None:
    """Agendas with several leaders, breaks, rest, classes of rooms: the judge finds nothing."""
    instance = generate(participants=4, seed=2, profile=profile)
    roster = answer(cp_sat(), instance, tmp_path, seconds=2.0)
    assert roster.sessions
    assert [str(violation) for violation in check(instance, roster).violations] == []
