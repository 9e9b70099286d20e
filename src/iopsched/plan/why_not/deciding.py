"""Whether a need can be delivered: decided by solving, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from iopsched.errors import IopschedError
from iopsched.instance import instance_sha256
from iopsched.instance.models import Instance
from iopsched.model import Scope, build_model, everything, scope_of
from iopsched.model.promises import minimize_short_of, promise_sessions
from iopsched.options import Options, Plan, build_options
from iopsched.plan.standing import plan_of
from iopsched.plan.why_not.less import alone, rivals
from iopsched.roster import check, program_warnings, score_sessions, unmet_needs
from iopsched.roster.models import Bound, Roster, Session
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.control import Stop
from iopsched.solve.engine import PROOF_OF_UNMET, Engine
from iopsched.solve.exact import UNMET_PROVABLE, size_of

__all__ = ["Case", "Others", "Verdict", "decide", "delivered", "held_by"]

Others = Literal["keep", "lose"]
"""What of everybody else: they keep every session that they have, or may lose any."""

SMALL = 3_000
"""Decisions up to which it takes no time to ask it."""
NEAR_SECONDS = 2.0
"""Limit of a model of a part of the clinic, which can only say that it is possible."""
QUICK_SECONDS = 1.0
"""The same where there are many other ways to try."""
MOST_OF_ALL = 0.6
"""Part of all one-to-one sessions beyond which a part of the clinic is passed over for the whole."""


@dataclass(frozen=True)
class Case:
    """A question to be decided: whether a need can be delivered in full.

    Attributes
    ----------
    instance : Instance
        The clinic, as it is or with some facts of it lifted.
    participant, service : str
        Whose need of what.
    sessions : tuple of Session
        What stands now, of the clinic as it is.
    floors : tuple of ((str, str), int)
        How many sessions each need has now, by participant and service.
    others : {"keep", "lose"}
    own : bool
        Whether the participant keeps every session of their other needs.
    """

    instance: Instance
    participant: str
    service: str
    sessions: tuple[Session, ...]
    floors: tuple[tuple[tuple[str, str], int], ...]
    others: Others = "keep"
    own: bool = True

    def least(self) -> dict[tuple[str, str], int]:
        """Return how many sessions of each need must be held."""
        need = self.instance.participant_by_id[self.participant].need_of(self.service)
        kept = {
            key: count
            for key, count in self.floors
            if (self.own if key[0] == self.participant else self.others == "keep")
        }
        return {**kept, (self.participant, self.service): need.sessions if need else 0}


@dataclass(frozen=True)
class Verdict:
    """What came of a case.

    Attributes
    ----------
    possible : bool or None
        ``None`` where neither was proved in the time.
    roster : Roster or None
        A roster of the case's instance that delivers the need, checked.
    """

    possible: bool | None
    roster: Roster | None = None


def delivered(instance: Instance, sessions: tuple[Session, ...]) -> dict[tuple[str, str], int]:
    """Return how many sessions of each need there are."""
    missing = {(one.participant, one.service): one.sessions for one in unmet_needs(instance, sessions)}
    return {
        (person.id, need.service): need.sessions - missing.get((person.id, need.service), 0)
        for person in instance.participants
        for need in person.needs
    }


def decide(case: Case, engine: Engine, seconds: float, *, quick: bool = False) -> Verdict:
    """Decide a case: in parts of the clinic, with less asked of it, then as a whole.

    What is impossible with less asked of the clinic is impossible; what is found beside all that stands is
    possible; where neither tells, the whole does.

    Parameters
    ----------
    case : Case
    engine : Engine
    seconds : float
        Limit of the solve of the whole clinic.
    quick : bool
        Look for a roster only: leave proofs out unless they take no time.
    """
    options = build_options(case.instance)
    plan = plan_of(options, case.sessions)
    for step in _steps(case, options, plan, engine, quick=quick):
        verdict = step()
        if verdict.possible is not None:
            return verdict
    if size_of(options) > (SMALL if quick else UNMET_PROVABLE) or engine.exhausted:
        return Verdict(None)
    return _as_a_whole(case, options, plan, engine, seconds)


def _steps(
    case: Case, options: Options, plan: Plan, engine: Engine, *, quick: bool
) -> Iterator[Callable[[], Verdict]]:
    """Yield what may decide a case before the whole clinic does, the cheapest first.

    Where others may lose, a participant alone mostly tells. Where they may not, the participant's own
    week around all that stands may show that it is possible, and those who compete that it is not.
    """
    instance, who = case.instance, case.participant
    if quick or case.others == "lose":
        yield lambda: _with_less(case, alone(instance, who), engine)
    scopes = _near(case, options, plan)
    near = QUICK_SECONDS if quick else NEAR_SECONDS
    if case.others == "keep":
        yield lambda: _in_part(case, options, plan, next(scopes), engine, near)
    if not quick:
        yield lambda: _with_less(case, rivals(instance, who, case.service), engine)
    for scope in scopes:
        # What frees nearly everything takes as long as the whole and proves nothing.
        if quick or len(scope.sessions) <= MOST_OF_ALL * len(options.sessions):
            yield partial(_in_part, case, options, plan, scope, engine, near)


def _with_less(case: Case, less: Instance, engine: Engine) -> Verdict:
    """Decide a case where less is asked; its roster may stand for the clinic where others may lose."""
    options = build_options(less)
    model = build_model(options, Plan(), everything(options), ())
    promise_sessions(model, _floors(case, options))
    outcome = engine.run(model, NEAR_SECONDS, way=PROOF_OF_UNMET)
    if outcome.values is None or case.others == "keep":
        return Verdict(False if outcome.infeasible else None)
    roster = _roster(case.instance, sessions_of_plan(options, model.plan(outcome.values)))
    return Verdict(True, roster) if check(case.instance, roster).ok else Verdict(None)


def _near(case: Case, options: Options, plan: Plan) -> Iterator[Scope]:
    """Yield growing parts of the clinic: the participant, who could serve them, whom those serve now."""
    person = options.facts.participant_index[case.participant]
    yield scope_of(options, plan, participants=[person])
    instance = options.instance
    service = instance.service_by_id[case.service]
    if service.kind == "group":
        groups = {k for k, group in enumerate(instance.groups) if group.service == case.service}
        yield scope_of(options, plan, participants=[person], groups=groups)
    else:
        attended = {
            option
            for option, held in plan.meetings.items()
            if held.members & {*options.attendances_of[person]}
        }
        groups = {options.meetings[option].group for option in attended}
    skills = {part.skill for part in service.parts}
    able = {k for k, member in enumerate(instance.staff) if skills & set(member.skills)}
    sharing = [need for need, placed in plan.placements.items() if any(one.staff in able for one in placed)]
    leading = {
        options.meetings[option].group
        for option, held in plan.meetings.items()
        if any(able & set(staff) for staff in held.leaders)
    }
    if service.kind != "group":
        yield scope_of(options, plan, participants=[person], sessions=sharing, leaders=leading)
    yield scope_of(options, plan, participants=[person], sessions=sharing, groups=groups, leaders=leading)


def _in_part(
    case: Case, options: Options, plan: Plan, scope: Scope, engine: Engine, seconds: float
) -> Verdict:
    """Look for a roster in which all but a scope stands as it does."""
    model = build_model(options, plan, scope, ())
    promise_sessions(model, _floors(case, options))
    # The linear relaxation sees at once that twelve do not fit on eleven seats; cores count for seconds.
    outcome = engine.run(model, seconds, way=PROOF_OF_UNMET)
    if outcome.values is None:
        return Verdict(None)
    return Verdict(True, _checked(case, sessions_of_plan(options, model.plan(outcome.values))))


def _as_a_whole(case: Case, options: Options, plan: Plan, engine: Engine, seconds: float) -> Verdict:
    """Decide a case by the model of the whole clinic; it ends once something is known to be short."""
    model = build_model(options, plan, everything(options), ())
    minimize_short_of(model, _floors(case, options))
    enough = Stop()

    def look(bound: int) -> None:
        if bound > 0:
            enough.request()

    engine.stop.add_listener(enough.request)
    try:
        outcome = replace(engine, stop=enough).run(model, seconds, way=PROOF_OF_UNMET, on_bound=look)
    finally:
        engine.stop.remove_listener(enough.request)
    if outcome.values is not None and outcome.objective == 0:
        return Verdict(True, _checked(case, sessions_of_plan(options, model.plan(outcome.values))))
    return Verdict(False if outcome.infeasible or (outcome.bound or 0) > 0 else None)


def _floors(case: Case, options: Options) -> dict[tuple[int, str], int]:
    index = options.facts.participant_index
    return {(index[who], what): count for (who, what), count in case.least().items() if who in index}


def _roster(instance: Instance, sessions: tuple[Session, ...]) -> Roster:
    return Roster(
        instance=instance.id,
        instance_sha256=instance_sha256(instance),
        week=instance.week,
        timezone=instance.timezone,
        status="feasible",
        score=score_sessions(instance, sessions),
        bound=Bound(),
        sessions=sessions,
        unmet=unmet_needs(instance, sessions),
        warnings=program_warnings(instance, sessions),
    )


def _checked(case: Case, sessions: tuple[Session, ...]) -> Roster:
    """Return sessions as a roster that the checker has accepted and that holds what the case promises.

    Raises
    ------
    IopschedError
        Where it does not.
    """
    roster = held_by(case, sessions)
    if roster is None:
        broken = "; ".join(map(str, check(case.instance, _roster(case.instance, sessions)).violations[:3]))
        raise IopschedError(f"a roster found while explaining does not hold: {broken or 'it is short'}")
    return roster


def held_by(case: Case, sessions: tuple[Session, ...]) -> Roster | None:
    """Return sessions as a roster of the case's instance if they keep every rule and what it promises."""
    roster = _roster(case.instance, sessions)
    held = delivered(case.instance, sessions)
    kept = all(held.get(key, count) >= count for key, count in case.least().items())
    return roster if kept and check(case.instance, roster).ok else None
