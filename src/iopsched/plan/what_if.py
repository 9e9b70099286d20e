"""What if? Scenarios solved and set side by side with the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from iopsched.errors import IopschedError, UsageError
from iopsched.instance.models import Instance
from iopsched.plan.comparison import Joined, Measures, Shift, compared, measures
from iopsched.plan.edits import apply_edits, edit_document, sentence
from iopsched.plan.scenarios import BASE, Scenario
from iopsched.plan.solving import Answer, Solving, solve_all
from iopsched.roster import check
from iopsched.roster.models import Roster
from iopsched.solve import Stop
from iopsched.solve.processes import cores

__all__ = ["BASE", "Outcome", "WhatIf", "what_if"]


@dataclass(frozen=True)
class Outcome:
    """What became of one scenario.

    Attributes
    ----------
    scenario : Scenario
        The base has no edits.
    instance : Instance
        The clinic with the edits made.
    roster : Roster or None
        Checked; ``None`` where no roster was found.
    measures : Measures or None
        What the roster delivers and uses.
    gains, losses : tuple of Shift
        Who gets more, or fewer, sessions than in the base; participants who are in both.
    joined : tuple of Joined
        Participants who are not in the base.
    left : tuple of str
        Participants who are in the base only.
    failure : str or None
        Why there is no roster.
    """

    scenario: Scenario
    instance: Instance
    roster: Roster | None
    measures: Measures | None
    gains: tuple[Shift, ...] = ()
    losses: tuple[Shift, ...] = ()
    joined: tuple[Joined, ...] = ()
    left: tuple[str, ...] = ()
    failure: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values; ``edits`` as objects, ``sentences`` as they are said."""
        told: dict[str, Any] = {
            "name": self.scenario.name,
            "edits": [edit_document(edit) for edit in self.scenario.edits],
            "sentences": [sentence(edit) for edit in self.scenario.edits],
            "failure": self.failure,
        }
        if self.roster is None or self.measures is None:
            return told
        return {
            **told,
            "status": self.roster.status,
            "score": self.roster.score.model_dump(mode="json"),
            "bound": self.roster.bound.model_dump(mode="json"),
            **self.measures.to_dict(),
            "unmet": [one.model_dump(mode="json") for one in self.roster.unmet],
            "gains": [asdict(one) for one in self.gains],
            "losses": [asdict(one) for one in self.losses],
            "joined": [asdict(one) for one in self.joined],
            "left": list(self.left),
        }


@dataclass(frozen=True)
class WhatIf:
    """The answer to "what if?".

    Attributes
    ----------
    base : Outcome
        The clinic as it is, solved like the scenarios.
    scenarios : tuple of Outcome
        In the order in which they were asked for.
    compares : bool
        Whether level ``changes`` counts what differs from the roster that was given.
    """

    base: Outcome
    scenarios: tuple[Outcome, ...]
    compares: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON values."""
        return {
            "instance": self.base.instance.id,
            "compares": self.compares,
            "base": self.base.to_dict(),
            "scenarios": [one.to_dict() for one in self.scenarios],
        }


def what_if(
    instance: Instance,
    scenarios: Sequence[Scenario],
    *,
    roster: Roster | None = None,
    time_limit: float = 30.0,
    free: bool = False,
    jobs: int | None = None,
    seed: int = 0,
    deterministic: bool = False,
    stop: Stop | None = None,
    on_solved: Callable[[str, Roster | None], object] | None = None,
) -> WhatIf:
    """Solve scenarios and set them side by side with the base.

    Parameters
    ----------
    instance : Instance
        The clinic as it is.
    scenarios : sequence of Scenario
        What could be different; see :func:`load_scenarios` and :func:`scenario_of_edits`.
    roster : Roster, optional
        The base roster. Every search begins with it, and level ``changes`` asks for the answer that moves
        the fewest. Without it the base is solved first, and the scenarios begin with what came out, at
        liberty to change it.
    time_limit : float
        Seconds for each solve; deterministic seconds in deterministic mode.
    free : bool
        Begin with the base roster, and do not count what changes.
    jobs : int, optional
        Solves at a time, each in a process of its own; by default as many as there are cores. The cores
        are shared out among them.
    seed, deterministic
        As of :func:`iopsched.solve`.
    stop : Stop, optional
        Ends every search early; the best rosters so far are the answer.
    on_solved : callable, optional
        Called with a scenario's name and its roster when it is there, from several threads.

    Returns
    -------
    WhatIf
        Every roster in it is checked.

    Raises
    ------
    InputError
        Where a scenario's edits cannot be made.
    IopschedError
        Where the base has no roster.
    UsageError
        Where a limit makes no sense, there is no scenario, or two have one name.
    """
    _check_usage(scenarios, time_limit, jobs)
    edited = [instance, *(apply_edits(instance, one.edits) for one in scenarios)]
    everything = [Scenario(BASE, ()), *scenarios]
    stop = stop or Stop()

    def solved(first: int, last: int, start: Roster | None) -> list[Answer]:
        at_once = min(jobs or cores(), last - first)
        counted = None if roster is None or free else roster
        tasks = [
            Solving(one, time_limit, max(1, cores() // at_once), seed, deterministic, counted, start)
            for one in edited[first:last]
        ]

        def tell(number: int, answer: Answer) -> None:
            if on_solved is not None:
                on_solved(everything[first + number].name, answer if isinstance(answer, Roster) else None)

        return solve_all(tasks, jobs=at_once, stop=stop, on_answer=tell)

    if roster is None:
        answers = solved(0, 1, None)
        answers += solved(1, len(edited), _roster_of(answers[0]))
    else:
        answers = solved(0, len(edited), roster)
    counted = None if free else roster
    base = _base(everything[0], instance, _roster_of(answers[0]), counted)
    outcomes = zip(everything[1:], edited[1:], answers[1:], strict=True)
    return WhatIf(
        base,
        tuple(_outcome(base, scenario, clinic, answer, counted) for scenario, clinic, answer in outcomes),
        compares=counted is not None,
    )


def _check_usage(scenarios: Sequence[Scenario], time_limit: float, jobs: int | None) -> None:
    if not scenarios:
        raise UsageError("there is no scenario; say what could be different")
    names = [BASE, *(one.name for one in scenarios)]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f'two scenarios are called "{name}"; give each a name of its own')
    if not time_limit > 0:
        raise UsageError(f"time_limit is {time_limit}; it must be more than 0 seconds")
    if jobs is not None and jobs < 1:
        raise UsageError(f"jobs is {jobs}; it must be at least 1")


def _roster_of(answer: Answer) -> Roster:
    if isinstance(answer, IopschedError):
        raise IopschedError(f"the base has no roster: {answer}")
    return answer


def _base(scenario: Scenario, instance: Instance, roster: Roster, counted: Roster | None) -> Outcome:
    _require_sound(scenario, instance, roster, counted)
    return Outcome(scenario, instance, roster, measures(instance, roster))


def _outcome(
    base: Outcome, scenario: Scenario, instance: Instance, answer: Answer, counted: Roster | None
) -> Outcome:
    if isinstance(answer, IopschedError):
        return Outcome(scenario, instance, None, None, failure=str(answer))
    _require_sound(scenario, instance, answer, counted)
    now = measures(instance, answer)
    assert base.measures is not None
    return Outcome(scenario, instance, answer, now, *compared(base.measures, now))


def _require_sound(scenario: Scenario, instance: Instance, roster: Roster, counted: Roster | None) -> None:
    report = check(instance, roster, baseline=counted)
    if not report.ok:
        broken = "; ".join(str(one) for one in report.violations[:5])
        raise IopschedError(f"the roster of {scenario.name} breaks a rule: {broken}")
