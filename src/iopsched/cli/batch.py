"""``iopsched batch``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from iopsched.batch import ENGINES, Batch, EngineName, Limits, Settings, find_sources, run_batch
from iopsched.cli.batch_display import batch_display
from iopsched.cli.consoles import error_console, write_stdout
from iopsched.cli.failures import INTERRUPTED, SOMETHING_FAILED
from iopsched.cli.files import STDIO, check_one_stdin, standard_input
from iopsched.cli.interrupts import run_interruptibly
from iopsched.cli.options import json_option, seconds, seed_option
from iopsched.cli.progress import PROGRESS_KINDS, ProgressKind
from iopsched.report.terminal_batch import batch_view
from iopsched.solve.control import Stop

__all__ = ["batch_command"]

_MEGABYTE = 1_000_000


@click.command("batch")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False),
    required=True,
    help="Where the rosters and summary.ndjson go; made where it is not there.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Clinics solved at a time; absent: as many as there are cores for.",
)
@click.option(
    "--time-limit", metavar="S", type=seconds, default=60.0, help="Seconds to search, for each clinic."
)
@click.option(
    "--resume", is_flag=True, help="Keep the rosters that DIR has for these clinics and options; do the rest."
)
@seed_option
@click.option(
    "--deterministic",
    is_flag=True,
    help="The same clinic gives the same roster, byte for byte, here and on a cluster; the time limit counts "
    "deterministic seconds.",
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes and threads for each clinic; absent: the cores that there are for each job.",
)
@click.option(
    "--timeout",
    metavar="S",
    type=seconds,
    help="Seconds after which a clinic's process is killed; absent: three times the time limit and a minute.",
)
@click.option(
    "--memory-limit",
    metavar="MB",
    type=click.IntRange(min=1),
    help="Megabytes at which a clinic's process is killed; absent: no limit.",
)
@click.option(
    "--retries",
    metavar="N",
    type=click.IntRange(min=0),
    default=1,
    help="How often a clinic is tried again whose process crashed or ran out of time, or lost its node.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    help="Where clinics are solved: on this machine, or on a Ray cluster that runs already "
    "(pip install 'iopsched[ray]').",
)
@click.option(
    "--address",
    metavar="HOST:PORT",
    help="With --engine ray: the cluster's head node; absent: the cluster that Ray finds.",
)
@json_option
@click.option(
    "--progress",
    type=click.Choice(PROGRESS_KINDS),
    default="text",
    help="How the batch is followed on standard error: a bar or lines for people; json, an object on a line "
    "for each clinic that ends; or none.",
)
@click.option("--quiet", is_flag=True, help="Nothing on standard error but errors, whatever --progress says.")
@click.pass_context
def batch_command(
    ctx: click.Context,
    inputs: tuple[str, ...],
    output: str,
    jobs: int | None,
    time_limit: float,
    resume: bool,
    seed: int,
    deterministic: bool,
    workers: int | None,
    timeout: float | None,
    memory_limit: int | None,
    retries: int,
    engine: EngineName,
    address: str | None,
    as_json: bool,
    progress: ProgressKind,
    quiet: bool,
) -> None:
    """Solve many clinics, each in a process of its own.

    Each roster is written whole as soon as it is there, so that a batch may be killed at any moment and
    resumed. A clinic that fails takes no other with it; the exit code is then 6. The same clinic is solved
    once however often it is named. Ctrl-C ends the batch at once, with what is done.

    INPUTS are instance files, folders, which stand for all their files *.json, and - for lines of NDJSON on
    standard input, an instance a line.
    """
    if address is not None and engine != "ray":
        raise click.UsageError("--address needs --engine ray: it names the cluster")
    check_one_stdin(*inputs)
    sources = find_sources(inputs, standard_input() if STDIO in inputs else ())
    limits = Limits(timeout, None if memory_limit is None else memory_limit * _MEGABYTE, retries)

    def work(stop: Stop) -> Batch:
        return run_batch(
            sources,
            Path(output),
            Settings(time_limit, seed, deterministic),
            limits,
            jobs=jobs,
            workers=workers,
            engine=engine,
            address=address,
            resume=resume,
            stop=stop,
            on_begun=display.begun,
            on_row=display.row,
        )

    try:
        with batch_display("none" if quiet else progress) as display:
            batch = run_interruptibly(work, on_stop=display.stopping)
    except KeyboardInterrupt:
        error_console().print("Aborted; what is done is kept.")
        os._exit(INTERRUPTED)  # the thread at work may be anywhere
    if as_json:
        write_stdout(json.dumps(batch.to_dict(), indent=1, ensure_ascii=False) + "\n")
    if not quiet and progress != "json":
        error_console().print(batch_view(batch))
    _end(ctx, batch)


def _end(ctx: click.Context, batch: Batch) -> None:
    """Leave with the code that says how the batch ended."""
    if batch.count("left"):
        error_console().print("Stopped before the end; the same command with --resume does the rest.")
        ctx.exit(INTERRUPTED)
    if batch.count("failed"):
        ctx.exit(SOMETHING_FAILED)
