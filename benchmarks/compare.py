"""``python -m benchmarks.compare OLD NEW``: two saved runs side by side, what was reached before the time."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT

__all__ = ["compared", "main", "saved"]

STORAGE = ROOT / ".benchmarks"
"""Where ``--benchmark-save`` puts runs."""

Run = Mapping[str, Mapping[str, Any]]
"""Benchmarks by name, each with its ``stats`` and ``extra_info``."""


def saved(name: str, storage: Path) -> Path:
    """Return a file of a saved run: a path, or the newest that was saved under a name.

    Raises
    ------
    SystemExit
        Where there is none.
    """
    if Path(name).is_file():
        return Path(name)
    found = sorted(storage.rglob(f"*_{name}.json"), key=lambda path: path.name)
    if not found:
        raise SystemExit(f"there is no saved run {name!r} in {storage}")
    return found[-1]


def compared(old: Run, new: Run) -> Iterator[str]:
    """Yield the lines of the comparison: for each benchmark in both, its times, and whatever else it told."""
    for name in [name for name in old if name in new]:
        before, after = old[name]["stats"]["median"], new[name]["stats"]["median"]
        yield name
        yield f"    {'time':<10} {before:.4g} s → {after:.4g} s   × {after / before:.2f}"
        told = old[name]["extra_info"], new[name]["extra_info"]
        yield from (_line(key, told[0][key], told[1][key]) for key in told[0] if key in told[1])
    for run, other, which in ((old, new, "old"), (new, old, "new")):
        yield from (f"{name}\n    only in the {which} run" for name in run if name not in other)


def _line(key: str, before: Any, after: Any) -> str:
    if not isinstance(before, dict):
        return f"    {key:<10} {_number(before)} → {_number(after)}"
    parts = [f"{part} {_number(before[part], part)} → {_number(after[part], part)}" for part in before]
    return f"    {key:<10} {'   '.join(parts)}"


def _number(value: float | None, part: str = "") -> str:
    if value is None:
        return "–"
    if part == "gap":
        return f"{100 * value:.1f} %"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare the runs that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("old", help="a file, or the name given to --benchmark-save")
    parser.add_argument("new")
    parser.add_argument("--storage", type=Path, default=STORAGE, help="where names are looked for")
    asked = parser.parse_args(arguments)
    old, new = (_load(saved(name, asked.storage)) for name in (asked.old, asked.new))
    sys.stdout.write("".join(f"{line}\n" for line in compared(old, new)))


def _load(path: Path) -> Run:
    return {one["name"]: one for one in json.loads(path.read_text(encoding="utf-8"))["benchmarks"]}


if __name__ == "__main__":
    main()
