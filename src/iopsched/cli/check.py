"""``iopsched check``."""

from __future__ import annotations

import json
from datetime import datetime

import click

from iopsched.cli.consoles import data_console, write_stdout
from iopsched.cli.failures import RULE_BROKEN, warn
from iopsched.cli.files import check_one_stdin, read_instance, read_roster
from iopsched.cli.options import (
    baseline_option,
    check_from_fits,
    check_from_has_baseline,
    from_option,
    instance_argument,
    json_option,
    roster_argument,
)
from iopsched.instance import instance_warnings
from iopsched.report.terminal_check import check_view
from iopsched.roster import check

__all__ = ["check_command"]


@click.command("check")
@instance_argument
@roster_argument
@baseline_option
@from_option
@json_option
@click.pass_context
def check_command(
    ctx: click.Context,
    instance: str,
    roster: str,
    baseline: str | None,
    frozen_from: datetime | None,
    as_json: bool,
) -> None:
    """Judge a roster from the files alone.

    Every rule, the unmet needs, the score and the bounds are worked out again, sharing nothing with the
    solver. Any roster in the format can be judged, one edited by hand too. Exit code 4 says that
    something in it is wrong.

    INSTANCE is what was asked, ROSTER the answer; one of them can be - for standard input. A roster
    that was made with a baseline is judged with the same --baseline and --from.
    """
    check_one_stdin(instance, roster, baseline)
    check_from_has_baseline(frozen_from, baseline)
    asked = read_instance(instance)
    warn(instance_warnings(asked))
    answer = read_roster(roster)
    standing = read_roster(baseline) if baseline is not None else None
    check_from_fits(frozen_from, asked, standing)
    report = check(asked, answer, baseline=standing, frozen_from=frozen_from)
    if as_json:
        write_stdout(json.dumps(report.to_dict(), indent=1, ensure_ascii=False) + "\n")
    else:
        data_console().print(check_view(asked, answer, report))
    if not report.ok:
        ctx.exit(RULE_BROKEN)
