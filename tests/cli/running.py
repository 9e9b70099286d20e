"""What the tests of the commands share: how they are run, and a search that takes no time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from click.testing import Result

from iopsched.roster import Roster, parse_roster
from iopsched.roster.models import Bound, Score
from iopsched.solve.control import Progress
from report.small_week import ROSTER

__all__ = ["REPORTS", "FakeSolve", "Run"]

Run = Callable[..., Result]

REPORTS = (
    Progress(
        "construction", "unmet", Score(unmet=90, changes=0, burden=300, staffing=60), Bound(), 8, 10, 0.5
    ),
    Progress(
        "improvement", "unmet", Score(unmet=60, changes=0, burden=500, staffing=90), Bound(unmet=60), 9, 10, 1
    ),
    Progress(
        "improvement",
        "burden",
        Score(unmet=60, changes=0, burden=480, staffing=75),
        Bound(unmet=60, burden=432),
        9,
        10,
        1.5,
    ),
)
"""What a search of the small week tells on its way."""


class FakeSolve:
    """Stands for the search: keeps what it was called with, and answers with the roster made by hand."""

    def __init__(self) -> None:
        self.called_with: dict[str, Any] = {}
        self.answer: Roster = parse_roster(json.dumps(ROSTER))
        self.error: Exception | None = None

    def __call__(self, instance: object, **options: Any) -> Roster:
        self.called_with = {"instance": instance, **options}
        for report in REPORTS:
            options["on_progress"](report)
        if self.error is not None:
            raise self.error
        return self.answer
