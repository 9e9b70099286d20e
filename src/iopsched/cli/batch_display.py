"""What is seen of a batch while it runs: a bar or lines for people, a JSON object a line for programs."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from iopsched.batch import Begun, Row
from iopsched.cli.consoles import error_console
from iopsched.cli.progress import ProgressKind
from iopsched.report.terminal_batch import begun_line, row_lines

__all__ = ["BatchDisplay", "batch_display"]

_STOPPING = "Stopping; what is done is kept."


class BatchDisplay(Protocol):
    """What a batch reports to."""

    def begun(self, begun: Begun) -> None:
        """Take what is about to be done."""

    def row(self, row: Row) -> None:
        """Take what became of one input."""

    def stopping(self) -> None:
        """Say that the batch has been asked to end."""


@contextmanager
def batch_display(kind: ProgressKind) -> Iterator[BatchDisplay]:
    """Show a batch on standard error; ``text`` in the way that suits where it goes."""
    console = error_console()
    if kind == "none":
        yield _Silent()
    elif kind == "json":
        yield _Json(sys.stderr)
    elif console.is_terminal and not console.is_dumb_terminal:
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[failed]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
            yield _Bar(bar)
    else:
        yield _Plain(console)


class _Silent:
    def begun(self, begun: Begun) -> None:
        pass

    def row(self, row: Row) -> None:
        pass

    def stopping(self) -> None:
        pass


class _Json:
    """Each row as in the summary, with the seconds since the batch began, written at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._started = time.monotonic()

    def begun(self, begun: Begun) -> None:
        pass

    def row(self, row: Row) -> None:
        document = {"elapsed": round(time.monotonic() - self._started, 2), **row.to_dict()}
        with contextlib.suppress(BrokenPipeError):
            self._stream.write(json.dumps(document) + "\n")
            self._stream.flush()

    def stopping(self) -> None:
        pass


class _Bar:
    """A bar below what has failed so far."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None, failed="")
        self._failed = 0

    def begun(self, begun: Begun) -> None:
        self._bar.console.print(begun_line(begun))
        self._bar.update(self._task, total=begun.to_do)

    def row(self, row: Row) -> None:
        if row.key is not None:
            self._bar.advance(self._task)
        if row.state == "failed":
            self._failed += 1
            self._bar.update(self._task, failed=f"{self._failed} failed")
            _print(self._bar.console, row_lines(row))

    def stopping(self) -> None:
        self._bar.console.print(_STOPPING)


class _Plain:
    """A line for each input that ends."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()
        self._of = ""
        self._ended = 0

    def begun(self, begun: Begun) -> None:
        self._of = f"/{begun.to_do}"
        self._console.print(begun_line(begun), soft_wrap=True)

    def row(self, row: Row) -> None:
        first, *others = row_lines(row)
        if self._of:
            self._ended += 1
            since = time.monotonic() - self._started
            first = Text(f"{since:7.1f} s  {self._ended}{self._of}  ").append(first)
        _print(self._console, [first, *others])

    def stopping(self) -> None:
        self._console.print(_STOPPING)


def _print(console: Console, lines: list[Text]) -> None:
    for line in lines:
        console.print(line, soft_wrap=True)
