"""The options that ask for one's own part of a roster."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any, TypeVar

import click

from iopsched.instance import Instance
from iopsched.report.views import View, ViewKind, known_ids
from iopsched.roster import Roster

__all__ = ["check_one_view", "known_view", "view_options"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def view_options(command: _Command) -> _Command:
    """Add ``--participant``, ``--staff``, ``--room`` and ``--group``."""
    for option in (
        click.option("--group", metavar="ID", help="Only this group's week."),
        click.option("--room", metavar="ID", help="Only this room's week."),
        click.option("--staff", metavar="ID", help="Only this member of staff's week."),
        click.option("--participant", metavar="ID", help="Only this participant's week."),
    ):
        command = option(command)
    return command


def check_one_view(
    *, participant: str | None, staff: str | None, room: str | None, group: str | None
) -> View | None:
    """Return whose week is asked for, ``None`` for everybody's; a usage error where it is more than one's."""
    named: tuple[tuple[ViewKind, str | None], ...] = (
        ("participant", participant),
        ("staff", staff),
        ("room", room),
        ("group", group),
    )
    chosen = [View(kind, name) for kind, name in named if name is not None]
    if len(chosen) > 1:
        raise click.UsageError("--participant, --staff, --room and --group exclude each other; give one")
    return chosen[0] if chosen else None


def known_view(view: View, instance: Instance, roster: Roster) -> View:
    """Return a view of somebody whom the instance or the roster names; a usage error for anybody else."""
    known = known_ids(view.kind, instance, roster)
    if view.id in known:
        return view
    folded = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(view.id.casefold(), folded, n=1, cutoff=0.5)
    hint = (
        f"did you mean {folded[near[0]]!r}?" if near else f"known: {', '.join(sorted(known)[:10]) or 'none'}"
    )
    raise click.UsageError(f"--{view.kind}: there is no {view.id!r}; {hint}")
