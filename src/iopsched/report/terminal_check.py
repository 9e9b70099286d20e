"""The checker's verdict, for people."""

from __future__ import annotations

from collections import defaultdict

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import heading
from iopsched.report.terminal import delivered_line
from iopsched.report.words import LEVEL_WORDS, counted, number, plain
from iopsched.roster.models import Roster
from iopsched.roster.report import CheckReport, Violation

__all__ = ["check_view"]


def check_view(instance: Instance, roster: Roster, report: CheckReport) -> RenderableType:
    """Return the verdict: every violation by rule, then what the sessions come to.

    Parameters
    ----------
    instance, roster : Instance, Roster
        What was asked and the answer that was judged.
    report : CheckReport
        What the checker says.
    """
    by_rule: dict[str, list[Violation]] = defaultdict(list)
    for violation in report.violations:
        by_rule[violation.rule].append(violation)
    parts: list[RenderableType] = [_verdict(instance, roster, report, len(by_rule))]
    for rule, violations in by_rule.items():
        parts.append(heading(rule, counted(len(violations), "violation")))
        parts += [Padding(Text(f"• {plain(violation.text)}"), (0, 0, 0, 1)) for violation in violations]
    levels = zip(LEVEL_WORDS.values(), report.score.as_tuple(), strict=True)
    score = ", ".join(f"{name} {number(value)}" for name, value in levels)
    parts += ["", delivered_line(report.figures), Text(f"Score, worked out again: {score}")]
    parts += [Text(f"Warning: {plain(warning.text)}", "yellow") for warning in report.warnings]
    return Group(*parts)


def _verdict(instance: Instance, roster: Roster, report: CheckReport, rules: int) -> Text:
    if report.ok:
        verdict = Text("ok", "bold green").append(
            ": no rule is broken; score, unmet needs and bounds hold", ""
        )
    else:
        count = counted(len(report.violations), "violation")
        verdict = Text("wrong", "bold red").append(f": {count} of {counted(rules, 'rule')}", "")
    return Text.assemble(
        (plain(instance.id), "bold"), f", {counted(len(roster.sessions), 'session')}: ", verdict
    )
