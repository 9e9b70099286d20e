"""``iopsched diff``."""

from __future__ import annotations

import json

import click

from iopsched.cli.consoles import data_console, write_stdout
from iopsched.cli.failures import warn
from iopsched.cli.files import check_one_stdin, read_instance, read_roster
from iopsched.cli.options import instance_argument, json_option
from iopsched.report.terminal_diff import diff_view
from iopsched.roster import baseline_warnings, difference

__all__ = ["diff_command"]


@click.command("diff")
@instance_argument
@click.argument("roster_a", type=click.Path(allow_dash=True))
@click.argument("roster_b", type=click.Path(allow_dash=True))
@json_option
def diff_command(instance: str, roster_a: str, roster_b: str, as_json: bool) -> None:
    """Tell whom to call about what when one roster takes another's place.

    By person, participants and staff: what moves, what is cancelled, what is new. Whoever keeps all
    sessions as they were is only counted.

    INSTANCE is what ROSTER_B answers; ROSTER_A is what stood before, of the same week or another:
    weekdays and times of day are compared. One of the files can be - for standard input.
    """
    check_one_stdin(instance, roster_a, roster_b)
    asked = read_instance(instance)
    before, after = read_roster(roster_a), read_roster(roster_b)
    for roster in (before, after):
        warn(baseline_warnings(asked, roster))
    found = difference(asked, before, after)
    if as_json:
        write_stdout(json.dumps(found.to_dict(), indent=1, ensure_ascii=False) + "\n")
    else:
        data_console().print(diff_view(found))
