"""The reference of the command line, ``docs/cli.md``, made from the commands themselves.

``python -m iopsched.cli.reference > docs/cli.md`` writes it again.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from iopsched.cli.app import main
from iopsched.cli.consoles import write_stdout

__all__ = ["cli_reference"]

_HEAD = """\
# Command line

Made from the commands by `python -m iopsched.cli.reference`; a test keeps it up to date.
"""


def cli_reference() -> str:
    """Return every command with its options, as Markdown."""
    context = click.Context(main, info_name="iopsched")
    sections = [_HEAD, _text(main), f"{main.epilog}\n"]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None:
            sections.append(_command(command, context))
    return "\n".join(sections)


def _command(command: click.Command, parent: click.Context) -> str:
    context = click.Context(command, info_name=command.name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    options = [param for param in command.params if isinstance(param, click.Option)]
    lines = [f"## iopsched {command.name}\n", f"    iopsched {command.name} {usage}\n", _text(command)]
    if options:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| {_names(option)} | {' '.join(_meaning(option))} |" for option in options]
        lines.append("")
    return "\n".join(lines)


def _text(command: click.Command) -> str:
    """Return a command's help, a paragraph to a line."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs) + "\n"


def _names(option: click.Option) -> str:
    *short, last = option.opts
    return ", ".join(
        f"`{name}`" for name in (*short, last if option.is_flag else f"{last} {_metavar(option)}")
    )


def _metavar(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "{" + ",".join(str(choice) for choice in option.type.choices) + "}"
    return option.metavar or "N"


def _meaning(option: click.Option) -> Iterator[str]:
    yield option.help or ""
    if option.required:
        yield "Required."
    elif not option.is_flag and isinstance(option.default, int | float | str):
        yield f"Default: {option.default}."


if __name__ == "__main__":
    write_stdout(cli_reference())
