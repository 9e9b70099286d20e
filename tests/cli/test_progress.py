from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console
from rich.text import Text

from cli.running import REPORTS
from iopsched.cli.progress import JsonDisplay, LiveDisplay, PlainDisplay
from iopsched.roster.models import Bound, Score
from iopsched.solve.control import Progress

_SCORE = Score(unmet=1140, changes=0, burden=36800, staffing=900)
_FIRST = Progress("construction", "unmet", _SCORE, Bound(), 200, 250, 0.5)


def _unmet(value: int, elapsed: float, bound: int | None = None) -> Progress:
    score = _SCORE.model_copy(update={"unmet": value})
    return replace(_FIRST, score=score, bounds=Bound(unmet=bound), elapsed=elapsed)


@pytest.fixture
def console() -> Console:
    """Return a console that is no terminal."""
    return Console(file=io.StringIO(), width=80)


def _printed(console: Console) -> list[str]:
    assert isinstance(console.file, io.StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def test_reports_in_quick_succession_are_one_line(console: Console) -> None:
    """Of a hundred reports within a second one is printed; two seconds later there is another."""
    display = PlainDisplay(console)
    for k in range(100):
        display.report(_unmet(1140 - k, 0.5 + k / 100))
    assert len(_printed(console)) == 1
    display.report(_unmet(1000, 2.5))
    assert _printed(console)[-1] == "2.5 s unmet needs 1,000 bound – gap – construction"


def test_a_level_ends_with_a_line(console: Console) -> None:
    """When the search goes on to the next level, the last value of the one before is printed."""
    display = PlainDisplay(console)
    display.report(_FIRST)
    display.report(_unmet(1100, 0.6, bound=1100))
    assert len(_printed(console)) == 1
    display.report(replace(_FIRST, level="burden", elapsed=0.7))
    assert [line.split(" bound")[0] for line in _printed(console)] == [
        "0.5 s unmet needs 1,140",
        "0.6 s unmet needs 1,100",
        "0.7 s burden 36,800",
    ]


def test_a_line_is_never_broken() -> None:
    """A log keeps one line for each report, even where the width is small."""
    narrow = Console(file=io.StringIO(), width=20)
    PlainDisplay(narrow).report(_FIRST)
    assert len(_printed(narrow)) == 1


def _line(display: LiveDisplay) -> str:
    text = display.line().text
    assert isinstance(text, Text)
    return text.plain


def test_the_live_line_shows_where_the_search_stands() -> None:
    """Level, value, bound, gap, stage and time; before the first report the time alone."""
    display = LiveDisplay(60)
    assert _line(display) == "0 s of 60 s"
    display.report(_unmet(1140, 0.5, bound=1083))
    assert _line(display) == "unmet needs 1,140  bound 1,083  gap 5 %  construction  0 s of 60 s"


def test_the_live_line_tells_of_the_stop() -> None:
    """After the first Ctrl-C it says what happens, and what a second one would do."""
    display = LiveDisplay(60)
    display.stopping()
    assert "best roster is kept" in _line(display)
    assert "Ctrl-C again" in _line(display)


def test_each_report_is_a_json_object_on_its_line() -> None:
    """Time, stage, level with news, all levels with their bounds, and sessions; unknown bounds are null."""
    stream = io.StringIO()
    display = JsonDisplay(stream)
    for report in REPORTS:
        display.report(report)
    first, _, last = map(json.loads, stream.getvalue().splitlines())
    assert first["bound"] == {"unmet": None, "changes": None, "burden": None, "staffing": None}
    assert last == {
        "elapsed": 1.5,
        "stage": "improvement",
        "level": "burden",
        "score": {"unmet": 60, "changes": 0, "burden": 480, "staffing": 75},
        "bound": {"unmet": 60, "changes": None, "burden": 432, "staffing": None},
        "sessions": 9,
        "needed": 10,
    }


class _Buffered(io.StringIO):
    """A stream that keeps what was flushed apart from what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.flushed = ""

    def flush(self) -> None:
        self.flushed = self.getvalue()


def test_a_json_line_is_out_before_the_search_goes_on() -> None:
    """Whoever draws a curve while the search runs does not wait for a buffer to fill."""
    stream = _Buffered()
    display = JsonDisplay(stream)
    for count, report in enumerate(REPORTS, start=1):
        display.report(report)
        assert len(stream.flushed.splitlines()) == count


class _Gone(io.StringIO):
    """A pipe whose reader has left."""

    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_the_search_goes_on_when_the_reader_of_json_lines_leaves() -> None:
    """A roster that took an hour is not lost because nobody watches any more."""
    with pytest.raises(BrokenPipeError):
        _Gone().write("")
    JsonDisplay(_Gone()).report(_FIRST)
