"""``iopsched report``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import click

from iopsched.cli.failures import warn
from iopsched.cli.files import check_one_stdin, check_output, read_instance, read_roster, write_output
from iopsched.cli.options import instance_argument, roster_argument
from iopsched.cli.views import check_one_view, known_view, view_options
from iopsched.errors import Problem, RosterError
from iopsched.exchange.names import Names, read_names
from iopsched.instance import Instance, instance_sha256
from iopsched.report.views import View
from iopsched.roster import Roster
from iopsched.roster.views import narrowed

__all__ = ["report_command"]


class _Material(NamedTuple):
    """What a report is made of; ``view`` is whose week alone, ``None`` for the whole."""

    instance: Instance
    roster: Roster
    names: Names
    view: View | None

    @property
    def part(self) -> Roster:
        """The roster, or the view's own part of it."""
        return self.roster if self.view is None else narrowed(self.view, self.roster)


def _csv(material: _Material) -> str:
    from iopsched.exchange.attendance import attendance_csv

    return attendance_csv(material.instance, material.part, material.names)


# Each format imports what makes it when it is asked for, so that the others' libraries are not loaded.
_FILES: Final[dict[str, Callable[[_Material], str | bytes]]] = {
    "csv": _csv,
}
_ENDINGS: Final = {".csv": "csv"}


@click.command("report")
@instance_argument
@roster_argument
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    type=click.Path(allow_dash=True),
    help="Where it goes.",
)
@click.option(
    "--format",
    "named_format",
    type=click.Choice([*_FILES]),
    help=f"The form; absent: what the ending of OUT says, one of {', '.join(_ENDINGS)}.",
)
@click.option(
    "--names",
    "names_file",
    metavar="NAMES",
    type=click.Path(),
    help="A CSV file with the columns id,name or id,name,kind: names are put on, in place of codes or "
    "beside them.",
)
@view_options
def report_command(
    instance: str,
    roster: str,
    output: str,
    named_format: str | None,
    names_file: str | None,
    participant: str | None,
    staff: str | None,
    room: str | None,
    group: str | None,
) -> None:
    """Hand a roster to people and to other systems.

    Whoever is named by --participant gets a report of their own sessions that names no other participant.
    Without --names there are codes alone.

    INSTANCE is what was asked, ROSTER the answer; one of them can be - for standard input.
    """
    view = check_one_view(participant=participant, staff=staff, room=room, group=group)
    form = _form(output, named_format)
    check_one_stdin(instance, roster)
    inputs = tuple(path for path in (instance, roster, names_file) if path is not None)
    check_output(output, inputs=inputs)
    asked, answer = read_instance(instance), read_roster(roster)
    _check_answers(asked, answer, roster)
    names = Names() if names_file is None else read_names(names_file).with_staff_of(asked)
    if view is not None:
        view = known_view(view, asked, answer)
    write_output(output, _FILES[form](_Material(asked, answer, names, view)))


def _form(output: str, named: str | None) -> str:
    """Return the format asked for; a usage error where neither the option nor the ending says it."""
    form = named or _ENDINGS.get(Path(output).suffix.lower())
    if form is None:
        raise click.UsageError(
            f"the name {output} does not say the format; give --format {'|'.join(_FILES)}, "
            f"or end it in one of {', '.join(_ENDINGS)}"
        )
    return form


def _check_answers(instance: Instance, roster: Roster, file: str) -> None:
    """Raise where a roster answers another clinic or week; warn where the instance has changed since.

    Raises
    ------
    RosterError
        What leaves the house is not made of two things that don't belong together.
    """
    problems = []
    if roster.instance != instance.id:
        what = f"this roster answers the instance {roster.instance}, not {instance.id}"
        problems.append(Problem("instance", what, "name the instance that it answers"))
    if roster.week != instance.week:
        what = f"this roster is of the week of {roster.week}, the instance of {instance.week}"
        problems.append(Problem("week", what, "name the instance of that week"))
    if problems:
        error = RosterError(problems)
        error.add_note("standard input" if file == "-" else file)
        raise error
    if roster.instance_sha256 not in ("", instance_sha256(instance)):
        what = "the instance is not as it was when this roster answered it"
        remedy = "check tells what no longer fits; solve --baseline mends it"
        warn([Problem("instance_sha256", what, remedy, "warning")])
