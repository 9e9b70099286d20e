"""Time as the search sees it."""

from __future__ import annotations

from iopsched.solve.clock import EFFORT_PER_SOLVER_SECOND, Clock


def test_deterministic_time_is_effort_alone() -> None:
    """Nothing passes but what is charged: building by the variable, solving by the solver's own count."""
    clock = Clock(20.0, deterministic=True)
    assert (clock.elapsed, clock.remaining) == (0.0, 20.0)
    clock.charge_solving(4.0)
    solving = clock.elapsed
    assert solving == 4.0 * EFFORT_PER_SOLVER_SECOND
    assert clock.solver_seconds(solving) == 4.0
    clock.charge_building(50_000)
    assert solving < clock.elapsed < 20.0
    assert clock.remaining == 20.0 - clock.elapsed


def test_nothing_is_left_of_a_limit_overrun() -> None:
    """What is left is never negative."""
    clock = Clock(1.0, deterministic=True)
    clock.charge_solving(3.0)
    assert (clock.elapsed, clock.remaining) == (3.0 * EFFORT_PER_SOLVER_SECOND, 0.0)


def test_effort_does_not_move_the_wall_clock() -> None:
    """Outside deterministic mode a charge of a thousand seconds is not one."""
    clock = Clock(500.0)
    clock.charge_solving(1000.0)
    assert clock.elapsed < 500.0
    assert clock.remaining > 0.0
