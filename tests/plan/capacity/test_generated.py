from __future__ import annotations

import pytest

from iopsched import capacity, check
from iopsched.generate import generate


@pytest.mark.parametrize(("seed", "profile"), [(501, "evening"), (502, "overfull")])
def test_the_number_lies_between_a_roster_and_a_proof(seed: int, profile: str) -> None:
    """On made-up clinics: the roster keeps every rule, nobody has less than before, limits are above."""
    instance = generate(9, seed, profile)
    answer = capacity(instance, time_limit=6.0, deterministic=True)
    assert len(answer.instance.participants) == 9 + answer.reached
    assert check(answer.instance, answer.roster).ok
    before = {(one.participant, one.service): one.sessions for one in answer.base.unmet}
    after = {(one.participant, one.service): one.sessions for one in answer.roster.unmet}
    assert all(missing <= before.get(need, 0) for need, missing in after.items())
    assert all(answer.reached <= limit.newcomers for limit in answer.limits)
    assert all(gain.at_most is None or gain.newcomers <= gain.at_most for gain in answer.gains)
