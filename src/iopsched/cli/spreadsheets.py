"""Where a spreadsheet goes: a workbook, or a folder of CSV files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from iopsched.cli.files import STDIO, check_output, write_output
from iopsched.errors import IopschedError
from iopsched.exchange.spreadsheets import csv_names

__all__ = ["check_spreadsheet_output", "spreadsheet_output_option", "write_spreadsheet"]

_WORKBOOK: Final = ".xlsx"

spreadsheet_output_option = click.option(
    "-o",
    "--output",
    metavar="TARGET",
    type=click.Path(allow_dash=True),
    required=True,
    help="Where it goes: a workbook, whose name ends in .xlsx, or a folder for a CSV file of each sheet; - "
    "is a workbook on standard output.",
)


def check_spreadsheet_output(path: str, *, inputs: tuple[str, ...] = (), keep: bool = False) -> None:
    """Raise a usage error where a workbook or folder cannot be written, before any work is done for it.

    Parameters
    ----------
    path : str
        The workbook or the folder.
    inputs : tuple of str
        Files that must not be replaced.
    keep : bool
        Whether no spreadsheet at all must be replaced.
    """
    target = Path(path)
    if _is_workbook(path):
        check_output(path, inputs=inputs)
    elif target.is_file() or (target.suffix and not target.is_dir()):
        raise click.UsageError(
            f"cannot write {path}: name a workbook that ends in {_WORKBOOK}, or a folder for CSV files"
        )
    elif not Path(os.path.realpath(path)).parent.is_dir():
        raise click.UsageError(
            f"cannot write {path}: there is no folder {Path(os.path.realpath(path)).parent}"
        )
    elif target.is_dir():
        for name in csv_names():
            check_output(str(target / name), inputs=inputs)
    there = [path] if target.is_file() else [str(target / name) for name in csv_names()]
    if keep and (taken := next((one for one in there if os.path.lexists(one)), None)):
        raise click.UsageError(
            f"cannot write {path}: {taken} is there, and may have been filled in; name another target"
        )


def write_spreadsheet(
    path: str, workbook: Callable[[], bytes], files: Callable[[], Mapping[str, bytes]]
) -> str:
    """Write a workbook, or a folder of CSV files, whole or not at all; return what was written.

    A folder that is there keeps its other files; each of ours is replaced as a whole.

    Raises
    ------
    IopschedError
        Where the machine refuses.
    """
    if _is_workbook(path):
        write_output(path, workbook())
        return "the workbook"
    made = files()
    target = Path(os.path.realpath(path))
    if target.is_dir():
        for name, content in made.items():
            write_output(str(target / name), content)
    else:
        _make_folder(target, made)
    return f"{len(made)} CSV files"


def _is_workbook(path: str) -> bool:
    return path == STDIO or (Path(path).suffix.lower() == _WORKBOOK and not Path(path).is_dir())


def _make_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Fill a folder beside the target and move it there."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        beside.mkdir()
        for name, content in files.items():
            (beside / name).write_bytes(content)
        beside.rename(target)
    except OSError as error:
        raise IopschedError(f"could not write {target}: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
