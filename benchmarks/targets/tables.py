"""The tables of the page, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.clinics import Clinic
from benchmarks.contestants import DETERMINISTIC, by_name
from benchmarks.peers.protocol import PEERS
from benchmarks.targets.figures import Result, best_peer, costs_at_most_half, reached_at
from benchmarks.targets.plan import Size
from benchmarks.targets.verdicts import verdicts

__all__ = ["Measured", "deterministic_table", "origins", "peers_table", "runs_table", "targets_table"]


@dataclass(frozen=True)
class Measured:
    """All results of a size: ours by clinic, the others by clinic and who it was."""

    size: Size
    seconds: float
    ours: Mapping[Clinic, Result]
    others: Mapping[tuple[Clinic, str], Result]

    def peers_on(self, clinic: Clinic) -> list[Result]:
        """Return the peers' results on a clinic, failed ones too."""
        return [self.others[clinic, name] for name in PEERS if (clinic, name) in self.others]

    def everything(self) -> list[Result]:
        """Return all results, a clinic after the other."""
        return [
            result
            for clinic, own in self.ours.items()
            for result in (own, *(found for (solved, _), found in self.others.items() if solved == clinic))
        ]


def origins(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield where the figures come from: dates, commits, machine, versions."""
    results = [result for one in measured for result in one.everything()]
    if not results:
        yield "Nothing has been run yet.\n"
        return
    dates = sorted(result.record.date[:10] for result in results)
    yield f"Measured from {dates[0]} to {dates[-1]} with two threads on:\n"
    yield from (f"- {machine}" for machine in sorted({result.record.machine for result in results}))
    yield "\n| who | commit | versions |\n|---|---|---|"
    for who in dict.fromkeys(result.record.who for result in results):
        mine = [result.record for result in results if result.record.who == who]
        commits = ", ".join(f"`{commit}`" for commit in sorted({record.commit for record in mine}))
        versions = {
            f"{name} {number}"
            for record in mine
            for name, number in record.solver.get("versions", {}).items()
        }
        yield f"| {by_name(who).title} | {commits} | {', '.join(sorted(versions))} |"
    yield ""


def targets_table(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield what was to be reached and what was, for each size."""
    yield "### Targets\n"
    yield "| clinics | what | target | reached | |\n|---|---|---|---|---|"
    for one in measured:
        size, results = one.size, list(one.ours.values())
        clinics = f"{size.participants} participants, {one.seconds:g} s: {len(results)} of {size.clinics}"
        for verdict in verdicts(size, results):
            yield f"| {clinics} | {verdict.what} | {verdict.target} | {verdict.reached} | {verdict.told} |"
            clinics = ""
    yield ""


def peers_table(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield how each peer ended beside us, and when we had what the best of them had in the end."""
    rows = [row for one in measured for clinic in one.ours for row in _against_peers(one, clinic)]
    if not rows:
        return
    yield "### Peers\n"
    yield "| clinic | who | unmet | burden | sessions | ours | we had the best peer's last roster |"
    yield "|---|---|---|---|---|---|---|"
    yield from rows
    yield ""


def _against_peers(one: Measured, clinic: Clinic) -> Iterator[str]:
    """Yield a row for ourselves and one for each peer on a clinic."""
    own, peers = one.ours[clinic], one.peers_on(clinic)
    answered = [peer for peer in peers if peer.record.failure is None]
    if not peers or own.record.failure:
        return
    best = best_peer(answered)
    when = "" if best is None else _when(reached_at(own, best.levels), one.seconds)
    yield f"| {clinic.name} | **{_title(own)}** | {_reached(own)} | | {when} |"
    for peer in peers:
        if peer.record.failure:
            yield f"| | {_title(peer)} | | | | {peer.record.failure} | |"
        else:
            yield f"| | {_title(peer)} | {_reached(peer)} | {_compared(own, peer)} | |"


def _reached(result: Result) -> str:
    score, record = result.record.score, result.record
    return f"{score['unmet']:,} | {score['burden']:,} | {record.sessions:,} of {record.needed:,}"


def _compared(own: Result, peer: Result) -> str:
    if own.levels == peer.levels:
        return "equal"
    return "better" if own.levels < peer.levels else "**worse**"


def _when(elapsed: float | None, seconds: float) -> str:
    if elapsed is None:
        return "**never**"
    share = f"after {elapsed:,.1f} s, {100 * elapsed / seconds:.1f} % of the time"
    return share if elapsed <= seconds / 10 else f"**{share}**"


def deterministic_table(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield what deterministic mode came to beside a free run of the same length."""
    pairs = [
        (clinic, one.ours[clinic], result)
        for one in measured
        for (clinic, name), result in one.others.items()
        if name == DETERMINISTIC.name and not (result.record.failure or one.ours[clinic].record.failure)
    ]
    if not pairs:
        return
    yield "### Deterministic mode\n"
    yield "| clinic | mode | unmet, bound | burden, bound | process | at most half the quality lost |"
    yield "|---|---|---|---|---|---|"
    for clinic, free, deterministic in pairs:
        told = "yes" if costs_at_most_half(deterministic, free) else "**no**"
        yield f"| {clinic.name} | free | {_bounded(free)} | {_process(free)} | |"
        yield f"| | deterministic | {_bounded(deterministic)} | {_process(deterministic)} | {told} |"
    yield ""


def runs_table(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield every run with its figures and its commit."""
    yield "### All runs\n"
    yield (
        "| clinic | who | unmet, bound | burden, bound | staffing, bound | sessions | 90 % after | "
        "process | memory | variables | commit |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for one in measured:
        for result in one.everything():
            record = result.record
            start = f"| {record.profile}-{record.participants}-{record.seed} | {_title(result)} | "
            if record.failure:
                yield f"{start}{record.failure} | | | | | | | | `{record.commit}` |"
                continue
            first = "–" if result.first is None else f"{result.first:,.1f} s"
            variables = record.solver.get("most_variables")
            yield (
                f"{start}{_bounded(result)} | {_pair(result, 'staffing')} | {record.sessions:,} of "
                f"{record.needed:,} | {first} | {_process(result)} | "
                f"{record.peak_bytes / 1e6:,.0f} MB | {'–' if variables is None else f'{variables:,}'} | "
                f"`{record.commit}` |"
            )
    yield ""


def _bounded(result: Result) -> str:
    return f"{_pair(result, 'unmet')} | {_pair(result, 'burden')}"


def _pair(result: Result, level: str) -> str:
    value, bound = result.record.score[level], result.record.bound[level]
    if value == bound:
        return f"{value:,}, proved"
    return f"{value:,}, {'–' if bound is None else f'{bound:,}'}"


def _process(result: Result) -> str:
    return f"{result.record.wall_seconds:,.0f} s"


def _title(result: Result) -> str:
    return by_name(result.record.who).title
