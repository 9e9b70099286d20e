"""The look that the tables of the terminal reports share."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = ["heading", "plain_table"]


def heading(text: str, note: str = "") -> Padding:
    """Return a section's heading, with a blank line above."""
    return Padding(
        Text.assemble((text, "bold underline"), (f"  {note}" if note else "", "dim")), (1, 0, 0, 0)
    )


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
