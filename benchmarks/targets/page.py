"""``docs/benchmarks.md``: what was measured, between two marks of a page otherwise written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.clinics import Clinic
from benchmarks.contestants import DETERMINISTIC, OURS, Contestant
from benchmarks.peers.protocol import PEERS
from benchmarks.targets.curves import draw_size
from benchmarks.targets.figures import Result
from benchmarks.targets.plan import PEERS_SOLVE, Conditions, Run, Size
from benchmarks.targets.records import find
from benchmarks.targets.tables import (
    Measured,
    deterministic_table,
    origins,
    peers_table,
    runs_table,
    targets_table,
)

__all__ = ["BEGIN", "END", "write_page"]

BEGIN = "<!-- from here on written by python -m benchmarks.targets report -->"
END = "<!-- up to here -->"


def write_page(sizes: Sequence[Size], out: Path, docs: Path, conditions: Conditions) -> None:
    """Put tables and pictures of the newest results into the page.

    Parameters
    ----------
    sizes : sequence of Size
        Those to be told of.
    out : Path
        Where results are.
    docs : Path
        Folder of ``benchmarks.md``, which has the two marks; the pictures go there too.
    conditions : Conditions
        Of the runs that count.
    """
    measured = [_measured(size, out, conditions) for size in sizes]
    page = docs / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{page} lacks the marks between which results go")
    parts = "\n".join(_parts(measured, docs, conditions))
    page.write_text(f"{before}{BEGIN}\n\n{parts}\n{END}{after}", encoding="utf-8")


def _parts(measured: Sequence[Measured], docs: Path, conditions: Conditions) -> Iterator[str]:
    if not conditions.binding:
        yield (
            f"**A trial: seeds from {conditions.first_seed} on, {conditions.scale:g} of the time of each "
            "run. No figure here counts.**\n"
        )
    yield from origins(measured)
    yield from targets_table(measured)
    yield from peers_table(measured)
    yield from deterministic_table(measured)
    for one in measured:
        yield from _picture(one, docs, conditions)
    yield from runs_table(measured)


def _measured(size: Size, out: Path, conditions: Conditions) -> Measured:
    """Gather the newest results of a size; others' count where they are of the very clinic we solved."""
    clinics, seconds = conditions.clinics(size), conditions.seconds(size)
    ours = {clinic: _newest(out, Run(OURS, clinic, seconds)) for clinic in clinics}
    others: list[Contestant] = [*PEERS.values()] if size.peers else []
    if size.deterministic:
        others.append(DETERMINISTIC)
    found = {
        (clinic, other.name): _newest(out, Run(other, clinic, seconds), own.record.instance_sha256)
        for clinic, own in list(ours.items())[:PEERS_SOLVE]
        if own is not None
        for other in others
    }
    return Measured(
        size,
        seconds,
        {clinic: result for clinic, result in ours.items() if result is not None},
        {key: result for key, result in found.items() if result is not None},
    )


def _newest(out: Path, run: Run, instance_sha256: str | None = None) -> Result | None:
    found = find(out, run, instance_sha256)
    return Result.load(*found[-1]) if found else None


def _picture(measured: Measured, docs: Path, conditions: Conditions) -> Iterator[str]:
    """Draw a size's figure and yield the line that shows it."""
    size = measured.size
    rows = [(_title(clinic), _solved(measured, clinic)) for clinic in list(measured.ours)[:PEERS_SOLVE]]
    rows = [(title, results) for title, results in rows if results]
    if not rows:
        return
    seen = {result.record.who for _, results in rows for result in results}
    everybody: list[Contestant] = [OURS, *PEERS.values()]
    names = [(one.name, one.title) for one in everybody if one.name in seen]
    title = f"{size.participants} participants, {measured.seconds:g} seconds"
    name = f"benchmarks-{size.participants}{'' if conditions.binding else '-trial'}.svg"
    (docs / name).write_text(draw_size(title, measured.seconds, rows, names), encoding="utf-8")
    yield f"![Value and bound against time, clinics of {size.participants}]({name})\n"


def _solved(measured: Measured, clinic: Clinic) -> list[Result]:
    """Return what was answered to a clinic without failing, ours first."""
    everyone = [measured.ours[clinic], *measured.peers_on(clinic)]
    return [result for result in everyone if result.record.failure is None]


def _title(clinic: Clinic) -> str:
    return f"{clinic.profile}, seed {clinic.seed}"
