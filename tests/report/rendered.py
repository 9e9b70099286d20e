"""A rendered report as the text that a terminal of a given width would show."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType

__all__ = ["rendered"]


def rendered(report: RenderableType, width: int = 80, *, colour: bool = False) -> str:
    """Return the text, trailing blanks of each line cut off."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        highlight=False,
        markup=False,
    )
    console.print(report)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())
