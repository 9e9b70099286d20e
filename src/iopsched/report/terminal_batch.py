"""What became of a batch, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from iopsched.batch import Batch, Begun, Row
from iopsched.batch.folder import SUMMARY
from iopsched.report.tables import heading, plain_table
from iopsched.report.words import counted, number, plain

__all__ = ["batch_view", "begun_line", "row_lines"]

_MOST = 20
"""The most rows of a table; the summary file has all."""
_MOST_PROBLEMS = 5
_MEGABYTE = 1_000_000


def begun_line(begun: Begun) -> Text:
    """Return what a batch is about to do, on one line."""
    done = f", {number(begun.resumed)} done before" if begun.resumed else ""
    each = counted(begun.workers, "worker")
    return Text(
        f"{counted(begun.inputs, 'input')}: {counted(begun.to_do, 'clinic')} to solve{done}; "
        f"{number(begun.jobs)} at a time, with {each} each"
    )


def row_lines(row: Row) -> list[Text]:
    """Return what became of one input: a line, and one for each of its problems."""
    name = plain(row.source if row.instance is None else row.instance)
    if row.state == "done":
        return [Text.assemble((name, "bold"), f"  {_short(row)}, {_cost(row)}")]
    if not row.problems:
        cost = "" if row.seconds is None else f", {_cost(row)}"
        style = "red" if row.state == "failed" else "dim"
        return [
            Text.assemble((name, "bold"), (f"  {_word(row)}", style), f": {plain(row.error or '')}{cost}")
        ]
    told = [Text.assemble((name, "bold"), ("  failed", "red"), f": {counted(len(row.problems), 'problem')}")]
    told += [Text(f"  {plain(str(problem))}") for problem in row.problems[:_MOST_PROBLEMS]]
    if len(row.problems) > _MOST_PROBLEMS:
        told.append(Text(f"  and {len(row.problems) - _MOST_PROBLEMS} more"))
    return told


def batch_view(batch: Batch) -> RenderableType:
    """Return the whole: how many of each, the rosters, what failed, where everything is."""
    done = [row for row in batch.rows if row.state == "done" and row.same_as is None]
    others = [row for row in batch.rows if row.state in ("failed", "skipped")]
    parts: list[RenderableType] = [Text(_counts(batch), "bold")]
    if done:
        done.sort(key=lambda row: -(row.unmet_sessions or 0))
        parts += [heading("Rosters", _first(done, "those that lack most first")), _rosters(done[:_MOST])]
    if others:
        others.sort(key=lambda row: row.state)
        parts += [heading("Without a roster", _first(others)), _others(others[:_MOST])]
    parts += ["", Text(_where(batch), "dim")]
    return Group(*parts)


def _counts(batch: Batch) -> str:
    told = [f"{number(batch.count('done'))} of {counted(batch.begun.inputs, 'input')} done"]
    again = sum(row.same_as is not None for row in batch.rows)
    told += [f"{number(batch.begun.resumed)} of them before"] if batch.begun.resumed else []
    told += [f"{number(again)} the same as another"] if again else []
    told += [f"{number(batch.count('failed'))} failed"] if batch.count("failed") else []
    told += [f"{number(batch.count('skipped'))} skipped"] if batch.count("skipped") else []
    told += [f"{number(batch.count('left'))} left"] if batch.count("left") else []
    return ", ".join(told)


def _where(batch: Batch) -> str:
    folder = plain(str(batch.folder))
    return f"after {batch.seconds:.1f} s; rosters and {SUMMARY} are in {folder}"


def _first(rows: Sequence[Row], order: str = "") -> str:
    if len(rows) > _MOST:
        return f"{_MOST} of {number(len(rows))}{', ' if order else ''}{order}; {SUMMARY} has all"
    return order if len(rows) > 1 else ""


def _rosters(rows: Iterable[Row]) -> Table:
    table = plain_table()
    table.add_column("Clinic")
    for name in ("Missing", "Unmet", "Burden", "Staffing"):
        table.add_column(name, justify="right")
    table.add_column("Result")
    table.add_column("Seconds", justify="right")
    table.add_column("MB", justify="right")
    for row in rows:
        assert row.score is not None
        table.add_row(
            plain(row.instance or ""),
            number(row.unmet_sessions or 0),
            number(row.score.unmet),
            number(row.score.burden),
            number(row.score.staffing),
            f"{row.status}, before" if row.resumed else row.status,
            "" if row.seconds is None else f"{row.seconds:.1f}",
            "" if row.peak_bytes is None else number(row.peak_bytes // _MEGABYTE),
        )
    return table


def _others(rows: Iterable[Row]) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        name = plain(row.source if row.instance is None else row.instance)
        table.add_row(
            name, Text(_word(row), "red" if row.state == "failed" else "dim"), plain(row.error or "")
        )
    return Padding(table, (0, 0, 0, 1))


def _word(row: Row) -> str:
    """Return how an input ended that has no roster."""
    return row.state if row.failure in (None, "input", "error") else f"{row.state} ({row.failure})"


def _short(row: Row) -> str:
    lacks = counted(row.unmet_sessions, "session") if row.unmet_sessions else "nothing"
    return f"{row.status}, lacks {lacks}"


def _cost(row: Row) -> str:
    tries = f" in {row.attempts} tries" if (row.attempts or 1) > 1 else ""
    return f"{row.seconds or 0:.1f} s{tries}"
