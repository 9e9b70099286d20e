"""Arguments and options that several commands share, and their types."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import click

from iopsched.instance import Instance
from iopsched.roster import Roster

__all__ = [
    "JSON_ASKED",
    "baseline_option",
    "check_from_fits",
    "check_from_has_baseline",
    "from_option",
    "instance_argument",
    "json_option",
    "roster_argument",
    "seconds",
    "seed_option",
    "wall_time",
]

JSON_ASKED = "iopsched.json"
"""Key of the click context's ``meta`` that tells whether ``--json`` was given."""


def wall_time(text: str) -> datetime:
    """Return a time on the clinic's wall clock; a usage error on anything else, an offset included."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise click.BadParameter(
            f"{text!r} is not a time on the clinic's wall clock such as 2026-11-24T12:00"
        )
    return moment


def seconds(text: str | float) -> float:
    """Return a duration in seconds; a usage error unless it is finite and above zero."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise click.BadParameter(f"{text!r} is not a number of seconds above 0")
    return value


def _note_json(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    ctx.meta[JSON_ASKED] = value
    return value


instance_argument = click.argument("instance", type=click.Path(allow_dash=True))
roster_argument = click.argument("roster", type=click.Path(allow_dash=True))

json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=_note_json,
    help="Print JSON for programs on standard output.",
)
seed_option = click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    help="Another seed searches otherwise.",
)
baseline_option = click.option(
    "--baseline",
    metavar="ROSTER",
    type=click.Path(allow_dash=True),
    help="The roster that stands: each change to it costs, before burden and staffing do. "
    "It may be of another week.",
)
from_option = click.option(
    "--from",
    "frozen_from",
    metavar="DATETIME",
    type=wall_time,
    help="With --baseline: what starts before this moment, such as 2026-11-24T12:00, has happened and stays "
    "as it was.",
)


def check_from_has_baseline(frozen_from: datetime | None, baseline: str | None) -> None:
    """Raise a usage error where ``--from`` is given without ``--baseline``."""
    if frozen_from is not None and baseline is None:
        raise click.UsageError("--from needs --baseline: it says from when on that roster may change")


def check_from_fits(frozen_from: datetime | None, instance: Instance, baseline: Roster | None) -> None:
    """Raise a usage error where ``--from`` is of another week than the instance or the baseline."""
    if frozen_from is None or baseline is None:
        return
    if baseline.week != instance.week:
        raise click.UsageError(
            f"--from needs a baseline of the instance's week, {instance.week}; this one is of {baseline.week}"
        )
    monday = datetime.combine(instance.week, datetime.min.time())
    if not monday <= frozen_from <= monday + timedelta(days=7):
        raise click.UsageError(
            f"--from {frozen_from.isoformat(timespec='minutes')} is outside the instance's week, "
            f"which runs from {instance.week} to {instance.week + timedelta(days=6)}"
        )
