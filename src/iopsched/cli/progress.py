"""What is seen of a search while it runs: a line or lines for people, a JSON object a line for programs."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal, Protocol, TextIO, TypeAlias, get_args

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from iopsched.cli.consoles import error_console
from iopsched.report.words import LEVEL_WORDS, number, percent
from iopsched.solve.control import Progress

__all__ = ["PROGRESS_KINDS", "Display", "ProgressKind", "progress_display"]

ProgressKind: TypeAlias = Literal["text", "json", "none"]
"""Lines for people, lines for programs, nothing."""
PROGRESS_KINDS: Final[tuple[ProgressKind, ...]] = get_args(ProgressKind)

_STOPPING: Final = "Stopping; the best roster is kept. Ctrl-C again gives up."
_PLAIN_SECONDS: Final = 2.0
"""The least time between two plain lines about one level."""


class Display(Protocol):
    """What a search reports to; ``report`` is called from the search's thread."""

    def report(self, progress: Progress) -> None:
        """Take a progress report."""

    def stopping(self) -> None:
        """Say that the search has been asked to end."""


@contextmanager
def progress_display(time_limit: float, kind: ProgressKind) -> Iterator[Display]:
    """Show a search on standard error.

    Parameters
    ----------
    time_limit : float
        Seconds the search may take.
    kind : ProgressKind
        ``text`` is shown in the way that suits where it goes.
    """
    console = error_console()
    if kind == "none":
        yield SilentDisplay()
    elif kind == "json":
        yield JsonDisplay(sys.stderr)
    elif console.is_terminal and not console.is_dumb_terminal:
        live = LiveDisplay(time_limit)
        with Live(
            console=console,
            get_renderable=live.line,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        ):
            yield live
    else:
        yield PlainDisplay(console)


class SilentDisplay:
    """Shows nothing."""

    def report(self, progress: Progress) -> None:
        """Pass over a progress report."""

    def stopping(self) -> None:
        """Pass over the request to end."""


class JsonDisplay:
    """Each report as a JSON object on a line of its own, written at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def report(self, progress: Progress) -> None:
        """Write a progress report; where the reader has left, the search goes on unheard."""
        document = {
            "elapsed": progress.elapsed,
            "stage": progress.stage,
            "level": progress.level,
            "score": progress.score.model_dump(),
            "bound": progress.bounds.model_dump(),
            "sessions": progress.sessions_placed,
            "needed": progress.sessions_needed,
        }
        with contextlib.suppress(BrokenPipeError):
            self._stream.write(json.dumps(document) + "\n")
            self._stream.flush()

    def stopping(self) -> None:
        """Pass over the request to end: whoever asked for it reads the lines."""


class LiveDisplay:
    """One line that is drawn over and over; ``line`` is what it shows now."""

    def __init__(self, time_limit: float) -> None:
        self._time_limit = time_limit
        self._started = time.monotonic()
        self._spinner = Spinner("dots")
        self._latest: Progress | None = None
        self._stopping = False

    def report(self, progress: Progress) -> None:
        """Take a progress report."""
        self._latest = progress

    def stopping(self) -> None:
        """Say that the search has been asked to end."""
        self._stopping = True

    def line(self) -> Spinner:
        """Return the line as it stands at this moment."""
        seconds = time.monotonic() - self._started
        text = Text(f"{seconds:.0f} s of {self._time_limit:g} s", style="dim")
        if self._stopping:
            text = Text(_STOPPING, style="yellow")
        elif self._latest is not None:
            text = Text.assemble(_standing(self._latest), ("  ", ""), text)
        self._spinner.update(text=text)
        return self._spinner


class PlainDisplay:
    """A line every few seconds, and where each level begins and ends."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._printed: Progress | None = None
        self._latest: Progress | None = None

    def report(self, progress: Progress) -> None:
        """Take a progress report; print it unless one about the same level has just been printed."""
        last, self._latest = self._latest, progress
        if last is None or last.level != progress.level:
            if last is not None and last is not self._printed:
                self._print(last)
            self._print(progress)
        elif self._printed is not None and progress.elapsed - self._printed.elapsed >= _PLAIN_SECONDS:
            self._print(progress)

    def stopping(self) -> None:
        """Say that the search has been asked to end."""
        self._console.print(_STOPPING)

    def _print(self, progress: Progress) -> None:
        self._printed = progress
        self._console.print(Text(f"{progress.elapsed:6.1f} s  ").append(_standing(progress)), soft_wrap=True)


def _standing(progress: Progress) -> Text:
    bound = "bound –" if progress.bound is None else f"bound {number(progress.bound)}"
    gap = "gap –" if progress.gap is None else f"gap {percent(progress.gap)}"
    return Text.assemble(
        (LEVEL_WORDS[progress.level], "bold"),
        f" {number(progress.value)}  {bound}  {gap}  ",
        (progress.stage, "dim"),
    )
