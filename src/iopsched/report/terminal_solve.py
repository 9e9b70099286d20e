"""The end of a search, for people."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import bullets, heading
from iopsched.report.terminal import delivered_line, score_table, unmet_table
from iopsched.report.week import figures_of, worst_first
from iopsched.report.words import counted, plain
from iopsched.roster.models import Roster

__all__ = ["solve_view"]

_MOST_UNMET = 5
_MOST_WARNINGS = 3


def solve_view(instance: Instance, roster: Roster, *, seconds: float, output: str) -> RenderableType:
    """Return the summary of a search: delivered, score, the heaviest unmet needs, where the roster is.

    Parameters
    ----------
    instance, roster : Instance, Roster
        What was asked and the answer.
    seconds : float
        Wall-clock seconds of the search.
    output : str
        Where the roster was written; ``-`` is standard output.
    """
    parts: list[RenderableType] = [delivered_line(figures_of(instance, roster)), "", score_table(roster)]
    unmet = worst_first(instance, roster.unmet)
    if unmet:
        shown = len(unmet[:_MOST_UNMET])
        note = "" if shown == len(unmet) else f"the heaviest {shown} of {len(unmet)}"
        parts += [heading("Unmet", note), unmet_table(unmet[:_MOST_UNMET])]
    if roster.warnings:
        shown_warnings = bullets(note.text for note in roster.warnings[:_MOST_WARNINGS])
        parts += [heading("Warnings"), shown_warnings]
        if len(roster.warnings) > _MOST_WARNINGS:
            parts.append(Text(f" • and {len(roster.warnings) - _MOST_WARNINGS} more", "dim"))
    written = counted(len(roster.sessions), "session")
    where = "standard output" if output == "-" else output
    parts += [
        "",
        Text(f"{roster.status} after {seconds:.1f} s; {written} written to {plain(where)}"),
    ]
    return Group(*parts)
