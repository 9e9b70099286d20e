from __future__ import annotations

import pytest
from benchmarks.targets.axes import linear_axis, logarithmic_axis, share_axis


def test_a_decade_is_as_wide_as_the_next() -> None:
    """Of a logarithmic axis; what lies outside is drawn at its end."""
    axis = logarithmic_axis(0.1, 10, 0, 100)
    assert [axis(value) for value in (0.1, 1, 10)] == pytest.approx([0, 50, 100])
    assert [axis(value) for value in (0.001, 99)] == pytest.approx([0, 100])
    assert [name for _, name in axis.ticks] == ["0.1", "0.2", "0.5", "1", "2", "5", "10"]


def test_small_shares_can_be_told_apart() -> None:
    """Between 0 and 0.1 % there is more room than between 10 and 20 %; upwards on the page is less."""
    axis = share_axis(100, 200, 0)
    assert axis(0) == 200
    assert axis(100) == 0
    assert axis(0) - axis(0.1) > axis(10) - axis(20) > 0


@pytest.mark.parametrize(("low", "high"), [(0, 0), (7, 7), (180, 312), (0, 31_250)])
def test_a_linear_axis_ends_at_round_numbers(low: float, high: float) -> None:
    """They enclose the values, with three to seven ticks at equal steps; equal values have room too."""
    axis = linear_axis(low, high, 0, 100)
    values = [value for value, _ in axis.ticks]
    assert values[0] <= low <= high <= values[-1]
    assert 2 <= len(values) <= 7
    assert axis.low < axis.high
    assert (axis(values[0]), axis(values[-1])) == (0, 100)
