"""What the tests of batches share: tiny clinics in files, and a solver that takes no time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from iopsched.errors import IopschedError
from iopsched.generate import to_document
from iopsched.instance import instance_sha256
from iopsched.instance.models import Instance
from iopsched.plan.solving import Answer, LostError, Solving
from iopsched.solve import Stop
from rules.tiny import clinic, need, participant, roster_of

__all__ = ["FakeSolver", "named", "written"]


def named(name: str) -> Instance:
    """Return a clinic of one participant who needs two talks."""
    return clinic(id=name, participants=[participant("p1", need("talk", 2))])


def written(folder: Path, *names: str) -> Path:
    """Write a clinic for each name and return the folder."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.json").write_text(to_document(named(name)), encoding="utf-8")
    return folder


class FakeSolver:
    """Stands for the process of a clinic: the id of an instance says how it ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[Solving] = []
        monkeypatch.setattr("iopsched.batch.attempts.solve_apart", self)

    @property
    def ids(self) -> list[str]:
        """The instances that were solved, in their order."""
        return sorted(task.instance.id for task in self.asked)

    def __call__(self, task: Solving, stop: Stop, *, watched: Any) -> Answer:
        self.asked.append(task)
        if task.instance.id.startswith("crash"):
            return LostError("the process that solved it was lost (exit code -11)")
        if task.instance.id.startswith("refuse"):
            return IopschedError("two pins of p1 are at one time")
        roster = roster_of(task.instance)
        return roster.model_copy(update={"instance_sha256": instance_sha256(task.instance)})
