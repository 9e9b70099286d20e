"""What holds of the explanation of any roster of a tiny clinic in which not everything fits."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from iopsched.plan.edits import apply_edits, parse_edit
from iopsched.plan.why_not import NeedAnswer, why_not
from iopsched.plan.why_not.deciding import delivered
from iopsched.roster import Roster, check
from iopsched.solve import solve
from rules.tiny import best
from solve.scarce import scarce

SEEDS = (0, 2, 3, 5)


def with_all_weight_on(instance: Instance, found: NeedAnswer) -> Instance:
    """Return the clinic where no other need outweighs a session of this one."""
    people = []
    for person in instance.participants:
        needs = [
            need.model_copy(
                update={
                    "priority": 100 if (person.id, need.service) == (found.participant, found.service) else 1
                }
            )
            for need in person.needs
        ]
        people.append(person.model_copy(update={"needs": tuple(needs)}))
    return instance.model_copy(update={"participants": tuple(people)})


def explained(seed: int) -> tuple[Instance, Roster, tuple[NeedAnswer, ...]]:
    """Explain the roster of a search."""
    instance = scarce(seed)
    roster = solve(instance, deterministic=True, time_limit=1, seed=seed)
    answer = why_not(instance, roster, time_limit=120, deterministic=True)
    assert answer.not_examined == ()
    return instance, roster, answer.needs


@pytest.mark.parametrize("seed", SEEDS)
def test_every_claim_holds(seed: int) -> None:
    """The verdict is that of an exact solve, sets are irreducible, mends deliver and take from nobody."""
    instance, roster, needs = explained(seed)
    assert [(one.participant, one.service) for one in needs] == [
        (one.participant, one.service) for one in roster.unmet
    ]
    before = delivered(instance, roster.sessions)
    for found in needs:
        key = found.participant, found.service
        exact = best(with_all_weight_on(instance, found))
        missing = any((one.participant, one.service) == key for one in exact.unmet)
        assert found.any_roster == ("impossible" if missing else "possible")
        assert found.nobody_loses != "unknown"
        assert bool(found.facts) == (found.nobody_loses == "impossible")
        assert found.irreducible == bool(found.facts)
        for mend in found.mends:
            edited = apply_edits(instance, [parse_edit(words, instance) for words in mend.edits])
            assert check(edited, mend.roster).ok
            after = delivered(edited, mend.roster.sessions)
            assert all(after[one] >= count for one, count in before.items())
            asked = next(p for p in edited.participants if p.id == found.participant).need_of(found.service)
            assert asked is not None
            assert after[key] == asked.sessions
