"""How failures are told: to people on standard error, to programs as JSON on standard output."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Final

from iopsched.cli.consoles import error_console, write_stdout
from iopsched.errors import InputError, IopschedError, Problem
from iopsched.report.words import counted, plain

__all__ = [
    "INTERRUPTED",
    "NEEDS_UNMET",
    "OUR_FAULT",
    "RULE_BROKEN",
    "SOMETHING_FAILED",
    "report_error",
    "report_our_fault",
    "warn",
]

OUR_FAULT: Final = 1
RULE_BROKEN: Final = 4
NEEDS_UNMET: Final = 5
SOMETHING_FAILED: Final = 6
INTERRUPTED: Final = 130

_MOST_WARNINGS = 20


def report_error(error: IopschedError, *, as_json: bool) -> None:
    """Tell what keeps the command from its work: every problem of a file at once."""
    say = partial(error_console().print, soft_wrap=True)
    if not isinstance(error, InputError):
        say(f"Error: {plain(str(error))}")
        return
    file = getattr(error, "__notes__", [f"the {error.subject}"])[0]
    errors = [problem for problem in error.problems if problem.severity == "error"]
    count = counted(len(errors), "problem")
    say(f"Error: {plain(file)} cannot be used: {count}")
    if as_json:
        problems = [asdict(problem) for problem in error.problems]
        document = {"ok": False, "error": error.subject, "file": file, "problems": problems}
        write_stdout(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    else:
        for problem in errors:
            say(_told(problem))
        warn([problem for problem in error.problems if problem.severity == "warning"])


def report_our_fault(error: Exception) -> None:
    """Tell that iopsched itself failed; the traceback only where IOPSCHED_DEBUG asks for it."""
    say = partial(error_console().print, soft_wrap=True)
    if os.environ.get("IOPSCHED_DEBUG"):
        say("".join(traceback.format_exception(error)), end="")
    what = " ".join(str(error).split())
    say(
        f"Error: this is iopsched's fault, not yours: {type(error).__name__}: {plain(what)} "
        "(IOPSCHED_DEBUG=1 shows where)"
    )


def warn(problems: Sequence[Problem]) -> None:
    """Tell what is odd in a file that can be used."""
    say = partial(error_console().print, soft_wrap=True)
    for problem in problems[:_MOST_WARNINGS]:
        say(f"Warning: {_told(problem).lstrip()}")
    if len(problems) > _MOST_WARNINGS:
        say(f"Warning: and {len(problems) - _MOST_WARNINGS} more like these")


def _told(problem: Problem) -> str:
    return f"  {plain(str(problem))}"
