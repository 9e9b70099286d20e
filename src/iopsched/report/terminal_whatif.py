"""Scenarios side by side, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from iopsched.plan.comparison import Joined, Shift, Use
from iopsched.plan.edits import sentence
from iopsched.plan.what_if import Outcome, WhatIf
from iopsched.report.tables import bullets, heading, plain_table
from iopsched.report.words import LEVEL_WORDS, counted, hours, number, percent, plain
from iopsched.roster.models import LEVELS, Roster

__all__ = ["solved_line", "whatif_view"]

_ACROSS = 3
"""Scenarios beside the base in one table; more go into the next."""
_WIDEST = 18
_MOST = 12
"""Gains, losses and newcomers told for each scenario; the rest is counted."""


def solved_line(name: str, roster: Roster | None) -> Text:
    """Return the news that a scenario has been solved."""
    if roster is None:
        return Text(f"{plain(name)}: no roster")
    score = ", ".join(f"{LEVEL_WORDS[level]} {number(getattr(roster.score, level))}" for level in LEVELS)
    return Text(f"{plain(name)}: {score}")


def whatif_view(answer: WhatIf) -> RenderableType:
    """Return the scenarios beside the base, then what each changes and for whom."""
    parts: list[RenderableType] = []
    for first in range(0, len(answer.scenarios), _ACROSS):
        parts += [_side_by_side(answer, answer.scenarios[first : first + _ACROSS]), ""]
    parts.append(Text(_legend(answer.compares), "dim"))
    for outcome in answer.scenarios:
        parts += _scenario(outcome)
    return Group(*parts)


def _legend(compares: bool) -> str:
    changes = "Changes count what differs from the roster that was given.\n" if compares else ""
    return (
        "Lower is better in the first rows; in brackets the difference to the base.\n"
        f"{changes}Proved: no roster with the values above it is lower.\n"
        "Bound: no roster with the values above it is lower than that.\n"
        "Below minimum: participants who get less than their program promises."
    )


def _side_by_side(answer: WhatIf, scenarios: Sequence[Outcome]) -> Table:
    table = plain_table()
    table.add_column("")
    for outcome in (answer.base, *scenarios):
        table.add_column(
            Text(plain(outcome.scenario.name)), justify="right", overflow="fold", max_width=_WIDEST
        )
    for level in LEVELS:
        if level != "changes" or answer.compares:
            _row(table, LEVEL_WORDS[level], answer.base, scenarios, partial(_level, level=level))
    _row(table, "sessions delivered", answer.base, scenarios, _delivered)
    _row(table, "staff hours in use", answer.base, scenarios, lambda one: _used(one, "staff_total"))
    _row(table, "room hours in use", answer.base, scenarios, lambda one: _used(one, "rooms_total"))
    _row(table, "below minimum", answer.base, scenarios, _below)
    return table


Cell = tuple[int | None, str, str]
"""A value to compare with the base's, if it is to be; how it is written; a second line."""


def _row(
    table: Table, name: str, base: Outcome, scenarios: Sequence[Outcome], cell: Callable[[Outcome], Cell]
) -> None:
    """Add a row; the scenarios' values with their difference to the base."""
    reference, first, second = cell(base)
    cells = [f"{first}\n{second}"]
    for outcome in scenarios:
        if outcome.roster is None:
            cells.append("–")
            continue
        value, first, second = cell(outcome)
        change = ""
        if value is not None and reference is not None and value != reference:
            change = f" ({value - reference:+,})"
        cells.append(f"{first}{change}\n{second}")
    table.add_row(name, *(Text(text.rstrip()) for text in cells))


def _level(outcome: Outcome, level: str) -> Cell:
    assert outcome.roster is not None
    value: int = getattr(outcome.roster.score, level)
    bound: int | None = getattr(outcome.roster.bound, level)
    if bound is None:
        return value, number(value), "no bound"
    return value, number(value), "proved" if value == bound else f"bound {number(bound)}"


def _delivered(outcome: Outcome) -> Cell:
    assert outcome.measures is not None
    delivered, needed = outcome.measures.delivered, outcome.measures.needed
    return delivered, number(delivered), f"of {number(needed)}"


def _used(outcome: Outcome, field: str) -> Cell:
    use: Use = getattr(outcome.measures, field)
    share = "" if use.share is None else f"{percent(use.share)} of {hours(use.available)}"
    return None, hours(use.minutes), share


def _below(outcome: Outcome) -> Cell:
    assert outcome.measures is not None
    people = {getattr(note, "participant", "") for note in outcome.measures.below_minimum}
    return len(people), number(len(people)), ""


def _scenario(outcome: Outcome) -> Iterator[RenderableType]:
    yield heading(plain(outcome.scenario.name))
    if outcome.scenario.edits:
        yield bullets(sentence(edit) for edit in outcome.scenario.edits)
    else:
        yield Text("Nothing is different from the base.")
    if outcome.failure is not None:
        yield Text(f"No roster: {plain(outcome.failure)}")
        return
    told = [
        *_told("gains", map(_shift, outcome.gains)),
        *_told("loses", map(_shift, outcome.losses)),
        *_told("is new", map(_newcomer, outcome.joined)),
    ]
    if outcome.left:
        more = len(outcome.left) - _MOST
        others = f" and {counted(more, 'other')}" if more > 0 else ""
        told.append(f"No longer there: {', '.join(outcome.left[:_MOST])}{others}")
    yield Group(*(Text(plain(line)) for line in told or ["Nobody gains or loses a session."]))


def _told(verb: str, lines: Iterable[str]) -> Iterator[str]:
    every = list(lines)
    yield from every[:_MOST]
    if len(every) > _MOST:
        yield f"… and {counted(len(every) - _MOST, 'more line')} of who {verb}"


def _newcomer(one: Joined) -> str:
    return f"{one.participant} is new: {number(one.delivered)} of {counted(one.needed, 'session')}"


def _shift(one: Shift) -> str:
    verb = "gains" if one.sessions > 0 else "loses"
    count = counted(abs(one.sessions), "session")
    return f"{one.participant} {verb} {count} of {one.service}: now {one.delivered} of {one.needed}"
