from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console
from rich.text import Text

from iopsched.cli.progress import LiveDisplay, PlainDisplay
from iopsched.solve.control import Progress

_FIRST = Progress("construction", "unmet", 1140, None, 0.5)


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
        display.report(replace(_FIRST, value=1140 - k, elapsed=0.5 + k / 100))
    assert len(_printed(console)) == 1
    display.report(replace(_FIRST, value=1000, elapsed=2.5))
    assert _printed(console)[-1] == "2.5 s unmet needs 1,000 bound – gap – construction"


def test_a_level_ends_with_a_line(console: Console) -> None:
    """When the search goes on to the next level, the last value of the one before is printed."""
    display = PlainDisplay(console)
    display.report(_FIRST)
    display.report(replace(_FIRST, value=1100, bound=1100, elapsed=0.6))
    assert len(_printed(console)) == 1
    display.report(replace(_FIRST, level="burden", value=36800, bound=None, elapsed=0.7))
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
    display.report(replace(_FIRST, bound=1083))
    assert _line(display) == "unmet needs 1,140  bound 1,083  gap 5 %  construction  0 s of 60 s"


def test_the_live_line_tells_of_the_stop() -> None:
    """After the first Ctrl-C it says what happens, and what a second one would do."""
    display = LiveDisplay(60)
    display.stopping()
    assert "best roster is kept" in _line(display)
    assert "Ctrl-C again" in _line(display)
