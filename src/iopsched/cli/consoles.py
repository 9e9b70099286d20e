"""Where output goes: standard output carries data only, standard error speaks to people."""

from __future__ import annotations

import io
import sys
from typing import TextIO

from rich.console import Console

from iopsched.errors import IopschedError

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
    """Write text to standard output, UTF-8 whatever the locale; bytes as they are.

    Raises
    ------
    IopschedError
        Where it is closed, or the machine refuses.
    """
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise IopschedError("could not write to standard output: it is closed")
    try:
        stream.buffer.write(text.encode() if isinstance(text, str) else text)
        stream.buffer.flush()
    except BrokenPipeError:
        raise  # whoever read it has enough
    except OSError as error:
        raise IopschedError(f"could not write to standard output: {error.strerror}") from error
