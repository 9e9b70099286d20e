from __future__ import annotations

from collections import Counter

import pytest
from benchmarks.clinics import FIRST_REPORTING_SEED, MIXTURE
from benchmarks.contestants import DETERMINISTIC, OURS
from benchmarks.peers.protocol import PEERS
from benchmarks.targets.plan import SIZES, Conditions, planned

from iopsched.generate import PROFILES

_ALL = list(planned(SIZES, list(PEERS.values()), Conditions()))


def test_every_size_has_its_clinics_and_its_time() -> None:
    """Ten clinics of 24, 60 and 150, five of 300, two of 1,000."""
    ours = [run for run in _ALL if run.contestant is OURS]
    assert Counter(run.clinic.participants for run in ours) == {24: 10, 60: 10, 150: 10, 300: 5, 1000: 2}
    assert {run.clinic.participants: run.seconds for run in ours} == {
        24: 30,
        60: 60,
        150: 60,
        300: 120,
        1000: 600,
    }
    assert len({run.clinic for run in ours}) == len(ours)


@pytest.mark.parametrize("name", PEERS)
def test_peers_solve_three_clinics_of_ours_in_the_same_time(name: str) -> None:
    """Of each size up to 300."""
    theirs = [(run.clinic, run.seconds) for run in _ALL if run.contestant.name == name]
    assert Counter(clinic.participants for clinic, _ in theirs) == {24: 3, 60: 3, 150: 3, 300: 3}
    assert set(theirs) <= {(run.clinic, run.seconds) for run in _ALL if run.contestant is OURS}


def test_deterministic_mode_solves_three_clinics_of_60() -> None:
    """The same ones and as long as a free run."""
    sizes = [run.clinic.participants for run in _ALL if run.contestant is DETERMINISTIC]
    assert sizes == [60, 60, 60]


def test_reporting_keeps_off_the_seeds_of_tuning() -> None:
    """All from 1000 on; tuning may ask for others, whose results count for nothing."""
    assert FIRST_REPORTING_SEED == 1000
    assert min(run.clinic.seed for run in _ALL) == FIRST_REPORTING_SEED
    tuning = Conditions(first_seed=500)
    assert max(clinic.seed for size in SIZES for clinic in tuning.clinics(size)) < FIRST_REPORTING_SEED
    assert Conditions().binding
    assert not tuning.binding
    assert not Conditions(scale=0.5).binding


def test_the_mixture_is_of_known_profiles_and_mostly_mixed() -> None:
    """Half of the ten, and more than half of the first five."""
    assert len(MIXTURE) == 10
    assert set(MIXTURE) <= PROFILES.keys()
    assert MIXTURE.count("mixed") == 5
    assert MIXTURE[:5].count("mixed") == 3
