"""``iopsched import``."""

from __future__ import annotations

import io
import json

import click

from iopsched.cli.consoles import error_console, write_stdout
from iopsched.cli.failures import warn
from iopsched.cli.files import STDIO, check_output, standard_input, write_output
from iopsched.cli.options import json_option
from iopsched.errors import InputError, Problem
from iopsched.exchange.reading import read_spreadsheet
from iopsched.exchange.summary import import_document
from iopsched.generate import to_document
from iopsched.instance import Instance
from iopsched.report.words import plain, sizes

__all__ = ["import_command"]


@click.command("import")
@click.argument("source", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="INSTANCE",
    type=click.Path(allow_dash=True),
    required=True,
    help="Where the instance goes; - is standard output.",
)
@json_option
def import_command(source: str, output: str, as_json: bool) -> None:
    """Make an instance of a clinic's spreadsheet.

    Windows are understood as people type them, or refused where they could mean two things. Everything
    that is wrong is told at once, each with its sheet and cell, and nothing is written then.

    SOURCE is a workbook (.xlsx), or a folder with a CSV file for each sheet; - is a workbook on standard
    input.
    """
    if as_json and output == STDIO:
        raise click.UsageError("-o - and --json both write to standard output; give the instance a file")
    check_output(output, inputs=(source,))
    instance, warnings = _read(source)
    write_output(output, to_document(instance))
    if as_json:
        document = import_document(instance, warnings, output=output)
        write_stdout(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    warn(warnings)
    error_console().print(f"{plain(instance.id)}: {sizes(instance)}", soft_wrap=True)


def _read(source: str) -> tuple[Instance, tuple[Problem, ...]]:
    try:
        return read_spreadsheet(io.BytesIO(standard_input().read()) if source == STDIO else source)
    except InputError as error:
        error.add_note("standard input" if source == STDIO else source)
        raise
