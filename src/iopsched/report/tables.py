"""The look that the tables of the terminal reports share."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from iopsched.report.words import plain

__all__ = ["bar", "bullets", "heading", "plain_table"]


def heading(text: str, note: str = "") -> Text:
    """Return a section's heading, with a blank line above."""
    return Text.assemble("\n", (text, "bold underline"), (f"  {note}" if note else "", "dim"))


def bar(share: float, width: int, style: str = "green") -> Text:
    """Return a bar that is filled to a share between 0 and 1; full only from 1 on."""
    full = min(int(share * width), width)
    return Text.assemble(("█" * full, style), ("░" * (width - full), "dim"))


def bullets(texts: Iterable[str]) -> Table:
    """Return texts below each other, a bullet before each."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for text in texts:
        table.add_row(" •", Text(plain(text)))
    return table


def plain_table(*, expand: bool = False) -> Table:
    """Return an empty table: a line under its head and air between its columns."""
    return Table(
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        header_style="bold",
        expand=expand,
    )
