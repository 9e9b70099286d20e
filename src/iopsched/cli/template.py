"""``iopsched template``."""

from __future__ import annotations

import click

from iopsched.cli.consoles import error_console
from iopsched.cli.spreadsheets import (
    check_spreadsheet_output,
    spreadsheet_output_option,
    write_spreadsheet,
)
from iopsched.exchange.spreadsheets import csv_template, workbook_template
from iopsched.report.words import plain

__all__ = ["template_command"]


@click.command("template")
@spreadsheet_output_option
def template_command(output: str) -> None:
    """Write a workbook to fill in with a clinic's week.

    It has a sheet for each list, with explanations, drop-downs and worked lines. The worked lines are
    marked as examples: write your own over them. import makes an instance of it. A workbook that is there
    is never replaced.
    """
    check_spreadsheet_output(output, keep=True)
    made = write_spreadsheet(output, workbook_template, csv_template)
    target = plain(output)
    error_console().print(
        f"{made} to fill in: {target}. Next: iopsched import {target} -o instance.json", soft_wrap=True
    )
