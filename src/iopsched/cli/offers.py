"""``iopsched offers``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from iopsched.cli.consoles import data_console, write_stdout
from iopsched.cli.files import (
    STDIO,
    check_one_stdin,
    read_instance,
    read_roster,
    standard_input,
    write_output,
)
from iopsched.cli.options import instance_argument, json_option, roster_argument
from iopsched.errors import InputError, IopschedError
from iopsched.generate import to_document
from iopsched.instance.models import Instance
from iopsched.plan.edits.newcomers import newcomer_of, read_newcomer
from iopsched.plan.offers import Offers, accept_offer, offers
from iopsched.report.terminal_offers import offers_view
from iopsched.roster import Roster

__all__ = ["offers_command"]


@click.command("offers")
@instance_argument
@roster_argument
@click.argument("newcomer", type=click.Path(allow_dash=True))
@click.option("--top", metavar="N", type=click.IntRange(min=1), default=5, help="At most so many weeks.")
@click.option(
    "--accept",
    "number",
    metavar="K",
    type=click.IntRange(min=1),
    help="Take offer K: write the instance with the newcomer, pinned to its sessions, and the roster.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="With --accept: the folder for instance.json and roster.json; files that exist are replaced.",
)
@click.option(
    "--seed", metavar="N", type=click.IntRange(0, 2**31 - 1), default=0, help="Breaks ties otherwise."
)
@json_option
def offers_command(
    instance: str,
    roster: str,
    newcomer: str,
    top: int,
    number: int | None,
    output: str | None,
    seed: int,
    as_json: bool,
) -> None:
    """Offer weeks to a newcomer, with nobody else moved.

    The best week comes first, then others as different from it as there are: another group, another part of
    the day, another day. Each was checked together with the roster. Where none serves every need, there is
    one more for which a few others move, if that serves more; they are named.

    ROSTER answers INSTANCE and stands; NEWCOMER is a file with one participant, written as in an
    instance's list of participants. One of the files can be - for standard input.
    """
    check_one_stdin(instance, roster, newcomer)
    if (number is None) != (output is None):
        raise click.UsageError("--accept K and -o DIR go together: which offer to take, and where it goes")
    asked = read_instance(instance)
    standing = read_roster(roster)
    offered = _asked(asked, standing, roster, newcomer, top, seed)
    taken = None if number is None else accept_offer(offered, number)
    if taken is not None and output is not None:
        _write(Path(output), *taken)
    if as_json:
        document = {**offered.to_dict(), "accepted": number, "output": output}
        write_stdout(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
        return
    console = data_console()
    console.print(offers_view(offered))
    if number is not None:
        console.print(f"\nOffer {number} is taken: instance.json and roster.json are in {output}")


def _asked(asked: Instance, standing: Roster, roster: str, newcomer: str, top: int, seed: int) -> Offers:
    """Ask, and name the file that a problem is in."""
    files = {"roster": roster}
    try:
        if newcomer == STDIO:
            person = newcomer_of(standard_input().read(), asked)
        else:
            person = read_newcomer(newcomer, asked)
        return offers(asked, standing, person, top=top, seed=seed)
    except InputError as error:
        file = files.get(error.subject, newcomer)
        error.add_note("standard input" if file == STDIO else file)
        raise


def _write(folder: Path, instance: Instance, roster: Roster) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IopschedError(f"could not make the folder {folder}: {error.strerror}") from error
    write_output(str(folder / "instance.json"), to_document(instance))
    write_output(str(folder / "roster.json"), roster.to_json())
