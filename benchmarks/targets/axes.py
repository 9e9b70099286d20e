"""Axes of a plot: where a value lies, and which values are named."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Axis", "linear_axis", "logarithmic_axis", "share_axis"]

_SHARE_BEND = 0.02
"""Percent around which the axis of shares turns from linear to logarithmic."""


@dataclass(frozen=True)
class Axis:
    """A stretch of numbers, drawn from one length to another; what lies outside is drawn at its end."""

    low: float
    high: float
    first: float
    last: float
    ticks: Sequence[tuple[float, str]]
    curve: Callable[[float], float]

    def __call__(self, value: float) -> float:
        """Return where a value is drawn."""
        low, high = self.curve(self.low), self.curve(self.high)
        share = (self.curve(min(max(value, self.low), self.high)) - low) / (high - low)
        return self.first + share * (self.last - self.first)


def logarithmic_axis(low: float, high: float, first: float, last: float) -> Axis:
    """Return an axis with ticks at 1, 2 and 5 times the powers of ten between two positive numbers."""
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    values = [digit * 10.0**exponent for exponent in exponents for digit in (1, 2, 5)]
    ticks = [(value, f"{value:,g}") for value in values if low <= value <= high]
    return Axis(low, high, first, last, ticks, math.log10)


def share_axis(high: float, first: float, last: float) -> Axis:
    """Return an axis of percents from 0 to a number up to 100, in which the hundredths can be told apart."""
    ticks = [(value, f"{value:g} %") for value in (0, 0.1, 1, 10, 100) if value <= high]
    return Axis(0.0, high, first, last, ticks, lambda value: math.asinh(value / _SHARE_BEND))


def linear_axis(low: float, high: float, first: float, last: float) -> Axis:
    """Return an axis from a round number below to a round number above, with about five ticks."""
    width = max(high - low, 1.0) / 4
    power = 10.0 ** math.floor(math.log10(width))
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power >= width)
    begin, end = math.floor(low / step), math.ceil(high / step)
    end = max(end, begin + 1)
    ticks = [(k * step, f"{k * step:,g}") for k in range(begin, end + 1)]
    return Axis(begin * step, end * step, first, last, ticks, lambda value: value)
