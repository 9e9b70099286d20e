"""``iopsched show``."""

from __future__ import annotations

import click

from iopsched.cli.consoles import data_console
from iopsched.cli.files import check_one_stdin, read_instance, read_roster
from iopsched.cli.options import instance_argument, roster_argument
from iopsched.cli.views import check_one_view, known_view, view_options
from iopsched.report.terminal import overview
from iopsched.report.terminal_own import own_week

__all__ = ["show_command"]


@click.command("show")
@instance_argument
@roster_argument
@view_options
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
    view = check_one_view(participant=participant, staff=staff, room=room, group=group)
    check_one_stdin(instance, roster)
    asked = read_instance(instance)
    answer = read_roster(roster)
    if view is None:
        data_console().print(overview(asked, answer))
    else:
        data_console().print(own_week(asked, answer, known_view(view, asked, answer)))
