"""``iopsched generate``."""

from __future__ import annotations

import click

from iopsched.cli.consoles import error_console
from iopsched.cli.files import check_output, write_output
from iopsched.generate import PROFILES, generate, to_document
from iopsched.report.words import sizes

__all__ = ["generate_command"]


@click.command("generate")
@click.option(
    "--participants", type=click.IntRange(min=1), required=True, help="How many participants the clinic has."
)
@click.option(
    "--seed", type=click.IntRange(min=0), required=True, help="The same seed gives the same clinic again."
)
@click.option("--profile", type=click.Choice(tuple(PROFILES)), default="mixed", help="The kind of clinic.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    required=True,
    help="Where the instance goes; - is standard output.",
)
def generate_command(participants: int, seed: int, profile: str, output: str) -> None:
    """Make up a clinic's week.

    The instance has realistic needs, commitments, staff, rooms and groups; nobody in it is real.
    """
    check_output(output)
    instance = generate(participants, seed, profile)
    write_output(output, to_document(instance))
    error_console().print(f"{instance.id}: {sizes(instance)}")
