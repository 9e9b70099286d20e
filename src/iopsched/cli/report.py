"""``iopsched report``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import click

from iopsched.cli.consoles import error_console
from iopsched.cli.failures import warn
from iopsched.cli.files import (
    STDIO,
    check_one_stdin,
    check_output,
    output_folder,
    read_instance,
    read_roster,
    write_output,
)
from iopsched.cli.options import instance_argument, roster_argument
from iopsched.cli.views import check_one_view, known_view, view_options
from iopsched.errors import InputError, IopschedError, Problem, RosterError
from iopsched.exchange.names import Names, read_names
from iopsched.instance import Instance, instance_sha256
from iopsched.report.views import View
from iopsched.report.words import counted, listed, number, plain
from iopsched.roster import Roster
from iopsched.roster.views import narrowed

__all__ = ["report_command"]


class _Material(NamedTuple):
    """What a report is made of.

    ``rosters`` answer the week one after the other, and the last is what stands; ``view`` is whose week
    alone, ``None`` for the whole.
    """

    instance: Instance
    rosters: tuple[Roster, ...]
    names: Names
    view: View | None

    @property
    def roster(self) -> Roster:
        """The roster that stands."""
        return self.rosters[-1]

    @property
    def parts(self) -> tuple[Roster, ...]:
        """The rosters, or the view's own part of each."""
        view = self.view
        return self.rosters if view is None else tuple(narrowed(view, roster) for roster in self.rosters)


def _csv(material: _Material) -> str:
    from iopsched.exchange.attendance import attendance_csv

    return attendance_csv(material.instance, material.parts[-1], material.names)


def _html(material: _Material) -> str:
    from iopsched.report.page import html_report

    return html_report(material.instance, material.roster, material.names, material.view)


def _xlsx(material: _Material) -> bytes:
    from iopsched.report.workbook import workbook_report

    return workbook_report(material.instance, material.roster, material.names, material.view)


def _fhir(material: _Material) -> str:
    from iopsched.exchange.fhir import fhir_bundle

    return fhir_bundle(material.instance, material.parts, material.names)


# Each format imports what makes it when it is asked for, so that the others' libraries are not loaded.
_FILES: Final[dict[str, Callable[[_Material], str | bytes]]] = {
    "html": _html,
    "xlsx": _xlsx,
    "csv": _csv,
    "fhir": _fhir,
}
_FOLDER: Final = "ics"
"""The format that is not one file."""

_REPLANNED: Final = ("ics", "fhir")
"""The formats that tell what has changed."""

_ENDINGS: Final = {".html": "html", ".xlsx": "xlsx", ".csv": "csv"}


@click.command("report")
@instance_argument
@roster_argument
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    type=click.Path(allow_dash=True),
    help="The file; with --format ics a folder, which is brought up to date where it holds calendars.",
)
@click.option(
    "--format",
    "named_format",
    type=click.Choice([*_FILES, _FOLDER]),
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
@click.option(
    "--baseline",
    "baselines",
    metavar="ROSTER",
    multiple=True,
    type=click.Path(allow_dash=True),
    help="For ics and fhir: a roster of this week that people were told before; again for each, oldest "
    "first. What is no longer held is cancelled.",
)
@view_options
def report_command(
    instance: str,
    roster: str,
    output: str,
    named_format: str | None,
    names_file: str | None,
    baselines: tuple[str, ...],
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
    if baselines and form not in _REPLANNED:
        raise click.UsageError(
            f"--baseline is for {' and '.join(_REPLANNED)}; {form} tells what stands alone"
        )
    check_one_stdin(instance, roster, *baselines)
    inputs = tuple(path for path in (instance, roster, names_file, *baselines) if path is not None)
    folder = None
    if form != _FOLDER:
        check_output(output, inputs=inputs)
    elif output == STDIO:
        raise click.UsageError("-o: calendars go into a folder; name one")
    else:
        folder = output_folder(output)
    asked = read_instance(instance)
    rosters = tuple(_answer(asked, path) for path in (*baselines, roster))
    _warn_of_age(asked, rosters[-1])
    names = Names() if names_file is None else _names(names_file, asked, rosters[-1])
    if view is not None:
        view = known_view(view, asked, rosters[-1])
    material = _Material(asked, rosters, names, view)
    if folder is None:
        write_output(output, _FILES[form](material))
    else:
        _write_calendars(material, folder)


def _names(file: str, asked: Instance, roster: Roster) -> Names:
    """Read names, and tell where they are nobody's here, without any of them."""
    names = read_names(file)
    if not names.known(asked, roster):
        what = f"{counted(len(names.shown), 'name')}, none of them of an id of this clinic"
        remedy = "ids are compared to the letter, and kinds where they are given"
        warn([Problem(file, what, remedy, "warning")])
    return names.with_staff_of(asked)


def _write_calendars(material: _Material, folder: Path) -> None:
    """Bring a folder of calendars up to date, file by file, and say what is different."""
    from iopsched.exchange.calendars import INDEX, calendar_folder

    instance, rosters, names, view = material
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".ics" or path.name == INDEX)
    except OSError as error:
        raise IopschedError(f"could not read {folder}: {error.strerror}") from error
    before: dict[str, bytes] = {}
    problems = []
    for path in paths:
        try:
            before[path.name] = path.read_bytes()
        except OSError as error:
            what = f"cannot read it: {error.strerror}"
            problems.append(Problem(path.name, what, "move it away, or name another folder"))
    try:
        after = calendar_folder(instance, rosters, names, before, view)
    except InputError as error:
        problems += error.problems
    if problems:
        refused = InputError(problems)
        refused.add_note(str(folder))
        raise refused
    for name, content in after.files.items():
        if before.get(name) != content:
            write_output(str(folder / name), content)
    error_console().print(
        f"{counted(after.calendars, 'calendar')} in {plain(str(folder))}, events: {number(after.new)} new, "
        f"{number(after.changed)} changed, {number(after.cancelled)} cancelled",
        soft_wrap=True,
    )


def _form(output: str, named: str | None) -> str:
    """Return the format asked for; a usage error where neither the option nor the ending says it."""
    form = named or _ENDINGS.get(Path(output).suffix.lower())
    if form is None:
        raise click.UsageError(
            f"the name {output} does not say the format; give --format {'|'.join((*_FILES, _FOLDER))}, "
            f"or end it in one of {', '.join(_ENDINGS)}"
        )
    return form


def _answer(instance: Instance, file: str) -> Roster:
    """Read a roster that answers an instance.

    Raises
    ------
    RosterError
        Where it answers another clinic or week: what leaves the house is not made of two things that don't
        belong together.
    """
    roster = read_roster(file)
    problems = []
    if roster.instance != instance.id:
        what = f"this roster answers the instance {roster.instance}, not {instance.id}"
        problems.append(Problem("instance", what, "name the instance that it answers"))
    if roster.week != instance.week:
        what = f"this roster is of the week of {roster.week}, the instance of {instance.week}"
        problems.append(Problem("week", what, "name the instance of that week"))
    twice = [name for name, count in Counter(one.id for one in roster.sessions).items() if count > 1]
    if twice:
        what = f"several sessions have the id {listed(twice)}"
        problems.append(Problem("sessions", what, "give each an id of its own"))
    if problems:
        error = RosterError(problems)
        error.add_note("standard input" if file == STDIO else file)
        raise error
    return roster


def _warn_of_age(instance: Instance, roster: Roster) -> None:
    """Tell where the instance has changed since the roster answered it."""
    if roster.instance_sha256 not in ("", instance_sha256(instance)):
        what = "the instance is not as it was when this roster answered it"
        remedy = "check tells what no longer fits; solve --baseline mends it"
        warn([Problem("instance_sha256", what, remedy, "warning")])
