"""What the tests of the commands share: how they are run, and a search that takes no time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from click.testing import Result

from iopsched.roster import Roster, parse_roster
from iopsched.solve.control import Progress
from report.small_week import ROSTER

__all__ = ["FakeSolve", "Run"]

Run = Callable[..., Result]


class FakeSolve:
    """Stands for the search: keeps what it was called with, and answers with the roster made by hand."""

    def __init__(self) -> None:
        self.called_with: dict[str, Any] = {}
        self.answer: Roster = parse_roster(json.dumps(ROSTER))
        self.error: Exception | None = None

    def __call__(self, instance: object, **options: Any) -> Roster:
        self.called_with = {"instance": instance, **options}
        options["on_progress"](Progress("construction", "unmet", 90, None, 0.5))
        options["on_progress"](Progress("improvement", "unmet", 60, 60, 1.0))
        options["on_progress"](Progress("improvement", "burden", 480, 432, 1.5))
        if self.error is not None:
            raise self.error
        return self.answer
