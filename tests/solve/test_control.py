"""Progress reports and the request to stop."""

from __future__ import annotations

import pytest

from iopsched.solve import Progress, Stop


@pytest.mark.parametrize(
    ("value", "bound", "gap"), [(200, 150, 0.25), (200, 200, 0.0), (0, 0, 0.0), (200, None, None)]
)
def test_the_gap_is_relative_to_the_value(value: int, bound: int | None, gap: float | None) -> None:
    """Nothing where value and bound agree, unknown without a bound."""
    assert Progress("proof", "unmet", value, bound, 1.0).gap == gap


def test_a_stop_tells_its_listeners_once_requested() -> None:
    """Those who listen then and those who come later; not those who have left."""
    stop, heard = Stop(), []
    stays, leaves = (lambda: heard.append("stays")), (lambda: heard.append("leaves"))
    stop.add_listener(stays)
    stop.add_listener(leaves)
    stop.remove_listener(leaves)
    assert not stop.requested
    assert heard == []
    stop.request()
    assert stop.requested
    assert heard == ["stays"]
    stop.add_listener(lambda: heard.append("late"))
    assert heard == ["stays", "late"]
