"""The checker's verdict, for people."""

from __future__ import annotations

from collections import defaultdict

from rich.console import Group, RenderableType
from rich.text import Text

from iopsched.instance.models import Instance
from iopsched.report.tables import bullets, heading
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
        parts.append(bullets(violation.text for violation in violations))
    levels = zip(LEVEL_WORDS.values(), report.score.as_tuple(), strict=True)
    score = ", ".join(f"{name} {number(value)}" for name, value in levels)
    parts += ["", delivered_line(report.figures), Text(f"Score, worked out again: {score}")]
    if report.warnings:
        parts += [heading("Warnings"), bullets(warning.text for warning in report.warnings)]
    return Group(*parts)


def _verdict(instance: Instance, roster: Roster, report: CheckReport, rules: int) -> Text:
    if report.ok:
        verdict, what = ("ok", "bold green"), "no rule is broken; score, unmet needs and bounds hold"
    else:
        verdict = ("wrong", "bold red")
        what = f"{counted(len(report.violations), 'violation')} of {counted(rules, 'rule')}"
    return Text.assemble(
        verdict, f"   {plain(instance.id)}, {counted(len(roster.sessions), 'session')}: {what}"
    )
