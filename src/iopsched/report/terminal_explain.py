"""Why needs are unmet and what would mend them, for people."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from iopsched.plan.why_not import Mend, NeedAnswer, WhyNot
from iopsched.report.tables import bullets, heading
from iopsched.report.words import counted, number, plain

__all__ = ["explain_view"]

_MENDS = (
    "Any of these mends it, and nobody loses a session by it; each was solved and checked. In front is how "
    "much it asks, about the minutes of somebody's time:"
)

_TRY = (
    "Try a mend with iopsched whatif; each --edit is taken as it stands. Where others miss sessions too, "
    "whatif weighs all needs alike and may give them what the mend brings."
)


def explain_view(answer: WhyNot) -> RenderableType:
    """Return the explanation of each unmet need: what is proved, the facts, the mends.

    Parameters
    ----------
    answer : WhyNot
        What :func:`iopsched.plan.why_not.why_not` says.
    """
    if not answer.needs and not answer.not_examined:
        whose = "" if answer.participant is None else f" of {plain(answer.participant)}"
        return Text(f"Nothing is unmet: every need{whose} has all its sessions.")
    parts: list[RenderableType] = []
    for need in answer.needs:
        parts += _need(need)
    if answer.not_examined:
        named = (f"{participant} {service}" for participant, service in answer.not_examined)
        parts.append(heading("Not examined", "no time was left; allow more with --time-limit"))
        parts.append(bullets(named))
    if any(need.mends for need in answer.needs):
        parts += ["", Text(_TRY, "dim")]
    return Group(*parts)


def _need(need: NeedAnswer) -> list[RenderableType]:
    title = f"{plain(need.participant)}, {plain(need.service)}: {counted(need.missing, 'session')} missing"
    parts: list[RenderableType] = [heading(title), Text(_verdict(need))]
    shown = [fact for fact in need.facts if need.irreducible or fact.without == "possible"]
    if shown:
        parts += [Text(_introduction(need)), bullets(fact.text for fact in shown)]
    if need.facts and not need.irreducible:
        parts.append(Text(_not_narrowed(need, len(shown))))
    if need.mends:
        parts += [Text(_MENDS), _mends(need.mends)]
    elif need.nobody_loses != "possible":
        tried = "No single edit that was tried mends it" if need.complete else "No mend was found in the time"
        parts.append(Text(f"{tried}."))
    return parts


def _verdict(need: NeedAnswer) -> str:
    if need.any_roster == "impossible":
        return "No roster at all can deliver it: proved."
    if need.nobody_loses == "impossible":
        possible = (
            "A roster can" if need.any_roster == "possible" else "It is not known whether any roster can"
        )
        return f"{possible} deliver it, but none in which nobody else loses a session: proved."
    if need.nobody_loses == "possible":
        return (
            "It can be delivered without anybody losing a session: such a roster was found and checked. "
            "Solve again with more time."
        )
    if need.any_roster == "possible":
        return (
            "A roster can deliver it. One in which nobody else loses a session was neither found nor "
            "proved to be impossible in the time; allow more with --time-limit."
        )
    return (
        "A roster that delivers it was neither found nor proved to be impossible in the time; allow more "
        "with --time-limit."
    )


def _introduction(need: NeedAnswer) -> str:
    if not need.irreducible:
        return "Each of these facts has a part in it, which was proved:"
    if len(need.facts) == 1:
        return "This fact alone prevents it:"
    return "These facts together prevent it; without any one of them the others do not (each was solved):"


def _not_narrowed(need: NeedAnswer, shown: int) -> str:
    left = len(need.facts) - shown
    more = "more " if shown else ""
    return f"{counted(left, f'{more}fact')} may have a part in it; the time was too short to tell which."


def _mends(mends: Sequence[Mend]) -> RenderableType:
    """Return a line for each edit, the points of its mend before the first."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", min_width=6)
    table.add_column(overflow="fold")
    for mend in mends:
        points = [number(mend.asks), *("" for _ in mend.edits[1:])]
        for asks, edit in zip(points, mend.edits, strict=True):
            table.add_row(asks, Text(f"--edit {_quoted(edit)}"))
    return table


def _quoted(edit: str) -> str:
    """Return a sentence as a shell takes it, in double quotes where they do no harm."""
    text = plain(edit)
    return shlex.quote(text) if any(sign in text for sign in '"$`\\!') else f'"{text}"'
