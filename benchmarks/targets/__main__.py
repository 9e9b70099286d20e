"""``python -m benchmarks.targets``: fill the table of targets, and write ``docs/benchmarks.md``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.clinics import FIRST_REPORTING_SEED
from benchmarks.peers.protocol import PEERS
from benchmarks.processes import ROOT
from benchmarks.targets.page import write_page
from benchmarks.targets.plan import SIZES, Conditions, planned
from benchmarks.targets.running import carry_out

OUT = ROOT / ".benchmarks" / "targets"


def main(arguments: Sequence[str] | None = None) -> None:
    """Carry out what the command line asks for."""
    asked = _parser().parse_args(arguments)
    sizes = [size for size in SIZES if asked.only is None or size.participants in asked.only]
    conditions = Conditions(asked.seconds_scale, asked.first_seed)
    if asked.command == "run":
        peers = [PEERS[name] for name in asked.peers]
        carry_out(planned(sizes, peers, conditions), asked.out, any_commit=asked.any_commit)
    else:
        write_page(sizes, asked.out, asked.docs, conditions)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.targets", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="carry out the runs that have no result yet; may be ended any time")
    run.add_argument(
        "--peers",
        nargs="?",
        const=list(PEERS),
        default=[],
        type=_names,
        metavar="NAMES",
        help=f"peers too: all of {', '.join(PEERS)}, or those named, with commas between",
    )
    run.add_argument(
        "--any-commit", action="store_true", help="be content with results of other commits than this one"
    )
    report = commands.add_parser("report", help="write the page and its pictures from the newest results")
    report.add_argument("--docs", type=Path, default=ROOT / "docs", help="folder of benchmarks.md")
    for command in (run, report):
        command.add_argument("--only", type=_sizes, metavar="SIZES", help="such as 24,60")
        command.add_argument("--out", type=Path, default=OUT, help="where results are kept")
        command.add_argument(
            "--seconds-scale",
            type=float,
            default=1.0,
            metavar="FACTOR",
            help="shorten all runs, to try the machinery; results count only for the same factor",
        )
        command.add_argument(
            "--first-seed",
            type=int,
            default=FIRST_REPORTING_SEED,
            metavar="SEED",
            help=f"of the clinics; below {FIRST_REPORTING_SEED} while something is being tuned",
        )
    return parser


def _sizes(text: str) -> set[int]:
    sizes = {int(word) for word in text.split(",")}
    if unknown := sizes - {size.participants for size in SIZES}:
        raise argparse.ArgumentTypeError(f"there is no size {min(unknown)}")
    return sizes


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - PEERS.keys():
        raise argparse.ArgumentTypeError(f"there is no peer {min(unknown)}")
    return names


if __name__ == "__main__":
    main()
