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
@click.argument("name", metavar="FORMAT", type=click.Choice(tuple(_SCHEMAS)))
def schema_command(name: str) -> None:
    """Print the JSON Schema of a file format.

    FORMAT is instance or roster.
    """
    write_stdout(json.dumps(_SCHEMAS[name](), indent=1, ensure_ascii=False) + "\n")
