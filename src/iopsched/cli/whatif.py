"""``iopsched whatif``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from iopsched.cli.consoles import data_console, error_console, write_stdout
from iopsched.cli.failures import warn
from iopsched.cli.files import check_one_stdin, output_folder, read_instance, read_roster, write_output
from iopsched.cli.interrupts import abort, run_interruptibly
from iopsched.cli.options import instance_argument, json_option, seconds, seed_option
from iopsched.generate import to_document
from iopsched.plan.scenarios import gather_scenarios
from iopsched.plan.what_if import Outcome, WhatIf, what_if
from iopsched.report.terminal_whatif import solved_line, whatif_view
from iopsched.roster import baseline_warnings
from iopsched.solve.control import Stop

__all__ = ["whatif_command"]


@click.command("whatif")
@instance_argument
@click.option(
    "--roster",
    metavar="ROSTER",
    type=click.Path(allow_dash=True),
    help="The base roster: every search begins with it, and changes as little of it as it can.",
)
@click.option(
    "--edit",
    "edits",
    metavar="EDIT",
    multiple=True,
    help="What is different, as in 'T3 is away on Tue'; may be given several times. All edits together make "
    "one scenario.",
)
@click.option(
    "--scenario",
    "files",
    metavar="FILE",
    type=click.Path(),
    multiple=True,
    help="A file of named scenarios, .toml or JSON; may be given several times.",
)
@click.option("--free", is_flag=True, help="Begin with the base roster, but do not count what changes.")
@click.option(
    "--save",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Write each scenario's instance and roster into this folder; files that exist are replaced.",
)
@click.option(
    "--time-limit", metavar="S", type=seconds, default=30.0, help="Seconds to search for each scenario."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Scenarios to solve at a time; absent: one for each core.",
)
@seed_option
@click.option(
    "--deterministic",
    is_flag=True,
    help="The same call gives the same answer; the time limit counts deterministic seconds.",
)
@json_option
def whatif_command(
    instance: str,
    roster: str | None,
    edits: tuple[str, ...],
    files: tuple[str, ...],
    free: bool,
    save: str | None,
    time_limit: float,
    jobs: int | None,
    seed: int,
    deterministic: bool,
    as_json: bool,
) -> None:
    """Ask what would be if something were different.

    Each scenario is solved, and set side by side with the clinic as it is: the score with its bounds,
    sessions delivered, who gains and who loses what, how much staff and rooms are in use. While the
    searches run, the first Ctrl-C ends them and keeps the best rosters found, the second gives up.

    INSTANCE is the clinic's week; - is standard input.
    """
    check_one_stdin(instance, roster)
    if not edits and not files:
        raise click.UsageError("say what would be different: --edit 'T3 is away on Tue', or --scenario FILE")
    if free and roster is None:
        raise click.UsageError("--free needs --roster: it says not to count what changes of that roster")
    asked = read_instance(instance)
    standing = read_roster(roster) if roster is not None else None
    if standing is not None:
        warn(baseline_warnings(asked, standing))
    scenarios = gather_scenarios(edits, files, asked)
    folder = output_folder(save)
    console = error_console()

    def ask(stop: Stop) -> WhatIf:
        return what_if(
            asked,
            scenarios,
            roster=standing,
            time_limit=time_limit,
            free=free,
            jobs=jobs,
            seed=seed,
            deterministic=deterministic,
            stop=stop,
            on_solved=lambda name, found: console.print(solved_line(name, found)),
        )

    try:
        answer = run_interruptibly(ask, on_stop=lambda: console.print("Ending with the best found so far …"))
    except KeyboardInterrupt:
        abort()
    if folder is not None:
        for name, outcome in _file_names(answer):
            _save(folder, name, outcome)
    if as_json:
        write_stdout(json.dumps(answer.to_dict(), indent=1, ensure_ascii=False) + "\n")
    else:
        data_console().print(whatif_view(answer))


def _file_names(answer: WhatIf) -> list[tuple[str, Outcome]]:
    """Return a file name for each scenario, its own as far as file systems allow; none twice."""
    named: dict[str, Outcome] = {}
    for outcome in (answer.base, *answer.scenarios):
        stem = name = re.sub(r"[^\w.+=-]+", "_", outcome.scenario.name).lstrip(".") or "scenario"
        number = 1
        while name.lower() in (known.lower() for known in named):
            number += 1
            name = f"{stem}-{number}"
        named[name] = outcome
    return list(named.items())


def _save(folder: Path, name: str, outcome: Outcome) -> None:
    write_output(str(folder / f"{name}.instance.json"), to_document(outcome.instance))
    if outcome.roster is not None:
        write_output(str(folder / f"{name}.roster.json"), outcome.roster.to_json())
