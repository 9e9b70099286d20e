"""Where output goes: standard output carries data only, standard error speaks to people."""

from __future__ import annotations

import io
import sys

from rich.console import Console

__all__ = ["data_console", "error_console", "write_stdout"]


def data_console() -> Console:
    """Return a console on standard output, for commands whose data is text to be read."""
    return _console(stderr=False)


def error_console() -> Console:
    """Return a console on standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # an id that the terminal cannot show must not end the command
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def write_stdout(text: str | bytes) -> None:
    """Write text to standard output, UTF-8 whatever the locale; bytes as they are."""
    sys.stdout.buffer.write(text.encode() if isinstance(text, str) else text)
    sys.stdout.buffer.flush()
