"""``iopsched capacity``."""

from __future__ import annotations

import json

import click

from iopsched.cli.consoles import data_console, error_console, write_stdout
from iopsched.cli.files import check_one_stdin, output_folder, read_instance, read_roster, write_output
from iopsched.cli.interrupts import abort, run_interruptibly
from iopsched.cli.options import instance_argument, json_option, seconds, seed_option
from iopsched.generate import to_document
from iopsched.plan.capacity import Capacity, Standing, capacity
from iopsched.report.terminal_capacity import capacity_view, standing_line
from iopsched.solve.control import Stop

__all__ = ["capacity_command"]


@click.command("capacity")
@instance_argument
@click.option(
    "--roster",
    metavar="ROSTER",
    type=click.Path(allow_dash=True),
    help="What those present have and keep; absent: the clinic is solved first.",
)
@click.option("--like", metavar="ID", help="The newcomers are copies of this participant.")
@click.option(
    "--mix",
    is_flag=True,
    help="The newcomers are like those present who miss nothing, in their proportions; so it is "
    "without --like.",
)
@click.option("--time-limit", metavar="S", type=seconds, default=120.0, help="Seconds in all.")
@seed_option
@click.option(
    "--save",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Write the clinic with the newcomers and the roster that shows it into this folder.",
)
@json_option
@click.option("--quiet", is_flag=True, help="Nothing on standard error but errors.")
def capacity_command(
    instance: str,
    roster: str | None,
    like: str | None,
    mix: bool,
    time_limit: float,
    seed: int,
    save: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell how many more participants can be admitted.

    Every need of the newcomers is met, and nobody present has fewer sessions of anything than in ROSTER;
    they may be moved. Told are the number that a roster was found for, a limit that is proved, what is used
    up by then, and what one more unit of each resource would bring, as edits for whatif. Ctrl-C ends the
    work with what is known by then.

    INSTANCE is the clinic's week; - is standard input.
    """
    if mix and like is not None:
        raise click.UsageError("--like and --mix exclude each other: newcomers are copies of one, or of all")
    check_one_stdin(instance, roster)
    folder = output_folder(save)
    asked = read_instance(instance)
    standing = None if roster is None else read_roster(roster)

    def tell(news: Standing) -> None:
        if not quiet:
            error_console().print(standing_line(news))

    def work(stop: Stop) -> Capacity:
        return capacity(
            asked, roster=standing, like=like, time_limit=time_limit, seed=seed, on_progress=tell, stop=stop
        )

    try:
        found = run_interruptibly(work, on_stop=lambda: error_console().print("Stopping."))
    except KeyboardInterrupt:
        abort()
    if folder is not None:
        write_output(str(folder / "capacity.instance.json"), to_document(found.instance))
        write_output(str(folder / "capacity.roster.json"), found.roster.to_json())
    if as_json:
        write_stdout(json.dumps(found.to_dict(), indent=1, ensure_ascii=False) + "\n")
    else:
        data_console().print(capacity_view(found))
