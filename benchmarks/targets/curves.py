"""The plots: value and bound against time, for each clinic of a size and everybody who solved it, as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from benchmarks.targets.axes import Axis, linear_axis, logarithmic_axis, share_axis
from benchmarks.targets.figures import SHARE, Result
from benchmarks.targets.records import Point

__all__ = ["draw_size"]

WIDTH, LEFT, GUTTER, RIGHT = 960, 60, 84, 20
HEAD, ROW, PANEL = 62, 268, 190
PANEL_WIDTH = (WIDTH - LEFT - GUTTER - RIGHT) / 2
EARLIEST = 0.1
"""Seconds; what is found before is drawn there."""

Reading = Callable[[Point], tuple[float | None, float | None]]
"""A level's value and bound at a moment, in the unit of its axis; ``None`` is not drawn."""


@dataclass(frozen=True)
class Style:
    """How one contestant's lines look: by mark and dash without colour, too."""

    colour: str
    width: float
    dash: str
    mark: str


_MARKS = {
    "circle": '<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6"/>',
    "square": '<path d="M{x:.1f} {y:.1f}m-3.4 -3.4h6.8v6.8h-6.8z"/>',
    "triangle": '<path d="M{x:.1f} {y:.1f}m0 -4.4l4.2 7.4h-8.4z"/>',
    "diamond": '<path d="M{x:.1f} {y:.1f}m0 -4.8l4.4 4.8l-4.4 4.8l-4.4 -4.8z"/>',
    "bar": '<path d="M{x:.1f} {y:.1f}m-4.6 -1.4h9.2v2.8h-9.2z"/>',
}
OUR_STYLE = Style("#000000", 2.4, "", "circle")
PEER_STYLES = (
    Style("#b34700", 1.4, "9 3", "square"),
    Style("#0060a8", 1.4, "5 3", "triangle"),
    Style("#007a55", 1.4, "12 3 3 3", "diamond"),
    Style("#a03c82", 1.4, "7 3 2 3 2 3", "bar"),
)


def draw_size(
    title: str, seconds: float, rows: Sequence[tuple[str, Sequence[Result]]], names: Sequence[tuple[str, str]]
) -> str:
    """Return one figure: a row for each clinic, ``unmet`` on the left and ``burden`` on the right.

    Parameters
    ----------
    title : str
        Of the figure.
    seconds : float
        The limit that everybody had.
    rows : sequence of (str, sequence of Result)
        A clinic's title and the results on it.
    names : sequence of (str, str)
        Names and titles of those in the figure, ourselves first.
    """
    styles = {name: style for (name, _), style in zip(names, (OUR_STYLE, *PEER_STYLES), strict=False)}
    height = HEAD + ROW * len(rows)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="20" font-size="15" font-weight="bold">{escape(title)}</text>',
        *_legend(names, styles),
    ]
    for k, (clinic, results) in enumerate(rows):
        lines += _row(HEAD + k * ROW, clinic, seconds, results, styles)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _legend(names: Sequence[tuple[str, str]], styles: dict[str, Style]) -> Iterator[str]:
    x = float(LEFT)
    for name, title in names:
        yield _line([(x, 40), (x + 36, 40)], styles[name])
        yield _mark(x + 18, 40, styles[name])
        yield f'<text x="{x + 42:.1f}" y="44">{escape(title)}</text>'
        x += 64 + 7 * len(title)
    yield _line([(x, 40), (x + 36, 40)], OUR_STYLE, bound=True)
    yield f'<text x="{x + 42:.1f}" y="44">bound (thin, dotted)</text>'


def _row(
    top: float, clinic: str, seconds: float, results: Sequence[Result], styles: dict[str, Style]
) -> Iterator[str]:
    """Yield a clinic's two panels."""
    yield f'<text x="{LEFT}" y="{top + 18:.1f}" font-weight="bold">{escape(clinic)}</text>'
    upper, lower = top + 44, top + 44 + PANEL - 10
    readings = {result.record.who: (_unmet_of(result), _burden_of(result)) for result in results}
    for side, (caption, axis_of) in enumerate(
        (
            ("unmet, % of all needed weighted minutes", _unmet_axis),
            ("burden, points a participant", _burden_axis),
        )
    ):
        left = LEFT + side * (PANEL_WIDTH + GUTTER)
        times = logarithmic_axis(EARLIEST, 1.1 * seconds, left, left + PANEL_WIDTH)
        drawn = [
            (styles[result.record.who], _steps(result, readings[result.record.who][side], seconds))
            for result in results
        ]
        values = axis_of([value for _, steps in drawn for curve in steps for _, value in curve], lower, upper)
        yield from _frame(times, values, caption)
        for style, (reached, proved) in reversed(drawn):
            yield from _curve(times, values, proved, style, bound=True)
            yield from _curve(times, values, reached, style, bound=False)


Steps = list[tuple[float, float | None]]


def _steps(result: Result, reading: Reading, seconds: float) -> tuple[Steps, Steps]:
    """Return what a level's value and bound were from which moment on, up to the limit."""
    read = [(point.elapsed, *reading(point)) for point in result.trace]
    if read:
        read.append((max(seconds, read[-1][0]), *read[-1][1:]))
    return [(time, value) for time, value, _ in read], [(time, bound) for time, _, bound in read]


def _unmet_of(result: Result) -> Reading:
    whole = result.record.needed_weight or 1

    def read(point: Point) -> tuple[float | None, float | None]:
        bound = point.bound["unmet"]
        return 100 * point.score["unmet"] / whole, None if bound is None else 100 * bound / whole

    return read


def _burden_of(result: Result) -> Reading:
    """Read the burden only where most sessions are placed: a roster with few of them burdens nobody."""
    people, enough = result.record.participants, SHARE * min(result.record.needed, result.record.sessions)

    def read(point: Point) -> tuple[float | None, float | None]:
        if point.sessions < enough or result.record.sessions < 0.5 * result.record.needed:
            return None, None
        bound = point.bound["burden"]
        return point.score["burden"] / people, bound / people if bound else None

    return read


def _unmet_axis(values: list[float | None], lower: float, upper: float) -> Axis:
    return share_axis(max([1.0, *(value for value in values if value is not None)]), lower, upper)


def _burden_axis(values: list[float | None], lower: float, upper: float) -> Axis:
    known = [value for value in values if value is not None] or [0.0, 1.0]
    return linear_axis(min(known), max(known), lower, upper)


def _frame(times: Axis, values: Axis, caption: str) -> Iterator[str]:
    """Yield the axes with their ticks."""
    yield f'<text x="{times.first:.1f}" y="{values.last - 8:.1f}" fill="#333333">{escape(caption)}</text>'
    for value, name in values.ticks:
        y = values(value)
        yield f'<path d="M{times.first:.1f} {y:.1f}H{times.last:.1f}" stroke="#dddddd"/>'
        yield f'<text x="{times.first - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>'
    yield f'<path d="M{times.first:.1f} {values.first:.1f}H{times.last:.1f}" stroke="#333333"/>'
    for time, name in times.ticks:
        x = times(time)
        yield f'<path d="M{x:.1f} {values.first:.1f}v4" stroke="#333333"/>'
        yield f'<text x="{x:.1f}" y="{values.first + 17:.1f}" text-anchor="middle">{escape(name)}</text>'
    yield f'<text x="{times.last:.1f}" y="{values.first + 31:.1f}" text-anchor="end">seconds</text>'


def _curve(times: Axis, values: Axis, steps: Steps, style: Style, *, bound: bool) -> Iterator[str]:
    """Yield a line of steps, broken where there is no value, with a mark at its ends."""
    run: list[tuple[float, float]] = []
    for time, value in [*steps, (0.0, None)]:
        if value is not None:
            x, y = times(time), values(value)
            run += [(x, run[-1][1]), (x, y)] if run else [(x, y)]
        elif run:
            yield _line(run, style, bound=bound)
            if not bound:
                yield _mark(*run[0], style)
                yield _mark(*run[-1], style)
            run = []


def _line(corners: Sequence[tuple[float, float]], style: Style, *, bound: bool = False) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in dict.fromkeys(corners))
    dash, width = ("1.5 3", 1.5) if bound else (style.dash, style.width)
    return f'<path d="M{path}" fill="none" stroke="{style.colour}" stroke-width="{width}"' + (
        f' stroke-dasharray="{dash}"/>' if dash else "/>"
    )


def _mark(x: float, y: float, style: Style) -> str:
    return f'<g fill="{style.colour}">{_MARKS[style.mark].format(x=x, y=y)}</g>'
