"""Each target of a size held against what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.targets.figures import Result, mean
from benchmarks.targets.plan import Size

__all__ = ["Verdict", "verdicts"]


@dataclass(frozen=True)
class Verdict:
    """A target, what was reached, and by how much it was missed, in words."""

    what: str
    target: str
    reached: str
    told: str


def verdicts(size: Size, runs: Sequence[Result]) -> Iterator[Verdict]:
    """Yield the verdicts on a size; a run that failed misses every target it is counted for.

    Parameters
    ----------
    size : Size
    runs : sequence of Result
        Ours, on as many of its clinics as have been run.
    """
    good = [run for run in runs if run.record.failure is None]
    if not good:
        yield Verdict("everything", "", "no result", "–")
        return
    failed = len(runs) - len(good)
    if failed:
        yield Verdict("runs without failure", f"{len(runs)}", f"{len(good)}", f"**missed by {failed}**")
    yield _at_most("unmet over its bound, mean", [run.unmet_gap for run in good], size.unmet, "{:.3f} %")
    if size.unmet_proved is not None:
        yield _proved("unmet proved optimal", size, size.unmet_proved, good, "unmet")
    if size.burden_proved is not None:
        yield _proved("burden proved too", size, size.burden_proved, good, "unmet", "changes", "burden")
    yield _at_most("burden over its bound, mean", [run.burden_gap for run in good], size.burden, "{:.1f} %")
    if size.burden_each is not None:
        each = [run.burden_each for run in good]
        yield _at_most("burden a participant, mean", each, size.burden_each, "{:.1f}")
    firsts = [run.first for run in good]
    yield _at_most("first roster with 90 % of sessions, mean", firsts, size.first, "{:.1f} s")
    peak = max(run.record.peak_bytes for run in good) / 1e9
    memory = None if size.memory is None else size.memory / 1e9
    yield _at_most("memory, most", [peak], memory, "{:.2f} GB")


def _at_most(what: str, values: Sequence[float | None], target: float | None, form: str) -> Verdict:
    """Hold a mean against its limit; where a value is missing, the target is missed."""
    known = [value for value in values if value is not None]
    missing = len(values) - len(known)
    reached = form.format(mean(known)) if known else "–"
    if len(known) > 1:
        reached += f" (worst {form.format(max(known))})"
    if missing:
        reached += f"; none on {missing}"
    if target is None:
        return Verdict(what, "reported", reached, "")
    unit = form.partition("}")[2]
    limit = f"≤ {target:g}{unit}"
    if known and not missing and mean(known) <= target:
        return Verdict(what, limit, reached, "met")
    by = f" by {mean(known) - target:.3g}{unit}" if known and mean(known) > target else ""
    return Verdict(what, limit, reached, f"**missed{by}**")


def _proved(what: str, size: Size, target: int, runs: Sequence[Result], *levels: str) -> Verdict:
    """Hold the number of clinics with proved levels against its target, which is of all of the size."""
    count = sum(run.proved(*levels) for run in runs)
    limit, reached = f"≥ {target} of {size.clinics}", f"{count} of {len(runs)}"
    return Verdict(what, limit, reached, "met" if count >= target else f"**missed by {target - count}**")
