"""Draw the pictures of the documentation: what ``iopsched show`` prints of a solved clinic, as SVG.

``python docs/pictures.py`` solves the evening clinic of ``instances/`` and draws them anew. Each search
ends with a roster of its own, so the pictures will differ in detail.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console, RenderableType

import iopsched
from iopsched.report.terminal import overview
from iopsched.report.terminal_own import own_week
from iopsched.report.views import View

DOCS = Path(__file__).parent
INSTANCE = DOCS.parent / "instances" / "evening-24.json"
PARTICIPANT = "P0001"
SECONDS = 30


def draw(name: str, title: str, width: int, shown: RenderableType) -> None:
    """Write what a terminal of some width would show."""
    console = Console(
        record=True, width=width, file=io.StringIO(), highlight=False, markup=False, emoji=False
    )
    console.print(shown)
    svg = console.export_svg(title=title, unique_id=name)
    # Web fonts would be fetched from elsewhere; every reader has a monospaced one.
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    lines = "\n".join(line.rstrip() for line in svg.splitlines() if line.strip())
    (DOCS / f"{name}.svg").write_text(lines + "\n", encoding="utf-8")


def main() -> None:
    """Solve the clinic and draw its week, and one participant's."""
    instance = iopsched.load_instance(INSTANCE)
    roster = iopsched.solve(instance, time_limit=SECONDS)
    file = INSTANCE.name
    draw("roster", f"iopsched show {file} roster.json", 112, overview(instance, roster))
    own = own_week(instance, roster, View("participant", PARTICIPANT))
    draw("participant", f"iopsched show {file} roster.json --participant {PARTICIPANT}", 100, own)


if __name__ == "__main__":
    main()
