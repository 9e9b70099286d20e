"""Each unmet need in turn: what is proved and the facts that prevent it; then, again in turn, its mends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from iopsched.instance.models import Instance
from iopsched.plan.why_not.answer import Known, NeedAnswer, Preventing, WhyNot
from iopsched.plan.why_not.clinic_facts import clinic_facts, others_fact
from iopsched.plan.why_not.deciding import Case, Verdict, decide, delivered
from iopsched.plan.why_not.facts import Asked, Fact, asked_of
from iopsched.plan.why_not.mends import mends_of
from iopsched.plan.why_not.own_facts import own_facts
from iopsched.plan.why_not.shrinking import Trials, preventing_set
from iopsched.roster import unmet_needs
from iopsched.roster.models import Roster, Unmet
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop
from iopsched.solve.engine import Engine

__all__ = ["examine"]

SCARCE = {"groups", "seats", "meetings", "staff", "rooms", "others"}
"""Kinds of fact that are looked at first where a need is prevented by what others have."""
SHARE = 3
"""So many times its equal share of the time that is left a need may take, but not most of it."""
ENOUGH = 10.0
"""Seconds that a need gets as long as there are so many: rather some needs explained than all half."""
WHOLE_SHARE = 0.6
"""Part of a need's time that one solve of the whole clinic may take."""
MENDING = 0.3
"""Part of all time that is kept for mends: a need that is explained without one is told more than half."""


@dataclass(frozen=True)
class _Limits:
    """What the search may use, and how."""

    seconds: float
    workers: int
    seed: int
    deterministic: bool
    stop: Stop

    def engine(self, seconds: float) -> Engine:
        return Engine(Clock(seconds, self.deterministic), self.stop, self.workers, self.seed)


def examine(
    instance: Instance,
    roster: Roster,
    *,
    participant: str | None,
    time_limit: float,
    workers: int,
    seed: int,
    deterministic: bool,
    stop: Stop,
) -> WhyNot:
    """Carry out :func:`iopsched.plan.why_not.why_not`."""
    limits = _Limits(time_limit, workers, seed, deterministic, stop)
    floors = tuple(delivered(instance, roster.sessions).items())
    unmet = [
        one
        for one in unmet_needs(instance, roster.sessions)
        if participant is None or one.participant == participant
    ]
    kept, left = MENDING * time_limit, (1 - MENDING) * time_limit
    begun: list[_Explained] = []
    for k, one in enumerate(unmet):
        share = left / (len(unmet) - k)
        engine = limits.engine(min(left, max(ENOUGH, min(SHARE * share, (left + share) / 2))))
        if engine.exhausted:
            break
        case = Case(instance, one.participant, one.service, roster.sessions, floors)
        begun.append(_explained(case, one, engine, with_reasons=participant is not None))
        left -= engine.clock.elapsed
    left += kept
    answers: list[NeedAnswer] = []
    for k, explained in enumerate(begun):
        engine = limits.engine(left / (len(begun) - k))
        answers.append(_mended(explained, engine))
        left -= engine.clock.elapsed
    rest = tuple((one.participant, one.service) for one in unmet[len(answers) :])
    return WhyNot(instance.id, participant, tuple(answers), rest, round(time_limit - left, 3))


@dataclass(frozen=True)
class _Explained:
    """A need of which it is known what prevents it, and among which facts to look for mends."""

    case: Case
    answer: NeedAnswer
    facts: Sequence[Fact] = ()


def _explained(case: Case, unmet: Unmet, engine: Engine, *, with_reasons: bool) -> _Explained:
    """Explain one need within an engine's time, but for its mends."""
    limit = engine.clock.limit * WHOLE_SHARE

    def decided(one: Case) -> Verdict:
        return Verdict(None) if engine.exhausted else decide(one, engine, limit)

    at_all = replace(case, others="lose", own=False)
    now = decided(case)
    ever = now if now.possible else decided(at_all)
    if ever.possible is False:
        now = ever
    answer = NeedAnswer(
        unmet.participant,
        unmet.service,
        unmet.sessions,
        any_roster=_known(ever),
        nobody_loses=_known(now),
        roster=now.roster,
    )
    if now.possible:
        return _Explained(case, answer)
    facts = _facts(asked_of(case), with_reasons=with_reasons, at_all=ever.possible is False)
    if now.possible is None:
        return _Explained(case, replace(answer, complete=False), facts)
    trials = Trials(at_all if ever.possible is False else case, facts, decided)
    kept = preventing_set(trials, _first_guess(facts))
    found = tuple(_preventing(trials, kept, k) for k in kept)
    irreducible = bool(found) and all(one.without == "possible" for one in found)
    complete = not engine.exhausted
    answer = replace(answer, facts=found, irreducible=irreducible, complete=complete)
    return _Explained(case, answer, [facts[k] for k in kept])


def _mended(explained: _Explained, engine: Engine) -> NeedAnswer:
    """Look for the mends of a need within an engine's time."""
    if not explained.facts:
        return explained.answer

    def decided(one: Case) -> Verdict:
        return Verdict(None) if engine.exhausted else decide(one, engine, engine.clock.limit, quick=True)

    mends = mends_of(explained.case, asked_of(explained.case), explained.facts, decided)
    return replace(explained.answer, mends=mends, complete=explained.answer.complete and not engine.exhausted)


def _facts(asked: Asked, *, with_reasons: bool, at_all: bool) -> Sequence[Fact]:
    """List the facts to choose from; where no roster at all delivers, nobody's sessions are among them."""
    facts = [*own_facts(asked, with_reasons=with_reasons), *clinic_facts(asked)]
    if at_all:
        return [fact for fact in facts if fact.kind != "own-sessions"]
    return [*facts, others_fact(asked)]


def _first_guess(facts: Sequence[Fact]) -> frozenset[int]:
    """Return what mostly prevents where others may not lose: what the clinic has too little of."""
    if all(fact.kind != "others" for fact in facts):
        return frozenset()
    return frozenset(k for k, fact in enumerate(facts) if fact.kind in SCARCE)


def _preventing(trials: Trials, kept: tuple[int, ...], k: int) -> Preventing:
    fact = trials.facts[k]
    without: Known = "possible" if trials.possible(frozenset(kept) - {k}) else "unknown"
    return Preventing(fact.kind, fact.text, without)


def _known(verdict: Verdict) -> Known:
    if verdict.possible is None:
        return "unknown"
    return "possible" if verdict.possible else "impossible"
