from __future__ import annotations

from pathlib import Path

from iopsched.batch import Batch, Begun, Row
from iopsched.errors import Problem
from iopsched.report.terminal_batch import batch_view, row_lines
from iopsched.roster.models import Bound, Score
from report.rendered import rendered

SCORE = Score(unmet=120, changes=0, burden=7815, staffing=2205)


def done(name: str, lacks: int = 0) -> Row:
    """Return the row of a clinic that was solved."""
    return Row(
        f"{name}.json",
        "done",
        name,
        "0" * 64,
        "0" * 16,
        roster=f"{name}.roster.json",
        status="feasible",
        score=SCORE,
        bound=Bound(),
        unmet_sessions=lacks,
        attempts=1,
        seconds=30.4,
        peak_bytes=245_000_000,
    )


def batch(*rows: Row) -> str:
    """Return what is told of a batch of these rows."""
    return rendered(batch_view(Batch(Path("out"), rows, "local", Begun(len(rows), 0, 0, 1, 1), 61.2)))


def test_a_roster_has_its_line() -> None:
    """The id, what is missing, the levels, the time and the memory."""
    text = batch(done("north", lacks=2))
    (line,) = (line for line in text.splitlines() if line.startswith("north"))
    assert line.split() == ["north", "2", "120", "7,815", "2,205", "feasible", "30.4", "245"]
    assert "1 of 1 input done" in text
    assert "summary.ndjson" in text


def test_who_lacks_most_comes_first_and_long_tables_end() -> None:
    """Of thirty clinics twenty are shown, the short ones first; the note says where all are."""
    text = batch(*(done(f"c{number:02}", lacks=number) for number in range(30)))
    shown = [line.split()[0] for line in text.splitlines() if line.startswith("c")]
    assert shown == [f"c{number:02}" for number in range(29, 9, -1)]
    assert "20 of 30" in text
    assert "summary.ndjson has all" in text


def test_what_failed_says_why() -> None:
    """By its id where it has one, else by its source; what is left is counted."""
    failed = Row("a.json", "failed", "north", failure="memory", error="it held more than 500 MB")
    text = batch(failed, Row("r.json", "skipped", error="it is a roster"), Row("z.json", "left"))
    assert "0 of 3 inputs done, 1 failed, 1 skipped, 1 left" in text
    assert "north" in text
    assert "failed (memory)" in text
    assert "it held more than 500 MB" in text
    assert "it is a roster" in text


def test_the_problems_of_an_input_are_told_up_to_five() -> None:
    """Each on its line, with its remedy."""
    problems = tuple(Problem(f"staff[{number}].id", "is missing", "add it") for number in range(8))
    row = Row("bad.json", "failed", failure="input", error="it is no instance", problems=problems)
    lines = [line.plain for line in row_lines(row)]
    assert lines[0] == "bad.json  failed: 8 problems"
    assert lines[1] == "  staff[0].id: is missing (add it)"
    assert lines[6] == "  and 3 more"
    assert len(lines) == 7


def test_a_second_try_is_told() -> None:
    """One is the rule and not worth a word."""
    once = done("north")
    assert "tries" not in row_lines(once)[0].plain
    again = Row(**{**{name: getattr(once, name) for name in once.__dataclass_fields__}, "attempts": 2})
    assert row_lines(again)[0].plain == "north  feasible, lacks nothing, 30.4 s in 2 tries"
