"""``iopsched export``."""

from __future__ import annotations

from functools import partial

import click

from iopsched.cli.consoles import error_console
from iopsched.cli.files import read_instance
from iopsched.cli.options import instance_argument
from iopsched.cli.spreadsheets import (
    check_spreadsheet_output,
    spreadsheet_output_option,
    write_spreadsheet,
)
from iopsched.errors import InputError
from iopsched.exchange.spreadsheets import csv_files, workbook
from iopsched.report.words import plain, sizes

__all__ = ["export_command"]


@click.command("export")
@instance_argument
@spreadsheet_output_option
def export_command(instance: str, output: str) -> None:
    """Write an instance as a spreadsheet.

    import makes the same instance of it again, to the last letter.

    INSTANCE is the clinic's week; - is standard input.
    """
    check_spreadsheet_output(output, inputs=(instance,))
    asked = read_instance(instance)
    try:
        made = write_spreadsheet(output, partial(workbook, asked), partial(csv_files, asked))
    except InputError as error:
        error.add_note(instance)
        raise
    error_console().print(f"{plain(asked.id)}: {sizes(asked)}; {made}: {plain(output)}", soft_wrap=True)
