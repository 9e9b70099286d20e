"""The ``iopsched`` command: its sub-commands and how every failure ends."""

from __future__ import annotations

from typing import Any

import click

from iopsched.cli.batch import batch_command
from iopsched.cli.capacity import capacity_command
from iopsched.cli.check import check_command
from iopsched.cli.diff import diff_command
from iopsched.cli.explain import explain_command
from iopsched.cli.export import export_command
from iopsched.cli.failures import INTERRUPTED, OUR_FAULT, report_error, report_our_fault
from iopsched.cli.generate import generate_command
from iopsched.cli.import_ import import_command
from iopsched.cli.offers import offers_command
from iopsched.cli.options import JSON_ASKED
from iopsched.cli.report import report_command
from iopsched.cli.schema import schema_command
from iopsched.cli.show import show_command
from iopsched.cli.solve import solve_command
from iopsched.cli.template import template_command
from iopsched.cli.whatif import whatif_command
from iopsched.errors import IopschedError

__all__ = ["main"]


class Commands(click.Group):
    """A group of commands in which each class of error has its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command asked for; say what went wrong and exit with its code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click's own way out
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except IopschedError as error:
            report_error(error, as_json=ctx.meta.get(JSON_ASKED, False))
            ctx.exit(error.exit_code)
        except Exception as error:
            report_our_fault(error)
            ctx.exit(OUR_FAULT)


@click.group(
    "iopsched",
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
    epilog="Exit codes: 0 done; 1 our fault; 2 the call makes no sense; 3 a file cannot be used; "
    "4 a rule is broken (check); 5 needs are unmet (solve --strict); 6 a clinic failed (batch); 130 aborted.",
)
@click.version_option(package_name="iopsched", message="%(prog)s %(version)s", help="Show the version.")
def main() -> None:
    """Weekly timetables for Intensive Outpatient Programs.

    An instance file says what a clinic has to schedule in one week; a roster file answers it. A file name
    of - is standard input or standard output.
    """


for command in (
    solve_command,
    check_command,
    show_command,
    report_command,
    explain_command,
    diff_command,
    offers_command,
    whatif_command,
    capacity_command,
    batch_command,
    generate_command,
    template_command,
    import_command,
    export_command,
    schema_command,
):
    main.add_command(command)
