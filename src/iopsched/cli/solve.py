"""``iopsched solve``."""

from __future__ import annotations

import json
import time
from datetime import datetime

import click

from iopsched.cli.consoles import error_console, write_stdout
from iopsched.cli.failures import NEEDS_UNMET, warn
from iopsched.cli.files import STDIO, check_one_stdin, check_output, read_instance, read_roster, write_output
from iopsched.cli.interrupts import abort, run_interruptibly
from iopsched.cli.options import (
    baseline_option,
    check_from_fits,
    check_from_has_baseline,
    from_option,
    instance_argument,
    json_option,
    seconds,
    seed_option,
)
from iopsched.cli.progress import PROGRESS_KINDS, ProgressKind, progress_display
from iopsched.instance import instance_warnings
from iopsched.report.summary import solve_document
from iopsched.report.terminal_solve import solve_view
from iopsched.roster import Roster, baseline_warnings
from iopsched.solve.control import Stop

__all__ = ["solve_command"]


@click.command("solve")
@instance_argument
@click.option(
    "-o",
    "--output",
    metavar="ROSTER",
    type=click.Path(allow_dash=True),
    required=True,
    help="Where the roster goes; - is standard output. A file that exists is replaced once the roster is "
    "complete.",
)
@click.option("--time-limit", metavar="S", type=seconds, default=60.0, help="Seconds to search.")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes and threads to search with; absent: one for each core.",
)
@seed_option
@click.option(
    "--deterministic",
    is_flag=True,
    help="The same call gives the same roster, byte for byte; the time limit counts deterministic seconds.",
)
@baseline_option
@from_option
@click.option(
    "--strict",
    is_flag=True,
    help="Exit with code 5 where a need is unmet; the roster is written all the same.",
)
@json_option
@click.option(
    "--progress",
    type=click.Choice(PROGRESS_KINDS),
    default="text",
    help="How the search is followed on standard error: lines for people; json, an object on a line for each "
    "better roster or bound, and nothing else there but errors; or none.",
)
@click.option("--quiet", is_flag=True, help="Nothing on standard error but errors, whatever --progress says.")
@click.pass_context
def solve_command(
    ctx: click.Context,
    instance: str,
    output: str,
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    baseline: str | None,
    frozen_from: datetime | None,
    strict: bool,
    as_json: bool,
    progress: ProgressKind,
    quiet: bool,
) -> None:
    """Schedule a clinic's week.

    What cannot be scheduled without breaking a rule is reported as unmet, with its reasons. While the
    search runs, the first Ctrl-C ends it and keeps the best roster found, the second gives up.

    INSTANCE is the clinic's week; - is standard input.
    """
    check_one_stdin(instance, baseline)
    check_from_has_baseline(frozen_from, baseline)
    if as_json and output == STDIO:
        raise click.UsageError("-o - and --json both write to standard output; give the roster a file")
    check_output(output, inputs=(instance,))
    asked = read_instance(instance)
    standing = read_roster(baseline) if baseline is not None else None
    check_from_fits(frozen_from, asked, standing)
    for_people = not quiet and progress != "json"
    if for_people:
        warn([*instance_warnings(asked), *(baseline_warnings(asked, standing) if standing else ())])

    def search(stop: Stop) -> Roster:
        from iopsched.solve import solve  # the solver takes half a second to load: only where it is used

        return solve(
            asked,
            time_limit=time_limit,
            workers=workers,
            seed=seed,
            deterministic=deterministic,
            baseline=standing,
            frozen_from=frozen_from,
            on_progress=display.report,
            stop=stop,
        )

    started = time.monotonic()
    try:
        with progress_display(time_limit, "none" if quiet else progress) as display:
            roster = run_interruptibly(search, on_stop=display.stopping)
    except KeyboardInterrupt:
        abort()
    elapsed = time.monotonic() - started
    write_output(output, roster.to_json())
    if as_json:
        document = solve_document(asked, roster, seconds=elapsed, output=output)
        write_stdout(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    if for_people:
        error_console().print(solve_view(asked, roster, seconds=elapsed, output=output))
    if strict and roster.unmet:
        ctx.exit(NEEDS_UNMET)
