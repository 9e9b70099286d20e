from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from iopsched.model import ScopedModel, build_model, everything
from iopsched.model.promises import minimize_short_of, promise_sessions
from iopsched.options import Plan, build_options
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop
from iopsched.solve.engine import Engine, Outcome
from rules.tiny import clinic, participant, staff

Promise = Callable[[ScopedModel, Mapping[tuple[int, str], int]], None]


def solved(floors: dict[tuple[int, str], int], promise: Promise = promise_sessions) -> Outcome:
    """Solve a clinic whose one hour two participants ask for."""
    instance = clinic(
        staff=[staff(available=["Mon 09:00-10:00"])], participants=[participant("p1"), participant("p2")]
    )
    options = build_options(instance)
    model = build_model(options, Plan(), everything(options), ())
    promise(model, floors)
    return Engine(Clock(5, deterministic=True), Stop(), 1, 0).run(model, 5)


@pytest.mark.parametrize("who", [0, 1])
def test_what_is_promised_is_held(who: int) -> None:
    """Either of two can have the only hour."""
    assert solved({(who, "talk"): 1}).values is not None


def test_what_cannot_be_held_is_refuted() -> None:
    """Both cannot, and nobody can have it twice."""
    assert solved({(0, "talk"): 1, (1, "talk"): 1}).infeasible
    assert solved({(0, "talk"): 2}).infeasible


def test_what_is_short_is_minimised() -> None:
    """Nothing is short of one promise; of two one session of 60 minutes is; of a second session too."""
    assert solved({(0, "talk"): 1}, minimize_short_of).objective == 0
    both = solved({(0, "talk"): 1, (1, "talk"): 1}, minimize_short_of)
    assert (both.objective, both.optimal) == (60, True)
    assert solved({(0, "talk"): 2}, minimize_short_of).objective == 60
