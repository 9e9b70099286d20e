"""``iopsched explain``."""

from __future__ import annotations

import json

import click

from iopsched.cli.consoles import data_console, error_console, write_stdout
from iopsched.cli.files import check_one_stdin, read_instance, read_roster
from iopsched.cli.interrupts import abort, run_interruptibly
from iopsched.cli.options import instance_argument, json_option, roster_argument, seconds
from iopsched.plan.why_not import WhyNot, why_not
from iopsched.report.terminal_explain import explain_view
from iopsched.solve.control import Stop

__all__ = ["explain_command"]


@click.command("explain")
@instance_argument
@roster_argument
@click.option("--participant", metavar="ID", help="Only this participant's needs.")
@click.option("--time-limit", metavar="S", type=seconds, default=60.0, help="Seconds in all.")
@json_option
def explain_command(
    instance: str, roster: str, participant: str | None, time_limit: float, as_json: bool
) -> None:
    """Tell why needs are unmet, and what would mend it.

    For each unmet need: whether any roster could deliver it, the facts that together prevent it, and the
    edits that ask least to deliver it while nobody loses a session. Whatever is called possible was solved
    and checked, whatever is called impossible was proved; what the time was too short for is named.
    Ctrl-C ends the work with what is known by then.

    INSTANCE is what was asked, ROSTER the answer; one of them can be - for standard input.
    """
    check_one_stdin(instance, roster)
    asked, answer = read_instance(instance), read_roster(roster)

    def work(stop: Stop) -> WhyNot:
        return why_not(asked, answer, participant=participant, time_limit=time_limit, stop=stop)

    try:
        found = run_interruptibly(work, on_stop=lambda: error_console().print("Stopping."))
    except KeyboardInterrupt:
        abort()
    if as_json:
        write_stdout(json.dumps(found.to_dict(), indent=1, ensure_ascii=False) + "\n")
    else:
        data_console().print(explain_view(found))
