"""What runs come to, in the terms of the targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clinics import OVERFULL
from benchmarks.targets.records import Point, Record, read_trace
from iopsched.roster import LEVELS

__all__ = ["Result", "best_peer", "costs_at_most_half", "mean", "reached_at"]

SHARE = 0.9
"""Of the sessions, in the first roster that is good for something."""


@dataclass(frozen=True)
class Result:
    """A run's record with its trace."""

    record: Record
    trace: tuple[Point, ...]

    @classmethod
    def load(cls, record: Record, folder: Path) -> Result:
        """Read the trace that a run left: a file of its own, or else its standard error."""
        own = folder / "trace.ndjson"
        text = (own if own.exists() else folder / "stderr.txt").read_text(encoding="utf-8", errors="replace")
        return cls(record, tuple(read_trace(text.splitlines(keepends=True))))

    @property
    def levels(self) -> tuple[int, ...]:
        """The score, to be compared."""
        return tuple(self.record.score[level] for level in LEVELS)

    @property
    def unmet_gap(self) -> float:
        """``unmet`` over its bound, % of all needed weighted minutes; no bound is a bound of 0."""
        over = self.record.score["unmet"] - (self.record.bound["unmet"] or 0)
        return 100 * over / self.record.needed_weight if self.record.needed_weight else 0.0

    @property
    def burden_gap(self) -> float | None:
        """``burden`` over its bound, % of the bound; ``None`` where nothing but 0 is proved of a burden."""
        value, bound = self.record.score["burden"], self.record.bound["burden"]
        if value == bound:
            return 0.0
        return 100 * (value - bound) / bound if bound else None

    @property
    def burden_each(self) -> float:
        """``burden`` for each participant."""
        return self.record.score["burden"] / self.record.participants

    def proved(self, *levels: str) -> bool:
        """Tell whether all of some levels are proved optimal."""
        return all(self.record.score[level] == self.record.bound[level] for level in levels)

    @property
    def first(self) -> float | None:
        """Seconds until the first roster with 90 % of the sessions.

        Of those needed; in an over-full clinic, which cannot have them all, of those in the last roster.
        ``None`` where the trace has no such roster.
        """
        record = self.record
        possible = record.sessions if record.profile == OVERFULL else record.needed
        times = (point.elapsed for point in self.trace if point.sessions >= SHARE * possible)
        return next(times, None)


def mean(values: Sequence[float]) -> float:
    """Return the mean of at least one value."""
    return sum(values) / len(values)


def best_peer(peers: Sequence[Result]) -> Result | None:
    """Return the peer with the best roster in the end, if there is any."""
    return min(peers, key=lambda peer: peer.levels, default=None)


def reached_at(result: Result, levels: tuple[int, ...]) -> float | None:
    """Return the seconds after which a search had a roster at least as good, level by level."""
    return next((point.elapsed for point in result.trace if point.levels <= levels), None)


def costs_at_most_half(deterministic: Result, free: Result) -> bool:
    """Tell whether deterministic mode's roster is at most twice as far from the bound as a free run's.

    The first level in which they differ decides, measured from the better of the two bounds; a bound of a
    later level holds for both as they agree on the levels before it.
    """
    for level in LEVELS:
        ours, theirs = deterministic.record.score[level], free.record.score[level]
        if ours != theirs:
            bounds = [result.record.bound[level] or 0 for result in (deterministic, free)]
            return ours - max(bounds) <= 2 * (theirs - max(bounds))
    return True
