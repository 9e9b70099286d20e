"""Reading and writing the files a command names; ``-`` is standard input or output."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, TextIO, TypeVar

import click

from iopsched.cli.consoles import write_stdout
from iopsched.errors import InputError, IopschedError
from iopsched.files import replace_file
from iopsched.instance import Instance, load_instance, parse_instance
from iopsched.roster import Roster, load_roster, parse_roster

__all__ = [
    "STDIO",
    "check_one_stdin",
    "check_output",
    "output_folder",
    "read_instance",
    "read_roster",
    "standard_input",
    "write_output",
]

STDIO: Final = "-"

_File = TypeVar("_File", Instance, Roster)


def check_one_stdin(*paths: str | None) -> None:
    """Raise a usage error where more than one input is standard input."""
    if paths.count(STDIO) > 1:
        raise click.UsageError("only one of the inputs can be - (standard input)")


def standard_input() -> BinaryIO:
    """Return standard input; a usage error where it is closed."""
    stream: TextIO | None = sys.stdin
    if stream is None:
        raise click.UsageError("- is standard input, and it is closed")
    return stream.buffer


def read_instance(path: str) -> Instance:
    """Read an instance file.

    Raises
    ------
    InstanceError
        With every problem of the file, and the file's name as a note.
    """
    return _read(path, load_instance, parse_instance)


def read_roster(path: str) -> Roster:
    """Read a roster file.

    Raises
    ------
    RosterError
        With every problem of the file, and the file's name as a note.
    """
    return _read(path, load_roster, parse_roster)


def _read(path: str, load: Callable[[str], _File], parse: Callable[[bytes], _File]) -> _File:
    try:
        return parse(standard_input().read()) if path == STDIO else load(path)
    except InputError as error:
        error.add_note("standard input" if path == STDIO else path)
        raise


def check_output(path: str, *, inputs: tuple[str, ...] = ()) -> None:
    """Raise a usage error where an output file cannot be written, before any work is done for it.

    Parameters
    ----------
    path : str
        The output.
    inputs : tuple of str
        Files that the output must not replace.
    """
    if path == STDIO:
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise click.UsageError(f"cannot write {path}: it is a folder; name a file in it")
    if not target.parent.is_dir():
        raise click.UsageError(f"cannot write {path}: there is no folder {target.parent}")
    if any(source != STDIO and target == Path(os.path.realpath(source)) for source in inputs):
        raise click.UsageError(f"cannot write {path}: it is the input, which would be lost")
    try:
        if _is_regular(target):
            with tempfile.TemporaryFile(dir=target.parent):
                pass
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from error


def output_folder(path: str | None) -> Path | None:
    """Return a folder to write into, made where it is not there, before any work is done for it.

    A usage error where the system refuses.
    """
    if path is None:
        return None
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot write into {path}: {error.strerror}") from error
    return Path(path)


def write_output(path: str, text: str | bytes) -> None:
    """Write a whole file or nothing, text as UTF-8: the old content stands until the new one is complete.

    Raises
    ------
    IopschedError
        Where the machine refuses.
    """
    if path == STDIO:
        write_stdout(text)
        return
    target = Path(os.path.realpath(path))
    content = text.encode() if isinstance(text, str) else text
    try:
        if _is_regular(target):
            replace_file(target, content)
        else:
            target.write_bytes(content)
    except OSError as error:
        raise IopschedError(f"could not write {path}: {error.strerror}") from error


def _is_regular(target: Path) -> bool:
    """Whether the target is an ordinary file, or would be; a device or a pipe cannot be replaced."""
    return target.is_file() or not target.exists()
