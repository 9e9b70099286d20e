from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.running import FakeSolve, Run
from iopsched.cli import main
from report.small_week import INSTANCE, ROSTER


@pytest.fixture
def instance_file(tmp_path: Path) -> Path:
    """Return the small week's instance file."""
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(INSTANCE))
    return path


@pytest.fixture
def roster_file(tmp_path: Path) -> Path:
    """Return the file of the roster made by hand, which no rule forbids."""
    path = tmp_path / "roster.json"
    path.write_text(json.dumps(ROSTER))
    return path


@pytest.fixture
def run() -> Run:
    """Return a function that runs ``iopsched`` with some arguments in this process."""

    def invoke(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return invoke


@pytest.fixture
def fake_solve(monkeypatch: pytest.MonkeyPatch) -> FakeSolve:
    """Put a search that takes no time in the place of the real one."""
    fake = FakeSolve()
    monkeypatch.setattr(import_module("iopsched.solve"), "solve", fake, raising=False)
    return fake
