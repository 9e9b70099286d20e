"""``iopsched schema``."""

from __future__ import annotations

import json

import click

from iopsched.cli.consoles import write_stdout
from iopsched.instance import instance_schema
from iopsched.roster import roster_schema

__all__ = ["schema_command"]

_SCHEMAS = {"instance": instance_schema, "roster": roster_schema}


@click.command("schema")
@click.argument("file", type=click.Choice(tuple(_SCHEMAS)))
def schema_command(file: str) -> None:
    """Print the JSON Schema of a file format.

    FILE is the format: instance or roster.
    """
    write_stdout(json.dumps(_SCHEMAS[file](), indent=1, ensure_ascii=False) + "\n")
