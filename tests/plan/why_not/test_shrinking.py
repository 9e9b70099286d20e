from __future__ import annotations

import random
from itertools import combinations

import pytest

from iopsched.plan.why_not.deciding import Case, Verdict
from iopsched.plan.why_not.facts import Fact, Lift
from iopsched.plan.why_not.shrinking import Trials, preventing_set
from rules.tiny import clinic


class Judged:
    """Decides by a list of sets that prevent; facts that are set aside leave the case's list of sessions."""

    def __init__(self, number: int, preventing: list[frozenset[int]], unknown: float = 0.0) -> None:
        self.facts = [Fact(f"fact {k}", f"fact {k}", self._lift(k)) for k in range(number)]
        self.number, self.preventing, self.unknown = number, preventing, unknown
        self.asked: list[frozenset[int]] = []
        self._rng = random.Random(number)

    @staticmethod
    def _lift(k: int) -> Lift:
        def lift(case: Case) -> Case:
            return Case(case.instance, case.participant, f"{case.service} {k}", (), ())

        return lift

    def trials(self) -> Trials:
        return Trials(Case(clinic(), "p1", "", (), ()), self.facts, self.decide)

    def decide(self, case: Case) -> Verdict:
        in_force = frozenset(range(self.number)) - {int(word) for word in case.service.split()}
        self.asked.append(in_force)
        if self._rng.random() < self.unknown:
            return Verdict(None)
        return Verdict(not any(one <= in_force for one in self.preventing))


@pytest.mark.parametrize("seed", range(30))
def test_the_set_prevents_and_none_of_it_can_be_spared(seed: int) -> None:
    """Whatever sets prevent, what is left is minimal, and no question comes twice."""
    rng = random.Random(seed)
    number = rng.randint(1, 12)
    judged = Judged(
        number,
        [
            frozenset(rng.sample(range(number), rng.randint(1, min(4, number))))
            for _ in range(rng.randint(1, 4))
        ],
    )
    kept = frozenset(preventing_set(judged.trials()))
    assert any(one <= kept for one in judged.preventing)
    assert not any(one < kept for one in judged.preventing)
    assert len(judged.asked) == len(set(judged.asked))


def test_facts_in_front_are_rather_kept() -> None:
    """Of two sets that prevent, the one of earlier facts is told."""
    judged = Judged(6, [frozenset({0, 1}), frozenset({4, 5})])
    assert preventing_set(judged.trials()) == (0, 1)


def test_a_guess_that_prevents_is_enough() -> None:
    """Where guessed facts prevent the need, no case with others in force is asked."""
    judged = Judged(12, [frozenset({0, 1}), frozenset({9, 10})])
    assert preventing_set(judged.trials(), frozenset({8, 9, 10})) == (9, 10)
    assert all(asked <= {8, 9, 10} for asked in judged.asked)


def test_what_is_not_known_never_leaves_a_set_that_does_not_prevent() -> None:
    """With half of the answers missing the set may be larger, but it prevents the need."""
    for many in combinations(range(5), 2):
        judged = Judged(5, [frozenset(many)], unknown=0.5)
        assert set(many) <= set(preventing_set(judged.trials()))


def test_nothing_in_force_and_still_impossible() -> None:
    """Where no fact could be set aside that helps, the set is empty."""
    judged = Judged(3, [frozenset()])
    assert preventing_set(judged.trials()) == ()
