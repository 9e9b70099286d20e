"""``iopsched show``."""

from __future__ import annotations

import difflib

import click

from iopsched.cli.consoles import data_console
from iopsched.cli.files import check_one_stdin, read_instance, read_roster
from iopsched.cli.options import instance_argument, roster_argument
from iopsched.report.terminal import overview
from iopsched.report.terminal_own import own_week
from iopsched.report.views import View, ViewKind, known_ids

__all__ = ["show_command"]


@click.command("show")
@instance_argument
@roster_argument
@click.option("--participant", metavar="ID", help="Only this participant's week, as a calendar.")
@click.option("--staff", metavar="ID", help="Only this member of staff's week, as a calendar.")
@click.option("--room", metavar="ID", help="Only this room's week, as a calendar.")
@click.option("--group", metavar="ID", help="Only this group's week, as a calendar.")
def show_command(
    instance: str,
    roster: str,
    participant: str | None,
    staff: str | None,
    room: str | None,
    group: str | None,
) -> None:
    """Show a roster in the terminal.

    Without an option the whole week: groups, timetable, what is unmet and why, the use of staff and rooms.

    INSTANCE is what was asked, ROSTER the answer; one of them can be - for standard input.
    """
    named: tuple[tuple[ViewKind, str | None], ...] = (
        ("participant", participant),
        ("staff", staff),
        ("room", room),
        ("group", group),
    )
    chosen = [View(kind, name) for kind, name in named if name is not None]
    if len(chosen) > 1:
        raise click.UsageError("--participant, --staff, --room and --group exclude each other; give one")
    check_one_stdin(instance, roster)
    asked = read_instance(instance)
    answer = read_roster(roster)
    if not chosen:
        data_console().print(overview(asked, answer))
        return
    view = chosen[0]
    known = known_ids(view.kind, asked, answer)
    if view.id not in known:
        raise click.UsageError(_unknown(view, known))
    data_console().print(own_week(asked, answer, view))


def _unknown(view: View, known: frozenset[str]) -> str:
    folded = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(view.id.casefold(), folded, n=1, cutoff=0.5)
    hint = (
        f"did you mean {folded[near[0]]!r}?" if near else f"known: {', '.join(sorted(known)[:10]) or 'none'}"
    )
    return f"--{view.kind}: there is no {view.id!r}; {hint}"
